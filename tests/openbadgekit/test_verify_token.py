"""Open Badges 3.0 credentials as JSON Web Tokens, and every trick with their headers and claims."""

import hashlib
import hmac
import json

import pytest

from openbadgekit import Fetched, did_document
from openbadgekit.baking import bake, unbake
from openbadgekit.errors import Malformed, Unsafe
from openbadgekit.keys import Key, did_key
from openbadgekit.proofs import jws
from openbadgekit.proofs.vc_jwt import payload_for
from tests.openbadgekit.pictures import SVG, png
from tests.openbadgekit.tokens import signed, token_of, unsigned, written
from tests.openbadgekit.world import HOLDER, World, outcomes

KEYS = {name: Key.generate(name) for name in ("EdDSA", "ES256", "RS256")}
EVERY = pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
KID = "did:web:uni.example:units:food#key-1"


@pytest.fixture
def world():
    return World()


def publish(world, key, *, jwk=False):
    world.put(world.unit_keys, did_document(world.unit.id, [("key-1", key.public_key)], jwk=jwk))


def words(report):
    return " ".join(finding.message for finding in report.findings if finding.outcome != "passed")


@EVERY
@pytest.mark.parametrize("jwk", [True, False])
def test_a_token_by_a_key_of_the_issuer_is_valid(world, key, jwk):
    publish(world, key, jwk=jwk)
    world.put_list()
    report = world.verify(token_of(world, unsigned(world, credentialStatus=None), key=key), recipient=HOLDER)
    assert report.verdict == "valid", words(report)
    assert report.subject.achievement_name == "Whole-Food Cooking"
    assert outcomes(report)["proof"] == outcomes(report)["key"] == "passed"


def test_a_token_is_valid_with_its_status_list(world):
    assert world.verify(token_of(world)).verdict == "valid"
    world.put_list(revoked=True)
    report = world.verify(token_of(world))
    assert (report.verdict, report.subject.revoked) == ("invalid", True)


@pytest.mark.parametrize("around", ["{}", "  {}\n", "\ufeff{}\r\n\t"])
def test_white_space_around_a_token_does_not_matter(world, around):
    assert world.verify(around.format(token_of(world))).verdict == "valid"
    assert world.verify(around.format(token_of(world)).encode()).verdict == "valid"


@pytest.mark.parametrize("picture", [png(), SVG], ids=["png", "svg"])
def test_a_token_in_a_picture_is_valid(world, picture):
    assert world.verify(bake(picture, token_of(world), "3.0")).verdict == "valid"


@pytest.mark.parametrize("picture", [png(), SVG], ids=["png", "svg"])
def test_white_space_around_a_token_is_not_baked(world, picture):
    token = token_of(world)
    assert unbake(bake(picture, f"\n{token} \n".encode(), "3.0")).text == token


def test_a_token_at_an_address_is_valid(world):
    place = "https://uni.example/badge.jwt"
    world.pages[place] = Fetched(place, 200, "text/plain", token_of(world).encode() + b"\n")
    assert world.verify(place).verdict == "valid"


def test_a_token_in_an_envelope_is_valid(world):
    envelope = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{token_of(world)}",
    }
    assert world.verify(envelope).verdict == "valid"
    assert world.verify({**envelope, "id": "data:text/plain,hello"}).verdict == "invalid"


FAILING_CLAIMS = {
    "no issuer": {"iss": None},
    "another issuer": {"iss": "did:web:evil.example"},
    "an issuer that is no text": {"iss": ["did:web:uni.example:units:food"]},
    "no id": {"jti": None},
    "another id": {"jti": "https://uni.example/badges/other"},
    "no subject": {"sub": None},
    "another subject": {"sub": "urn:uuid:99999999-9999-4999-8999-999999999999"},
    "no beginning": {"nbf": None},
    "another beginning": {"nbf": 1},
    "a second later": {"nbf": 1_809_163_801},
    "a second earlier": {"nbf": 1_809_163_799},
    "a beginning that is no number": {"nbf": "1809163800"},
    "a beginning that is true": {"nbf": True},
    "a credential under vc": {"vc": {"@context": ["https://www.w3.org/2018/credentials/v1"]}},
    "a presentation": {"vp": {}},
}


