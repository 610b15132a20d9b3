"""The one place that writes the trace."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from django.db import models

from laurels import clock
from laurels.audit.models import Entry


class Actor(Protocol):
    """Whoever acts: known here by key alone."""

    @property
    def pk(self) -> object:
        """The actor's key."""
        ...


_gathered: ContextVar[list[Entry] | None] = ContextVar("gathered", default=None)


def record(by: Actor, verb: str, thing: models.Model, **detail: object) -> None:
    """Write one audit entry, in the transaction of the act that it describes."""
    entry = Entry(
        at=clock.now(), actor=str(by.pk), verb=verb, thing=f"{thing._meta.label_lower}:{thing.pk}", detail=detail
    )
    gathered = _gathered.get()
    if gathered is None:
        entry.save(force_insert=True)
    else:
        gathered.append(entry)


@contextmanager
def together() -> Iterator[None]:
    """Write the entries of the acts within as one statement, at its end: for an act that is made of others.

    It belongs inside the transaction of the outer act. An act within may fail only when the outer one fails with it:
    then no entry is written, as nothing was done.
    """
    if _gathered.get() is not None:
        yield
        return
    entries: list[Entry] = []
    token = _gathered.set(entries)
    try:
        yield
    finally:
        _gathered.reset(token)
    Entry.objects.bulk_create(entries)
