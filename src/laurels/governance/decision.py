"""A decision before it is recorded: its sentence, its term. Pure: no database."""

import calendar
import datetime
from dataclasses import dataclass

from laurels.catalogue.quotation import quoted
from laurels.errors import Invalid
from laurels.governance.authority import day, listed
from laurels.governance.models import Application, Kind, Outcome
from laurels.governance.reviews import scale
from laurels.governance.rubric import Standing, shown
from laurels.people.models import University


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision says, before or after it has its number."""

    kind: str
    outcome: str
    body: str
    university: str
    unit: str
    date: datetime.date
    rubric: int
    standing: Standing
    title: str = ""
    scope: tuple[str, ...] = ()
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None
    conditions: str = ""
    number: str = ""


def facts_of(
    application: Application, outcome: str, standing: Standing, university: University, on: datetime.date
) -> Facts:
    """The facts of a decision on this application, before its term and its conditions are set."""
    return Facts(
        kind=application.kind,
        outcome=Outcome(outcome).value,
        body=university.body,
        university=university.unit.name,
        unit=application.unit.name,
        date=on,
        rubric=scale(application).number,
        standing=standing,
        title=application.version.title if application.version is not None else "",
    )


def sentence(facts: Facts) -> str:
    """The decision as it will be recorded, in one paragraph; without its number until it has one."""
    approves = facts.outcome == Outcome.APPROVE
    if facts.kind == Kind.AUTHORITY:
        what = f"issuing authority for {facts.unit}"
        if approves and facts.valid_from and facts.valid_until:
            term = f"from {day(facts.valid_from)} until {day(facts.valid_until)}"
            what = f"{what} in {listed(facts.scope)}, {term}"
    else:
        what = f"the {facts.kind} {quoted(facts.title)} of {facts.unit}"
    reviews = f"{facts.standing.reviews} review{'' if facts.standing.reviews == 1 else 's'}"
    begin = f"Decision {facts.number}, {day(facts.date)}" if facts.number else day(facts.date)
    words = (
        f"{begin}: the {facts.body} of {facts.university} {'approves' if approves else 'declines'} {what}, "
        f"on {reviews} against rubric {facts.rubric}, with a mean of {shown(facts.standing.mean)}."
    )
    if facts.conditions.strip() and approves:
        return f"{words} Conditions: {facts.conditions.strip()}"
    return words


def term(
    begins: datetime.date | None, ends: datetime.date | None, *, today: datetime.date, months: int
) -> tuple[datetime.date, datetime.date]:
    """The term of an authority, by default from today for so many months; Invalid when it cannot be one."""
    first = begins or today
    if first < today:
        words = f"Not before {day(today)}, the day of the decision."
        raise Invalid("The term cannot begin before the decision.", fields={"valid_from": [words]})
    last = ends or end_of_term(first, months)
    if last < first:
        words = f"It ends before it begins, on {day(first)}."
        raise Invalid("The term ends before it begins.", fields={"valid_until": [words]})
    return first, last


def end_of_term(begins: datetime.date, months: int) -> datetime.date:
    """The last day of a term of so many months: 1 May 2027 and 36 months end on 30 April 2030."""
    index = begins.year * 12 + begins.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    if begins.day > last:
        return datetime.date(year, month + 1, last)
    return datetime.date(year, month + 1, begins.day) - datetime.timedelta(days=1)
