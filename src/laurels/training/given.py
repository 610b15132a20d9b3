"""Hours as somebody gives them, and what in them cannot be right (pure)."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from laurels.catalogue import hours
from laurels.catalogue.models import Version
from laurels.errors import Invalid
from laurels.training.ledger import DAY_MINUTES, Line, fullest_day, overlaps
from laurels.training.models import HoursKind
from laurels.training.spans import Span

LONGEST_WHAT = 200


@dataclass(frozen=True, slots=True)
class GivenHours:
    """What somebody says was done: a day and minutes, or a span of which so many minutes were training."""

    day: datetime.date
    minutes: int
    what: str
    kind: str = HoursKind.INDEPENDENT.value
    informal: bool = False
    span: Span | None = None
    place: str = ""


def refuse_malformed(given: GivenHours, version: Version, now: datetime.datetime, zone: str, *, least: int) -> None:
    """Raise Invalid, field by field, for hours that cannot be; `least` is 0 for a correction that takes out."""
    problems = dict(_problems(given, version, now, zone, least))
    if problems:
        raise Invalid(
            "These hours cannot be recorded as they stand.", fields={name: [words] for name, words in problems.items()}
        )


def refuse_impossible(new: Line, lines: Sequence[Line]) -> None:
    """Raise Invalid when the new line overlaps with others of its person, or fills a day beyond 24 hours."""
    shared = overlaps(new, lines)
    if shared:
        raise Invalid(overlap_words(shared[0]), fields={"starts": [overlap_words(shared[0])]})
    if new.minutes:
        day, minutes = fullest_day(new, lines)
        if minutes > DAY_MINUTES:
            words = f"{_day(day)} would have {hours.words(minutes)}; a day has 24 h."
            raise Invalid(words, fields={"minutes": [words]})


def overlap_words(other: Line) -> str:
    """What to say of a line that is in the way."""
    place = ZoneInfo(other.zone)
    assert other.starts_at and other.ends_at
    starts, ends = other.starts_at.astimezone(place), other.ends_at.astimezone(place)
    times = f"{starts:%H:%M}–{ends:%H:%M}"
    known = f"On {_day(starts.date())}, {times}, “{other.what}” is recorded already."
    return f"{known} Change these times, or correct that entry."


def _problems(
    given: GivenHours, version: Version, now: datetime.datetime, zone: str, least: int
) -> Iterator[tuple[str, str]]:
    step = version.step_minutes
    if given.minutes < least or given.minutes > DAY_MINUTES:
        yield "minutes", "Record at least a quarter of an hour, and at most 24 h." if least else "At most 24 h."
    elif not hours.in_steps(given.minutes, step):
        yield "minutes", f"Hours go in steps of {hours.words(step)}: {hours.words(given.minutes)} are none."
    if not given.what.strip() or len(given.what) > LONGEST_WHAT:
        yield "what", f"Say what was done, in at most {LONGEST_WHAT} characters."
    if given.kind not in HoursKind.values:
        yield "kind", f"Choose one of these: {', '.join(HoursKind.values)}."
    if given.span is not None and given.span.ends_at > now:
        yield "ends", "These hours end in the future. Record them when they are done."
    elif given.day > now.astimezone(ZoneInfo(zone)).date():
        yield "day", "This day lies in the future. Record hours when they are done."
    if given.span is not None and given.minutes > given.span.minutes:
        yield "minutes", f"From start to end there are {hours.words(given.span.minutes)}."
    if given.span is not None and given.span.minutes > DAY_MINUTES:
        yield "ends", "One entry spans at most 24 hours."


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
