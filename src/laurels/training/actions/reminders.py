"""The verb of reminding: nobody's work is forgotten in a queue."""

from django.db import transaction
from django.db.models import Q

from laurels import clock
from laurels.audit.record import record
from laurels.people.models import Unit, User
from laurels.people.permissions import require
from laurels.people.system import university
from laurels.training import judgements, queue
from laurels.training.models import HandIn


@transaction.atomic
def remind_assessors(unit: Unit, *, by: User) -> int:
    """Remind a unit's assessors of the hand-ins that are overdue, once a day, and return how many those are."""
    require(by, "assess", unit)
    today = clock.today(university().zone)
    late = list(queue.waiting(unit).filter(queue.overdue()))
    # Whoever comes second finds the day written down already.
    fresh = HandIn.objects.filter(Q(reminded_on=None) | ~Q(reminded_on=today), pk__in=[one.pk for one in late])
    if not late or not fresh.update(reminded_on=today):
        return 0
    judgements.overdue(unit, late)
    record(by, "assessors reminded", unit, overdue=len(late))
    return len(late)
