"""Signing as tokens: VC-JWT, signed 2.0 assertions, the JCS suite, proof sets; nothing unchecked reaches a key."""

import json

import pytest
from joserfc import jwk as jose_jwk
from joserfc import jws as jose_jws
from openbadgeslib.ob2 import OB2Verifier
from openbadgeslib.ob3 import OB3Signer, OB3Verifier

from openbadgekit import did_document, issue
from openbadgekit.errors import BadgeError, Malformed, Unsupported
from openbadgekit.issue import LocalSigner, PreparedAssertion
from openbadgekit.keys import Key
from openbadgekit.proofs import jws
from tests.openbadgekit.tokens import token_of, unsigned
from tests.openbadgekit.world import GRANTED, World, outcomes

KEYS = {name: Key.generate(name) for name in ("EdDSA", "ES256", "RS256")}
EVERY = pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
METHOD = "did:web:uni.example:units:food#key-1"


@pytest.fixture
def world():
    return World()


class Counting:
    """A signer that counts what it is given, wherever its key may be."""

    verification_method = METHOD
    algorithm = "EdDSA"

    def __init__(self):
        self.given = []

    def sign(self, data):
        self.given.append(data)
        return KEYS["EdDSA"].sign(data)


def plain(world, begins="2020-05-01T09:30:00Z"):
    """Prepare the badge; it began long ago, for other libraries judge by the clock of this machine."""
    return issue.prepare(unsigned(world, credentialStatus=None, validFrom=begins))


@EVERY
def test_what_is_signed_as_a_token_is_valid(world, key):
    world.put(world.unit_keys, did_document(world.unit.id, [("key-1", key.public_key)]))
    token = issue.sign_jwt(plain(world), LocalSigner(key, METHOD))
    report = world.verify(token)
    assert outcomes(report)["proof"] == outcomes(report)["key"] == "passed"
    issue.checked_token(token, key.public)
    issue.checked_token(token, key.public_key)
    with pytest.raises(Malformed):
        issue.checked_token(token, Key.generate(key.algorithm).public)


@EVERY
def test_the_header_holds_what_open_badges_allow_and_nothing_else(world, key):
    token = issue.sign_jwt(plain(world), LocalSigner(key, METHOD))
    assert jws.parse(token).header == {"alg": key.algorithm.value, "kid": METHOD, "typ": "JWT"}


def test_the_payload_is_the_credential_and_its_claims(world):
    document = unsigned(world, credentialStatus=None, validUntil="2029-05-01T09:30:00Z")
    payload = dict(jws.parse(issue.sign_jwt(issue.prepare(document), LocalSigner(KEYS["EdDSA"], METHOD))).payload)
    claims = {name: payload.pop(name) for name in ("iss", "jti", "sub", "nbf", "exp")}
    assert payload == document
    assert claims == {
        "iss": world.unit.id,
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": 1_809_163_800,
        "exp": 1_872_322_200,
    }


@EVERY
def test_joserfc_finds_our_tokens_good(world, key):
    token = issue.sign_jwt(plain(world), LocalSigner(key, METHOD))
    registry = jose_jws.JWSRegistry(algorithms=[key.algorithm.value])
    found = jose_jws.deserialize_compact(token, jose_jwk.import_key(dict(key.public_key.jwk)), registry=registry)
    assert json.loads(found.payload)["id"] == world.document["id"]


@EVERY
def test_openbadgeslib_finds_our_tokens_good(world, key):
    token = issue.sign_jwt(plain(world), LocalSigner(key, METHOD))
    assert OB3Verifier(key.public_key.pem).verify(token).id == world.document["id"]
    spoiled = token[:-8] + ("AAAAAAAA" if not token.endswith("AAAAAAAA") else "BBBBBBBB")
    with pytest.raises(Exception, match=r"[Ss]ignature|padding"):
        OB3Verifier(key.public_key.pem).verify(spoiled)


@EVERY
def test_we_find_the_tokens_of_openbadgeslib_good(world, key):
    world.put(world.unit_keys, did_document(world.unit.id, [("key-1", key.public_key)]))
    payload = dict(jws.parse(token_of(world, unsigned(world, credentialStatus=None))).payload)
    token = OB3Signer(key.pem, algorithm=key.algorithm.value).sign_payload(payload)
    report = world.verify(token)
    assert (outcomes(report)["proof"], outcomes(report)["key"]) == ("passed", "passed")
    assert report.subject.credential_id == world.document["id"]


def test_the_address_of_a_jwk_can_be_named(world):
    place = "https://uni.example/keys/1"
    token = issue.sign_jwt(issue.prepare(unsigned(world)), LocalSigner(world.key, METHOD), kid=place)
    world.put(place, world.key.public_key.jwk)
    assert world.verify(token).verdict == "valid"
    with pytest.raises(Malformed, match="https"):
        issue.sign_jwt(plain(world), LocalSigner(world.key, METHOD), kid="http://uni.example/keys/1")


def test_a_key_of_somebody_else_signs_no_token(world):
    signer = Counting()
    signer.verification_method = "did:web:evil.example#key-1"
    with pytest.raises(Malformed, match="not one of the issuer"):
        issue.sign_jwt(plain(world), signer)
    assert signer.given == []


def test_an_unknown_algorithm_signs_no_token(world):
    signer = Counting()
    signer.algorithm = "HS256"
    with pytest.raises(Unsupported, match="HS256"):
        issue.sign_jwt(plain(world), signer)
    assert signer.given == []


