"""Work carried by a broker (Redis or RabbitMQ) to Celery's workers: a message holds the key of an outbox row, no more.

The row stays the truth: whoever gets a message takes the job by the row's lease, or leaves it when it is done or held.
A message that comes twice does nothing twice; one that is lost is sent anew by the sweep.
"""

import logging
import multiprocessing
import threading
from collections.abc import Sequence
from datetime import timedelta

from celery import Celery
from celery.signals import worker_shutting_down
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connections
from kombu.exceptions import OperationalError as BrokerError

from laurels.jobs import outbox

TASK = "laurels.jobs.do"
CONNECT_SECONDS = 2
SWEEP_SECONDS = 2.0
FORGET_EVERY = 1800
OVERDUE = timedelta(seconds=3)
MOST_AGAIN = 100

logger = logging.getLogger(__name__)

_stop = multiprocessing.get_context("fork").Event()
"""Shared by the worker and its children: a long job is handed back at its next heartbeat."""

_TRANSPORT = {"socket_connect_timeout": CONNECT_SECONDS} if settings.BROKER_URL.startswith("redis") else {}

app = Celery("laurels", broker=settings.BROKER_URL)
app.conf.update(
    {
        "task_default_queue": settings.BROKER_QUEUE,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_ignore_result": True,
        "worker_prefetch_multiplier": 1,
        "worker_enable_remote_control": False,
        "worker_hijack_root_logger": False,
        "broker_connection_timeout": CONNECT_SECONDS,
        "broker_connection_retry_on_startup": True,
        "broker_transport_options": _TRANSPORT,
    }
)


def announce(keys: Sequence[int]) -> None:
    """Send the keys of jobs that are due; a broker that does not answer holds up nobody, as the sweep comes by."""
    try:
        for key in keys:
            app.send_task(TASK, (key,), retry=False)
    except (BrokerError, OSError) as error:
        logger.warning("The broker does not answer, so the sweep will bring the work: %s", error)


def do(key: int) -> None:
    """Do one job of the outbox, if it is still to be done."""
    outbox.run_one(key, stop=_stop)


app.task(do, name=TASK)


def run() -> None:
    """Work as a Celery worker until SIGTERM, and sweep beside it."""
    worker_shutting_down.connect(_hand_back)
    connections.close_all()  # the children are forked, and a connection cannot be shared
    ended = threading.Event()
    sweeping = threading.Thread(target=_sweep, args=(ended,), name="sweep", daemon=True)
    worker = app.Worker(
        concurrency=1 if settings.SQLITE else 2,
        pool="prefork",
        loglevel="WARNING",
        without_gossip=True,
        without_mingle=True,
        optimization="fair",
    )
    sweeping.start()
    try:
        worker.start()
    finally:
        ended.set()
        sweeping.join()


def sweep() -> int:
    """Send anew the keys of jobs that are overdue: a message was lost, a worker died, a pause is over."""
    keys = outbox.overdue(OVERDUE, MOST_AGAIN)
    announce(keys)
    return len(keys)


def _sweep(ended: threading.Event) -> None:
    rounds = 0
    while not ended.wait(SWEEP_SECONDS):
        try:
            sweep()
            if rounds % FORGET_EVERY == 0:
                outbox.sweep()
                outbox.begin_day()
            rounds += 1
        except (OperationalError, InterfaceError):
            logger.exception("The database does not answer; trying again.")
            connections.close_all()
        close_old_connections()
    connections.close_all()


def _hand_back(**_: object) -> None:
    _stop.set()
