"""The verbs by which an enrolment ends without an award. Its hours stay in the ledger."""

from django.db import transaction

from laurels import clock
from laurels.audit.record import record
from laurels.errors import Invalid, WrongState
from laurels.people.models import User
from laurels.people.permissions import require
from laurels.training.actions.seating import fill_seats
from laurels.training.ledger import Standing, standings
from laurels.training.models import Enrolment, EnrolmentState, Offering
from laurels.training.models.enrolment import LIVE
from laurels.training.plans import LONGEST_WORDS
from laurels.training.standing import lines_of, refuse_own, require_own_or


@transaction.atomic
def withdraw(enrolment: Enrolment, words: str = "", *, by: User) -> Enrolment:
    """Withdraw from training, or decline an invitation; the seat goes to whoever has waited longest."""
    require_own_or(by, "train", enrolment)
    if len(words) > LONGEST_WORDS:
        raise Invalid("These words are too long.", fields={"words": [f"Use at most {LONGEST_WORDS} characters."]})
    _end(enrolment, EnrolmentState.WITHDRAWN, words.strip(), LIVE)
    record(by, "enrolment withdrawn", enrolment)
    _free(enrolment, by)
    return enrolment


@transaction.atomic
def record_no_show(enrolment: Enrolment, *, by: User) -> Enrolment:
    """Record that a learner never came; who has hours in the ledger did come, and withdraws instead."""
    require(by, "train", enrolment.version.micro_credential.unit)
    refuse_own(by, enrolment, "This is your own enrolment. Withdraw it instead.")
    stands = standings(lines_of(enrolment)).values()
    if Standing.CONFIRMED in stands or Standing.WAITING in stands:
        raise WrongState(
            f"{enrolment.name} has hours in the ledger, so this was no no-show.", mend="Withdraw it instead."
        )
    _end(enrolment, EnrolmentState.NO_SHOW, "", (EnrolmentState.ENROLLED,))
    record(by, "no-show recorded", enrolment)
    _free(enrolment, by)
    return enrolment


def _end(enrolment: Enrolment, state: EnrolmentState, words: str, live: tuple[EnrolmentState, ...]) -> None:
    if enrolment.offering_id is not None:  # the seats of one offering change one after the other
        Offering.objects.select_for_update().filter(pk=enrolment.offering_id).values_list("pk").first()
    changed = Enrolment.objects.filter(pk=enrolment.pk, state__in=live).update(
        state=state, state_words=words, ended_at=clock.now()
    )
    enrolment.refresh_from_db(fields=["state", "state_words", "ended_at"])
    if changed != 1:
        raise WrongState(f"This enrolment is {enrolment.state} already.")


def _free(enrolment: Enrolment, by: User) -> None:
    if enrolment.offering is not None:
        fill_seats(enrolment.offering, by=by)
