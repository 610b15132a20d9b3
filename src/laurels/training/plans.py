"""Offerings and meetings as somebody plans them, and what in a plan cannot be (pure)."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, available_timezones

from laurels.awards.completion import is_link
from laurels.catalogue import hours
from laurels.catalogue.models import Version
from laurels.errors import Invalid
from laurels.training.ledger import DAY_MINUTES
from laurels.training.models import HoursKind, Meeting, Offering, Seats
from laurels.training.spans import Span, span

LONGEST_TITLE, LONGEST_PLACE, LONGEST_WORDS = 120, 200, 1000
MOST_SEATS, MOST_WEEKS, LONGEST_RUN_DAYS = 10_000, 53, 1100


@dataclass(frozen=True, slots=True)
class GivenOffering:
    """What somebody says of an offering; without a title of its own it has its version's."""

    starts_on: datetime.date
    ends_on: datetime.date
    zone: str
    title: str = ""
    place: str = ""
    link: str = ""
    note: str = ""
    seats: str = Seats.PUBLIC.value
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class GivenMeeting:
    """What somebody says of a meeting: local times in the offering's zone, and the training in it (0: all of it)."""

    day: datetime.date
    starts: datetime.time
    ends: datetime.time
    what: str
    minutes: int = 0
    kind: str = HoursKind.CONTACT.value
    place: str = ""
    later_start: bool | None = None
    later_end: bool | None = None

    def span(self, zone: str) -> Span:
        """Its moments; Invalid where the clocks skip a time, or show it twice and nobody says which is meant."""
        return span(self.day, self.starts, self.ends, zone, later_start=self.later_start, later_end=self.later_end)

    def on(self, day: datetime.date) -> "GivenMeeting":
        """The same on another day."""
        return GivenMeeting(
            day,
            self.starts,
            self.ends,
            self.what,
            self.minutes,
            self.kind,
            self.place,
            self.later_start,
            self.later_end,
        )


def refuse_malformed_offering(given: GivenOffering) -> None:
    """Raise Invalid, field by field, for an offering that cannot be."""
    _refuse("The offering cannot be as it stands.", _of_offering(given))


def refuse_malformed_meeting(given: GivenMeeting, at: Span, offering: Offering, version: Version) -> None:
    """Raise Invalid, field by field, for a meeting that cannot be."""
    _refuse("The meeting cannot be as it stands.", _of_meeting(given, at, offering, version))


def refuse_overlaps(spans: Sequence[Span], others: Iterable[Meeting], zone: str) -> None:
    """Raise Invalid when meetings would overlap: nobody attends two of one offering at once."""
    for at in spans:
        for other in others:
            if other.starts_at < at.ends_at and at.starts_at < other.ends_at:
                local = other.starts_at.astimezone(ZoneInfo(zone))
                words = f"“{other.what}” meets on {day_words(local.date())} from {local:%H:%M}, in the same hours."
                raise Invalid(words, fields={"starts": [words]})


def weekly(given: GivenMeeting, weeks: int) -> list[GivenMeeting]:
    """The same meeting in so many weeks, at the same time by the clock."""
    if not 1 <= weeks <= MOST_WEEKS:
        raise Invalid("The series cannot be.", fields={"weeks": [f"Use a whole number from 1 to {MOST_WEEKS}."]})
    return [given.on(given.day + datetime.timedelta(weeks=week)) for week in range(weeks)]


def day_words(day: datetime.date) -> str:
    """A day as pages write it: 12 March 2027."""
    return f"{day.day} {day:%B %Y}"


def moment_words(meeting: Meeting, zone: str) -> str:
    """When a meeting is, in words with its zone: 12 March 2027, 18:00–21:00 (America/Los_Angeles)."""
    starts, ends = meeting.starts_at.astimezone(ZoneInfo(zone)), meeting.ends_at.astimezone(ZoneInfo(zone))
    return f"{day_words(starts.date())}, {starts:%H:%M}–{ends:%H:%M} ({zone.replace('_', ' ')})"


def _of_offering(given: GivenOffering) -> Iterator[tuple[str, str]]:
    if len(given.title) > LONGEST_TITLE:
        yield "title", f"Use at most {LONGEST_TITLE} characters."
    if given.ends_on < given.starts_on:
        yield "ends_on", "It ends before it starts."
    elif (given.ends_on - given.starts_on).days > LONGEST_RUN_DAYS:
        yield "ends_on", "One offering runs for at most three years."
    if given.zone not in available_timezones():
        yield "zone", "Use the name of a time zone, such as America/Los_Angeles."
    if len(given.place) > LONGEST_PLACE:
        yield "place", f"Use at most {LONGEST_PLACE} characters."
    if given.link and not is_link(given.link):
        yield "link", "Write a whole address, such as https://meet.university.example/kitchen."
    if given.seats not in Seats.values:
        yield "seats", f"Choose one of these: {', '.join(Seats.values)}."
    if given.capacity is not None and not 1 <= given.capacity <= MOST_SEATS:
        yield "capacity", f"Use a whole number from 1 to {MOST_SEATS}, or leave it empty."


def _of_meeting(given: GivenMeeting, at: Span, offering: Offering, version: Version) -> Iterator[tuple[str, str]]:
    minutes = given.minutes or at.minutes
    if not offering.starts_on <= given.day <= offering.ends_on:
        days = f"{day_words(offering.starts_on)} to {day_words(offering.ends_on)}"
        yield "day", f"The offering runs from {days}; {day_words(given.day)} is outside."
    if not hours.in_steps(minutes, version.step_minutes):
        yield "minutes", f"Hours go in steps of {hours.words(version.step_minutes)}: {hours.words(minutes)} are none."
    if not 0 < minutes <= at.minutes:
        yield "minutes", f"From start to end there are {hours.words(at.minutes)}."
    if at.minutes > DAY_MINUTES:
        yield "ends", "One meeting spans at most 24 hours."
    if not given.what.strip() or len(given.what) > LONGEST_PLACE:
        yield "what", f"Say what it is about, in at most {LONGEST_PLACE} characters."
    if len(given.place) > LONGEST_PLACE:
        yield "place", f"Use at most {LONGEST_PLACE} characters."
    if given.kind not in HoursKind.values:
        yield "kind", f"Choose one of these: {', '.join(HoursKind.values)}."


def _refuse(message: str, problems: Iterable[tuple[str, str]]) -> None:
    fields: dict[str, list[str]] = {}
    for name, words in problems:
        fields.setdefault(name, []).append(words)
    if fields:
        raise Invalid(message, fields=fields)
