import base64
from dataclasses import replace

import pytest

from openbadgekit import base58btc, issue
from openbadgekit.fetch import Fetched
from openbadgekit.keys import Key, multikey_decode
from openbadgekit.verify.origins import stays
from tests.openbadgekit.world import GRANTED, World, outcomes

X25519 = base58btc.encode(b"\xec\x01" + bytes(32))
OTHER = Key.from_seed(b"o" * 32)


@pytest.fixture
def world():
    return World()


def key_outcome(world):
    report = world.verify(world.document)
    assert report.verdict != "valid"
    assert report.subject is None
    return outcomes(report)["key"]


CHANGES = {
    "another DID": lambda d: d.update(id="did:web:evil.example"),
    "no DID": lambda d: d.pop("id"),
    "another controller": lambda d: d["verificationMethod"][0].update(controller="did:web:evil.example"),
    "no controller": lambda d: d["verificationMethod"][0].pop("controller"),
    "not for assertions": lambda d: d.update(assertionMethod=[], authentication=d["assertionMethod"]),
    "not listed": lambda d: d["verificationMethod"][0].update(id="did:web:uni.example:units:food#key-2"),
    "withdrawn": lambda d: d["verificationMethod"][0].update(revoked="2027-05-01T00:00:00Z"),
    "expired": lambda d: d["verificationMethod"][0].update(expires="2027-05-02T12:00:00Z"),
    "twice": lambda d: d["verificationMethod"].append(dict(d["verificationMethod"][0])),
    "ill-formed key": lambda d: d["verificationMethod"][0].update(publicKeyMultibase="z6MkO0O0"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_key_that_is_not_the_issuers_fails(world, change):
    world.put_keys(world.unit.id, world.unit_keys, world.key, change)
    assert key_outcome(world) == "failed"


UNKNOWN = {
    "another type": lambda d: d["verificationMethod"][0].update(type="JsonWebKey2099"),
    "a list of types": lambda d: d["verificationMethod"][0].update(type=["Multikey"]),
    "a type that is an object": lambda d: d["verificationMethod"][0].update(type={}),
    "another curve": lambda d: d["verificationMethod"][0].update(publicKeyMultibase=X25519),
    "an unreadable end": lambda d: d["verificationMethod"][0].update(expires="soon"),
    "very many": lambda d: d.update(verificationMethod=[{"id": f"#{n}"} for n in range(300)]),
}


@pytest.mark.parametrize("change", UNKNOWN.values(), ids=UNKNOWN)
def test_a_key_that_we_cannot_read_cannot_be_told(world, change):
    world.put_keys(world.unit.id, world.unit_keys, world.key, change)
    assert key_outcome(world) == "unknown"


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"[]", b"{", b'{"id":"a","id":"b"}'])
def test_a_key_document_that_is_none_cannot_be_told(world, body):
    world.pages[world.unit_keys] = Fetched(world.unit_keys, 200, "text/html", body)
    assert key_outcome(world) == "unknown"


@pytest.mark.parametrize("status", [404, 410, 500, 401])
def test_a_key_document_that_is_not_there_cannot_be_told(world, status):
    world.put(world.unit_keys, {}, status)
    assert key_outcome(world) == "unknown"


def test_a_key_of_another_kind_cannot_have_made_the_proof(world):
    world.put_keys(world.unit.id, world.unit_keys, Key.generate("ES256"))
    report = world.verify(world.document)
    assert (report.verdict, outcomes(report)["key"], outcomes(report)["proof"]) == ("invalid", "passed", "failed")
    assert "another kind of key" in report.finding("proof").message


def test_another_key_in_the_document_makes_the_signature_false(world):
    world.put_keys(world.unit.id, world.unit_keys, OTHER)
    report = world.verify(world.document)
    assert (report.verdict, outcomes(report)["proof"]) == ("invalid", "failed")


GOOD = {
    "relative names": lambda d: (d["verificationMethod"][0].update(id="#key-1"), d.update(assertionMethod=["#key-1"])),
    "a key in the list": lambda d: d.update(assertionMethod=d.pop("verificationMethod")),
    "an end ahead": lambda d: d["verificationMethod"][0].update(expires="2030-01-01T00:00:00Z"),
    "an older name": lambda d: d["verificationMethod"][0].update(type="Ed25519VerificationKey2020"),
    "another key after it": lambda d: d["verificationMethod"].append(
        {**d["verificationMethod"][0], "id": "#key-0", "publicKeyMultibase": OTHER.public}
    ),
}


@pytest.mark.parametrize("change", GOOD.values(), ids=GOOD)
def test_other_ways_to_list_a_key(world, change):
    world.put_keys(world.unit.id, world.unit_keys, world.key, change)
    assert world.verify(world.document).verdict == "valid"


def jwk(**more):
    raw = multikey_decode(World().key.public)
    return {"kty": "OKP", "crv": "Ed25519", "x": base64.urlsafe_b64encode(raw).rstrip(b"=").decode(), **more}


