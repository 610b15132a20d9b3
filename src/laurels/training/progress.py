"""How far an enrolment has come: its hours, levels and evidence, what is missing, and the basis of its award."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from laurels.awards.basis import Basis, Link
from laurels.catalogue.models import Visibility
from laurels.catalogue.requirement import Requirement
from laurels.people.models import Membership, User
from laurels.people.permissions import VERBS
from laurels.people.system import university
from laurels.training.completion import Lack, Standings, missing
from laurels.training.ledger import Standing, Totals, standings, totals
from laurels.training.models import Assessment, Enrolment, Evidence, HandIn, HoursEntry
from laurels.training.standing import lines

R = TypeVar("R", HoursEntry, Assessment, HandIn, Evidence)


@dataclass(frozen=True)
class Progress:
    """One enrolment, read once; everything else follows from what was read."""

    enrolment: Enrolment
    entries: Sequence[HoursEntry]
    assessments: Sequence[Assessment]
    hand_ins: Sequence[HandIn]
    rests_on: Sequence[Evidence]
    confirmers: Sequence[str]

    @cached_property
    def requirement(self) -> Requirement:
        """What the enrolment's version asks for."""
        return Requirement.of(self.enrolment.version)

    @cached_property
    def totals(self) -> Totals:
        """What the ledger adds up to."""
        return totals(lines(self.entries))

    @cached_property
    def standing(self) -> dict[str, Assessment]:
        """The assessment that stands, by the key of its competency."""
        return {str(one.competency.key): one for one in self.assessments if not hasattr(one, "replaced_by")}

    @cached_property
    def missing(self) -> list[Lack]:
        """Everything that is missing before the award."""
        waiting = frozenset(str(one.competency.key) for one in self.hand_ins if one.closed_at is None)
        moderated = frozenset(key for key, one in self.standing.items() if _waits_for_another(one))
        found = Standings(self.levels, waiting, moderated)
        return missing(self.requirement, self.totals, found, self.rests_on, self.confirmers)

    @property
    def levels(self) -> dict[str, str]:
        """The level reached in each competency, by its key."""
        return {key: one.level for key, one in self.standing.items() if one.level}

    @property
    def completed_on(self) -> datetime.date:
        """The day on which nothing was missing any more: of the last hours that count, or of the last assessment."""
        zone = ZoneInfo(university().zone)
        found = standings(lines(self.entries))
        days = [entry.day for entry in self.entries if found[str(entry.pk)] is Standing.CONFIRMED]
        days += [one.assessed_at.astimezone(zone).date() for one in self.standing.values()]
        return max(days)

    def basis(self, signed_off_by: User) -> Basis:
        """What the award rests on: the ledger, the levels, and the evidence that was sealed."""
        return Basis(
            kind="enrolment",
            reference=str(self.enrolment.pk),
            minutes=self.totals.confirmed,
            informal_minutes=self.totals.informal,
            levels=self.levels,
            evidence=tuple(_link(one, place) for place, one in enumerate(self.rests_on, start=1)),
            attested_by=str(signed_off_by.pk),
            by_kind=dict(self.totals.by_kind),
        )


def progress_of(enrolment: Enrolment) -> Progress:
    """Read how far one enrolment has come, in six queries."""
    return progress_of_many([enrolment])[enrolment.pk]


def progress_of_many(enrolments: Sequence[Enrolment]) -> dict[UUID, Progress]:
    """Read how far each of several enrolments has come, in six queries for all of them."""
    if not enrolments:
        return {}
    keys = [one.pk for one in enrolments]
    entries = _grouped(HoursEntry.objects.filter(enrolment__in=keys).select_related("verdict__by", "entered_by"))
    related = ("competency", "assessor", "replaced_by", "moderation", "appeal")
    assessments = _grouped(Assessment.objects.filter(enrolment__in=keys).select_related(*related))
    hand_ins = _grouped(HandIn.objects.filter(enrolment__in=keys).select_related("competency"))
    sealed = Evidence.objects.filter(enrolment__in=keys, assessments__assessment__replaced_by=None)
    rests_on = _grouped(sealed.exclude(assessments=None).distinct())
    confirmers = _confirmers(enrolments)
    return {
        one.pk: Progress(one, entries[one.pk], assessments[one.pk], hand_ins[one.pk], rests_on[one.pk], confirmers(one))
        for one in enrolments
    }


def _grouped(rows: Iterable[R]) -> dict[UUID, list[R]]:
    found: dict[UUID, list[R]] = defaultdict(list)
    for row in rows:
        found[row.enrolment_id].append(row)
    return found


def _confirmers(enrolments: Sequence[Enrolment]) -> Callable[[Enrolment], list[str]]:
    """The names of those who can confirm hours of an enrolment: staff of its unit, and never the learner."""
    units = {one.version.micro_credential.unit_id for one in enrolments}
    staff = Membership.objects.filter(unit__in=units, role__in=VERBS["confirm hours"].of_unit)
    held = list(staff.values_list("unit", "user", "user__name"))

    def of(one: Enrolment) -> list[str]:
        unit, learner = one.version.micro_credential.unit_id, one.address.person_id
        return sorted({name for where, user, name in held if where == unit and user != learner})

    return of


def evidence_path(evidence: Evidence) -> str:
    """Where a piece of evidence answers, to whoever may see it."""
    return f"/evidence/{evidence.pk}"


def _waits_for_another(assessment: Assessment) -> bool:
    """Whether a second assessor still has to look at it: by the sample, or because the learner appealed."""
    moderation, appeal = getattr(assessment, "moderation", None), getattr(assessment, "appeal", None)
    return (moderation is not None and moderation.moderated_at is None) or (
        appeal is not None and appeal.heard_at is None
    )


def _link(evidence: Evidence, place: int) -> Link:
    """Evidence as it travels in the badge: its title stays with the assessors, unless others may see it."""
    is_hidden = evidence.visibility == Visibility.ASSESSORS
    name = f"Evidence {place}, seen by the assessors" if is_hidden else evidence.title
    return Link(settings.BASE_URL + evidence_path(evidence), name, evidence.sha256)