@pytest.mark.parametrize("claims", FAILING_CLAIMS.values(), ids=FAILING_CLAIMS)
def test_a_claim_that_is_not_that_of_the_badge_fails(world, claims):
    report = world.verify(token_of(world, claims=claims))
    assert (report.verdict, report.subject, outcomes(report)["proof"]) == ("invalid", None, "failed")


ENDS = "2029-05-01T09:30:00Z"


@pytest.mark.parametrize(
    ("document", "claims", "verdict"),
    [
        ({"validUntil": ENDS}, {}, "valid"),
        ({"validUntil": ENDS}, {"exp": None}, "invalid"),
        ({"validUntil": ENDS}, {"exp": 1}, "invalid"),
        ({"validUntil": ENDS}, {"exp": "soon"}, "invalid"),
        ({"validUntil": "2027-05-01T10:00:00Z"}, {}, "invalid"),
        ({}, {"exp": 4_000_000_000}, "valid"),
        ({}, {"exp": 1_809_163_801}, "invalid"),
        ({"validFrom": "2027-05-01T09:30:00.5Z"}, {"nbf": 1_809_163_800.5}, "valid"),
        ({"validFrom": "2027-06-01T09:30:00Z"}, {}, "invalid"),
    ],
)
def test_the_end_of_a_token_is_that_of_the_badge(world, document, claims, verdict):
    report = world.verify(token_of(world, unsigned(world, **document), claims=claims))
    assert report.verdict == verdict, words(report)


def test_an_expired_token_is_shown_as_expired(world):
    report = world.verify(token_of(world, unsigned(world, validUntil="2027-05-01T10:00:00Z")))
    assert report.sentence == "Not valid any more. It expired on 1 May 2027."


def test_a_token_that_is_not_yet_valid_is_shown_as_such(world):
    report = world.verify(token_of(world, unsigned(world, validFrom="2027-06-01T09:30:00Z")))
    assert report.sentence == "Not valid yet. It holds from 1 June 2027."


@pytest.mark.parametrize("kind", ["vc+jwt", "application/vc+jwt", "VC+LD+JWT", "vc-ld+jwt"])
def test_the_form_of_the_w3c_needs_no_claims(world, kind):
    gone = dict.fromkeys(("iss", "jti", "sub", "nbf"))
    assert world.verify(token_of(world, header={"typ": kind}, claims=gone)).verdict == "valid"
    assert (
        world.verify(token_of(world, header={"typ": kind}, claims={"iss": "did:web:evil.example"})).verdict == "invalid"
    )


def test_a_token_without_a_kind_is_read_as_that_of_open_badges(world):
    assert world.verify(token_of(world, header={"typ": None})).verdict == "valid"
    assert world.verify(token_of(world, header={"typ": None}, claims={"sub": None})).verdict == "invalid"


def test_a_subject_without_an_id_needs_no_sub(world):
    subject = {**unsigned(world)["credentialSubject"]}
    payload = jws.parse(token_of(world)).payload
    del subject["id"]
    plain = {name: value for name, value in payload.items() if name != "sub"}
    header = {"alg": "EdDSA", "kid": KID}
    assert world.verify(signed(world.key, header, {**plain, "credentialSubject": subject})).verdict == "valid"
    assert world.verify(signed(world.key, header, {**payload, "credentialSubject": subject})).verdict == "invalid"
    assert world.verify(signed(world.key, header, {**payload, "credentialSubject": [plain["credentialSubject"]]}))


HEADERS = {
    "no algorithm": ({"alg": None}, "failed"),
    "an algorithm that is no text": ({"alg": 7}, "failed"),
    "none": ({"alg": "none"}, "failed"),
    "NONE": ({"alg": "NoNe"}, "failed"),
    "a shared secret": ({"alg": "HS256"}, "failed"),
    "an unknown algorithm": ({"alg": "ES256K"}, "unknown"),
    "an algorithm of another key": ({"alg": "RS256"}, "failed"),
    "an algorithm of another curve": ({"alg": "ES256"}, "failed"),
    "something critical": ({"crit": ["exp"]}, "failed"),
    "nothing critical": ({"crit": []}, "failed"),
    "an unencoded payload": ({"b64": False}, "failed"),
    "another kind": ({"typ": "at+jwt"}, "failed"),
    "a kind that is no text": ({"typ": 1}, "failed"),
}


