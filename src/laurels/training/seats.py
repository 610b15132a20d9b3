"""Who may take a seat, which seats are free, and the link that an invitation holds."""

from django.core import signing

from laurels import clock
from laurels.awards.conditions import already_holds, held_by
from laurels.catalogue.models import MicroCredential, Version, VersionState
from laurels.errors import NotAllowed, WrongState
from laurels.governance.authority import day
from laurels.people.models import Address
from laurels.training.models import Enrolment, EnrolmentState, Offering, OfferingState, Seats
from laurels.training.models.enrolment import LIVE
from laurels.training.standing import addresses_of_person, zone_of_university

SEATED = (EnrolmentState.INVITED, EnrolmentState.ENROLLED, EnrolmentState.AWARDED)
_SALT = "laurels.training.invitation"


def free(offering: Offering) -> int | None:
    """How many seats are free; None: as many as come."""
    if offering.capacity is None:
        return None
    taken = Enrolment.objects.filter(offering=offering, state__in=SEATED).count()
    return max(0, offering.capacity - taken)


def newest(micro_credential: MicroCredential) -> Version:
    """The version that new enrolments take; WrongState when it is not offered any more."""
    versions = Version.objects.filter(micro_credential=micro_credential).select_related("micro_credential__unit")
    found = versions.filter(state=VersionState.PUBLISHED).order_by("-pk").first()
    if found is not None:
        return found
    retired = versions.filter(state=VersionState.RETIRED).order_by("-retired_on").first()
    if retired is not None and retired.retired_on is not None:
        raise WrongState(f"Not offered any more since {day(retired.retired_on)}. Badges awarded stay true.")
    raise WrongState("This micro-credential is not approved yet, so nobody can enrol.")


def refuse_closed(offering: Offering) -> None:
    """Raise WrongState unless the offering takes learners."""
    if offering.state != OfferingState.OPEN:
        raise WrongState(f"This offering is {offering.state}.", mend="Look for another offering, or go on by yourself.")
    if offering.ends_on < clock.today(offering.zone):
        raise WrongState(f"This offering ended on {day(offering.ends_on)}.", mend="Look for another offering.")


def refuse_reserved(offering: Offering) -> None:
    """Raise NotAllowed when only those who are invited may take a seat."""
    if offering.seats == Seats.RESERVED:
        raise NotAllowed("The seats of this offering are reserved.", mend="Ask the unit for an invitation.")


def refuse_double(version: Version, address: Address) -> None:
    """Raise WrongState when this person is enrolled for the same already, or holds its badge."""
    people = Address.objects.filter(addresses_of_person(address))
    same = Enrolment.objects.filter(
        version__micro_credential=version.micro_credential_id, state__in=LIVE, address__in=people
    ).first()
    if same is not None:
        raise WrongState(double_words(same), mend="My laurels shows it.")
    held = held_by(version, list(people.values_list("folded", flat=True)))
    for award in held.values():
        if award.valid_until is None or award.valid_until > clock.now():
            raise WrongState(already_holds(award, zone_of_university()), mend="Open the badge.")


def double_words(enrolment: Enrolment) -> str:
    """What to say to somebody who is on the way already."""
    states = {EnrolmentState.INVITED: "invited to", EnrolmentState.WAITING: "on the waiting list of"}
    return f"{enrolment.name} is {states.get(EnrolmentState(enrolment.state), 'enrolled in')} this already."


def invitation_token(enrolment: Enrolment) -> str:
    """What an invitation's letter holds: whoever has it reads the mail of the invited address."""
    return signing.Signer(salt=_SALT).sign(str(enrolment.pk)).rpartition(":")[2]


def is_invitation_token(enrolment: Enrolment, token: str) -> bool:
    """Whether the token is the one of this invitation."""
    try:
        signing.Signer(salt=_SALT).unsign(f"{enrolment.pk}:{token}")
    except signing.BadSignature:
        return False
    return True
