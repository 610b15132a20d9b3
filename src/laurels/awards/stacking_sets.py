"""Who meets a stack's rule, of everybody, by one statement: the rule compiled to SQL, for SQLite and PostgreSQL.

The statement says the same as `stackoutcome.evaluate`, person by person. Each node of the rule is a query for keys: a
person, and inside `within` also the last day of each window above it. `all`, `any` and `at_least` count how many of
their parts have a key.
"""
# ruff: noqa: S608 - what stands in the statement is ours: names of columns and whole numbers; all else is a parameter.

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from laurels import clock
from laurels.awards.stacking import PART_LOST
from laurels.catalogue.models import Version
from laurels.catalogue.stackoffer import Market, fact_of, is_about, market
from laurels.catalogue.stackoutcome import Held, Terms, folded
from laurels.catalogue.stackrule import (
    All,
    AtLeast,
    Blocks,
    Either,
    OneAward,
    OneStack,
    Reached,
    Rule,
    Within,
    walk,
)
from laurels.people.models import Address

_PERSON: Final = "CASE WHEN ad.person_id IS NULL THEN -ad.id ELSE ad.person_id END"

# Who may not have the prize: see stacking.may_have.
_HOLDERS: Final = (
    f" WHERE NOT EXISTS (SELECT 1 FROM awards_award aw JOIN people_address ad ON ad.id = aw.address_id "
    f"JOIN catalogue_version ve ON ve.id = aw.version_id JOIN badges_badge ba ON ba.id = aw.badge_id "
    f"WHERE ve.micro_credential_id = %s AND {_PERSON} = held.person AND (aw.live OR ba.reason <> %s))"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its parameters, that gives the addresses whose awards can bear on the rule."""

    sql: str
    params: tuple[object, ...]


@dataclass(slots=True)
class _Writer:
    """Writes one statement: the versions that each leaf is about are known, only awards are asked for."""

    facts: dict[int, Held]
    rows: dict[int, Version]
    terms: Terms
    ranks: dict[Reached, int] = field(default_factory=dict)
    tables: list[str] = field(default_factory=list)
    params: list[object] = field(default_factory=list)

    def versions(self, node: Rule) -> list[int]:
        """The versions whose awards the leaf is about."""
        return [pk for pk, fact in self.facts.items() if is_about(node, fact)]

    def query(self, rule: Rule, source: str, keys: Sequence[str]) -> str:
        """The query for the keys that meet the node, among the awards of a table."""
        match rule:
            case All(parts):
                return self._counted(parts, len(parts), source, keys)
            case Either(parts):
                return self._counted(parts, 1, source, keys)
            case AtLeast(n, parts):
                return self._counted(parts, n, source, keys)
            case Within():
                return self._windows(rule, source, keys)
            case Blocks():
                return self._blocks(rule, source, keys)
            case Reached():
                return f"SELECT DISTINCT {_list(keys)} FROM {source} WHERE r{self.ranks[rule]} = 1"
            case OneAward() | OneStack():
                some = _numbers(self.versions(rule))
                return f"SELECT DISTINCT {_list(keys)} FROM {source} WHERE version_id IN ({some})"

    def _counted(self, parts: Sequence[Rule], n: int, source: str, keys: Sequence[str]) -> str:
        every = " UNION ALL ".join(f"SELECT * FROM ({self.query(part, source, keys)}) AS one" for part in parts)
        names = _list(keys)
        return f"SELECT {names} FROM ({every}) AS every GROUP BY {names} HAVING COUNT(*) >= {int(n)}"

    def _blocks(self, rule: Blocks, source: str, keys: Sequence[str]) -> str:
        """Each micro-credential once a person: with the award of most blocks."""
        some, names = _numbers(self.versions(rule)), _list(keys)
        best = (
            f"SELECT {names}, of_id, MAX(blocks) AS most FROM {source} WHERE version_id IN ({some}) "
            f"GROUP BY {names}, of_id"
        )
        return f"SELECT {names} FROM ({best}) AS best GROUP BY {names} HAVING SUM(most) >= {int(rule.n)}"

    def _windows(self, rule: Within, source: str, keys: Sequence[str]) -> str:
        """One window for each day on which an award of the key was completed: it ends with that day."""
        place = len(self.tables)
        table, end = f"window_{place}", f"end_{place}"
        columns = ["version_id", "of_id", "blocks", "day", *(f"r{one}" for one in self.ranks.values())]
        same = " AND ".join(f"ends.{key} = held.{key}" for key in keys)
        first = _months_before(f"ends.{end}", rule.months)
        self.tables.append(
            f"{table} AS (SELECT {_list(keys, 'held.')}, ends.{end}, {_list(columns, 'held.')} FROM {source} AS held "
            f"JOIN (SELECT DISTINCT {_list(keys)}, day AS {end} FROM {source}) AS ends ON {same} "
            f"AND held.day <= ends.{end} AND held.day > {first})"
        )
        return f"SELECT DISTINCT {_list(keys)} FROM ({self.query(rule.part, table, [*keys, end])}) AS windows"

    def base(self, rule: Rule) -> str:
        """The awards that count: valid ones of the versions that the rule is about, and the levels that it asks for."""
        about = [pk for pk, fact in self.facts.items() if any(is_about(node, fact) for node in walk(rule))]
        wanted = [node for node in walk(rule) if isinstance(node, Reached)]
        self.ranks = {node: place for place, node in enumerate(dict.fromkeys(wanted))}
        reached = "".join(f", {self._reaches(node)} AS r{place}" for node, place in self.ranks.items())
        sizes = " ".join(f"WHEN {pk} THEN {int(self.facts[pk].blocks)}" for pk in about)
        blocks = f"CASE aw.version_id {sizes} ELSE 0 END" if about else "0"
        origins = " ".join(f"WHEN {pk} THEN {self.rows[pk].micro_credential_id}" for pk in about)
        of = f"CASE aw.version_id {origins} ELSE 0 END" if about else "0"
        now = connection.ops.adapt_datetimefield_value(clock.now())
        self.params.append(now)
        return (
            f"held AS (SELECT {_PERSON} AS person, aw.address_id AS address_id, aw.version_id AS version_id, "
            f"{of} AS of_id, {blocks} AS blocks, aw.completed_on AS day{reached} "
            f"FROM awards_award aw JOIN people_address ad ON ad.id = aw.address_id "
            f"WHERE aw.live AND (aw.valid_until IS NULL OR aw.valid_until > %s) "
            f"AND aw.version_id IN ({_numbers(about)}))"
        )

    def _reaches(self, node: Reached) -> str:
        """1 where the award reached the level that the leaf asks for, in one of the competencies that it is about."""
        asked, cases = self.terms.rank(node.at_least), []
        for pk in self.versions(node) if asked else ():
            for key in _keys_about(node, self.rows[pk]):
                words = self.terms.levels[asked - 1 :]
                marks = ", ".join(["%s"] * len(words))
                self.params += [key if connection.vendor == "postgresql" else f'$."levels"."{key}"', *_lower(words)]
                cases.append(f"WHEN aw.version_id = {pk} AND LOWER({_LEVEL[connection.vendor]}) IN ({marks}) THEN 1")
        return f"CASE {' '.join(cases)} ELSE 0 END" if cases else "0"


_LEVEL: Final = {
    "sqlite": "JSON_EXTRACT(aw.basis, %s)",
    "postgresql": "(aw.basis -> 'levels' ->> %s)",
}


def statement(rule: Rule, of: Market | None = None, *, without: Version | None = None) -> Statement:
    """The statement for a rule; those who hold the prize of a stack (`without`), or lost it for good, are left out."""
    shop = of or market()
    facts = {pk: fact_of(version, shop.terms) for pk, version in shop.versions.items()}
    writer = _Writer(facts, dict(shop.versions), shop.terms)
    writer.tables.append(writer.base(rule))
    meeting = writer.query(rule, "held", ["person"])
    left_out = _HOLDERS if without is not None else ""
    holder = [without.micro_credential_id, PART_LOST] if without is not None else []
    tables = ", ".join([*writer.tables, f"meeting AS ({meeting})"])
    found = f"SELECT DISTINCT held.address_id FROM held JOIN meeting ON meeting.person = held.person{left_out}"
    return Statement(f"WITH {tables} {found}", (*writer.params, *holder))


def who_meets(rule: Rule, stack: Version | None = None, of: Market | None = None) -> QuerySet[Address]:
    """The addresses, with awards that bear on it, of everybody who meets the rule; of a stack: and has no prize yet."""
    one = statement(rule, of, without=stack)
    return Address.objects.filter(pk__in=RawSQL(one.sql, one.params)).order_by("pk")  # noqa: S611 (numbers of ours)


def people(addresses: Iterable[Address]) -> list[list[Address]]:
    """The addresses by the person whom they belong to."""
    found: dict[tuple[str, int], list[Address]] = {}
    for one in addresses:
        key = ("person", one.person_id) if one.person_id is not None else ("address", one.pk)
        found.setdefault(key, []).append(one)
    return list(found.values())


def _keys_about(node: Reached, version: Version) -> list[str]:
    """The keys of the version's competencies that the leaf is about."""
    return [
        one["key"]
        for one in (version.frozen or {}).get("competencies", [])
        if (
            any(link["url"] == node.target for link in one["links"])
            if node.is_framework
            else folded(one["statement"]) == folded(node.target)
        )
    ]


def _months_before(day: str, months: int) -> str:
    """The same day so many months earlier, the last day of the month where there is no such day."""
    if connection.vendor == "postgresql":
        return f"({day} - INTERVAL '{int(months)} months')::date"
    # SQLite runs over into the next month; the last day of the month is then the earlier one.
    last = f"DATE({day}, 'start of month', '-{int(months) - 1} months', '-1 day')"
    return f"MIN(DATE({day}, '-{int(months)} months'), {last})"


def _lower(words: Iterable[str]) -> list[str]:
    return [word.lower() for word in words]


def _list(names: Iterable[str], before: str = "") -> str:
    return ", ".join(f"{before}{name}" for name in names)


def _numbers(keys: Iterable[int]) -> str:
    """Keys of rows as SQL: numbers of ours; no row has the key 0."""
    return ", ".join(str(int(key)) for key in keys) or "0"
