"""History in the right order: what happened how many days ago, each done once."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from django.conf import settings

from laurels import clock
from laurels.jobs import outbox

NOON = time(20, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Event:
    """One act of the past. Done a second time it changes nothing: each act looks first whether it was done."""

    days_ago: int
    label: str
    act: Callable[[], object]


def anchor() -> datetime:
    """The day that this demonstration counts back from: the day of its first making, kept beside its database."""
    path = Path(settings.HOME) / "demonstration.json"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"made": clock.now().date().isoformat()}))
    return datetime.combine(datetime.fromisoformat(json.loads(path.read_text())["made"]), NOON)


def moment(days_ago: int) -> datetime:
    """Noon in Portland, so many days before the demonstration was made."""
    return anchor() - timedelta(days=days_ago)


def unfold(events: Iterable[Event]) -> Iterator[Event]:
    """Do each event at its moment, the oldest first, with the work that it leaves in the outbox."""
    for event in sorted(events, key=lambda event: -event.days_ago):
        with clock.pinned(moment(event.days_ago)):
            event.act()
            outbox.run_pending()
        yield event
