"""docs/flows/roster-to-badge.md, walked through HTTP."""

import csv
import io
import json

import pytest

from laurels.awards.models import Award
from laurels.badges.models import BadgeState
from laurels.jobs import outbox
from tests.flows.walker import Walker, file, signed_in
from tests.flows.world import ADDRESS, COMPETENCY, HOLDER, TITLE, World, roster

pytestmark = pytest.mark.django_db

PEOPLE = ((ADDRESS, HOLDER), ("bücher@example.org", "Ödön Bücher"), ("=cmd@example.org", "=HYPERLINK(1)"))


def _handed_in(content: bytes) -> Walker:
    lead = signed_in("Lee Lead").follow(f"Award by roster: {TITLE} 1.0.0")
    return lead.press("Check the roster", file=file("completions.csv", content))


def test_a_roster_becomes_badges_that_anyone_can_open() -> None:
    World.begun().approved()
    bad = f"nobody at example,No Address,2026-01-01,12,Foundational\n{ADDRESS.upper()},Ada,2026-01-01,12,Foundational\n"
    lead = _handed_in(roster(*PEOPLE, more=bad)).sees("3 of 5 rows can be awarded.")
    assert Award.objects.count() == 0, "the dry run awards nothing"
    lead.press("Award 3 badges", status=422).sees("Nothing is awarded without your attestation.")
    lead.press("Award 3 badges", attested="on")
    assert Award.objects.count() == 0, "awarding is a job, not a request"
    outbox.run_pending()
    lead.open(lead.address).sees("Done: 3 awards.", "2 rows were left out")

    rows = list(csv.reader(io.StringIO(lead.client.get(f"{lead.address}/result.csv").content.decode("utf-8-sig"))))
    assert len(rows) == 6
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]

    award = Award.objects.get(address__folded=ADDRESS)
    assert award.badge.state == BadgeState.LIVE
    visitor = Walker().open(f"/badges/{award.badge_id}")
    visitor.sees("Valid. This badge is genuine and in force.", TITLE, COMPETENCY, "Food as Medicine Institute")
    visitor.sees_no(HOLDER, ADDRESS)


def test_every_form_of_a_badge_is_served_as_it_was_signed() -> None:
    World.begun().awarded()
    badge = Award.objects.get().badge_id
    client = Walker().client
    for form, kind in (("ob3.json", "json"), ("ob2.json", "json"), ("ob3.png", "png"), ("ob2.svg", "svg")):
        first = client.get(f"/badges/{badge}/{form}", headers={"Accept": "*/*"})
        again = client.get(f"/badges/{badge}/{form}", headers={"Accept": "*/*", "If-None-Match": first["ETag"]})
        assert (first.status_code, again.status_code) == (200, 304)
        assert kind in first["Content-Type"]
        assert not first["ETag"].startswith("W/")
        assert first["Access-Control-Allow-Origin"] == "*"
    credential = json.loads(client.get(f"/badges/{badge}/ob3.json").content)
    assertion = json.loads(client.get(f"/badges/{badge}/ob2.json").content)
    assert credential["id"] == f"http://localhost:8000/badges/{badge}/ob3.json"
    assert assertion["id"] == f"http://localhost:8000/badges/{badge}/ob2.json"
    assert HOLDER not in json.dumps([credential, assertion]) and ADDRESS not in json.dumps([credential, assertion])


def test_nobody_is_awarded_twice() -> None:
    World.begun().awarded()
    again = _handed_in(roster((ADDRESS.upper(), HOLDER))).sees("0 of 1 row can be awarded.", "already holds")
    assert not again.may_press("Award 1 badge")


def test_who_uploads_may_not_be_in_the_file_and_hours_must_suffice() -> None:
    world = World.begun().approved()
    own = world.unit.memberships.get(role="lead").user.email
    _handed_in(roster((own, "Lee Lead"))).sees("0 of 1 row can be awarded.")
    _handed_in(roster((ADDRESS, HOLDER), hours="9.5")).sees("0 of 1 row can be awarded.", "9 h 30 min")


def test_a_file_that_is_no_roster_is_refused_whole() -> None:
    World.begun().approved()
    lead = signed_in("Lee Lead").follow(f"Award by roster: {TITLE} 1.0.0")
    lead.press("Check the roster", file=file("x.csv", b"address,name,colour\n"), status=422).sees("colour")
    lead.press("Check the roster", file=file("x.png", b"\x89PNG\r\n\x1a\n\x00\x00"), status=422)