@pytest.mark.parametrize(("header", "outcome"), HEADERS.values(), ids=HEADERS)
def test_a_header_that_asks_for_more_is_refused(world, header, outcome):
    report = world.verify(token_of(world, header=header))
    assert report.verdict != "valid"
    assert (report.subject, outcomes(report)["proof"]) == (None, outcome)


@pytest.mark.parametrize(
    "header", [{"jku": "https://evil.example/keys"}, {"x5u": "https://evil.example/"}, {"x5c": ["A"]}]
)
def test_keys_that_the_header_offers_are_never_fetched(world, header):
    assert world.verify(token_of(world, header=header)).verdict == "valid"
    stranger = Key.generate()
    report = world.verify(token_of(world, key=stranger, header={**header, "kid": KID}))
    assert (report.verdict, outcomes(report)["proof"]) == ("invalid", "failed")


def test_a_name_for_ed25519_of_its_own_is_known(world):
    assert world.verify(token_of(world, header={"alg": "Ed25519"})).verdict == "valid"


def test_a_public_key_is_no_secret(world):
    """RFC 8725 §2.1: an HMAC with the public key as secret."""
    key = KEYS["RS256"]
    publish(world, key)
    data = token_of(world, key=key, header={"alg": "HS256"}).rpartition(".")[0]
    forged = jws.compact(data.encode(), hmac.new(key.public_key.pem.encode(), data.encode(), hashlib.sha256).digest())
    report = world.verify(forged)
    assert (report.verdict, outcomes(report)["proof"]) == ("invalid", "failed")


@EVERY
def test_a_token_by_a_stranger_is_refused(world, key):
    publish(world, Key.generate(key.algorithm))
    report = world.verify(token_of(world, key=key))
    assert (report.verdict, report.subject, outcomes(report)["proof"]) == ("invalid", None, "failed")


@pytest.mark.parametrize(
    ("kid", "outcome"),
    [
        (None, "failed"),
        ("", "failed"),
        (7, "failed"),
        ("did:web:uni.example:units:food#key-2", "failed"),
        ("did:web:evil.example#key-1", "failed"),
        ("key-1", "failed"),
        ("https://evil.example/key", "unknown"),
    ],
)
def test_a_key_that_is_not_named_or_another_fails(world, kid, outcome):
    report = world.verify(token_of(world, header={"kid": kid}))
    assert report.verdict != "valid"
    assert (report.subject, outcomes(report)["key"]) == (None, outcome)


def test_a_relative_name_of_a_key_is_one_of_the_issuers_document(world):
    assert world.verify(token_of(world, header={"kid": "#key-1"})).verdict == "valid"


def test_a_key_in_the_header_counts_only_if_it_is_the_issuers(world):
    own = {"kid": None, "jwk": world.key.public_key.jwk}
    assert world.verify(token_of(world, header=own)).verdict == "valid"
    stranger = Key.generate()
    for header in ({"kid": None, "jwk": stranger.public_key.jwk}, {"jwk": stranger.public_key.jwk}):
        report = world.verify(token_of(world, key=stranger, header=header))
        assert (report.verdict, report.subject, outcomes(report)["key"]) == ("invalid", None, "failed")
    assert world.verify(token_of(world, header={"jwk": world.key.public_key.jwk})).verdict == "valid"


@pytest.mark.parametrize("change", [{"d": "AAAA"}, {"x": "short"}, {"use": "enc"}, {"kty": "none"}])
def test_an_ill_formed_key_in_the_header_is_refused(world, change):
    report = world.verify(token_of(world, header={"kid": None, "jwk": {**world.key.public_key.jwk, **change}}))
    assert (report.verdict == "valid", report.subject) == (False, None)
    assert world.verify(token_of(world, header={"jwk": "text"})).verdict != "valid"


def test_a_key_in_the_header_must_make_assertions_in_the_document(world):
    world.put_keys(world.unit.id, world.unit_keys, world.key, lambda d: d.update(assertionMethod=[]))
    report = world.verify(token_of(world, header={"kid": None, "jwk": world.key.public_key.jwk}))
    assert (report.verdict, outcomes(report)["key"]) == ("invalid", "failed")


def test_an_unreadable_key_beside_it_does_not_hide_the_issuers(world):
    def change(document):
        document["verificationMethod"].insert(0, {"id": "#x", "type": "Strange", "controller": world.unit.id})

    world.put_keys(world.unit.id, world.unit_keys, world.key, change)
    assert world.verify(token_of(world, header={"kid": None, "jwk": world.key.public_key.jwk})).verdict == "valid"


