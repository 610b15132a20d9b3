"""The verbs of assessment: hand in, assess, moderate, appeal, hear. No verdict is ever changed, only followed."""

import datetime
from collections.abc import Collection, Sequence

from django.db import IntegrityError, transaction

from laurels import clock
from laurels.audit.record import record
from laurels.catalogue.models import Competency
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.people.models import User
from laurels.people.permissions import require
from laurels.people.system import university
from laurels.training import judgements as news
from laurels.training.models import (
    Appeal,
    Assessment,
    Enrolment,
    EnrolmentState,
    Evidence,
    HandIn,
    Moderation,
    RestsOn,
    Sort,
)
from laurels.training.standing import is_learner, refuse_own, standing_assessment
from laurels.training.verdict import Verdict, is_drawn, refuse_malformed

OWN = "This is your own enrolment. Another assessor must assess it."
TWICE = "Somebody else assessed this in the same moment."


@transaction.atomic
def hand_in(
    enrolment: Enrolment, competency: Competency, evidence: Collection[Evidence], words: str, *, by: User
) -> HandIn:
    """Ask for an assessment of one competency; what was returned can be handed in again."""
    if not is_learner(by, enrolment):
        raise NotAllowed("Only the learner hands in own work.")
    _refuse_ended(enrolment)
    _refuse_foreign(enrolment, competency, evidence)
    if not evidence and not words.strip():
        raise Invalid("There is nothing to assess yet.", fields={"evidence": ["Add evidence, or say what you did."]})
    now = clock.now()
    waiting = HandIn.objects.filter(enrolment=enrolment, competency=competency, closed_at=None)
    if waiting.exists():
        raise WrongState("This is handed in already, and waits to be assessed.")
    handed = HandIn.objects.create(
        enrolment=enrolment,
        competency=competency,
        words=words.strip(),
        handed_in_by=by,
        handed_in_at=now,
        due_at=now + datetime.timedelta(days=university().assessment_days),
    )
    handed.evidence.set(evidence)
    record(by, "handed in", handed)
    return handed


def assess(
    enrolment: Enrolment, competency: Competency, verdict: Verdict, evidence: Collection[Evidence], *, by: User
) -> Assessment:
    """Give the verdict on one competency, and seal the evidence that it rests on."""
    try:
        with transaction.atomic():
            return _assessed(enrolment, competency, verdict, evidence, by)
    except IntegrityError as error:
        raise WrongState(TWICE, mend="Read that assessment first.") from error


def moderate(moderation: Moderation, verdict: Verdict, *, by: User) -> Assessment:
    """Look at a drawn assessment for the second time: agree with its level, or give another verdict in its place."""
    first = moderation.assessment
    try:
        with transaction.atomic():
            _refuse_judge(first, by, others=[])
            agrees = verdict.level == first.level
            taken = Moderation.objects.filter(pk=moderation.pk, moderated_at=None).update(
                moderated_by=by, moderated_at=clock.now(), agrees=agrees, words=verdict.words.strip()
            )
            if not taken:
                raise WrongState("This was moderated already.")
            found = first if agrees else _followed(first, verdict, Sort.MODERATION, by)
            record(by, "assessment moderated", moderation, agrees=agrees)
            return found
    except IntegrityError as error:
        raise WrongState(TWICE) from error


@transaction.atomic
def appeal(assessment: Assessment, words: str, *, by: User) -> Appeal:
    """Appeal against an assessment, once; another assessor hears it."""
    if not is_learner(by, assessment.enrolment):
        raise NotAllowed("Only the learner appeals.")
    _refuse_ended(assessment.enrolment)
    if not words.strip():
        raise Invalid("Say why.", fields={"words": ["Say what you think was overlooked."]})
    if hasattr(assessment, "replaced_by"):
        raise WrongState("A later assessment stands in its place.", mend="Appeal against that one.")
    if assessment.sort == Sort.APPEAL:
        raise WrongState("This is the answer to an appeal: it is final.")
    if Appeal.objects.filter(assessment=assessment).exists():
        raise WrongState("You have appealed against this assessment already.")
    made = Appeal.objects.create(assessment=assessment, words=words.strip(), appealed_by=by, appealed_at=clock.now())
    record(by, "appeal made", made)
    news.appeal_made(made, besides=[assessment.assessor, *_judges_before(assessment)])
    return made


def hear_appeal(case: Appeal, verdict: Verdict, *, by: User) -> Assessment:
    """Hear an appeal: uphold the level, or give another verdict in its place; this is final."""
    first = case.assessment
    try:
        with transaction.atomic():
            _refuse_judge(first, by, others=_judges_before(first))
            upheld = verdict.level == first.level
            heard = Appeal.objects.filter(pk=case.pk, heard_at=None).update(
                heard_by=by, heard_at=clock.now(), upheld=upheld, answer=verdict.words.strip()
            )
            if not heard:
                raise WrongState("This appeal was heard already.")
            found = first if upheld else _followed(first, verdict, Sort.APPEAL, by)
            record(by, "appeal heard", case, upheld=upheld)
            news.assessed("appeal_heard", found)
            return found
    except IntegrityError as error:
        raise WrongState(TWICE) from error


