"""The verifier at its bounds: one more is too much, one less is not; and the words that tell what was wrong."""

import importlib
import json

import pytest

from openbadgekit.errors import Malformed, Unsafe
from openbadgekit.fetch import Budget, Fetched
from openbadgekit.keys import did_key
from openbadgekit.proofs.vc_jwt import payload_for
from openbadgekit.verify import Policy, demands
from openbadgekit.verify.report import failed, passed, unknown
from openbadgekit.verify.revocation import check_status
from openbadgekit.verify.same import same_badge
from openbadgekit.verify.session import Session
from openbadgekit.verify.words import verdict_words
from tests.openbadgekit.test_verify_clr import proved, record
from tests.openbadgekit.test_verify_signed import Signed
from tests.openbadgekit.tokens import signed, token_of, unsigned
from tests.openbadgekit.world import NOW, MapFetcher, World, outcomes


@pytest.fixture
def world():
    return World()


def test_all_that_is_said_to_be_public_is_there():
    public = importlib.import_module("openbadgekit.verify")
    assert {name for name in public.__all__ if not hasattr(public, name)} == set()
    assert {"Claims", "Finding", "Policy", "Report", "Verdict", "verify"} <= set(public.__all__)


def test_an_answer_of_just_the_budget_is_taken(world):
    url = "https://uni.example/x"
    session = Session(Policy(), MapFetcher({url: Fetched(url, 200, "text/plain", b"12345")}), Budget(bytes=5))
    assert session.fetch(url, "*/*").body == b"12345"
    session = Session(Policy(), MapFetcher({url: Fetched(url, 200, "text/plain", b"123456")}), Budget(bytes=5))
    with pytest.raises(Unsafe, match="too large"):
        session.fetch(url, "*/*")


def entries(world, *purposes):
    return {
        **world.document,
        "credentialStatus": [
            {
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose,
                "statusListIndex": "17",
                "statusListCredential": world.list_address,
            }
            for purpose in purposes
        ],
    }


@pytest.mark.parametrize(("number", "outcome"), [(4, "passed"), (5, "unknown")])
def test_four_entries_of_status_are_read(world, number, outcome):
    session = Session(world.policy, MapFetcher(world.pages))
    assert check_status(session, entries(world, *["revocation"] * number)).finding.outcome == outcome


def test_what_is_suspended_stays_so_whatever_the_next_list_is(world):
    world.put_list(revoked=True)
    listed = json.loads(world.pages[world.list_address].body)
    listed.pop("proof")
    listed["credentialSubject"]["statusPurpose"] = "suspension"
    world.put(world.list_address, world.sign(listed))
    session = Session(world.policy, MapFetcher(world.pages))
    standing = check_status(session, entries(world, "suspension", "nothing known"))
    assert (standing.suspended, standing.revoked, standing.finding.outcome) == (True, False, "failed")
    assert standing.finding.message == "Its issuer has suspended it."


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ({"a": {"b": None}}, {"a": {}}, True),
        ({"a": {"b": []}}, {"a": {}}, True),
        ({"a": []}, {}, True),
        ({"a": None}, {}, True),
        ({"a": ["x"]}, {"a": "x"}, True),
        ({"a": ["x", "y"]}, {"a": ["y", "x"]}, False),
        ({"a": ["x", "y"]}, {}, False),
        ({"a": {"b": 1}}, {"a": {}}, False),
        ({"@context": "x"}, {"@context": "y"}, True),
        ({"issuer": {"id": "https://a.example/"}}, {"issuer": "https://a.example/"}, True),
        ({"image": {"id": "https://a.example/", "caption": "x"}}, {"image": "https://a.example/"}, True),
        ({"badge": {"id": "urn:a", "name": "x"}}, {"badge": "urn:a"}, False),
        ({"other": {"id": "https://a.example/"}}, {"other": "https://a.example/"}, False),
    ],
)
def test_forms_that_mean_the_same(left, right, same):
    assert same_badge(left, right) is same


def test_a_payload_says_where_a_date_is_wrong(world):
    for name, pointer in (("validFrom", "/validFrom"), ("validUntil", "/validUntil")):
        with pytest.raises(Malformed) as raised:
            payload_for({**unsigned(world), name: "2027-05-01T09:30:00"})
        assert raised.value.pointer == pointer


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("iss", "The token names another issuer than the badge in it (iss)."),
        ("jti", "The token names another id than the badge in it (jti)."),
        ("sub", "The token names another subject than the badge in it (sub)."),
        ("nbf", "The token says another time than the badge in it (nbf, validFrom)."),
    ],
)
def test_a_claim_that_says_something_else_is_named(world, claim, words):
    report = world.verify(token_of(world, claims={claim: 5 if claim == "nbf" else "urn:other"}))
    assert (report.verdict, report.finding("proof").message) == ("invalid", words)


def test_a_token_without_a_claim_is_refused_unless_its_type_says_so(world):
    for claim, type_ in ((c, t) for c in ("iss", "jti", "sub", "nbf") for t in (None, "JWT", "vc+jwt")):
        token = token_of(world, header={"typ": type_}, claims={claim: None})
        wanted = "valid" if type_ == "vc+jwt" else "invalid"
        assert world.verify(token).verdict == wanted, (claim, type_)


def test_a_credential_of_2_0_under_vc_is_told_so(world):
    header = {"alg": "EdDSA", "kid": f"{world.unit.id}#key-1"}
    report = world.verify(signed(world.key, header, {"vc": unsigned(world), "iss": world.unit.id}))
    assert report.finding("proof").message == "A credential of the data model 2.0 must not stand under vc."


