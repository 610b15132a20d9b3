"""What the parts of an enrolment's page need: its evidence, and how its competencies stand."""

from django import template

from laurels.training.models import Enrolment, Evidence
from laurels.training.progress import Progress
from laurels.web.handing_in import Stand, stands_of

register = template.Library()


@register.simple_tag
def pieces_of(enrolment: Enrolment) -> list[Evidence]:
    """The evidence of an enrolment, without what was withdrawn."""
    return list(enrolment.evidence.filter(withdrawn_at=None))


@register.simple_tag
def standing_of(progress: Progress) -> list[Stand]:
    """How each competency of an enrolment stands."""
    return stands_of(progress)
