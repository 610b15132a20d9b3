"""What waits in training: hours to confirm, and awards for which nothing is missing any more."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Aggregate, Count, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Least

from laurels.catalogue.models import Competency
from laurels.people.models import Unit, User
from laurels.training.models import Assessment, Enrolment, EnrolmentState, HoursEntry
from laurels.training.progress import progress_of_many

MOST_READY = 50


def hours_waiting(unit: Unit) -> QuerySet[HoursEntry]:
    """The entries of a unit that wait for a verdict, oldest first; a corrected one waits no more."""
    stands_in = HoursEntry.objects.filter(corrects=OuterRef("pk")).exclude(verdict__confirmed=False)
    waiting = HoursEntry.objects.filter(
        ~Exists(stands_in),
        verdict=None,
        enrolment__state=EnrolmentState.ENROLLED,
        enrolment__version__micro_credential__unit=unit,
    )
    related = ("entered_by", "meeting", "corrects", "enrolment__address", "enrolment__offering", "enrolment__version")
    return waiting.select_related(*related).order_by("entered_at", "pk")


def hours_for(unit: Unit, user: User) -> QuerySet[HoursEntry]:
    """Those that this person may judge: entered by somebody else, and not the own ones."""
    own = Q(enrolment__address__person=user) | Q(enrolment__address__folded=user.email)
    return hours_waiting(unit).exclude(entered_by=user).exclude(own)


def many_waiting(unit: Unit, user: User) -> tuple[int, datetime.datetime | None]:
    """How many entries wait for this person, and since when the oldest does; in one query."""
    found = hours_for(unit, user).order_by().aggregate(count=Count("pk"), oldest=Min("entered_at"))
    return found["count"], found["oldest"]


def many_near(unit: Unit) -> tuple[int, datetime.datetime | None]:
    """How many enrolments have all their hours and a verdict on every competency, and since when; in one query."""
    found = _near(unit).order_by().aggregate(count=Count("pk"), oldest=Min("enrolled_at"))
    return found["count"], found["oldest"]


def awards_ready(unit: Unit) -> Sequence[Enrolment]:
    """The enrolments of a unit for which nothing is missing, oldest first, at most MOST_READY."""
    related = ("address", "offering", "version__micro_credential__unit")
    chosen = list(_near(unit).select_related(*related)[: 4 * MOST_READY])
    found = progress_of_many(chosen)
    return [one for one in chosen if not found[one.pk].missing][:MOST_READY]


def _near(unit: Unit) -> QuerySet[Enrolment]:
    """All that the database can say by itself: a verdict on every competency, no second look, and enough hours.

    How levels compare is for `completion.missing` to say, of these few.
    """
    of_this = Assessment.objects.filter(enrolment=OuterRef("pk"))
    looked_at = Q(moderation__isnull=False, moderation__moderated_at=None) | Q(
        appeal__isnull=False, appeal__heard_at=None
    )
    standing = of_this.filter(replaced_by=None)
    asked = F("version__contact_minutes") + F("version__practice_minutes") + F("version__independent_minutes")
    near = Enrolment.objects.filter(
        Exists(of_this),
        ~Exists(standing.filter(looked_at)),
        state=EnrolmentState.ENROLLED,
        version__micro_credential__unit=unit,
    )
    counted = near.annotate(
        reached=_number(standing.exclude(level=""), Count("pk")),
        competencies=_number(Competency.objects.filter(version=OuterRef("version")), Count("pk"), of="version"),
        formal=_number(_standing_hours(False), Sum("minutes")),
        informal=_number(_standing_hours(True), Sum("minutes")),
    )
    enough = Q(formal__gte=asked - Least(F("informal"), F("version__informal_minutes_most")))
    return counted.filter(enough, reached__gte=F("competencies")).order_by("enrolled_at", "pk")


def _standing_hours(informal: bool) -> QuerySet[HoursEntry]:
    """The confirmed entries of an enrolment that no confirmed correction takes the place of."""
    replaced = HoursEntry.objects.filter(corrects=OuterRef("pk"), verdict__confirmed=True)
    return HoursEntry.objects.filter(
        ~Exists(replaced), enrolment=OuterRef("pk"), verdict__confirmed=True, informal=informal
    )


def _number(rows: QuerySet[Any], of_all: Aggregate, *, of: str = "enrolment") -> Coalesce:
    """One number of many rows as a part of a larger query; nothing is 0."""
    grouped = rows.order_by().values(of).annotate(number=of_all).values("number")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), 0)
