"""Signed Open Badges 2.0 assertions: the key, its owner, and the list of what was revoked."""

import json

import pytest
from openbadgeslib.ob2 import OB2Signer, OB2Verifier
from openbadgeslib.ob2.models import Assertion

from openbadgekit import Fetched, issue
from openbadgekit.baking import bake
from openbadgekit.issue import LocalSigner
from openbadgekit.keys import Key
from tests.openbadgekit.pictures import SVG, png
from tests.openbadgekit.tokens import signed as signed_as
from tests.openbadgekit.world import HOLDER, World, outcomes

KEYS = {name: Key.generate(name) for name in ("RS256", "ES256", "EdDSA")}
EVERY = pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
CREATOR = "https://uni.example/units/food/key"
LIST = "https://uni.example/units/food/revoked"
ID = "urn:uuid:55555555-5555-4555-8555-555555555555"


class Signed(World):
    """A world whose unit signs its 2.0 assertions."""

    def __init__(self, key=KEYS["ES256"], **profile):
        super().__init__()
        self.signing = key
        self.put_profile(**profile)
        self.put_key()

    def put_profile(self, **changes):
        profile = {**json.loads(self.pages[self.unit.profile].body), "publicKey": CREATOR, **changes}
        self.put(self.unit.profile, {name: value for name, value in profile.items() if value is not None})

    def put_key(self, status=200, **changes):
        document = {
            "@context": "https://w3id.org/openbadges/v2",
            "id": CREATOR,
            "type": "CryptographicKey",
            "owner": self.unit.profile,
            "publicKeyPem": self.signing.public_key.pem,
            **changes,
        }
        self.put(CREATOR, {name: value for name, value in document.items() if value is not None}, status)

    def put_revoked(self, *entries, **changes):
        self.put_profile(revocationList=LIST)
        document = {
            "@context": "https://w3id.org/openbadges/v2",
            "id": LIST,
            "type": "RevocationList",
            "issuer": self.unit.profile,
            "revokedAssertions": list(entries),
            **changes,
        }
        self.put(LIST, {name: value for name, value in document.items() if value is not None})

    def plain(self, **changes):
        document = json.loads(json.dumps(self.assertion))
        document.update(id=ID, verification={"type": "SignedBadge", "creator": CREATOR})
        document.update(changes)
        return {name: value for name, value in document.items() if value is not None}

    def token(self, *, key=None, header=None, **changes):
        own = key or self.signing
        whole = {"alg": own.algorithm.value, **(header or {})}
        return signed_as(own, whole, self.plain(**changes))


@pytest.fixture
def world():
    return Signed()


def refused(report, check, outcome="failed"):
    return (report.verdict != "valid", report.subject, outcomes(report)[check]) == (True, None, outcome)


@EVERY
def test_an_assertion_signed_with_a_key_of_the_issuer_is_valid(key):
    world = Signed(key)
    token = issue.sign_assertion(issue.prepare_assertion(world.plain()), LocalSigner(key, CREATOR))
    report = world.verify(token, recipient=HOLDER)
    assert report.verdict == "valid", report.findings
    assert (report.subject.standard, report.subject.domain) == ("2.0", "uni.example")
    assert report.subject.achievement_name == "Whole-Food Cooking"
    assert outcomes(report)["recipient"] == "passed"
    assert "revocation" not in outcomes(report)


def test_it_may_be_in_a_picture_with_white_space_or_at_an_address(world):
    token = world.token()
    place = "https://uni.example/badge.jws"
    world.pages[place] = Fetched(place, 200, "text/plain", token.encode())
    for source in (bake(png(), token, "2.0"), bake(SVG, token, "2.0"), f"\n {token} \n", token.encode(), place):
        assert world.verify(source).verdict == "valid"


def test_a_hosted_assertion_in_a_token_is_checked_where_it_is_hosted(world):
    whole = json.loads(json.dumps(world.assertion))
    assert world.verify(signed_as(Key.generate(), {"alg": "EdDSA"}, whole)).verdict == "valid"
    whole["narrative"] = "More than was said."
    assert world.verify(signed_as(world.signing, {"alg": "ES256"}, whole)).verdict == "invalid"


def test_everything_may_stand_in_the_assertion(world):
    badge = json.loads(world.pages[world.achievement.badge_class].body)
    profile = json.loads(world.pages[world.unit.profile].body)
    assert world.verify(world.token(badge={**badge, "issuer": profile})).verdict == "valid"
    assert world.verify(world.token(badge=badge)).verdict == "valid"
    unsaid = {name: value for name, value in badge.items() if name != "endorsement"}
    inner = {**badge, "id": "https://victim.example/badge", "issuer": profile}
    assert refused(world.verify(world.token(badge=inner)), "key")
    assert world.verify(world.token(badge={**unsaid, "id": "urn:uuid:1"})).verdict == "valid"


