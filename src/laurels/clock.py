"""The one clock: every rule and record asks here what time it is, so that a drill or a demonstration can say."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

_pinned: ContextVar[datetime | None] = ContextVar("laurels_clock", default=None)


def now() -> datetime:
    """The present moment, in UTC."""
    return _pinned.get() or timezone.now()


def today(zone: str) -> date:
    """The present day in the given IANA time zone (a university counts its days in its own zone)."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def pinned(moment: datetime) -> Iterator[None]:
    """Hold the clock at an aware moment: for tests, drills, and the demonstration's past."""
    token = _pinned.set(moment)
    try:
        yield
    finally:
        _pinned.reset(token)
