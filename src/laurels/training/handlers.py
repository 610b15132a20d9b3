"""The work of this stage that is done each day."""

import logging

from laurels.jobs import Running, daily
from laurels.jobs.registry import Payload
from laurels.people.models import Unit
from laurels.people.system import system
from laurels.training import actions, sweeping
from laurels.training.models import HandIn
from laurels.training.queue import overdue

logger = logging.getLogger(__name__)


@daily("training.sweep_files")
def sweep_files(payload: Payload, job: Running) -> None:
    """Take away files of evidence that no row names, and say which rows lack their file."""
    found = sweeping.sweep()
    if found.rows:
        logger.error("The files of %d pieces of evidence are gone: %s", len(found.rows), ", ".join(found.rows))


@daily("training.remind_assessors")
def remind_assessors(payload: Payload, job: Running) -> None:
    """Remind the assessors of every unit in which a hand-in is overdue."""
    late = HandIn.objects.filter(overdue(), closed_at=None)
    units = Unit.objects.filter(pk__in=late.values("enrolment__version__micro_credential__unit"))
    for unit in units.order_by("pk"):
        actions.remind_assessors(unit, by=system())
        job.heartbeat()
