"""What a ledger of hours comes to: which entries are in effect, what they add up to, and what cannot be (pure).

An entry is never changed. A correction counts in the place of a confirmed entry from the moment when it is confirmed
itself; until then, and if it is returned, the corrected one stands. An entry that waits and is corrected waits no more:
its correction waits in its place, unless it is returned. A correction may be corrected in its turn.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60


class Standing(Enum):
    """What has become of an entry."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the ledger sees it. A span is two aware moments; `day` is the day in its zone on which it began."""

    key: str
    day: datetime.date
    minutes: int
    kind: str
    informal: bool = False
    confirmed: bool | None = None
    corrects: str | None = None
    starts_at: datetime.datetime | None = None
    ends_at: datetime.datetime | None = None
    zone: str = "UTC"
    what: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """Minutes of one enrolment: confirmed by kind, the informal among them, those that wait, and those returned."""

    by_kind: Mapping[str, int] = field(default_factory=dict)
    informal: int = 0
    waiting: int = 0
    returned: int = 0

    @property
    def confirmed(self) -> int:
        """All confirmed minutes in effect."""
        return sum(self.by_kind.values())


def standings(lines: Iterable[Line]) -> dict[str, Standing]:
    """What has become of each line, by its key."""
    known = {line.key: line for line in lines}
    confirmed = {line.corrects for line in known.values() if line.confirmed}
    standing = {line.corrects for line in known.values() if line.confirmed is not False}
    return {key: _standing(line, confirmed, standing) for key, line in known.items()}


def totals(lines: Sequence[Line]) -> Totals:
    """What the lines add up to. A waiting correction adds only what it has more than the line that it corrects."""
    known = {line.key: line for line in lines}
    found = standings(lines)
    by_kind: dict[str, int] = defaultdict(int)
    informal = waiting = returned = 0
    for key, line in known.items():
        if found[key] is Standing.CONFIRMED:
            by_kind[line.kind] += line.minutes
            informal += line.minutes if line.informal else 0
        elif found[key] is Standing.WAITING:
            waiting += max(0, line.minutes - _confirmed_before(line, known, found))
        elif found[key] is Standing.RETURNED and line.corrects is None:
            returned += line.minutes
    return Totals(dict(by_kind), informal, waiting, returned)


def overlaps(new: Line, lines: Sequence[Line]) -> list[Line]:
    """The lines, not returned nor replaced, whose span the new one's span shares; never the one that it corrects."""
    if new.starts_at is None or new.ends_at is None:
        return []
    found = standings(lines)
    gone = _ancestors(new, {line.key: line for line in lines})
    return [
        line
        for line in lines
        if line.key not in gone
        and found[line.key] in (Standing.CONFIRMED, Standing.WAITING)
        and line.starts_at is not None
        and line.ends_at is not None
        and line.starts_at < new.ends_at
        and new.starts_at < line.ends_at
    ]


def fullest_day(new: Line, lines: Sequence[Line]) -> tuple[datetime.date, int]:
    """The day of the new line that holds most minutes with it, and how many: more than DAY_MINUTES cannot be."""
    days = minutes_by_day(new)
    found = standings(lines)
    gone = _ancestors(new, {line.key: line for line in lines})
    sums = dict(days)
    for line in lines:
        if line.key not in gone and found[line.key] in (Standing.CONFIRMED, Standing.WAITING):
            for day, minutes in minutes_by_day(line).items():
                if day in sums:
                    sums[day] += minutes
    return max(sums.items(), key=lambda pair: (pair[1], pair[0]))


def minutes_by_day(line: Line) -> dict[datetime.date, int]:
    """The minutes of a line by the day in its zone: one that goes past midnight counts to both days, in proportion.

    Elapsed time counts, so that the night of a change of the clock has an hour more or less. A span may be longer
    than the training in it (breaks): the first day then takes what fits in before midnight.
    """
    if line.starts_at is None or line.ends_at is None:
        return {line.day: line.minutes}
    zone = ZoneInfo(line.zone)
    found: dict[datetime.date, int] = {}
    at, left = line.starts_at.astimezone(datetime.UTC), line.minutes
    ends_at = line.ends_at.astimezone(datetime.UTC)
    while at < ends_at:
        day = at.astimezone(zone).date()
        midnight = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), zone)
        until = min(ends_at, midnight.astimezone(datetime.UTC))
        found[day] = min(left, int((until - at).total_seconds()) // 60)
        left -= found[day]
        at = until
    return found


def _standing(line: Line, confirmed: Collection[str | None], standing: Collection[str | None]) -> Standing:
    """`confirmed` are the keys that a confirmed correction corrects, `standing` those that an unreturned one does."""
    if line.confirmed is None:
        return Standing.REPLACED if line.key in standing else Standing.WAITING
    if not line.confirmed:
        return Standing.RETURNED
    return Standing.REPLACED if line.key in confirmed else Standing.CONFIRMED


def _confirmed_before(line: Line, known: Mapping[str, Line], found: Mapping[str, Standing]) -> int:
    """The confirmed minutes in effect that a waiting correction would take the place of, however far back."""
    for key in _ancestors(line, known):
        if key in found and found[key] is Standing.CONFIRMED:
            return known[key].minutes
    return 0


def _ancestors(line: Line, known: Mapping[str, Line]) -> set[str]:
    """The line itself and what it corrects, and what that corrects, and so on."""
    found = {line.key}
    before = line.corrects
    while before is not None and before not in found:
        found.add(before)
        before = known[before].corrects if before in known else None
    return found
