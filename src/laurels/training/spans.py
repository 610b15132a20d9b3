"""Local times as moments: a time that the clocks skip is refused, one that they show twice is asked about (pure)."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from laurels.errors import Invalid


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to a later one, both in UTC."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime

    @property
    def minutes(self) -> int:
        """Elapsed minutes: on the night of a change of the clock, those that really passed."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


def span(
    day: datetime.date,
    starts: datetime.time,
    ends: datetime.time,
    zone: str,
    *,
    later_start: bool | None = None,
    later_end: bool | None = None,
) -> Span:
    """The span between two local times; an end that is not after the start is on the next day.

    Where the clocks show a time twice, `later_start` and `later_end` say which is meant; Invalid asks when they do not.
    """
    next_day = day + datetime.timedelta(days=ends <= starts)
    start = moment(day, starts, zone, later=later_start, field="starts")
    end = moment(next_day, ends, zone, later=later_end, field="ends")
    if end <= start:
        raise Invalid("The end is not after the start.", fields={"ends": ["Use a time after the start."]})
    return Span(start, end)


def moment(
    day: datetime.date, at: datetime.time, zone: str, *, later: bool | None = None, field: str = "at"
) -> datetime.datetime:
    """The moment, in UTC, of a local time; `later` chooses between the two when the clocks show it twice."""
    place = ZoneInfo(zone)
    local = datetime.datetime.combine(day, at)
    first, second = (local.replace(tzinfo=place, fold=fold).astimezone(datetime.UTC) for fold in (0, 1))
    if first.astimezone(place).replace(tzinfo=None) != local:
        raise Invalid(
            f"On {day} the clocks in {zone} skip {at:%H:%M}: there was no such time.",
            fields={field: ["This time was skipped when the clocks changed."]},
        )
    if first == second:
        return first
    if later is None:
        raise Invalid(
            f"On {day} the clocks in {zone} show {at:%H:%M} twice. Say whether you mean the first or the second time.",
            fields={field: ["The clocks showed this time twice: say which one."]},
        )
    return second if later else first