PLACE = "https://uni.example/keys/1"


@pytest.mark.parametrize("name", [PLACE, f"{PLACE}#one"])
def test_a_key_at_an_address_counts_if_the_issuers_document_lists_it(world, name):
    as_set = {"keys": [{**world.key.public_key.jwk, "kid": "one"}, {**Key.generate().public_key.jwk, "kid": "two"}]}
    world.put(PLACE, as_set if "#" in name else world.key.public_key.jwk)
    assert world.verify(token_of(world, header={"kid": name})).verdict == "valid"
    stranger = Key.generate()
    world.put(PLACE, stranger.public_key.jwk)
    report = world.verify(token_of(world, key=stranger, header={"kid": name}))
    assert (report.verdict, report.subject, outcomes(report)["key"]) == ("invalid", None, "failed")


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (b"<html>", "unknown"),
        (b"{}", "unknown"),
        (b'{"keys": []}', "failed"),
        (b'{"keys": [{"kid": "https://uni.example/keys/1"}, {"kid": "https://uni.example/keys/1"}]}', "failed"),
    ],
)
def test_an_address_without_a_key_is_no_key(world, body, outcome):
    world.pages[PLACE] = Fetched(PLACE, 200, "application/json", body)
    report = world.verify(token_of(world, header={"kid": PLACE}))
    assert (report.verdict == "valid", outcomes(report)["key"]) == (False, outcome)


def test_a_method_whose_name_is_an_address(world):
    def change(document):
        document["verificationMethod"][0]["id"] = PLACE
        document["assertionMethod"] = [PLACE]

    world.put_keys(world.unit.id, world.unit_keys, world.key, change)
    plain = unsigned(world, credentialStatus=None)
    plain["issuer"].pop("endorsement")
    assert world.verify(token_of(world, plain, header={"kid": PLACE})).verdict == "valid"


HOME = "https://uni.example/units/food"


def of_home(world, **header):
    document = unsigned(world, credentialStatus=None)
    document["issuer"] = {"id": HOME, "type": ["Profile"], "name": "Food Institute"}
    return token_of(world, document, header=header)


@pytest.mark.parametrize("status", [200, 404])
def test_an_issuer_with_an_address_and_a_key_of_the_same_origin(world, status):
    world.put(HOME, {"id": HOME, "type": "Profile", "name": "Food Institute"}, status)
    world.put(PLACE, world.key.public_key.jwk)
    report = world.verify(of_home(world, kid=PLACE))
    assert (report.verdict, report.subject.domain) == ("valid", "uni.example")
    foreign = "https://evil.example/key"
    world.put(foreign, world.key.public_key.jwk)
    assert world.verify(of_home(world, kid=foreign)).verdict == "invalid"
    assert world.verify(of_home(world, kid=None, jwk=world.key.public_key.jwk)).verdict == "unknown"
    world.pages[PLACE] = Fetched("https://evil.example/key", 200, "application/json", world.pages[PLACE].body)
    assert world.verify(of_home(world, kid=PLACE)).verdict == "unknown"


def test_an_issuer_with_an_address_that_lists_its_keys(world):
    document = did_document(HOME, [("key-1", world.key.public_key)])
    world.put(HOME, document)
    stranger = Key.generate()
    world.put(PLACE, stranger.public_key.jwk)
    assert world.verify(of_home(world, kid=f"{HOME}#key-1")).verdict == "valid"
    report = world.verify(of_home(world, kid=PLACE))
    assert (report.verdict, outcomes(report)["key"]) == ("invalid", "failed")


def test_an_issuer_that_does_not_answer_cannot_be_told(world):
    world.put(PLACE, world.key.public_key.jwk)
    assert world.verify(of_home(world, kid=PLACE)).verdict == "unknown"
    del world.pages[world.unit_keys]
    assert world.verify(token_of(world, header={"kid": PLACE})).verdict == "unknown"
    world.put(world.unit_keys, {"id": world.unit.id})
    assert world.verify(token_of(world, header={"kid": PLACE})).verdict == "unknown"