def _assessed(
    enrolment: Enrolment, competency: Competency, verdict: Verdict, evidence: Collection[Evidence], by: User
) -> Assessment:
    require(by, "assess", enrolment.version.micro_credential.unit)
    refuse_own(by, enrolment, OWN)
    refuse_malformed(verdict, enrolment.version, competency)
    _refuse_ended(enrolment)
    _refuse_foreign(enrolment, competency, evidence)
    if enrolment.version.evidence_required and verdict.level and not evidence:
        raise Invalid("Evidence is asked for.", fields={"evidence": ["Choose what your verdict rests on."]})
    waiting = HandIn.objects.filter(enrolment=enrolment, competency=competency, closed_at=None).first()
    before = standing_assessment(enrolment, competency)
    if before is not None and waiting is None:
        raise WrongState("This was assessed already.", mend="The learner can hand in again, or appeal.")
    made = _written(enrolment, competency, verdict, by, Sort.FIRST, before, waiting)
    _seal(made, evidence)
    if waiting is not None:
        HandIn.objects.filter(pk=waiting.pk).update(closed_at=clock.now())
    if is_drawn(made.pk, university().moderation_percent):
        Moderation.objects.create(assessment=made, drawn_at=clock.now())
    record(by, "competency assessed", made, level=made.level)
    news.assessed("competency_assessed", made)
    return made


def _written(
    enrolment: Enrolment,
    competency: Competency,
    verdict: Verdict,
    by: User,
    sort: Sort,
    before: Assessment | None,
    handed: HandIn | None,
) -> Assessment:
    return Assessment.objects.create(
        enrolment=enrolment,
        competency=competency,
        hand_in=handed,
        sort=sort,
        level=verdict.level,
        indicators=list(verdict.indicators),
        words=verdict.words.strip(),
        assessor=by,
        assessed_at=clock.now(),
        replaces=before,
    )


def _followed(first: Assessment, verdict: Verdict, sort: Sort, by: User) -> Assessment:
    """A further verdict in the place of the first, resting on the same evidence."""
    refuse_malformed(verdict, first.enrolment.version, first.competency)
    made = _written(first.enrolment, first.competency, verdict, by, sort, first, first.hand_in)
    rests = RestsOn.objects.filter(assessment=first)
    RestsOn.objects.bulk_create(RestsOn(assessment=made, evidence=one.evidence, sha256=one.sha256) for one in rests)
    return made


def _seal(assessment: Assessment, evidence: Collection[Evidence]) -> None:
    Evidence.objects.filter(pk__in=[one.pk for one in evidence], sealed_at=None).update(sealed_at=clock.now())
    RestsOn.objects.bulk_create(RestsOn(assessment=assessment, evidence=one, sha256=one.sha256) for one in evidence)


def _judges_before(first: Assessment) -> Sequence[User]:
    drawn = Moderation.objects.filter(assessment=first).exclude(moderated_by=None).select_related("moderated_by")
    return [one.moderated_by for one in drawn if one.moderated_by is not None]


def _refuse_judge(first: Assessment, by: User, *, others: Sequence[User]) -> None:
    """Refuse whoever judged before, whoever has no standing in the unit, and the learner."""
    require(by, "assess", first.enrolment.version.micro_credential.unit)
    refuse_own(by, first.enrolment, OWN)
    _refuse_ended(first.enrolment)
    if by in (first.assessor, *others):
        raise NotAllowed("You have judged this before. Another assessor must look at it.")
    if hasattr(first, "replaced_by"):
        raise WrongState("A later assessment stands in its place.")


def _refuse_ended(enrolment: Enrolment) -> None:
    # The lock lets acts on one enrolment follow one another: the sign-off too, which holds it.
    state = Enrolment.objects.select_for_update().values_list("state", flat=True).get(pk=enrolment.pk)
    if state != EnrolmentState.ENROLLED:
        raise WrongState(f"This enrolment is {state}: nothing more is assessed in it.")


def _refuse_foreign(enrolment: Enrolment, competency: Competency, evidence: Collection[Evidence]) -> None:
    if competency.version_id != enrolment.version_id:
        raise Invalid("This competency is not one of the enrolment's.")
    if any(one.enrolment_id != enrolment.pk or one.withdrawn_at is not None for one in evidence):
        raise Invalid("Some of this evidence is not of this enrolment, or was withdrawn.")