def test_a_subject_without_an_id_makes_no_token(world):
    document = unsigned(world, credentialStatus=None)
    del document["credentialSubject"]["id"]
    signer = Counting()
    with pytest.raises(Malformed, match="subject"):
        issue.sign_jwt(issue.prepare(document), signer)
    assert signer.given == []


def test_embedded_proofs_are_for_ed25519(world):
    for key in (KEYS["ES256"], KEYS["RS256"]):
        with pytest.raises(Malformed, match="Ed25519"):
            issue.sign(plain(world), LocalSigner(key, METHOD), created=GRANTED)


def test_the_jcs_suite_is_signed_and_verified(world):
    signed = issue.sign(
        issue.prepare(unsigned(world)), LocalSigner(world.key, METHOD), created=GRANTED, suite="eddsa-jcs-2022"
    )
    assert signed["proof"]["@context"] == signed["@context"]
    assert world.verify(signed).verdict == "valid"
    assert world.verify({**signed, "name": "x"}).verdict == "invalid"
    issue.checked(signed, world.key.public)


def two_keys(world, second):
    keys = [("key-1", world.key.public_key), ("key-2", second.public_key)]
    world.put(world.unit_keys, did_document(world.unit.id, keys))
    return LocalSigner(second, f"{world.unit.id}#key-2")


def test_every_proof_of_a_set_must_hold(world):
    second = two_keys(world, Key.generate())
    both = issue.add_proof(world.document, second, created=GRANTED)
    assert len(both["proof"]) == 2
    assert world.verify(both).verdict == "valid"
    third = issue.add_proof(both, second, created=GRANTED, suite="eddsa-jcs-2022")
    assert world.verify(third).verdict == "valid"
    for place in range(3):
        broken = json.loads(json.dumps(third))
        broken["proof"][place]["created"] = "2027-05-01T09:30:01Z"
        report = world.verify(broken)
        assert (report.verdict, report.subject, outcomes(report)["proof"]) == ("invalid", None, "failed")


def test_a_proof_of_a_set_by_a_stranger_is_refused(world):
    both = issue.add_proof(world.document, LocalSigner(Key.generate(), f"{world.unit.id}#key-2"), created=GRANTED)
    report = world.verify(both)
    assert (report.verdict, report.subject, outcomes(report)["key"]) == ("invalid", None, "failed")


def test_a_proof_is_added_to_a_good_set_only(world):
    second = two_keys(world, Key.generate())
    with pytest.raises(Malformed, match="no proof to add"):
        issue.add_proof(unsigned(world), second, created=GRANTED)
    with pytest.raises(Malformed, match="already"):
        issue.add_proof(world.document, LocalSigner(world.key, METHOD), created=GRANTED)
    with pytest.raises(Malformed, match="at most"):
        issue.add_proof({**world.document, "proof": [world.document["proof"]] * 4}, second, created=GRANTED)
    with pytest.raises(BadgeError):
        issue.add_proof({**world.document, "proof": [{"type": "x"}]}, second, created=GRANTED)
    with pytest.raises(BadgeError):
        issue.add_proof({**world.document, "colour": "red"}, second, created=GRANTED)


def test_a_chain_of_proofs_cannot_be_told(world):
    document = json.loads(json.dumps(world.document))
    document["proof"]["previousProof"] = "urn:uuid:1"
    report = world.verify(document)
    assert report.finding("proof").message == "It is signed in a way we do not know: a chain of proofs."
    assert report.verdict == "unknown"


CREATOR = "https://uni.example/units/food/key"


def assertion(world, **changes):
    document = json.loads(json.dumps(world.assertion))
    document.update(
        issuedOn="2020-05-01T09:30:00Z",
        id="urn:uuid:55555555-5555-4555-8555-555555555555",
        verification={"type": "SignedBadge", "creator": CREATOR},
        **changes,
    )
    return {name: value for name, value in document.items() if value is not None}


@EVERY
def test_what_is_signed_as_an_assertion_holds(world, key):
    token = issue.sign_assertion(issue.prepare_assertion(assertion(world)), LocalSigner(key, CREATOR))
    parts = jws.parse(token)
    assert parts.header == {"alg": key.algorithm.value}
    assert parts.payload == assertion(world)
    issue.checked_token(token, key.public)
    assert OB2Verifier(key.public_key.pem).verify(token).id == parts.payload["id"]


WRONG = {
    "hosted": {"verification": {"type": "HostedBadge"}},
    "without a key": {"verification": {"type": "SignedBadge"}},
    "with an address": {"id": "https://uni.example/badges/abc"},
    "without a recipient": {"recipient": None},
    "with an empty text": {"narrative": ""},
    "verified by a word": {"verification": "SignedBadge"},
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_an_assertion_that_is_not_to_be_signed_is_not_prepared(world, change):
    document = {name: value for name, value in {**assertion(world), **change}.items() if value is not None}
    with pytest.raises(Malformed):
        issue.prepare_assertion(document)


def test_an_assertion_is_signed_by_the_key_that_it_names(world):
    prepared = issue.prepare_assertion(assertion(world))
    signer = Counting()
    with pytest.raises(Malformed, match="names"):
        issue.sign_assertion(prepared, signer)
    assert (signer.given, prepared.document["type"]) == ([], "Assertion")


def test_only_prepare_makes_what_can_be_signed(world):
    with pytest.raises(TypeError):
        PreparedAssertion(object(), assertion(world))
