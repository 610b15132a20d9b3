"""Who may see a piece of evidence now."""

from django.contrib.auth.models import AnonymousUser

from laurels import clock
from laurels.catalogue.models import Visibility
from laurels.people.models import User
from laurels.people.permissions import may
from laurels.training.models import Evidence
from laurels.training.standing import is_learner


def may_see_evidence(user: User | AnonymousUser, evidence: Evidence) -> bool:
    """Whether the user may see it: everybody what is public, or by link until its end; else its people alone.

    Its people are the learner and those who train and assess in the unit. What was withdrawn nobody sees. *Employer
    named* shows it to nobody else before an employer is named, by the learner's consent.
    """
    if evidence.withdrawn_at is not None:
        return False
    is_open = evidence.visibility in (Visibility.PUBLIC, Visibility.LINK)
    if is_open and (evidence.visible_until is None or evidence.visible_until > clock.now()):
        return True
    if not isinstance(user, User):
        return False
    enrolment = evidence.enrolment
    return is_learner(user, enrolment) or may(user, "train", enrolment.version.micro_credential.unit)
