"""Run in a process of its own: fifty people who want the last seat at once, one person eight times. Prints it all."""

import json
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Barrier, Thread

import django

sys.path.insert(0, str(Path(__file__).parents[3]))
django.setup()

from django.db import DatabaseError, connection  # noqa: E402

from laurels import clock  # noqa: E402
from laurels.errors import Refused  # noqa: E402
from laurels.training import actions  # noqa: E402
from laurels.training.models import Enrolment, Offering  # noqa: E402
from tests import factories  # noqa: E402
from tests.laurels.awards.day import NOW  # noqa: E402
from tests.laurels.training.class_room import class_room  # noqa: E402
from tests.laurels.training.plans import opened  # noqa: E402

PEOPLE = 50


def at_once(acts: Sequence[Callable[[], object]]) -> list[str]:
    """Do all of them at the same moment, each on a connection of its own: "done", or the words of the refusal."""
    barrier, told = Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            with clock.pinned(NOW):
                act()
            told[place] = "done"
        except Refused as refused:
            told[place] = refused.message
        except DatabaseError as error:
            told[place] = repr(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def states(offering: Offering) -> dict[str, int]:
    """How many enrolments of an offering are in which state."""
    found = list(Enrolment.objects.filter(offering=offering).values_list("state", flat=True))
    return {state: found.count(state) for state in sorted(set(found))}


def main() -> None:
    """Race, and print."""
    with clock.pinned(NOW):
        room = class_room()
        full, twice, freed = opened(room, capacity=3), opened(room), opened(room, capacity=2)
        people = [factories.user() for _ in range(PEOPLE)]
        for _ in range(2):
            actions.enrol(full, by=factories.user())
        same = factories.user()
        seated = [actions.enrol(freed, by=factories.user()) for _ in range(2)]
        for _ in range(3):
            actions.enrol(freed, by=factories.user())
    told = {
        "the last seat": at_once([partial(actions.enrol, full, by=one) for one in people]),
        "one person": at_once([partial(actions.enrol, twice, by=same) for _ in range(8)]),
        "two leave": at_once([partial(actions.withdraw, one, by=one.address.person) for one in seated]),
    }
    kept = {"the last seat": states(full), "one person": states(twice), "two leave": states(freed)}
    print(json.dumps({"told": told, "kept": kept}))


if __name__ == "__main__":
    main()