def test_what_the_assertion_says_of_its_issuer_does_not_make_a_key_the_issuers(world):
    """The keys that stand in the token are a stranger's word: only the issuer's own address is asked."""
    stranger = Key.generate()
    badge = json.loads(world.pages[world.achievement.badge_class].body)
    profile = json.loads(world.pages[world.unit.profile].body)
    profile["publicKey"] = {
        "id": "https://evil.example/k",
        "type": "CryptographicKey",
        "owner": profile["id"],
        "publicKeyPem": stranger.public_key.pem,
    }
    creator = {"type": "SignedBadge", "creator": "https://evil.example/k"}
    token = world.token(key=stranger, badge={**badge, "issuer": profile}, verification=creator)
    assert refused(world.verify(token), "key")


def test_a_key_may_stand_in_the_profile(world):
    inside = json.loads(world.pages[CREATOR].body)
    world.put_profile(publicKey=[inside])
    del world.pages[CREATOR]
    assert world.verify(world.token()).verdict == "valid"


def test_an_assertion_that_names_no_key_was_signed_by_the_issuers_only_one(world):
    assert world.verify(world.token(verification={"type": "SignedBadge"})).verdict == "valid"
    world.put_profile(publicKey=[CREATOR, f"{CREATOR}2"])
    assert refused(world.verify(world.token(verification={"type": "SignedBadge"})), "key")
    assert world.verify(world.token()).verdict == "valid"


NOT_THE_ISSUERS = {
    "not listed": lambda world: world.put_profile(publicKey=None),
    "another is listed": lambda world: world.put_profile(publicKey=[f"{CREATOR}2"]),
    "owned by another": lambda world: world.put_key(owner="https://evil.example/"),
    "owned by nobody": lambda world: world.put_key(owner=None),
    "another id": lambda world: world.put_key(id="https://uni.example/other"),
    "another type": lambda world: world.put_key(type="Profile"),
    "not a key": lambda world: world.put_key(publicKeyPem="none"),
    "no key": lambda world: world.put_key(publicKeyPem=None),
    "withdrawn": lambda world: world.put_key(status=410),
    "not there": lambda world: world.put_key(status=404),
}


@pytest.mark.parametrize("change", NOT_THE_ISSUERS.values(), ids=NOT_THE_ISSUERS)
def test_a_key_that_is_not_the_issuers_fails(world, change):
    change(world)
    assert refused(world.verify(world.token()), "key")


def untyped(world):
    world.put_profile(publicKey=["urn:uuid:1"])
    return world.token(verification={"type": "SignedBadge", "creator": "urn:uuid:1"})


NOT_TOLD = {
    "silent": lambda world: world.pages.pop(CREATOR),
    "broken": lambda world: world.put_key(status=500),
    "unreadable": lambda world: world.pages.update({CREATOR: Fetched(CREATOR, 200, "text/html", b"<html>")}),
    "unknown": lambda world: world.put_key(
        publicKeyPem="-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEAKKqMyQ8wU8aG3eBVKbyFYJXOKGKj7TDXFtu8oBDZYVk=\n"
        "-----END PUBLIC KEY-----"
    ),
}


@pytest.mark.parametrize("change", NOT_TOLD.values(), ids=NOT_TOLD)
def test_a_key_that_cannot_be_had_cannot_be_told(world, change):
    change(world)
    assert refused(world.verify(world.token()), "key", "unknown")


def test_a_key_without_an_address_cannot_be_told(world):
    assert refused(world.verify(untyped(world)), "key", "unknown")


HEADERS = [{"alg": "none"}, {"alg": "HS256"}, {"alg": "RS256"}, {"alg": "EdDSA"}, {"crit": ["b64"]}, {"b64": False}]


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_that_asks_for_more_is_refused(world, header):
    assert refused(world.verify(world.token(header=header)), "proof")


def test_a_key_in_the_header_is_passed_over(world):
    stranger = Key.generate("ES256")
    shown = {"jwk": stranger.public_key.jwk, "jku": "https://evil.example/", "kid": "https://evil.example/k"}
    assert world.verify(world.token(header=shown)).verdict == "valid"
    assert refused(world.verify(world.token(key=stranger, header=shown)), "proof")


def test_a_changed_assertion_is_refused(world):
    head, _, signature = world.token().split(".")
    body = world.token(narrative="More than was said.").split(".")[1]
    assert refused(world.verify(f"{head}.{body}.{signature}"), "proof")


ILL_FORMED = {
    "no recipient": {"recipient": None},
    "no date": {"issuedOn": None},
    "a date without a zone": {"issuedOn": "2027-05-01T09:30:00"},
    "no badge": {"badge": None},
}


@pytest.mark.parametrize("changes", ILL_FORMED.values(), ids=ILL_FORMED)
def test_an_ill_formed_assertion_is_refused(world, changes):
    assert refused(world.verify(world.token(**changes)), "well-formed")


def test_another_context_is_another_kind(world):
    report = world.verify(world.token(**{"@context": "https://w3id.org/openbadges/v1"}))
    assert refused(report, "well-formed", "unknown")


