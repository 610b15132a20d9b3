"""The verb that turns training into an award: sign off, through the one door."""

from django.db import transaction

from laurels import clock
from laurels.audit.record import record
from laurels.awards import actions as awards
from laurels.errors import WrongState
from laurels.people.models import User
from laurels.people.permissions import require
from laurels.training.models import Enrolment, EnrolmentState
from laurels.training.progress import progress_of
from laurels.training.standing import refuse_own


@transaction.atomic
def sign_off(enrolment: Enrolment, *, by: User) -> Enrolment:
    """Sign an enrolment off when nothing is missing, and grant its award, once."""
    require(by, "sign off", enrolment.version.micro_credential.unit)
    refuse_own(by, enrolment, "This is your own enrolment. Somebody else must sign it off.")
    # Whoever comes second waits here, and then finds the award.
    held = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if held.state == EnrolmentState.AWARDED:
        raise WrongState("This award was granted already.", mend="Open the badge.")
    if held.state != EnrolmentState.ENROLLED:
        raise WrongState(f"This enrolment is {held.state}, so it cannot be signed off.")
    progress = progress_of(enrolment)
    if progress.missing:
        raise WrongState(" ".join(one.words for one in progress.missing))
    award = awards.grant_award(
        enrolment.address.as_given, enrolment.name, enrolment.version, progress.basis(by), progress.completed_on, by=by
    )
    now = clock.now()
    Enrolment.objects.filter(pk=enrolment.pk, state=EnrolmentState.ENROLLED).update(
        state=EnrolmentState.AWARDED, award=award, signed_off_by=by, signed_off_at=now, ended_at=now
    )
    enrolment.refresh_from_db(fields=["state", "award", "signed_off_by", "signed_off_at", "ended_at"])
    record(by, "enrolment signed off", enrolment, award=str(award.pk))
    return enrolment
