"""What does this stack rule say of these awards? The decision, whom the prize goes to, and what it rests on (pure)."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from laurels.awards.basis import Basis, Part
from laurels.catalogue.definition import Approval
from laurels.catalogue.models import Version
from laurels.catalogue.stackoutcome import Held, Outcome, Terms, evaluate
from laurels.catalogue.stackrule import Rule

PART_LOST: Final = "part lost"
"""The reason for which a prize is revoked with its part: it is granted anew when the rule is met again."""


@dataclass(frozen=True, slots=True)
class Owned:
    """One award of a person, valid or not: as rules see it (`held`), and what a prize that rests on it says of it."""

    part: Part
    held: Held
    micro_credential: int
    version: int
    address: int
    folded: str
    holder: str
    valid: bool
    live: bool
    reason: str
    valid_until: datetime.datetime | None

    @property
    def key(self) -> str:
        """The key of the award."""
        return self.part.award


@dataclass(frozen=True, slots=True)
class Person:
    """One learner: all awards of all addresses that are known to be one person's."""

    addresses: frozenset[int]
    owned: tuple[Owned, ...]

    def valid(self) -> list[Held]:
        """What counts for rules: live, neither revoked nor expired."""
        return [one.held for one in self.owned if one.valid]

    def by_key(self, keys: Iterable[str]) -> list[Owned]:
        """The awards of these keys, in the order of their completion."""
        wanted = set(keys)
        found = [one for one in self.owned if one.key in wanted]
        return sorted(found, key=lambda one: (one.held.completed_on, one.key))


@dataclass(frozen=True, slots=True)
class Stack:
    """A published stack with its rule read."""

    version: Version
    rule: Rule


def outcome(stack: Stack, person: Person, terms: Terms, *, without: str = "") -> Outcome:
    """What the rule says of the person's valid awards; of all but one, where the key of one is given."""
    return evaluate(stack.rule, [one for one in person.valid() if one.key != without], terms)


def may_have(stack: Stack, person: Person) -> bool:
    """Whether the prize may be granted: once a person and stack; anew only after a part of it was lost."""
    prizes = [one for one in person.owned if one.micro_credential == stack.version.micro_credential_id]
    return all(not one.live and one.reason == PART_LOST for one in prizes)


def basis(stack: Stack, person: Person, told: Outcome, attested_by: str) -> Basis:
    """What the prize rests on: its parts, and each competency of the stack at the level that it asks for."""
    competencies = (stack.version.frozen or {}).get("competencies", [])
    return Basis(
        kind="stack",
        reference=f"{stack.version.micro_credential.slug}@{stack.version.number}",
        minutes=0,
        informal_minutes=0,
        levels={one["key"]: one["level"] for one in competencies},
        attested_by=attested_by,
        parts=tuple(one.part for one in person.by_key(told.by)),
    )


def days(stack: Stack, person: Person, told: Outcome, today: datetime.date) -> Sequence[datetime.date]:
    """The days that the prize may be completed on, the best first: that of the last part, but not before the stack was
    approved; else, when the unit might not issue on that day, today."""
    last = person.by_key(told.by)[-1].held.completed_on
    approved = Approval.of(stack.version.approval or {}).date
    return list(dict.fromkeys([max(last, approved), today]))


def refusals(version: Version, given: Basis) -> list[str]:
    """Why a basis of this kind cannot earn this version, in words: prizes rest on awards, and nothing else does."""
    if version.is_stack and given.kind != "stack":
        return [f"“{version.title}” is a stack: it is earned by other awards, and nobody can attest it."]
    if not version.is_stack and given.kind == "stack":
        return [f"“{version.title}” is no stack: other awards do not earn it."]
    return []


def shortfall(stack: Stack, person: Person, given: Basis, terms: Terms) -> list[str]:
    """Why the parts that a basis names do not earn the stack, in words; empty when they do."""
    named = {one.award for one in given.parts}
    told = evaluate(stack.rule, [one for one in person.valid() if one.key in named], terms)
    if told.met:
        return []
    return [f"Not yet: the awards named do not meet the rule of “{stack.version.title}”: {told.have} of {told.need}."]