def test_the_badge_class_must_stand_at_its_address(world):
    place = world.achievement.badge_class
    body = json.loads(world.pages[place].body)
    world.put(place, {**body, "id": "https://uni.example/other"})
    assert refused(world.verify(world.token()), "well-formed")
    world.put(place, {**body, "name": None})
    assert refused(world.verify(world.token()), "well-formed")
    world.put(place, {**body, "issuer": "urn:uuid:1"})
    assert refused(world.verify(world.token()), "proof", "unknown")
    del world.pages[place]
    assert refused(world.verify(world.token()), "proof", "unknown")


def test_a_badge_class_of_another_origin_is_the_issuers_only_if_its_profile_says_so(world):
    place = "https://cdn.example/badge"
    body = json.loads(world.pages[world.achievement.badge_class].body)
    world.put(place, {name: value for name, value in {**body, "id": place}.items() if name != "endorsement"})
    assert refused(world.verify(world.token(badge=place)), "key")
    world.put_profile(verification={"allowedOrigins": "cdn.example"})
    assert world.verify(world.token(badge=place)).verdict == "valid"


def test_a_signed_assertion_cannot_pose_as_one_at_a_strangers_address(world):
    assert refused(world.verify(world.token(id="https://victim.example/badges/1")), "key")
    assert not world.verify(world.token()).subject.hosted
    assert world.verify(world.credential.assertion).subject.hosted


def test_it_expires(world):
    report = world.verify(world.token(expires="2027-05-02T00:00:00Z"))
    assert report.sentence == "Not valid any more. It expired on 2 May 2027."


@pytest.mark.parametrize(
    "entry",
    [ID, {"id": ID}, {"id": ID, "revocationReason": "In error"}, {"uid": "abc"}, {"id": "urn:uuid:7", "uid": "abc"}],
)
@pytest.mark.parametrize("alone", [True, False])
def test_what_the_list_names_is_revoked(world, entry, alone):
    world.put_revoked(*([] if alone else ["urn:uuid:1", {"id": "urn:uuid:2"}]), entry)
    report = world.verify(world.token(uid="abc"))
    assert (report.verdict, report.subject.revoked) == ("invalid", True)
    reason = entry.get("revocationReason") if isinstance(entry, dict) else None
    assert report.subject.reason == reason


def test_a_list_with_one_entry_may_be_that_entry(world):
    world.put_revoked(revokedAssertions=ID)
    assert world.verify(world.token()).subject.revoked
    world.put_revoked(revokedAssertions={"id": ID})
    assert world.verify(world.token()).subject.revoked


def test_what_the_list_does_not_name_is_not_revoked(world):
    world.put_revoked("urn:uuid:1", {"uid": "other"}, {"id": "urn:uuid:2"})
    report = world.verify(world.token())
    assert (report.verdict, outcomes(report)["revocation"]) == ("valid", "passed")
    world.put_revoked()
    assert world.verify(world.token()).verdict == "valid"


def test_a_replaced_assertion_says_by_which(world):
    world.put_revoked({"id": ID, "revocationReason": "Replaced by https://uni.example/badges/new."})
    report = world.verify(world.token())
    assert report.subject.replaced_by == "https://uni.example/badges/new"
    assert report.finding("revocation").message == "Its issuer has replaced it by https://uni.example/badges/new."
    assert report.sentence == "Not valid any more. Food Institute replaced this badge."
    assert "https://uni.example/badges/new" in report.below


UNREAD = {
    "silent": lambda world: world.pages.pop(LIST),
    "broken": lambda world: world.put(LIST, {}, 500),
    "another list": lambda world: world.put_revoked(id="https://uni.example/other"),
    "another issuer": lambda world: world.put_revoked(issuer="https://evil.example/"),
    "another type": lambda world: world.put_revoked(type="Profile"),
    "no entries": lambda world: world.put_revoked(revokedAssertions=None),
    "an entry that is a number": lambda world: world.put_revoked(7),
    "no address": lambda world: world.put_profile(revocationList="urn:uuid:1"),
}


@pytest.mark.parametrize("change", UNREAD.values(), ids=UNREAD)
def test_a_list_that_cannot_be_read_is_never_read_as_not_revoked(world, change):
    world.put_revoked()
    change(world)
    report = world.verify(world.token())
    assert (report.verdict, outcomes(report)["revocation"]) == ("unknown", "unknown")


@EVERY
def test_we_find_what_openbadgeslib_signs_good(key):
    world = Signed(key)
    token = OB2Signer(key.pem, algorithm=key.algorithm.value).sign(Assertion.from_dict(world.plain()))
    report = world.verify(token, recipient=HOLDER)
    assert report.verdict == "valid", report.findings
    assert refused(Signed(Key.generate(key.algorithm)).verify(token), "proof")


@EVERY
def test_openbadgeslib_finds_what_we_sign_good_key_and_owner_too(key):
    world = Signed(key)
    plain = world.plain(issuedOn="2020-05-01T09:30:00Z")
    token = issue.sign_assertion(issue.prepare_assertion(plain), LocalSigner(key, CREATOR))
    found = OB2Verifier(download=lambda url: world.pages[url].body).verify(token, HOLDER)
    assert found.id == ID
