"""The verb that gives free seats to those who wait."""

from django.db import transaction
from django.db.models import Q

from laurels.audit.record import record
from laurels.errors import NotAllowed
from laurels.people.models import User
from laurels.people.permissions import may
from laurels.training import news
from laurels.training.models import Enrolment, EnrolmentState, Offering, OfferingState
from laurels.training.seats import free


@transaction.atomic
def fill_seats(offering: Offering, *, by: User) -> list[Enrolment]:
    """Give the free seats of an open offering to those who have waited longest, and tell them."""
    held = Offering.objects.select_for_update(of=("self",)).get(pk=offering.pk)
    if held.state != OfferingState.OPEN:
        return []
    related = ("address", "offering", "version__micro_credential__unit")
    waiting = Enrolment.objects.filter(offering=held, state=EnrolmentState.WAITING).select_related(*related)
    chosen = list(waiting.order_by("enrolled_at", "pk")[: free(held)])
    _refuse_stranger(held, by)
    if not chosen:
        return []
    Enrolment.objects.filter(pk__in=[one.pk for one in chosen], state=EnrolmentState.WAITING).update(
        state=EnrolmentState.ENROLLED
    )
    news.tell("seat_free", chosen)
    record(by, "seats filled", held, enrolments=[str(one.pk) for one in chosen])
    return chosen


def _refuse_stranger(held: Offering, by: User) -> None:
    """Whoever gives up an own seat frees it for the next; else it is for those who train."""
    own = Q(address__person=by) | Q(address__folded=by.email)
    if not may(by, "train", held.version.micro_credential.unit) and not held.enrolments.filter(own).exists():
        raise NotAllowed("This is for the people of the unit, and for its learners.")
