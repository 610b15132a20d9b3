"""The verbs of a meeting: plan one or a weekly series, move, cancel."""

from collections.abc import Sequence

from django.db import transaction

from laurels import clock
from laurels.audit.record import record
from laurels.errors import Invalid, WrongState
from laurels.people.models import User
from laurels.people.permissions import require
from laurels.training import news
from laurels.training.models import Enrolment, EnrolmentState, Meeting, Offering, OfferingState
from laurels.training.plans import (
    LONGEST_WORDS,
    GivenMeeting,
    refuse_malformed_meeting,
    refuse_overlaps,
    weekly,
)
from laurels.training.spans import Span


@transaction.atomic
def plan_meeting(offering: Offering, given: GivenMeeting, *, by: User) -> Meeting:
    """Plan one dated sitting of an offering."""
    return plan_meetings(offering, given, 1, by=by)[0]


@transaction.atomic
def plan_meetings(offering: Offering, given: GivenMeeting, weeks: int, *, by: User) -> list[Meeting]:
    """Plan the same meeting in so many weeks, at the same time by the clock; all of them or none."""
    require(by, "offer", offering.version.micro_credential.unit)
    _hold(offering)
    planned = weekly(given, weeks)
    spans = [_span(one, offering) for one in planned]
    _refuse_shared(offering, spans)
    made = Meeting.objects.bulk_create(
        Meeting(offering=offering, **_values(one, at)) for one, at in zip(planned, spans, strict=True)
    )
    record(by, "meetings planned", offering, meetings=[str(one.pk) for one in made])
    return made


@transaction.atomic
def move_meeting(meeting: Meeting, given: GivenMeeting, *, by: User) -> Meeting:
    """Change a planned meeting, and tell those enrolled when its time or place changes."""
    offering = meeting.offering
    require(by, "offer", offering.version.micro_credential.unit)
    _hold(offering)
    held = _waiting(meeting)
    before = news.when(held, offering)
    at = _span(given, offering)
    _refuse_shared(offering, [at], but=held)
    Meeting.objects.filter(pk=held.pk).update(**_values(given, at))
    meeting.refresh_from_db()
    if news.when(meeting, offering) != before:
        news.tell(
            "meeting_moved", _enrolled(offering), what=meeting.what, when=news.when(meeting, offering), before=before
        )
    record(by, "meeting moved", meeting)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, words: str, *, by: User) -> Meeting:
    """Cancel a planned meeting, and tell those enrolled why."""
    offering = meeting.offering
    require(by, "offer", offering.version.micro_credential.unit)
    if not words.strip() or len(words) > LONGEST_WORDS:
        raise Invalid("Say why, for those enrolled.", fields={"words": ["Say why, in a sentence or two."]})
    held = _waiting(meeting)
    Meeting.objects.filter(pk=held.pk).update(cancelled_at=clock.now())
    meeting.refresh_from_db()
    news.tell(
        "meeting_cancelled", _enrolled(offering), what=held.what, when=news.when(held, offering), why=words.strip()
    )
    record(by, "meeting cancelled", meeting)
    return meeting


def _hold(offering: Offering) -> None:
    """Hold the offering, so that two plans cannot pass each other unseen; refused when it is closed."""
    state = Offering.objects.select_for_update().values_list("state", flat=True).get(pk=offering.pk)
    if state != OfferingState.OPEN:
        raise WrongState(f"This offering is {state}: nothing more is planned in it.")


def _waiting(meeting: Meeting) -> Meeting:
    held = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if held.cancelled_at is not None:
        raise WrongState("This meeting was cancelled already.")
    if held.recorded_at is not None:
        raise WrongState("Attendance was recorded: the ledger rests on this meeting as it was.")
    return held


def _span(given: GivenMeeting, offering: Offering) -> Span:
    try:
        at = given.span(offering.zone)
    except Invalid as refused:
        raise Invalid(
            refused.message, fields=refused.fields, mend="Use another time, or plan that day alone."
        ) from refused
    refuse_malformed_meeting(given, at, offering, offering.version)
    return at


def _refuse_shared(offering: Offering, spans: Sequence[Span], *, but: Meeting | None = None) -> None:
    others = Meeting.objects.filter(offering=offering, cancelled_at=None)
    refuse_overlaps(spans, list(others.exclude(pk=but.pk) if but else others), offering.zone)


def _values(given: GivenMeeting, at: Span) -> dict[str, object]:
    return {
        "starts_at": at.starts_at,
        "ends_at": at.ends_at,
        "minutes": given.minutes or at.minutes,
        "kind": given.kind,
        "what": given.what.strip(),
        "place": given.place.strip(),
    }


def _enrolled(offering: Offering) -> list[Enrolment]:
    related = ("address", "offering", "version__micro_credential__unit")
    return list(Enrolment.objects.filter(offering=offering, state=EnrolmentState.ENROLLED).select_related(*related))
