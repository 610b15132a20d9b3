"""The rare roads of the verifier: odd dates, odd lists, odd endorsements, and what takes too long."""

import json
from datetime import UTC, datetime

import idna
import pytest

from openbadgekit import issue
from openbadgekit.canonical import digest_sri
from openbadgekit.errors import Malformed, Unsafe, Unsupported
from openbadgekit.fetch import Budget, Fetched
from openbadgekit.identity import matches
from openbadgekit.keys import multikey_decode
from openbadgekit.proofs.data_integrity import hash_data, options_hash, secured, verify_proof
from openbadgekit.proofs.vc_jwt import seconds
from openbadgekit.status import encode
from openbadgekit.unsigned import issuer_of
from openbadgekit.verify import Policy
from openbadgekit.verify.checks import check_dates
from openbadgekit.verify.claims import of_credential
from openbadgekit.verify.endorsements import Endorsed, Target
from openbadgekit.verify.hosted_endorsements import check_hosted_endorsements
from openbadgekit.verify.reading import domain, moment, origin
from openbadgekit.verify.report import READABLE, passed, verdict_of
from openbadgekit.verify.revocation import _bits, check_status
from openbadgekit.verify.session import Session
from openbadgekit.verify.signature import check_signature, mathematics
from openbadgekit.verify.standing import Standing
from tests.openbadgekit.tokens import token_of, unsigned
from tests.openbadgekit.world import BITS, NOW, MapFetcher, World, outcomes


@pytest.fixture
def world():
    return World()


def session_of(world, **budget):
    return Session(world.policy, MapFetcher(world.pages), Budget(**budget))


def test_a_domain_that_cannot_be_written_in_letters_is_compared_as_it_is(monkeypatch):
    def refuse(_):
        raise idna.IDNAError

    monkeypatch.setattr("openbadgekit.identity.idna.decode", refuse)
    assert matches({"type": "email", "hashed": False, "identity": "ana@uni.example"}, "Ana@UNI.example")


def test_a_key_may_be_given_as_its_bytes(world):
    raw = multikey_decode(world.key.public)
    verify_proof(world.document, world.document["proof"], raw)
    with pytest.raises(Malformed):
        verify_proof(world.document, world.document["proof"], bytes(32))


def test_options_that_are_not_the_plain_ones_go_through_the_engine(world):
    plain = {name: value for name, value in world.document["proof"].items() if name != "proofValue"}
    contexts = world.document["@context"]
    other = options_hash({**plain, "proofPurpose": "authentication"}, contexts)
    assert other != options_hash(plain, contexts)


@pytest.mark.parametrize("value", [7, None, "soon", "2027-13-01T00:00:00Z"])
def test_what_is_no_moment_has_no_seconds(value):
    with pytest.raises(Malformed):
        seconds(value, "/validFrom")


def test_an_issuer_needs_an_id():
    with pytest.raises(Malformed):
        issuer_of({"issuer": 7})


def test_only_prepare_makes_what_can_be_signed(world):
    with pytest.raises(TypeError):
        issue.Prepared(object(), world.document, "{}", b"")


@pytest.mark.parametrize("value", ["2027-02-30T00:00:00Z", "0001-01-01T00:00:00+23:59", "tomorrow", 7])
def test_dates_that_cannot_be_read_cannot_be_told(world, value):
    assert check_dates(session_of(world), value, None).outcome == "unknown"
    with pytest.raises(Malformed):
        moment(value)


@pytest.mark.parametrize(
    ("issuer", "shown"),
    [("https://", "https://"), ("https://[x", "https://[x"), ("did:web:", "did:web:"), ("urn:uuid:1", "urn:uuid:1")],
)
def test_an_issuer_without_a_host_is_shown_as_it_is(issuer, shown):
    assert domain(issuer) == shown


@pytest.mark.parametrize("address", ["http://[", "https://a.example:x", "urn:uuid:1", "https://"])
def test_what_is_no_web_address_has_no_origin(address):
    assert origin(address) is None


def test_a_check_that_did_not_come_to_its_end_is_never_valid():
    assert verdict_of([passed(READABLE, "x")]) == "unknown"


