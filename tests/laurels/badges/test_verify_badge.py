"""Verifying with our trust list and our fetcher."""

import json
import threading
import time

import pytest

from laurels.badges import actions, addresses
from laurels.badges.models import Document
from laurels.badges.verification import Storage, Strangers, own_path, policy, verify_badge
from laurels.people.system import system
from openbadgekit.errors import NotFetched
from openbadgekit.fetch import Fetched
from tests.laurels.badges.published import LEARNER, Nowhere, published


@pytest.mark.django_db
def test_a_file_a_text_and_an_address_get_the_same_verdict() -> None:
    badge = published().live()[0]
    body = bytes(Document.objects.get(address=addresses.ob3(badge.pk)).body)
    page = addresses.absolute(addresses.badge(badge.pk))
    for source in (body, body.decode(), f"{page}/ob3.json", page, f"{page}/ob3.png", f"{page}/ob2.svg"):
        assert verify_badge(source).verdict == "valid", source


@pytest.mark.django_db
def test_every_changed_byte_of_the_subject_is_found_out() -> None:
    badge = published().live()[0]
    credential = json.loads(bytes(Document.objects.get(address=addresses.ob3(badge.pk)).body))
    credential["credentialSubject"]["achievement"]["name"] = "Another one"
    report = verify_badge(json.dumps(credential))
    assert report.verdict == "invalid"
    assert report.subject is None


@pytest.mark.django_db
def test_a_changed_copy_of_a_hosted_badge_is_found_out() -> None:
    badge = published().live()[0]
    assertion = json.loads(bytes(Document.objects.get(address=addresses.ob2(badge.pk)).body))
    assertion["narrative"] = "A hundred hours."
    assert verify_badge(json.dumps(assertion)).verdict == "invalid"


@pytest.mark.django_db
def test_it_tells_the_holder_from_others() -> None:
    badge = published().live()[0]
    address = addresses.absolute(addresses.ob3(badge.pk))
    assert verify_badge(address, LEARNER.upper()).verdict == "valid"
    assert verify_badge(address, "eve@example.org").verdict == "invalid"


@pytest.mark.django_db
def test_it_knows_our_issuers_by_name_and_only_the_university_as_endorser() -> None:
    ready = published()
    trust = policy()
    assert trust.trusted[ready.issuer.id] == ready.unit.name
    assert trust.endorser(ready.issuer.id) is None
    assert ready.issuer.parent is not None
    assert trust.endorser(ready.issuer.parent.id) == ready.issuer.parent.name
    badge = ready.live()[0]
    subject = verify_badge(addresses.absolute(addresses.ob3(badge.pk))).subject
    assert subject is not None
    assert subject.known_as == ready.unit.name


@pytest.mark.django_db
def test_our_own_addresses_are_answered_from_storage_with_their_status() -> None:
    badge = published().live()[0]
    actions.revoke_badge(badge, "misconduct", "", by=system())
    storage = Storage(Nowhere())
    gone = storage.fetch(addresses.absolute(addresses.ob2(badge.pk)), accept="", deadline=0)
    assert gone.status == 410
    assert storage.fetch("https://localhost:8000/.well-known/did.json", accept="", deadline=0).status == 200
    assert storage.fetch("http://localhost:8000/nothing", accept="", deadline=0).status == 404
    with pytest.raises(NotFetched):
        storage.fetch("https://elsewhere.example/x", accept="", deadline=0)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("http://localhost:8000/badges/1/ob3.json?x=1#2", "/badges/1/ob3.json"),
        ("http://LOCALHOST:8000", "/"),
        ("https://localhost:8000/units/a/did.json", "/units/a/did.json"),
        ("http://localhost:8001/", None),
        ("http://localhost:8000.example.org/", None),
        ("http://localhost:8000@example.org/", None),
        ("ftp://localhost:8000/", None),
        ("http://[half", None),
    ],
)
def test_it_knows_its_own_addresses(address: str, path: str | None) -> None:
    assert own_path(address) == path


class Slow:
    """A stranger who answers when told to."""

    def __init__(self) -> None:
        self.answer = threading.Event()

    def fetch(self, url: str, *, accept: str, deadline: float) -> Fetched:
        self.answer.wait(5)
        return Fetched(url, 200, "application/json", b"{}")


def test_a_slow_stranger_is_not_waited_for_beyond_the_deadline() -> None:
    slow = Slow()
    begun = time.monotonic()
    with pytest.raises(NotFetched, match=r"slow\.example did not answer"):
        Strangers(slow).fetch("https://slow.example/", accept="", deadline=begun)
    assert time.monotonic() - begun < 3
    slow.answer.set()


def test_many_slow_strangers_are_refused_instead_of_queued_without_end() -> None:
    slow = Slow()
    strangers = Strangers(slow, at_once=1, waiting=1)
    for _ in range(2):
        with pytest.raises(NotFetched, match="in time"):
            strangers.fetch("https://slow.example/", accept="", deadline=time.monotonic())
    # The first still runs; the second was taken back from the queue and left its place.
    with pytest.raises(NotFetched, match="in time"):
        strangers.fetch("https://slow.example/", accept="", deadline=time.monotonic())
    third = threading.Thread(target=_try, args=(strangers,))
    third.start()
    while strangers._places._value:  # type: ignore[attr-defined]
        time.sleep(0.01)
    with pytest.raises(NotFetched, match="Too many"):
        strangers.fetch("https://slow.example/", accept="", deadline=time.monotonic() + 1)
    slow.answer.set()
    third.join()
    assert strangers.fetch("https://slow.example/", accept="", deadline=time.monotonic() + 2).status == 200


def _try(strangers: Strangers) -> None:
    strangers.fetch("https://slow.example/", accept="", deadline=time.monotonic() + 5)
