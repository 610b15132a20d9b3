"""A process of its own on a database file, for test_races.py: `python house.py prepare | worker | race`."""

import datetime
import json
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

import django

django.setup()

from django.db import close_old_connections, connection  # noqa: E402

from laurels import clock  # noqa: E402
from laurels.audit.models import Entry  # noqa: E402
from laurels.awards import actions, handlers  # noqa: E402
from laurels.awards.models import Award, Roster  # noqa: E402
from laurels.badges.models import Badge, Document  # noqa: E402
from laurels.errors import WrongState  # noqa: E402
from laurels.jobs import worker  # noqa: E402
from laurels.jobs.models import Job  # noqa: E402
from laurels.people.actions import attest_address  # noqa: E402
from laurels.people.models import Address  # noqa: E402
from tests.laurels.awards.approved import Approved, approved  # noqa: E402

LEARNERS = 60
AT_ONCE = 8


def ready() -> Approved:
    return approved(on=clock.now().date() - datetime.timedelta(days=30))


def completed_on() -> datetime.date:
    return clock.now().date() - datetime.timedelta(days=2)


def prepare() -> None:
    """A confirmed roster that waits for a worker."""
    given = ready()
    rows = [given.row(f"learner{number}@example.org") for number in range(LEARNERS)]
    given.confirmed(*(row | {"completed on": completed_on()} for row in rows))


def work() -> None:
    """A worker that takes small bites, so that it can be killed between them."""
    handlers.SIGNED_AT_ONCE = 4
    actions.award_rows = partial(actions.award_rows, most=7)  # type: ignore[assignment]
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    worker.run(stop)


def counts() -> None:
    """How far the work is, and whether anything is there twice."""
    badges = Badge.objects.all()
    print(
        json.dumps(
            {
                "awards": Award.objects.count(),
                "addresses": Award.objects.values("address").distinct().count(),
                "badges": badges.count(),
                "live": badges.filter(state="live").count(),
                "indexes": badges.values("status_list", "status_index").distinct().count(),
                "documents": Document.objects.filter(badge__isnull=False).count(),
                "told": len({job.payload["to"] for job in Job.objects.filter(name="mail.send")}),
                "messages": Job.objects.filter(name="mail.send").count(),
                "waiting": Job.objects.filter(name__startswith="awards.").exclude(state="done").count(),
                "roster": Roster.objects.get().state if Roster.objects.exists() else "",
            }
        )
    )


def race() -> None:
    """The same act by many threads at once: one effect, and a plain refusal for all others."""
    given = ready()
    roster = given.roster(given.row("roster@example.org", **{"completed on": completed_on()}))
    basis = given.basis()
    grant = partial(
        actions.grant_award, "ada@example.org", "Ada Lovelace", given.version, basis, completed_on(), by=given.lead
    )
    confirm = partial(actions.confirm_roster, roster, "I attest.", by=given.lead)
    told = {"grant": together(grant), "confirm": together(confirm)}
    award = Award.objects.get()
    handlers.sign_badges({"badges": [award.badge_id]}, _Alone())
    award.refresh_from_db()
    told["revoke"] = together(partial(actions.revoke_award, award, "misconduct", "", by=given.lead))
    others = [
        partial(actions.grant_award, f"l{n}@example.org", "L", given.version, basis, completed_on(), by=given.lead)
        for n in range(AT_ONCE)
    ]
    told["others"] = together(*others)
    told["attest"] = together(partial(attest_address, "New@Example.org", by=given.lead))
    entries = Entry.objects.filter(verb="addresses attested", detail__addresses__isnull=False)
    (new,) = Address.objects.filter(folded="new@example.org").values_list("pk", flat=True)
    told["attested"] = [str(sum(new in entry.detail["addresses"] for entry in entries))]
    print(json.dumps(told | {"indexes": Badge.objects.values("status_list", "status_index").distinct().count()}))


class _Alone:
    """A job that nobody else wants."""

    def progress(self, done: int, total: int) -> None: ...

    def heartbeat(self) -> None: ...


def together(*acts: Callable[[], object]) -> list[str]:
    """Do the acts (one of them: as many times) at the same moment, and say how each came out."""
    everybody = acts if len(acts) > 1 else acts * AT_ONCE
    start, told = threading.Barrier(len(everybody)), []

    def one(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
            told.append("done")
        except WrongState as error:
            told.append(error.message)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(act,)) for act in everybody]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()
    return told


if __name__ == "__main__":
    {"prepare": prepare, "worker": work, "counts": counts, "race": race}[sys.argv[1]]()