def test_results_that_say_nothing_are_not_shown(world):
    document = unsigned(world)
    document["credentialSubject"]["result"] = [{"type": ["Result"]}, {"type": ["Result"], "value": "A"}]
    document["credentialSubject"]["achievement"]["name"] = [7, {"@value": "In words"}]
    claims = of_credential(session_of(world), document, Standing(None), Endorsed((), ()))
    assert (claims.results, claims.achievement_name) == ((("Result", "A"),), "In words")


ENTRY = {"type": "BitstringStatusListEntry", "statusListIndex": "17"}


def test_lists_of_status_are_read_one_by_one(world):
    entry = {**ENTRY, "statusPurpose": "revocation", "statusListCredential": world.list_address}
    harmless = {**ENTRY, "statusPurpose": "refresh", "statusListCredential": world.list_address}

    def standing(*entries):
        return check_status(session_of(world), {**world.document, "credentialStatus": list(entries)})

    assert standing(harmless).finding is None
    assert standing(harmless, entry).finding.outcome == "passed"
    assert standing(entry, entry, entry).finding.outcome == "passed"
    assert standing({"type": "Strange"}, entry).finding.outcome == "unknown"
    assert standing(entry, {"type": "Strange"}).finding.outcome == "unknown"
    assert standing({**entry, "statusPurpose": "strange"}).finding.outcome == "unknown"
    assert standing(*[entry] * 5).finding.message.endswith("it names too many lists.")
    world.put_list(revoked=True)
    assert standing(harmless, entry).revoked


GOOD_LIST = {"type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": encode(BITS)}


@pytest.mark.parametrize(
    "change", [{"statusSize": 2}, {"encodedList": 7}, {"type": "Strange"}, {"statusPurpose": "message"}]
)
def test_a_list_of_another_kind_or_size_is_not_read(change):
    assert _bits({"credentialSubject": GOOD_LIST}, "revocation") == BITS
    with pytest.raises(Malformed):
        _bits({"credentialSubject": {**GOOD_LIST, **change}}, "revocation")


def test_an_answer_that_is_too_large_is_not_read(world):
    with pytest.raises(Unsafe, match="too large"):
        session_of(world, bytes=10).fetch(world.unit_keys, "*/*")


def test_a_check_that_took_too_long_cannot_be_told(world):
    over = session_of(world, seconds=-1.0)
    assert check_signature(over, world.document).proof.outcome == "unknown"
    from_token = check_signature(over, unsigned(world), object())
    assert from_token.proof.outcome == "unknown"


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Unsupported("x"), "unknown"),
        (Unsafe("x"), "failed"),
        (Malformed("x"), "failed"),
        (Malformed("x", "/alg"), "failed"),
    ],
)
def test_what_the_mathematics_raise_is_a_finding(error, outcome):
    def fail():
        raise error

    assert mathematics(fail).outcome == outcome


def vouched(world, change):
    """The badge with an endorsement of its achievement that says something else, well signed."""
    document = unsigned(world)
    achievement = document["credentialSubject"]["achievement"]
    endorsement = json.loads(json.dumps(achievement["endorsement"][0]))
    del endorsement["proof"]
    plain = {name: value for name, value in achievement.items() if name != "endorsement"}
    change(endorsement, plain)
    achievement["endorsement"] = [world.sign(endorsement, by_university=True)]
    return outcomes(world.verify(world.sign(document)))["endorsement of the achievement"]


def resource(**changes):
    def change(endorsement, achievement):
        sri = digest_sri(achievement, "sha384")
        whole = {"id": achievement["id"], "digestSRI": sri, "mediaType": "application/json", **changes}
        endorsement["relatedResource"] = [{name: value for name, value in whole.items() if value is not None}]

    return change


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (resource(), "passed"),
        (resource(digestSRI=f"sha384-{'A' * 64}"), "failed"),
        (resource(id="https://uni.example/other"), "passed"),
        (resource(mediaType="text/html"), "unknown"),
    ],
)
def test_the_digest_of_what_is_endorsed(world, change, outcome):
    assert vouched(world, change) == outcome


def test_an_endorsement_that_was_taken_back_breaks_the_badge(world):
    address = "https://uni.example/status/1"

    def with_status(endorsement, _):
        endorsement["credentialStatus"] = {**ENTRY, "statusPurpose": "revocation", "statusListCredential": address}

    assert vouched(world, with_status) == "unknown"
    world.put_list(by_university=True, revoked=True)
    body = json.loads(world.pages[world.list_address].body)
    del body["proof"]
    world.put(address, world.sign({**body, "id": address}, by_university=True))
    assert vouched(world, with_status) == "failed"


