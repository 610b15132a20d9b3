"""The committee's decision of record."""

import uuid
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models.functions import Length

from laurels import clock
from laurels.audit.record import record
from laurels.catalogue import actions as catalogue
from laurels.catalogue.definition import Approval
from laurels.errors import Invalid, WrongState
from laurels.governance import news, reviews, submissions, workflow
from laurels.governance.authority import in_force
from laurels.governance.decision import Facts, facts_of, sentence, term
from laurels.governance.models import Application, Decision, IssuingAuthority, Outcome
from laurels.governance.rubric import Standing, standing
from laurels.jobs import outbox
from laurels.people.models import User
from laurels.people.permissions import UNIVERSITY, require
from laurels.people.system import university

VERB = {Outcome.APPROVE: "approve", Outcome.DECLINE: "decline"}
RACES = 20
WARNED_DAYS = (90, 30, 7)


@transaction.atomic
def decide(
    application: Application,
    outcome: Outcome,
    *,
    by: User,
    note: str = "",
    conditions: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Decision:
    """Take the committee's decision of record on the application."""
    outcome = Outcome(outcome)
    require(by, workflow.right_for(VERB[outcome]), UNIVERSITY)
    workflow.hold(application, VERB[outcome])
    reviews.refuse_decider(application, by)
    scores = _scores(application, outcome)
    facts = facts_of(application, outcome, scores, university(), clock.today(university().zone))
    facts = replace(facts, conditions=conditions.strip())
    if outcome is Outcome.APPROVE:
        facts = _approvable(application, facts, valid_from, valid_until)
    elif not note.strip():
        raise Invalid("Give the unit the reasons for the decline.", fields={"note": ["Give the reasons."]})
    workflow.move(application, VERB[outcome])
    decision = _recorded(application, facts, note=note.strip(), by=by)
    if outcome is Outcome.APPROVE:
        _carry_out(decision, by=by)
    record(by, "application decided", application, number=decision.number, outcome=decision.outcome)
    news.decided(decision, sentence(replace(facts, number=decision.number)))
    return decision


def _scores(application: Application, outcome: Outcome) -> Standing:
    """What the reviews amount to; refused without a quorum, and an approval below the minima."""
    quorum = reviews.quorum(application)
    if not quorum.met:
        raise WrongState(quorum.words, mend=quorum.mend)
    scores = standing(reviews.scale(application), reviews.counted(application))
    if outcome is Outcome.APPROVE and not scores.passes:
        raise WrongState(scores.refusal)
    return scores


def _approvable(application: Application, facts: Facts, valid_from: date | None, valid_until: date | None) -> Facts:
    """The facts of an approval, with scope and term; refused when the ground for it has gone meanwhile."""
    version = submissions.definition_of(application)
    if version is not None:
        if valid_from or valid_until:
            raise Invalid("The approval of a micro-credential has no term: its authority has.")
        submissions.refuse_changed(application)
        in_force(application.unit, version, facts.date)
        return facts
    months = university().authority_months
    begins, ends = term(valid_from, valid_until, today=facts.date, months=months)
    scope = tuple(application.submissions.get(round=application.round).content["answers"]["scope"])
    return replace(facts, valid_from=begins, valid_until=ends, scope=scope)


def _recorded(application: Application, facts: Facts, *, note: str, by: User) -> Decision:
    """Write the decision under the next free number of its year; whoever loses a race for one takes the next."""
    approves = facts.outcome == Outcome.APPROVE
    values: dict[str, Any] = {
        "application": application,
        "outcome": facts.outcome,
        "date": facts.date,
        "body": facts.body,
        "rubric_number": facts.rubric,
        "scores": facts.standing.plain(),
        "conditions": facts.conditions,
        "note": note,
        "valid_from": facts.valid_from,
        "valid_until": facts.valid_until,
        "scope": list(facts.scope),
        "by": by,
        "at": clock.now(),
        "endorsement": uuid.uuid4() if approves else None,
        "endorsement_ob2": uuid.uuid4() if approves else None,
    }
    for _ in range(RACES):
        number = _next_number(facts.date.year)
        try:
            with transaction.atomic():
                return Decision.objects.create(number=number, **values)
        except IntegrityError:
            if not Decision.objects.filter(number=number).exists():
                raise
    raise WrongState("Many decisions are being recorded at this moment. Try again.")


def _next_number(year: int) -> str:
    """The number after the last of the year: counted from what is recorded, so that none is left out."""
    numbers = Decision.objects.filter(number__startswith=f"{year}-").values_list("number", flat=True)
    last = numbers.order_by(Length("number").desc(), "-number").first()
    return f"{year}-{int(last.partition('-')[2]) + 1 if last else 1:03d}"


def _carry_out(decision: Decision, *, by: User) -> None:
    """What an approval brings about: a published version or an issuing authority, and their signed endorsements."""
    application = decision.application
    if decision.valid_from is not None and decision.valid_until is not None:
        authority = IssuingAuthority.objects.create(
            unit=application.unit,
            decision=decision,
            scope=decision.scope,
            valid_from=decision.valid_from,
            valid_until=decision.valid_until,
        )
        _plan_warnings(authority)
    version = submissions.definition_of(application)
    if version is not None:
        approval = Approval(
            number=decision.number,
            date=decision.date,
            body=decision.body,
            rubric=decision.rubric_number,
            endorsement=str(decision.endorsement),
            endorsement_ob2=str(decision.endorsement_ob2),
        )
        catalogue.publish(version, approval, by=by)
    outbox.put("governance.endorse", {"decision": decision.pk}, key=f"governance.endorse:{decision.number}")


def _plan_warnings(authority: IssuingAuthority) -> None:
    zone = ZoneInfo(university().zone)
    for days in WARNED_DAYS:
        morning = datetime.combine(authority.valid_until - timedelta(days=days), time(6), zone)
        if morning > clock.now():
            key = f"governance.authority_ends:{authority.decision.number}:{days}"
            outbox.put("governance.authority_ends", {"authority": authority.pk, "days": days}, key=key, after=morning)
