"""Letters that somebody of the committee asks for: to a reviewer who is waited for, to the chair of an own unit."""

from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from laurels import clock
from laurels.audit.record import record
from laurels.errors import WrongState
from laurels.governance import news, reviews, workflow
from laurels.governance.models import Application, Reminder, ReminderKind
from laurels.people.models import User
from laurels.people.permissions import UNIVERSITY, require
from laurels.people.system import university


@transaction.atomic
def remind_reviewer(application: Application, reviewer: User, *, by: User) -> Reminder:
    """Remind somebody whose review is waited for, at most once a day."""
    require(by, workflow.right_for("remind"), UNIVERSITY)
    reviews.refuse_own_unit(application, by, "remind anybody of it")
    workflow.hold(application, "remind")
    quorum = reviews.quorum(application)
    if quorum.met:
        raise WrongState(f"Nobody is waited for: {quorum.counted} of {quorum.needed} reviews are in.")
    if reviewer not in quorum.waiting:
        raise WrongState(f"{reviewer.name} is not waited for: the review is in, or {reviewer.name} takes no part.")
    if reviewer == by:
        raise WrongState("It is your own review that is waited for.", mend="Give it.")
    refused = f"{reviewer.name} was reminded today already. Once a day is enough."
    reminder = _sent(application, ReminderKind.REVIEW_DUE, reviewer, refused, by=by)
    record(by, "reviewer reminded", application, reviewer=reviewer.pk, round=application.round)
    news.review_due(application, reviewer, quorum, by)
    return reminder


@transaction.atomic
def tell_chair(application: Application, *, by: User) -> Reminder:
    """Tell whoever decides that one belongs to the unit that applies and so cannot review, at most once a day."""
    require(by, workflow.right_for("remind"), UNIVERSITY)
    workflow.hold(application, "remind")
    if not reviews.belongs(by, application):
        raise WrongState(f"You do not belong to {application.unit.name}, so you can review it yourself.")
    chairs = [chair for chair in reviews.deciders(application) if chair != by]
    if not chairs:
        raise WrongState("There is no chair who could be told.", mend="Ask the registrar to appoint one.")
    refused = "The chair was told of it today already. Once a day is enough."
    reminder = _sent(application, ReminderKind.OWN_UNIT, by, refused, by=by)
    record(by, "chair told of an own unit", application, chairs=[chair.pk for chair in chairs])
    news.own_unit(application, by, reviews.quorum(application), chairs)
    return reminder


def _sent(application: Application, kind: ReminderKind, about: User, refused: str, *, by: User) -> Reminder:
    """Write the reminder down, unless there is one of this day (the database holds that against races)."""
    moment = clock.now()
    day = moment.astimezone(ZoneInfo(university().zone)).date()
    reminder = Reminder(application=application, kind=kind, about=about, day=day, by=by, at=moment)
    try:
        with transaction.atomic():
            reminder.save(force_insert=True)
    except IntegrityError:
        raise WrongState(refused) from None
    return reminder
