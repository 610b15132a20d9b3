"""A stack's rule as rows of a form and back: parts, with one level of groups (pure). Deeper rules stay JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from laurels.catalogue.stackrule import (
    All,
    AtLeast,
    Blocks,
    Either,
    Json,
    OneAward,
    OneStack,
    Reached,
    Rule,
    Within,
    parts,
)

GROUPS: Final = ("A", "B", "C")
WHAT: Final[Mapping[str, str]] = {
    "award": "one micro-credential",
    "stack": "one stack",
    "units": "blocks from units",
    "tags": "blocks from fields",
    "list": "blocks from these micro-credentials",
    "competencies": "blocks that show these competencies",
    "competency": "a competency at a level",
    "framework": "a framework's target at a level",
}
JOIN: Final[Mapping[str, str]] = {"all": "all of them", "any": "one of them", "at_least": "at least so many:"}


@dataclass(frozen=True, slots=True)
class Joined:
    """How parts are taken together: a key of JOIN, and for `at_least` how many."""

    join: str = "all"
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One part: a key of WHAT, the names (several with semicolons), blocks, level, and its group ("": none)."""

    what: str
    which: str
    number: int | None = None
    level: str = ""
    group: str = ""

    def names(self) -> list[str]:
        """The names, without empty ones."""
        return [one.strip() for one in self.which.split(";") if one.strip()]


@dataclass(frozen=True, slots=True)
class Rows:
    """A whole rule as the form shows it."""

    top: Joined = Joined()
    months: int | None = None
    rows: tuple[Row, ...] = ()
    groups: Mapping[str, Joined] = field(default_factory=dict)


def rows_of(rule: Rule) -> Rows | None:
    """The rule as rows; None for one that is nested deeper than rows can show."""
    months, inner = (rule.months, rule.part) if isinstance(rule, Within) else (None, rule)
    top, below = _opened(inner)
    rows: list[Row] = []
    groups: dict[str, Joined] = {}
    for part in below:
        if (leaf := _row(part, "")) is not None:
            rows.append(leaf)
            continue
        joined, leaves = _opened(part)
        made = [_row(one, GROUPS[len(groups)]) for one in leaves] if len(groups) < len(GROUPS) else [None]
        if isinstance(part, Within) or not all(made):
            return None
        groups[GROUPS[len(groups)]] = joined
        rows += [one for one in made if one is not None]
    return Rows(top, months, tuple(rows), groups)


def json_of(given: Rows, known: Mapping[str, str]) -> Json:
    """The rows as a rule's versioned JSON; `known` gives the name in rules (a slug) for what people write (a title)."""
    top: list[Json] = []
    grouped: dict[str, list[Json]] = {}
    for row in given.rows:
        leaf = _leaf(row, known)
        if not row.group:
            top.append(leaf)
        elif row.group in grouped:
            grouped[row.group].append(leaf)
        else:
            grouped[row.group] = [leaf]
            top.append({"group": row.group})
    nodes = [_group(one, grouped, given.groups) for one in top]
    body = _joined(given.top, nodes)
    if given.months is not None:
        body = {"within": {"months": given.months, "rule": body}}
    return {"version": 1, "rule": body}


def _group(node: Json, grouped: Mapping[str, list[Json]], joins: Mapping[str, Joined]) -> Json:
    if not isinstance(node, dict) or "group" not in node:
        return node
    name = str(node["group"])
    return _joined(joins.get(name, Joined()), grouped[name])


def _joined(how: Joined, nodes: list[Json]) -> Json:
    if how.join == "at_least":
        return {"at_least": {"n": how.number, "of": nodes}}
    return nodes[0] if len(nodes) == 1 else {how.join: nodes}


def _leaf(row: Row, known: Mapping[str, str]) -> Json:
    named = [known.get(_plain(one), one) for one in row.names()]
    first = named[0] if named else ""
    if row.what in ("award", "stack"):
        return {row.what: first}
    if row.what in ("competency", "framework"):
        return {"level": {row.what: row.which.strip(), "at_least": row.level}}
    names: list[Json] = [*(row.names() if row.what in ("tags", "competencies") else named)]
    return {"blocks": {"n": row.number, "from": {row.what: names}}}


def known_names(names: Mapping[str, str]) -> dict[str, str]:
    """What people write -> the slug, for titles and names by slug; a slug stands for itself."""
    return {_plain(title): slug for slug, title in names.items()} | {slug: slug for slug in names}


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _opened(rule: Rule) -> tuple[Joined, Sequence[Rule]]:
    match rule:
        case All(some):
            return Joined("all"), some
        case Either(some):
            return Joined("any"), some
        case AtLeast(n, some):
            return Joined("at_least", n), some
        case Within():
            return Joined("all"), parts(rule)
        case _:
            return Joined("all"), (rule,)


def _row(rule: Rule, group: str) -> Row | None:
    match rule:
        case OneAward(of):
            return Row("award", of, group=group)
        case OneStack(of):
            return Row("stack", of, group=group)
        case Blocks(n, source, names):
            return Row(source, "; ".join(names), n, group=group)
        case Reached(target, at_least, is_framework):
            return Row("framework" if is_framework else "competency", target, level=at_least, group=group)
        case _:
            return None
