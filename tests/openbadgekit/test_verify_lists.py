"""1EdTechRevocationList, status lists that are tokens, and badges that were replaced."""

import json
from datetime import timedelta

import pytest

from openbadgekit import Fetched
from openbadgekit.keys import Key
from openbadgekit.status import status_list_credential, with_bit
from openbadgekit.verify.standing import revoked
from tests.openbadgekit.tokens import signed
from tests.openbadgekit.world import BITS, NOW, World, outcomes

LIST = "https://uni.example/units/food/revoked"
NEWER = "https://uni.example/badges/newer/ob3.json"


class Listed(World):
    """A world whose badge names a 1EdTechRevocationList."""

    def badge(self):
        def change(document):
            document["credentialStatus"] = {"id": LIST, "type": "1EdTechRevocationList"}

        return self.issued(change)

    def put_revoked(self, *entries, **changes):
        document = {"id": LIST, "issuer": self.unit.id, "revokedCredential": list(entries), **changes}
        self.put(LIST, {name: value for name, value in document.items() if value is not None})


@pytest.fixture
def world():
    return Listed()


def entry(world, **more):
    return {"id": world.credential.id, "revoked": True, **more}


def test_a_badge_that_is_not_in_the_list_is_valid(world):
    world.put_revoked({"id": "https://uni.example/badges/other", "revoked": True})
    report = world.verify(world.badge())
    assert (report.verdict, outcomes(report)["revocation"]) == ("valid", "passed")
    world.put_revoked(revokedCredential=None)
    assert world.verify(world.badge()).verdict == "valid"


@pytest.mark.parametrize("alone", [True, False])
def test_a_badge_in_the_list_is_revoked(world, alone):
    one = entry(world, revocationReason="Issued in error.")
    world.put_revoked(revokedCredential=one if alone else [one])
    report = world.verify(world.badge())
    assert (report.verdict, report.subject.revoked, report.subject.reason) == ("invalid", True, "Issued in error.")
    assert report.below == "Reason given: Issued in error. Until then it was true."


def test_an_entry_that_takes_nothing_back_takes_nothing_back(world):
    world.put_revoked(entry(world, revoked=False))
    assert world.verify(world.badge()).verdict == "valid"
    world.put_revoked({"id": world.credential.id})
    assert world.verify(world.badge()).verdict == "invalid"


def test_a_badge_that_was_replaced_says_by_which(world):
    world.put_revoked(entry(world, revocationReason=f"replaced by {NEWER}"))
    report = world.verify(world.badge())
    assert (report.verdict, report.subject.replaced_by) == ("invalid", NEWER)
    assert report.sentence == "Not valid any more. Food Institute replaced this badge."
    assert report.below == f"Another holds in its place: {NEWER}. Until then it was true."


@pytest.mark.parametrize(
    ("reason", "address"),
    [
        ("Replaced by https://a.example/1.", "https://a.example/1"),
        (" superseded by: urn:uuid:1 ", "urn:uuid:1"),
        ("replaced by did:web:a.example", "did:web:a.example"),
        ("It was replaced by https://a.example/1", None),
        ("replaced by javascript:alert(1)", None),
        ("replaced by https://a.example/1 and others", None),
        ("replaced by https://a.example/" + "x" * 600, None),
        ("In error", None),
        ("", None),
        (7, None),
        (None, None),
    ],
)
def test_what_counts_as_replaced(reason, address):
    standing = revoked(reason)
    assert (standing.revoked, standing.replaced_by, standing.finding.outcome) == (True, address, "failed")


def test_a_hosted_badge_that_was_replaced_says_by_which(world):
    world.put(
        world.credential.assertion,
        {"id": world.credential.assertion, "revoked": True, "revocationReason": f"replaced by {NEWER}"},
        410,
    )
    report = world.verify(world.credential.assertion)
    assert (report.verdict, report.subject.replaced_by, report.subject.revoked) == ("invalid", NEWER, True)


UNREAD = {
    "silent": lambda world: world.pages.pop(LIST),
    "broken": lambda world: world.put(LIST, {}, 500),
    "another list": lambda world: world.put_revoked(id="https://uni.example/other"),
    "another issuer": lambda world: world.put_revoked(issuer="did:web:evil.example"),
    "no issuer": lambda world: world.put_revoked(issuer=None),
    "an entry that is none": lambda world: world.put_revoked(None),
    "moved": lambda world: world.pages.update(
        {LIST: Fetched("https://evil.example/", 200, "application/json", world.pages[LIST].body)}
    ),
}


@pytest.mark.parametrize("change", UNREAD.values(), ids=UNREAD)
def test_a_list_that_cannot_be_read_is_never_read_as_not_revoked(world, change):
    world.put_revoked()
    change(world)
    report = world.verify(world.badge())
    assert (report.verdict, outcomes(report)["revocation"]) == ("unknown", "unknown")


def test_a_list_without_an_address_cannot_be_read(world):
    def change(document):
        document["credentialStatus"] = {"id": "urn:uuid:1", "type": "1EdTechRevocationList"}

    assert world.verify(world.issued(change)).verdict == "unknown"


def list_token(world, key=None, bits=BITS, claims=None, **changes):
    document = status_list_credential(
        world.list_address, world.unit.id, bits, NOW - timedelta(hours=1), NOW + timedelta(hours=1)
    )
    document.update(changes)
    header = {"alg": "EdDSA", "kid": f"{world.unit.id}#key-1", "typ": "vc+jwt"}
    return signed(key or world.key, header, {**document, **(claims or {})})


def put_token(world, text):
    world.pages[world.list_address] = Fetched(world.list_address, 200, "application/vc+jwt", text.encode())


def test_a_status_list_may_be_a_token(world):
    put_token(world, list_token(world))
    assert world.verify(world.document).verdict == "valid"
    put_token(world, f"{list_token(world, bits=with_bit(BITS, 17))}\n")
    report = world.verify(world.document)
    assert (report.verdict, report.subject.revoked) == ("invalid", True)


FORGED = {
    "by a stranger": lambda world: list_token(world, Key.generate()),
    "of another issuer": lambda world: list_token(world, issuer="did:web:evil.example"),
    "of another address": lambda world: list_token(world, id="https://uni.example/other"),
    "out of date": lambda world: list_token(world, validUntil="2027-05-02T11:00:00Z"),
    "with another claim": lambda world: list_token(world, claims={"iss": "did:web:evil.example"}),
    "expired": lambda world: list_token(world, claims={"exp": 1}),
    "no token": lambda world: "a.b.c",
    "changed": lambda world: list_token(world)[:-6] + "AAAAAA",
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_status_list_token_that_is_not_the_issuers_is_never_read_as_not_revoked(world, forge):
    put_token(world, forge(world))
    report = world.verify(world.document)
    assert (report.verdict, outcomes(report)["revocation"]) == ("unknown", "unknown")


def test_an_expired_list_token_without_dates_is_out_of_date(world):
    payload = json.loads(json.dumps(status_list_credential(world.list_address, world.unit.id, BITS, NOW)))
    header = {"alg": "EdDSA", "kid": f"{world.unit.id}#key-1", "typ": "vc+jwt"}
    put_token(world, signed(world.key, header, {**payload, "exp": int(NOW.timestamp()) + 1}))
    assert world.verify(world.document).verdict == "valid"
    put_token(world, signed(world.key, header, {**payload, "exp": int(NOW.timestamp())}))
    assert world.verify(world.document).verdict == "unknown"
