"""What waits for the assessors of a unit: hand-ins, second looks, appeals. Oldest first."""

from typing import TypeVar

from django.db.models import Q, QuerySet

from laurels import clock
from laurels.people.models import Unit, User
from laurels.training.models import Appeal, EnrolmentState, HandIn, Moderation

Judged = TypeVar("Judged", Moderation, Appeal)
# What a list never shows of a version, and would read again with every row.
HEAVY = ("frozen", "picture_svg", "picture_png")


def waiting(unit: Unit) -> QuerySet[HandIn]:
    """The hand-ins that wait to be assessed."""
    here = HandIn.objects.filter(
        closed_at=None,
        enrolment__state=EnrolmentState.ENROLLED,
        enrolment__version__micro_credential__unit=unit,
    )
    whole = here.select_related("competency", "enrolment__address", "enrolment__version__micro_credential__unit")
    return whole.defer(*_heavy("enrolment__version")).order_by("handed_in_at", "pk")


def overdue() -> Q:
    """The condition on hand-ins whose day has passed."""
    return Q(due_at__lt=clock.now())


def second_looks(unit: Unit, user: User) -> QuerySet[Moderation]:
    """The drawn assessments that this person can look at: of others' work, assessed by others."""
    here = Moderation.objects.filter(
        moderated_at=None,
        assessment__replaced_by=None,
        assessment__enrolment__state=EnrolmentState.ENROLLED,
        assessment__enrolment__version__micro_credential__unit=unit,
    )
    allowed = here.exclude(assessment__assessor=user).exclude(own(user, "assessment__enrolment__"))
    return _with_assessment(allowed).order_by("drawn_at", "pk")


def appeals(unit: Unit, user: User) -> QuerySet[Appeal]:
    """The appeals that this person can hear: not against an own verdict, or one that the person moderated."""
    here = Appeal.objects.filter(
        heard_at=None,
        assessment__replaced_by=None,
        assessment__enrolment__state=EnrolmentState.ENROLLED,
        assessment__enrolment__version__micro_credential__unit=unit,
    )
    judged = Moderation.objects.filter(moderated_by=user).values("assessment")
    allowed = here.exclude(assessment__assessor=user).exclude(assessment__in=judged)
    return _with_assessment(allowed.exclude(own(user, "assessment__enrolment__"))).order_by("appealed_at", "pk")


def own(user: User, path: str = "enrolment__") -> Q:
    """The condition on what is of the user's own enrolments."""
    return Q(**{f"{path}address__person": user}) | Q(**{f"{path}address__folded": user.email})


def _with_assessment(found: QuerySet[Judged]) -> QuerySet[Judged]:
    whole = found.select_related(
        "assessment__assessor",
        "assessment__competency",
        "assessment__enrolment__address",
        "assessment__enrolment__version__micro_credential__unit",
    )
    return whole.defer(*_heavy("assessment__enrolment__version"))


def _heavy(path: str) -> list[str]:
    return [f"{path}__{field}" for field in HEAVY]
