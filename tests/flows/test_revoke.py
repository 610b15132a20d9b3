"""docs/flows/revoke.md, walked through HTTP."""

import json

import pytest

from laurels.awards.models import Award
from laurels.jobs import outbox
from openbadgekit.status import bit, decode
from tests.flows.walker import Walker, file, signed_in
from tests.flows.world import ADDRESS, HOLDER, TITLE, World, roster

pytestmark = pytest.mark.django_db

WORDS = "The learner wrote that the address is not theirs."


def _revoked() -> str:
    award = Award.objects.get()
    lead = signed_in("Lee Lead").open("/desk/units/food-as-medicine/awards").follow(f"Revoke the badge of {HOLDER}")
    lead.press("Revoke the badge", status=422)
    assert Award.objects.get().live, "without a reason nothing is revoked"
    lead.press("Revoke the badge", reason="wrong address", words=WORDS)
    return award.badge_id


def _json(path: str) -> tuple[int, dict[str, object]]:
    answer = Walker().client.get(path, headers={"Accept": "application/ld+json"})
    return answer.status_code, json.loads(answer.content)


def test_everybody_is_told_in_both_standards() -> None:
    World.begun().awarded()
    kept = Walker().client.get(f"/badges/{Award.objects.get().badge_id}/ob3.json").content
    badge = _revoked()
    status, body = _json(f"/badges/{badge}/ob2.json")
    assert status == 410
    assert body.pop("revocationReason") == "It was sent to a wrong address."
    assert body == {
        "@context": "https://w3id.org/openbadges/v2",
        "id": f"http://localhost:8000/badges/{badge}/ob2.json",
        "type": "Assertion",
        "revoked": True,
    }
    outbox.run_pending()
    index = int(json.loads(kept)["credentialStatus"]["statusListIndex"])
    _, listed = _json("/units/food-as-medicine/status/1")
    assert bit(decode(listed["credentialSubject"]["encodedList"]), index)  # type: ignore[index]

    page = Walker().open(f"/badges/{badge}").sees("Not valid any more.", "It was sent to a wrong address.")
    page.sees_no(WORDS)
    for given in (kept, f"http://localhost:8000/badges/{badge}".encode()):
        visitor = Walker().open("/verify").press("Check", text=given.decode())
        visitor.sees("Not valid any more.", "It was sent to a wrong address.").sees_no(WORDS)


def test_the_learner_can_be_awarded_anew() -> None:
    World.begun().awarded()
    _revoked()
    lead = signed_in("Lee Lead").follow(f"Award by roster: {TITLE} 1.0.0")
    lead.press("Check the roster", file=file("again.csv", roster((ADDRESS, HOLDER))))
    lead.press("Award 1 badge", attested="on")
    outbox.run_pending()
    new = Award.objects.get(live=True)
    Walker().open(f"/badges/{new.badge_id}").sees("Valid. This badge is genuine and in force.")


def test_a_stranger_cannot_revoke() -> None:
    World.begun().awarded()
    award = Award.objects.get()
    signed_in("Mara Member").open(f"/desk/awards/{award.pk}/revoke", status=404)
    Walker().open(f"/desk/awards/{award.pk}/revoke").sees("Sign in")
    assert Award.objects.get().live
