"""The letters around assessment: to the learner, and to those who judge."""

from collections.abc import Collection, Sequence

from laurels import mail
from laurels.people.models import Membership, Unit, User
from laurels.people.permissions import VERBS
from laurels.training.models import Appeal, Assessment, HandIn
from laurels.training.standing import is_learner


def assessed(template: str, made: Assessment) -> None:
    """Tell the learner how a competency stands after an assessment, or after an appeal."""
    enrolment = made.enrolment
    context = {
        "name": enrolment.name,
        "title": enrolment.version.title,
        "unit": enrolment.version.micro_credential.unit.name,
        "competency": made.competency.statement,
        "level": made.level,
        "words": made.words,
        "path": f"/learn/{enrolment.pk}",
    }
    mail.queue(template, to=[enrolment.address.folded], context=context)


def appeal_made(case: Appeal, *, besides: Collection[User]) -> None:
    """Tell those of the unit's assessors who can hear an appeal: all but those who judged before, and the learner."""
    enrolment = case.assessment.enrolment
    unit = enrolment.version.micro_credential.unit
    told = [one for one in assessors(unit) if one not in besides and not is_learner(one, enrolment)]
    context = {
        "learner": enrolment.name,
        "title": enrolment.version.title,
        "unit": unit.name,
        "competency": case.assessment.competency.statement,
        "path": f"{queue_path(unit)}/appeals/{case.pk}",
    }
    mail.queue("appeal_made", to=[one.email for one in told], context=context)


def overdue(unit: Unit, waiting: Sequence[HandIn]) -> None:
    """Remind the unit's assessors of hand-ins that wait beyond their day, the oldest first."""
    context = {
        "unit": unit.name,
        "count": len(waiting),
        "competency": waiting[0].competency.statement,
        "learner": waiting[0].enrolment.name,
        "path": queue_path(unit),
    }
    mail.queue("assessment_due", to=[one.email for one in assessors(unit)], context=context)


def assessors(unit: Unit) -> list[User]:
    """Those who may assess in the unit, by name."""
    roles = VERBS["assess"].of_unit
    keys = Membership.objects.filter(unit=unit, role__in=roles, user__is_active=True).values("user")
    return list(User.objects.filter(pk__in=keys).order_by("name", "pk"))


def queue_path(unit: Unit) -> str:
    """Where the unit's assessors find what waits for them."""
    return f"/desk/units/{unit.slug or 'university'}/assessing"
