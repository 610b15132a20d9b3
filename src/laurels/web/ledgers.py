"""The ledger of one enrolment as a page shows it: by week, each line with its state in words."""

import datetime
from dataclasses import dataclass

from laurels.catalogue import hours
from laurels.training.ledger import Standing, standings
from laurels.training.models import Enrolment, HoursEntry
from laurels.training.progress import Progress
from laurels.training.standing import lines


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One entry: what has become of it, in words, and whether it can be corrected."""

    entry: HoursEntry
    standing: Standing
    words: str
    can_correct: bool

    @property
    def mark(self) -> str:
        """The state's mark."""
        marks = {Standing.CONFIRMED: "passed", Standing.RETURNED: "failed", Standing.WAITING: "unknown"}
        return marks.get(self.standing, "none")


@dataclass(frozen=True, slots=True)
class Week:
    """The entries of one week, and what the confirmed ones add up to."""

    monday: datetime.date
    lines: list[LedgerLine]
    confirmed: int


def last(enrolment: Enrolment) -> HoursEntry | None:
    """The entry that was made last and stands for itself."""
    return enrolment.hours.filter(corrects=None, meeting=None).order_by("-entered_at").first()


def weeks(progress: Progress) -> list[Week]:
    """The ledger, newest week first."""
    found = standings(lines(progress.entries))
    unreturned = [entry for entry in progress.entries if found[str(entry.pk)] != Standing.RETURNED]
    corrected = {entry.corrects_id for entry in unreturned}
    by_week: dict[datetime.date, list[LedgerLine]] = {}
    for entry in progress.entries:
        standing = found[str(entry.pk)]
        free = entry.pk not in corrected and standing != Standing.REPLACED
        line = LedgerLine(entry, standing, _words(entry, standing, progress), free)
        monday = entry.day - datetime.timedelta(days=entry.day.weekday())
        by_week.setdefault(monday, []).append(line)
    return [
        Week(
            monday,
            by_week[monday],
            sum(one.entry.minutes for one in by_week[monday] if one.standing == Standing.CONFIRMED),
        )
        for monday in sorted(by_week, reverse=True)
    ]


def _words(entry: HoursEntry, standing: Standing, progress: Progress) -> str:
    verdict = getattr(entry, "verdict", None)
    if standing == Standing.WAITING:
        names = [name for name in progress.confirmers if name != entry.entered_by.name]
        change = " It takes the place of an earlier entry." if entry.corrects_id else ""
        return f"Waits for {_either(names) or 'somebody of the unit'}.{change}"
    if standing == Standing.CONFIRMED:
        return f"Confirmed by {verdict.by.name}." if verdict else "Confirmed."
    if standing == Standing.RETURNED and verdict is not None:
        return f"Returned by {verdict.by.name}: {verdict.words}"
    taken = next((one for one in progress.entries if one.corrects_id == entry.pk), None)
    return f"Corrected: {hours.words(taken.minutes)}, {taken.why}" if taken else "Corrected."


def _either(names: list[str]) -> str:
    if len(names) > 3:
        return f"{names[0]} or {len(names) - 1} others"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}" if names else ""