@pytest.mark.parametrize(
    ("key", "outcome"),
    [
        (jwk(), "passed"),
        (jwk(d="AAAA"), "failed"),
        (jwk(x="short"), "failed"),
        (jwk(x=jwk()["x"][:-1] + ("B" if jwk()["x"][-1] != "B" else "C")), "failed"),
        (jwk(crv="Ed448"), "unknown"),
        ({"kty": "RSA", "n": "AQAB", "e": "AQAB"}, "failed"),
        ({"kty": "oct", "k": "AQAB"}, "failed"),
        ({"kty": "EC", "crv": "P-384", "x": "AQAB", "y": "AQAB"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_keys_as_jwk(world, key, outcome):
    def as_jwk(document):
        method = document["verificationMethod"][0]
        del method["publicKeyMultibase"]
        method.update(type="JsonWebKey", publicKeyJwk=key)

    world.put_keys(world.unit.id, world.unit_keys, world.key, as_jwk)
    assert outcomes(world.verify(world.document))["key"] == outcome


def signed_as(world, issuer, method, key):
    plain = {name: value for name, value in world.document.items() if name not in ("proof", "credentialStatus")}
    plain["issuer"] = {**plain["issuer"], "id": issuer}
    plain["issuer"].pop("endorsement")
    return dict(issue.sign(issue.prepare(plain), issue.LocalSigner(key, method), created=GRANTED))


def test_an_issuer_that_is_a_key(world):
    did = f"did:key:{OTHER.public}"
    report = world.verify(signed_as(world, did, f"{did}#{OTHER.public}", OTHER))
    assert report.verdict == "valid"
    assert report.subject.domain == did


def test_an_issuer_that_is_a_key_needs_the_fragment_and_the_same_key(world):
    did = f"did:key:{OTHER.public}"
    good = signed_as(world, did, f"{did}#{OTHER.public}", OTHER)
    for method in (did, f"{did}#key-1", f"did:key:{world.key.public}#{world.key.public}"):
        bad = {**good, "proof": {**good["proof"], "verificationMethod": method}}
        assert outcomes(world.verify(bad))["key"] == "failed"


def test_a_loose_key_does_not_speak_for_a_domain(world):
    loose = f"did:key:{OTHER.public}#{OTHER.public}"
    bad = {**world.document, "proof": {**world.document["proof"], "verificationMethod": loose}}
    report = world.verify(bad)
    assert (report.verdict, outcomes(report)["key"]) == ("invalid", "failed")


def test_a_key_of_another_domain_does_not_speak_for_this_one(world):
    """The university is known and trusted, and yet its key is not the unit's."""
    plain = {name: value for name, value in world.document.items() if name != "proof"}
    forged = world.sign(plain, key=world.university_key)
    forged["proof"]["verificationMethod"] = f"{world.university.id}#key-1"
    assert outcomes(world.verify(forged))["key"] == "failed"


def test_an_issuer_with_a_web_address_lists_its_key_there(world):
    issuer = "https://issuer.example/profile"
    badge = signed_as(world, issuer, f"{issuer}#key-1", OTHER)
    assert outcomes(world.verify(badge))["key"] == "unknown"
    world.put(issuer, {"id": issuer, "type": "Profile"})
    assert outcomes(world.verify(badge))["key"] == "unknown"
    world.put_keys(issuer, issuer, world.key)
    assert outcomes(world.verify(badge))["proof"] == "failed"
    world.put_keys(issuer, issuer, OTHER)
    report = world.verify(badge)
    assert (report.verdict, report.subject.domain) == ("valid", "issuer.example")


@pytest.mark.parametrize("issuer", ["did:ion:abc", "urn:uuid:44444444-4444-4444-8444-444444444444"])
def test_an_issuer_of_another_kind_cannot_be_told(world, issuer):
    badge = signed_as(world, issuer, f"{issuer}#key-1", OTHER)
    assert outcomes(world.verify(badge))["key"] == "unknown"


def test_an_ill_formed_did_fails(world):
    badge = signed_as(world, "did:web:uni.example:..:x", "did:web:uni.example:..:x#key-1", OTHER)
    assert world.verify(badge).verdict == "invalid"


@pytest.mark.parametrize(
    ("final", "verdict"),
    [
        ("https://uni.example/keys/food.json", "valid"),
        ("https://www.uni.example/units/food/did.json", "valid"),
        ("https://evil.example/units/food/did.json", "unknown"),
        ("https://uni.example.evil/units/food/did.json", "unknown"),
        ("https://eviluni.example/units/food/did.json", "unknown"),
    ],
)
def test_a_host_that_sends_elsewhere_for_keys_does_not_speak_for_them(final, verdict):
    world = World()
    world.pages[world.unit_keys] = replace(world.pages[world.unit_keys], url=final)
    report = world.verify(world.document)
    assert (report.verdict, report.subject is None) == (verdict, verdict != "valid")


def test_a_host_may_leave_out_its_www():
    assert stays("https://uni.example/did.json", "https://www.uni.example/did.json")
    assert not stays("https://ample/did.json", "https://uni.ample/did.json")
