"""Whether awards meet a stack's rule, and why: the decision with its explanation (pure).

Awards are given as `Held` facts, valid ones of one person. Asked of the same facts in any order it says the same.
"""

import calendar
import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from laurels.catalogue.stackrule import All, AtLeast, Blocks, Either, OneAward, OneStack, Reached, Rule, Within


@dataclass(frozen=True, slots=True)
class Held:
    """One valid award, as rules see it.

    `of` is the slug of what was earned; `levels` and `targets` give the rank (1 the lowest) reached in each competency,
    by its folded statement, and for each framework's target, by its address. `blocks` of a prize are 0.
    """

    key: str
    of: str
    unit: str
    completed_on: datetime.date
    blocks: int = 0
    is_stack: bool = False
    tags: frozenset[str] = frozenset()
    levels: Mapping[str, int] = field(default_factory=dict)
    targets: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one node: met or not, by which awards (their keys), and how far.

    `have` of `need` counts what the node counts: parts, blocks, or 0 and 1. `steps` is 0 exactly when it is met;
    else how many awards are missing at most, each counted for one part (`next_steps` tells what one more would do).
    """

    rule: Rule
    met: bool
    by: tuple[str, ...]
    have: int
    need: int
    steps: int
    parts: tuple["Outcome", ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """What rules are judged by: the university's scale, lowest first, and the most blocks that one award can add."""

    levels: tuple[str, ...]
    largest: int = 1

    def rank(self, level: str) -> int:
        """The rank of a level's word, 1 the lowest; 0 for a word that is not on the scale."""
        words = [word.casefold() for word in self.levels]
        return words.index(level.casefold()) + 1 if level.casefold() in words else 0


def evaluate(rule: Rule, held: Iterable[Held], terms: Terms) -> Outcome:
    """Tell whether the awards meet the rule, and explain it node by node."""
    facts = sorted(held, key=lambda one: (one.completed_on, one.key))
    return _judge(rule, facts, terms)


def next_steps(rule: Rule, held: Sequence[Held], offered: Iterable[Held], terms: Terms) -> list[Held]:
    """Those on offer of which one alone, completed on its day, would meet the rule; none when it is met already."""
    if evaluate(rule, held, terms).met:
        return []
    return [one for one in offered if evaluate(rule, [*held, one], terms).met]


def folded(statement: str) -> str:
    """A competency's statement as rules compare it: white space and case do not matter."""
    return " ".join(statement.split()).casefold().rstrip(".")


def adds(rule: Blocks, one: Held) -> bool:
    """Whether the award's blocks are of this node's source."""
    if one.is_stack:
        return False
    match rule.source:
        case "units":
            return one.unit in rule.names
        case "tags":
            return not one.tags.isdisjoint(rule.names)
        case "list":
            return one.of in rule.names
        case _:
            return any(folded(name) in one.levels for name in rule.names)


def _judge(rule: Rule, facts: Sequence[Held], terms: Terms) -> Outcome:
    match rule:
        case All(parts):
            return _some(rule, parts, len(parts), facts, terms)
        case Either(parts):
            return _some(rule, parts, 1, facts, terms)
        case AtLeast(n, parts):
            return _some(rule, parts, n, facts, terms)
        case OneAward(of):
            return _one(rule, facts, lambda one: one.of == of and not one.is_stack)
        case OneStack(of):
            return _one(rule, facts, lambda one: one.of == of and one.is_stack)
        case Reached():
            return _one(rule, facts, lambda one: _reaches(rule, one, terms))
        case Blocks():
            return _blocks(rule, facts, terms)
        case Within():
            return _within(rule, facts, terms)


def _some(rule: Rule, parts: Sequence[Rule], need: int, facts: Sequence[Held], terms: Terms) -> Outcome:
    outcomes = tuple(_judge(part, facts, terms) for part in parts)
    met = [one for one in outcomes if one.met]
    steps = sum(sorted(one.steps for one in outcomes)[:need])
    return Outcome(rule, not steps, _keys(met), min(len(met), need), need, steps, outcomes)


def _one(rule: Rule, facts: Sequence[Held], fits: Callable[[Held], bool]) -> Outcome:
    found = next((one for one in facts if fits(one)), None)
    if found is None:
        return Outcome(rule, False, (), 0, 1, 1)
    return Outcome(rule, True, (found.key,), 1, 1, 0)


def _reaches(rule: Reached, one: Held, terms: Terms) -> bool:
    asked = terms.rank(rule.at_least)
    reached = one.targets.get(rule.target, 0) if rule.is_framework else one.levels.get(folded(rule.target), 0)
    return bool(asked) and reached >= asked


def _blocks(rule: Blocks, facts: Sequence[Held], terms: Terms) -> Outcome:
    """Each micro-credential once, whatever versions and cycles of it are held: with the award of most blocks."""
    best: dict[str, Held] = {}
    for one in facts:
        if adds(rule, one) and (one.of not in best or one.blocks > best[one.of].blocks):
            best[one.of] = one
    have = sum(one.blocks for one in best.values())
    steps = -(-max(0, rule.n - have) // max(1, terms.largest))
    return Outcome(rule, not steps, tuple(one.key for one in best.values() if one.blocks), have, rule.n, steps)


def _within(rule: Within, facts: Sequence[Held], terms: Terms) -> Outcome:
    """The best window that ends with one of the awards; of windows that are as good, the latest."""
    by_day: dict[datetime.date, Outcome] = {}
    for last in {one.completed_on for one in facts}:
        first = months_before(last, rule.months)
        by_day[last] = _judge(rule.part, [one for one in facts if first < one.completed_on <= last], terms)
    if not by_day:
        inner = _judge(rule.part, (), terms)
    else:
        inner = min(by_day.items(), key=lambda pair: (pair[1].steps, -pair[0].toordinal()))[1]
    return Outcome(rule, inner.met, inner.by, inner.have, inner.need, inner.steps, (inner,))


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months earlier; the last day of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < datetime.MINYEAR:
        return datetime.date.min
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _keys(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for one in outcomes for key in one.by))