@EVERY
@pytest.mark.parametrize("shown", [True, False])
def test_an_issuer_that_is_a_key(world, key, shown):
    issuer = did_key(key.public_key)
    document = unsigned(world, credentialStatus=None, issuer={"id": issuer, "type": ["Profile"]})
    header = {"kid": None, "jwk": key.public_key.jwk} if shown else {"kid": f"{issuer}#{key.public}"}
    assert world.verify(token_of(world, document, key=key, header=header)).verdict == "valid"
    stranger = Key.generate()
    forged = {"kid": None, "jwk": stranger.public_key.jwk} if shown else {"kid": f"{did_key(stranger.public_key)}#x"}
    report = world.verify(token_of(world, document, key=stranger, header=forged))
    assert (report.verdict, outcomes(report)["key"]) == ("invalid", "failed")


def test_a_token_and_a_proof_must_both_hold(world):
    both = dict(world.document)
    assert world.verify(token_of(world, both)).verdict == "valid"
    report = world.verify(token_of(world, {**both, "name": "Another name"}))
    assert (report.verdict, outcomes(report)["proof"]) == ("invalid", "failed")
    stranger = token_of(world, both, key=Key.generate())
    assert world.verify(stranger).verdict == "invalid"


def test_a_term_that_no_context_defines_is_refused_in_a_token_too(world):
    report = world.verify(token_of(world, unsigned(world, colour="red")))
    assert (report.verdict, outcomes(report)["well-formed"]) == ("invalid", "failed")


GOOD_HEADER = json.dumps({"alg": "EdDSA", "kid": KID, "typ": "JWT"})


@pytest.mark.parametrize(
    ("header", "payload"),
    [
        ('{"alg":"EdDSA","alg":"none"}', "{}"),
        (GOOD_HEADER, '{"iss":"a","iss":"b"}'),
        (GOOD_HEADER, "[]"),
        (GOOD_HEADER, "{"),
        ("[]", "{}"),
        ('"x"', "{}"),
        (GOOD_HEADER, '{"nbf": NaN}'),
        (GOOD_HEADER, '{"a":' * 80 + "1" + "}" * 80),
        (json.dumps({"alg": "EdDSA", "kid": "x" * 20_000}), "{}"),
        (GOOD_HEADER, json.dumps({"a": "x" * 600_000, "b": "y" * 150_000})),
    ],
)
def test_a_token_that_can_be_read_in_two_ways_is_refused(world, header, payload):
    report = world.verify(written(world.key, header, payload))
    assert (report.verdict, report.subject) == ("invalid", None)


def test_a_token_has_one_form(world):
    token = token_of(world)
    head, body, signature = token.split(".")
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    other = last[last.index(signature[-1]) ^ 1]
    for spoiled in (
        f"{head}.{body}.{signature[:-1]}{other}",
        f"{head}.{body}.{signature}=",
        f"{head}.{body}.{signature}==",
        f"{head}.{body}.",
        f"{head}.{body}.{signature}.",
        f"{head}.{body}",
        f"{head}..{signature}",
        f"{head}.{body}.{signature[:-2]}",
        f"{head}.{body}\n.{signature}",
    ):
        assert world.verify(spoiled).verdict == "invalid", spoiled[-20:]


def test_no_single_changed_character_of_a_token_goes_unnoticed(world):
    token = token_of(world)
    for place in range(0, len(token), 97):
        for spoiled in ("A", "b", "-"):
            if token[place] != spoiled:
                assert world.verify(token[:place] + spoiled + token[place + 1 :]).verdict != "valid"


def test_a_token_is_too_large():
    with pytest.raises(Unsafe):
        jws.parse("a" * 3_000_000)
    assert World().verify("eyJ" + "a" * 1_000_000 + ".a.a").verdict == "invalid"


def test_the_payload_for_a_token_needs_a_subject_with_an_id(world):
    document = unsigned(world)
    with pytest.raises(Malformed, match="subject"):
        payload_for({**document, "credentialSubject": {"type": "AchievementSubject"}})
    with pytest.raises(Malformed, match="claim"):
        payload_for({**document, "exp": 1})
    with pytest.raises(Malformed, match="moment"):
        payload_for({**document, "validFrom": "2027-02-30T00:00:00Z"})
    payload = payload_for({**document, "validUntil": ENDS})
    assert (payload["nbf"], payload["exp"]) == (1_809_163_800, 1_872_322_200)
    assert payload["sub"] == document["credentialSubject"]["id"]
