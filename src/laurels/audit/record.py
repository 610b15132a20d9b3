"""The one function that writes the trace."""

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


def record(by: Actor, verb: str, thing: models.Model, **detail: object) -> None:
    """Write one audit entry, in the transaction of the act that it describes."""
    Entry.objects.create(
        at=clock.now(), actor=str(by.pk), verb=verb, thing=f"{thing._meta.label_lower}:{thing.pk}", detail=detail
    )