def hosted(world):
    return json.loads(world.pages[world.achievement.badge_class].body)


def test_a_copy_with_another_achievement_inside_is_not_what_is_hosted(world):
    copy = {**world.assertion, "badge": {**hosted(world), "description": "Something else."}}
    assert world.verify(copy).finding("proof").message == "The copy differs from what the issuer hosts."


def test_an_achievement_that_stands_in_the_hosted_assertion(world):
    inside = {name: value for name, value in hosted(world).items() if name != "endorsement"}
    world.put(world.credential.assertion, {**world.assertion, "badge": {**inside, "id": "urn:uuid:1"}})
    assert world.verify(world.credential.assertion).verdict == "valid"


def test_another_document_at_the_address_of_the_achievement(world):
    world.put(world.achievement.badge_class, {**hosted(world), "id": "https://uni.example/other"})
    report = world.verify(world.credential.assertion)
    assert report.finding("well-formed").message.startswith("/badge is missing or wrong: At its address")


def test_an_ill_formed_achievement_is_not_asked_for_its_issuer(world):
    world.put(world.achievement.badge_class, {**hosted(world), "name": 7})
    assert outcomes(world.verify(world.credential.assertion))["well-formed"] == "failed"


def test_a_whole_assertion_that_is_revoked(world):
    world.put(world.credential.assertion, {**world.assertion, "revoked": True, "revocationReason": "In error."})
    report = world.verify(world.credential.assertion)
    assert (report.verdict, report.subject.reason) == ("invalid", "In error.")
    assert world.verify({**world.assertion, "revoked": True}).subject.revoked


ENDORSEMENT = "https://uni.example/endorsements/2/ob2.json"


def of_achievement(world):
    return outcomes(world.verify(world.credential.assertion))["endorsement of the achievement"]


def test_a_hosted_endorsement_without_an_address_cannot_be_checked(world):
    target = Target("achievement", "urn:uuid:2", {"endorsement": [{"id": "urn:uuid:1"}]})
    found = check_hosted_endorsements(session_of(world), (target,))
    assert [finding.outcome for finding in found.findings] == ["unknown"]


def test_a_hosted_endorsement_that_cannot_be_read_cannot_be_checked(world):
    world.pages[ENDORSEMENT] = Fetched(ENDORSEMENT, 200, "text/html", b"<html>")
    assert of_achievement(world) == "unknown"


def test_a_hosted_endorsement_may_lie_where_its_endorser_says(world):
    place = "https://cdn.example/endorsement"
    body = json.loads(world.pages[ENDORSEMENT].body)
    world.put(place, {**body, "id": place})
    world.put(world.achievement.badge_class, {**hosted(world), "endorsement": place})
    assert of_achievement(world) == "failed"
    profile = world.university.profile
    home = json.loads(world.pages[profile].body)
    world.put(profile, {**home, "verification": {"allowedOrigins": ["cdn.example"]}})
    assert of_achievement(world) == "passed"


def test_the_moment_of_the_policy_counts(world):
    long_ago = Policy(at=datetime(2020, 1, 1, tzinfo=UTC))
    assert world.verify(token_of(world), policy=long_ago).verdict == "invalid"
    assert NOW.year == 2027


def test_an_endorsement_signed_in_a_way_that_we_do_not_know_cannot_be_checked(world):
    document = unsigned(world)
    document["credentialSubject"]["achievement"]["endorsement"][0]["proof"]["cryptosuite"] = "ecdsa-rdfc-2019"
    assert outcomes(world.verify(world.sign(document)))["endorsement of the achievement"] == "unknown"


@pytest.mark.parametrize(
    ("expires", "verdict"),
    [("2029-01-01T00:00:00Z", "valid"), ("2027-05-02T00:00:00Z", "invalid"), ("2027-02-30T00:00:00Z", "invalid")],
)
def test_a_proof_may_have_an_end(world, expires, verdict):
    document = unsigned(world)
    options = {**world.document["proof"], "expires": expires}
    del options["proofValue"]
    signed = secured(document, options, world.key.sign(hash_data(document, options)))
    report = world.verify(signed)
    assert report.verdict == verdict, report.findings