def test_records_are_followed_to_the_third(world):
    document = record(world)
    for number in range(2):
        document = record(world, proved(world, document), id=f"https://uni.example/records/{number + 2}")
    assert world.verify(proved(world, document)).verdict == "valid"
    deeper = record(world, proved(world, document), id="https://uni.example/records/9")
    assert world.verify(proved(world, deeper)).verdict == "unknown"


def test_a_key_named_for_another_did_key_does_not_count(world):
    own = did_key(world.key.public_key)
    document = unsigned(world, issuer={"id": own, "type": ["Profile"]})
    document.pop("credentialStatus", None)
    good = f"{own}#{world.key.public}"
    assert outcomes(world.verify(token_of(world, document, header={"kid": good})))["key"] == "passed"
    for kid in (own, f"{own}#key-1", f"{good}x", "did:web:uni.example:units:food#key-1"):
        report = world.verify(token_of(world, document, header={"kid": kid}))
        assert (report.verdict, outcomes(report)["key"]) == ("invalid", "failed"), kid


@pytest.mark.parametrize("issuer", ["urn:uuid:1", "did:web:uni.example"])
def test_a_signed_assertion_needs_an_issuer_with_an_address(issuer):
    world = Signed()
    document = json.loads(world.pages[world.achievement.badge_class].body)
    world.put(world.achievement.badge_class, {**document, "issuer": issuer})
    report = world.verify(world.token())
    assert (report.verdict, report.subject) == ("unknown", None)
    assert report.finding("proof").message == (
        "The signature could not be checked: its issuer has no address where its keys stand."
    )


def test_a_page_with_harmed_letters_still_leads_to_its_badge(world):
    url = "https://uni.example/badges/abc"
    body = b"<html>\xff<link rel='alternate' type='application/ld+json' href='/badges/abc/ob3.json'>"
    world.pages[url] = Fetched(url, 200, "text/html", body)
    assert world.verify(url).verdict == "valid"


ISSUER = "uni.example"


@pytest.mark.parametrize(
    ("verdict", "finding", "sentence", "below"),
    [
        ("invalid", failed("readable", "Why."), "Not valid. This cannot be read as a badge.", "Why."),
        ("invalid", failed("well-formed", "Why."), "Not valid. This badge is not well-formed.", "Why."),
        (
            "invalid",
            failed("proof", "Its content is not what was signed."),
            "Not valid. The signature does not fit this badge.",
            "It was changed after it was signed, or uni.example never signed it. "
            "Nothing in it can be relied on. Ask the holder for the badge's address.",
        ),
        (
            "invalid",
            failed("proof", "Why."),
            "Not valid. Why.",
            "Nothing in it can be relied on. Ask the holder for the badge's address.",
        ),
        (
            "invalid",
            failed("key", "Why."),
            "Not valid. Why.",
            "Nothing in it can be relied on. Ask the holder for the badge's address.",
        ),
        ("invalid", failed("revocation", "Why."), "Not valid at present. uni.example suspended it.", "It is genuine."),
        ("invalid", failed("dates", "Expired on 1 May."), "Not valid any more. It expired on 1 May.", "It is genuine."),
        ("invalid", failed("dates", "Why."), "Not valid yet.", "It is genuine."),
        ("invalid", failed("policy", "Why."), "Not accepted. Why.", "It is genuine, but not what is asked for here."),
        ("invalid", failed("recipient", "Why."), "Not valid. Why.", "Do not rely on it. Ask the issuer."),
        ("unknown", unknown("readable", "Why."), "Cannot be told. The badge could not be read.", "Why."),
        ("unknown", unknown("well-formed", "Why."), "Cannot be told. Why.", "Do not rely on it. Ask the issuer."),
        ("unknown", unknown("key", "Why."), "Cannot be told. We could not check the signature.", "Why."),
        ("unknown", unknown("proof", "Why."), "Cannot be told. We could not check the signature.", "Why."),
        (
            "unknown",
            unknown("revocation", "Why."),
            "Cannot be told. We cannot say whether uni.example has revoked it. Why.",
            "What could be checked is in order. Try again, or ask the issuer. Do not rely on it until then.",
        ),
        (
            "unknown",
            unknown("dates", "Why."),
            "Cannot be told. Why.",
            "What could be checked is in order. Try again, or ask the issuer. Do not rely on it until then.",
        ),
    ],
)
def test_each_verdict_in_words(verdict, finding, sentence, below):
    assert verdict_words(verdict, [passed("other", "x"), finding], None, ISSUER) == (sentence, below)
    nameless = verdict_words(verdict, [finding], None, "")
    assert nameless == (sentence.replace(ISSUER, "its issuer"), below.replace(ISSUER, "its issuer"))


def test_a_check_that_did_not_end_says_so():
    assert verdict_words("unknown", [], None, "")[0] == "Cannot be told. The check did not come to an end."


def test_a_demand_that_is_not_met_does_not_make_the_badge_bad(world):
    policy = Policy(trusted=world.policy.trusted, at=NOW, demand=demands.HasEnd())
    report = world.verify(world.document, policy=policy)
    assert report.sentence == "Not accepted. It has no end, which is asked for."
    assert report.subject is not None


def test_of_several_demands_the_words_of_the_one_that_is_met_are_told(world):
    either = demands.AnyOf(demands.HasEnd(), demands.OfStandard("3.0"))
    report = world.verify(world.document, policy=Policy(trusted=world.policy.trusted, at=NOW, demand=either))
    assert report.finding("policy").message == "It is of a standard that is asked for."
