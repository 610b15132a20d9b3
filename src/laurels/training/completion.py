"""What an enrolment lacks before an award can be granted, in words that learner and unit both see (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from laurels.catalogue import hours
from laurels.catalogue.requirement import Requirement
from laurels.training.ledger import Totals

HOURS, LEVEL, EVIDENCE, MODERATION = "hours", "level", "evidence", "moderation"


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: of what kind, in words, and the key of the competency where there is one."""

    kind: str
    words: str
    competency: str = ""


@dataclass(frozen=True, slots=True)
class Standings:
    """Where the assessments stand: the level reached, those that wait to be assessed or moderated, by competency."""

    levels: Mapping[str, str]
    handed_in: frozenset[str] = frozenset()
    moderated: frozenset[str] = frozenset()


def missing(
    requirement: Requirement, totals: Totals, standings: Standings, evidence: Sequence[object], waits_for: Sequence[str]
) -> list[Lack]:
    """Everything that is missing, hours first; empty when an award can be granted.

    `waits_for` are the names of those who can confirm the hours that wait, `evidence` what an assessment rests on.
    What this says is missing is exactly what `Requirement.shortfall` refuses, and what still waits for a second look.
    """
    found = [*_hours(requirement, totals, waits_for), *_levels(requirement, standings)]
    if requirement.evidence_required and not evidence:
        found.append(Lack(EVIDENCE, "Not yet: evidence is asked for, and no assessment rests on any."))
    names = {one.key: one.statement for one in requirement.competencies}
    found += [
        Lack(MODERATION, f"A second assessor looks at “{names[key]}”.", key)
        for key in names
        if key in standings.moderated
    ]
    return found


def _hours(requirement: Requirement, totals: Totals, waits_for: Sequence[str]) -> list[Lack]:
    counted, informal = requirement.counted(totals.confirmed, totals.informal)
    short = requirement.minutes - counted
    if short <= 0:
        return []
    words = [f"Not yet: {hours.words(counted)} of {hours.words(requirement.minutes)} are confirmed."]
    rest = []
    if totals.waiting:
        names = f" for {_either(waits_for)}" if waits_for else ""
        rest.append(f"{hours.words(totals.waiting)} wait{names}")
    if short > totals.waiting:
        rest.append(f"{hours.words(short - totals.waiting)} are not recorded")
    words.append("; ".join(rest) + ".")
    if informal < totals.informal:
        words.append(
            f"{hours.words(totals.informal)} informal are confirmed, {hours.words(informal)} of them count here. "
            "The rest stays in the ledger."
        )
    return [Lack(HOURS, " ".join(words))]


def _levels(requirement: Requirement, standings: Standings) -> list[Lack]:
    found = []
    for one in requirement.competencies:
        words = requirement.short_of_level(one, standings.levels.get(one.key, ""))
        if words:
            waits = " It is handed in, and waits to be assessed." if one.key in standings.handed_in else ""
            found.append(Lack(LEVEL, words + waits, one.key))
    return found


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
