"""Run in a process of its own: many people who decide, review or hand in at the same moment. Prints what came of it."""

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

from laurels.errors import Refused  # noqa: E402
from laurels.governance import actions  # noqa: E402
from laurels.governance.models import Application, Decision, Outcome, Review, State, Submission  # noqa: E402
from tests import factories  # noqa: E402
from tests.laurels.governance.road import Road, fresh, scores  # noqa: E402

AT_ONCE = 8


def at_once(acts: Sequence[Callable[[], object]]) -> list[str]:
    """Do all of them at the same moment, each on a connection of its own: "done", or the words of the refusal."""
    barrier, told = Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        barrier.wait()
        try:
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


def reviewed(first: Road) -> Application:
    """Another unit's application before the same committee, ready to be decided."""
    road = Road(factories.unit(), first.chair, first.deputy, first.member, first.other, first.registrar)
    return road.reviewed()


def main() -> None:
    """Race, and print."""
    road = Road()
    one = road.reviewed()
    same = [partial(actions.decide, fresh(one), Outcome.APPROVE, by=road.chair) for _ in range(AT_ONCE)]
    told = {"the same application": at_once(same)}

    others = [reviewed(road) for _ in range(AT_ONCE)]
    different = [partial(actions.decide, fresh(each), Outcome.APPROVE, by=road.chair) for each in others]
    told["different applications"] = at_once(different)

    contested = reviewed(road)
    told["decide or withdraw"] = at_once(
        [
            partial(actions.decide, fresh(contested), Outcome.APPROVE, by=road.chair),
            partial(actions.withdraw_application, fresh(contested), by=contested.applicant),
        ]
    )
    asked = Road(factories.unit(), road.chair, road.deputy, road.member, road.other, road.registrar)
    asked.declared()
    review = [
        partial(actions.submit_review, fresh(asked.application), scores(), by=road.member) for _ in range(AT_ONCE)
    ]
    told["the same review"] = at_once(review)
    drafted = Road(factories.unit(), road.chair, road.deputy, road.member, road.other, road.registrar)
    drafted.drafted()
    hand_in = [partial(actions.submit_application, fresh(drafted.application), by=drafted.lead) for _ in range(AT_ONCE)]
    told["the same handing-in"] = at_once(hand_in)

    told["numbers"] = sorted(Decision.objects.values_list("number", flat=True))
    told["contested"] = [fresh(contested).state, str(Decision.objects.filter(application=contested).count())]
    told["kept"] = [
        str(Review.objects.filter(application=asked.application, submitted_at__isnull=False).count()),
        str(Submission.objects.filter(application=drafted.application).count()),
        str(Application.objects.filter(state=State.APPROVED).count()),
    ]
    print(json.dumps(told))


if __name__ == "__main__":
    main()
