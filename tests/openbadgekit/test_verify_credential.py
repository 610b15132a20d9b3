import copy
import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadgekit.base58btc import encode
from openbadgekit.errors import BadgeError, Unsafe
from openbadgekit.issue import serialise
from openbadgekit.keys import Key
from openbadgekit.proofs.data_integrity import hash_data
from openbadgekit.verify import Policy, verify
from tests.openbadgekit.world import GRANTED, HOLDER, NOW, MapFetcher, World, outcomes

EXAMPLES = Path(__file__).parents[3] / "shared" / "conformance" / "examples"


@pytest.fixture(scope="module")
def world():
    return World()


def altered(world, change):
    document = copy.deepcopy(world.document)
    change(document)
    return document


def test_a_good_badge_is_valid_and_every_finding_passed(world):
    report = world.verify(world.document, recipient=HOLDER)
    assert report.verdict == "valid"
    assert [finding.check for finding in report.findings] == [
        "readable",
        "well-formed",
        "proof",
        "key",
        "revocation",
        "dates",
        "recipient",
        "endorsement of the issuer",
        "endorsement of the achievement",
    ]
    assert {finding.outcome for finding in report.findings} == {"passed"}
    assert report.sentence == "Valid. Signed by uni.example, which we know as Food Institute."
    assert report.below == "Unchanged since 1 May 2027, not revoked."


def test_the_report_as_json(world):
    report = world.verify(world.document)
    answer = json.loads(json.dumps(report.to_json()))
    assert set(answer) == {"verdict", "sentence", "findings", "subject"}
    assert answer["sentence"] == report.sentence
    assert answer["subject"] == {
        "standard": "3.0",
        "id": "https://uni.example/badges/abc/ob3.json",
        "issuer": "did:web:uni.example:units:food",
        "domain": "uni.example",
        "achievement": "Whole-Food Cooking",
    }
    assert "achievement" not in replace(report.subject, achievement_name=None).to_json()
    assert set(world.verify(b"{}").to_json()) == {"verdict", "sentence", "findings"}
    assert answer["findings"][0] == {"check": "readable", "outcome": "passed", "message": "There is a badge in it."}
    assert "recipient" not in {finding["check"] for finding in answer["findings"]}


def test_the_claims_are_what_was_signed(world):
    claims = world.verify(world.document).subject
    assert (claims.standard, claims.domain, claims.known_as) == ("3.0", "uni.example", "Food Institute")
    assert (claims.issuer_name, claims.parent_name) == ("Food Institute", "University of Examples")
    assert (claims.achievement_name, claims.version) == ("Whole-Food Cooking", "1.0.0")
    assert (claims.results, claims.hours, claims.informal) == ((("Plan a week", "Proficient"),), "12.5", "3.5")
    assert (claims.valid_from, claims.valid_until) == (GRANTED, None)
    assert claims.evidence[0].digest.startswith("sha256-")
    assert [(one.on, one.endorser_name) for one in claims.endorsements] == [
        ("issuer", "University of Examples"),
        ("achievement", "University of Examples"),
    ]


def test_an_issuer_that_nobody_knows_can_have_a_valid_badge(world):
    report = world.verify(world.document, policy=Policy(at=NOW))
    assert report.verdict == "valid"
    assert report.sentence == "Valid. Signed by uni.example."
    assert "that is its own word" in report.below
    assert report.finding("endorsement of the issuer").outcome == "unknown"


CHANGES = {
    "name": lambda d: d.update(name="Brain Surgery"),
    "achievement name": lambda d: d["credentialSubject"]["achievement"].update(name="Brain Surgery"),
    "level": lambda d: d["credentialSubject"]["result"][0].update(achievedLevel="urn:uuid:other"),
    "hours": lambda d: d["credentialSubject"]["result"][1].update(value="120"),
    "subject": lambda d: d["credentialSubject"].update(id="urn:uuid:55555555-5555-4555-8555-555555555555"),
    "recipient": lambda d: d["credentialSubject"]["identifier"][0].update(salt="other"),
    "date": lambda d: d.update(validFrom="2026-01-01T00:00:00Z"),
    "no status": lambda d: d.pop("credentialStatus"),
    "status index": lambda d: d["credentialStatus"].update(statusListIndex="18"),
    "no endorsement": lambda d: d["issuer"].pop("endorsement"),
    "evidence": lambda d: d.pop("evidence"),
    "created": lambda d: d["proof"].update(created="2020-01-01T00:00:00Z"),
    "extra": lambda d: d.update(description="more"),
    "signature": lambda d: d["proof"].update(proofValue="z" + "2" * 87),
    "flipped": lambda d: d["proof"].update(proofValue=d["proof"]["proofValue"][:-1] + "1"),
    "no signature value": lambda d: d["proof"].pop("proofValue"),
    "another purpose": lambda d: d["proof"].update(proofPurpose="authentication"),
    "no method": lambda d: d["proof"].pop("verificationMethod"),
    "context order": lambda d: d["@context"].reverse(),
    "no proof": lambda d: d.pop("proof"),
    "an empty proof": lambda d: d.update(proof=[]),
    "a second, false proof": lambda d: d.update(proof=[d["proof"], {**d["proof"], "created": "2020-01-01T00:00:00Z"}]),
    "too many proofs": lambda d: d.update(proof=[d["proof"]] * 5),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_is_changed_afterwards_is_not_valid_and_shows_nothing(world, change):
    report = world.verify(altered(world, change))
    assert report.verdict == "invalid"
    assert report.subject is None
    assert {"revocation", "dates", "endorsement of the issuer"}.isdisjoint(outcomes(report))


def test_an_altered_badge_says_that_the_signature_does_not_fit(world):
    report = world.verify(altered(world, CHANGES["name"]))
    assert report.sentence == "Not valid. The signature does not fit this badge."
    assert "uni.example never signed it" in report.below


def test_a_badge_without_a_signature_cannot_be_checked_at_all(world):
    report = world.verify(altered(world, CHANGES["no proof"]))
    assert report.sentence == "Not valid. Nothing in this badge can be checked."


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_changed_byte_is_refused_or_changes_nothing(world, data):
    whole = serialise(world.document)
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda value: value != whole[place]))
    changed = whole[:place] + bytes([other]) + whole[place + 1 :]
    report = world.verify(changed)
    if report.verdict == "valid":
        assert json.loads(changed) == world.document
    elif report.verdict == "unknown":
        assert report.subject is None


@pytest.mark.parametrize(
    "change", [lambda d: d.update(favouriteColour="blue"), lambda d: d["issuer"].update(x={"y": 1})]
)
def test_a_term_that_no_context_defines_fails_the_form(world, change):
    report = world.verify(altered(world, change))
    assert outcomes(report) == {"readable": "passed", "well-formed": "failed"}


def test_an_inline_context_fails_the_form(world):
    report = world.verify(altered(world, lambda d: d["@context"].append({"favouriteColour": "https://a.example/"})))
    assert outcomes(report)["well-formed"] == "failed"


def test_another_key_under_the_same_name_does_not_pass(world):
    forged = world.sign(
        {name: value for name, value in world.document.items() if name != "proof"}, key=Key.from_seed(b"x" * 32)
    )
    report = world.verify(forged)
    assert (report.verdict, outcomes(report)["proof"]) == ("invalid", "failed")


def test_the_jcs_suite_is_read_too(world):
    from_rdfc = {name: value for name, value in world.document.items() if name != "proof"}
    report = world.verify(jcs_signed(world, from_rdfc))
    assert report.verdict == "valid"
    tampered = jcs_signed(world, from_rdfc)
    tampered["name"] = "Other"
    assert world.verify(tampered).verdict == "invalid"


def jcs_signed(world, document):
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": "2027-05-01T09:30:00Z",
        "verificationMethod": f"{world.unit.id}#key-1",
        "proofPurpose": "assertionMethod",
        "@context": document["@context"],
    }
    signature = world.key.sign(hash_data(document, options))
    return {**document, "proof": {**options, "proofValue": encode(signature)}}


def test_every_proof_of_a_set_must_hold(world):
    plain = {name: value for name, value in world.document.items() if name != "proof"}
    both = {**plain, "proof": [world.document["proof"], jcs_signed(world, plain)["proof"]]}
    assert world.verify(both).verdict == "valid"
    both["proof"][1]["proofValue"] = "z" + "3" * 87
    assert world.verify(both).verdict == "invalid"


@pytest.mark.parametrize(
    "proof",
    [{"cryptosuite": "ecdsa-rdfc-2019"}, {"type": "Ed25519Signature2020"}, {"cryptosuite": "ev\u202eil\n" * 40}],
)
def test_a_way_of_signing_that_we_do_not_know_cannot_be_told(world, proof):
    report = world.verify(altered(world, lambda d: d["proof"].update(proof)))
    assert report.verdict == "unknown"
    message = report.finding("proof").message
    assert message.startswith("It is signed in a way we do not know: ")
    assert message.isprintable() and len(message) < 200
    assert report.subject is None


def test_an_unknown_proof_beside_a_good_one_cannot_be_told(world):
    proofs = [world.document["proof"], {**world.document["proof"], "cryptosuite": "bbs-2023"}]
    assert world.verify(altered(world, lambda d: d.update(proof=proofs))).verdict == "unknown"


def test_a_proof_that_has_ended_does_not_hold(world):
    report = world.verify(altered(world, lambda d: d["proof"].update(expires="2027-05-01T10:00:00Z")))
    assert report.finding("proof").outcome == "failed"


def test_an_expired_badge_is_not_valid_any_more(world):
    report = world.verify(world.issued(valid_until=NOW - timedelta(days=1)))
    assert report.verdict == "invalid"
    assert outcomes(report)["dates"] == "failed"
    assert report.sentence == "Not valid any more. It expired on 1 May 2027."
    assert report.subject.valid_until == NOW - timedelta(days=1)


def test_a_badge_with_an_end_ahead_is_valid(world):
    report = world.verify(world.issued(valid_until=NOW + timedelta(seconds=1)))
    assert report.finding("dates").message == "In force since 1 May 2027, until 2 May 2027."
    assert report.verdict == "valid"


def test_a_badge_that_holds_from_tomorrow_is_not_valid_yet(world):
    report = world.verify(world.issued(granted=NOW + timedelta(days=1)))
    assert report.verdict == "invalid"
    assert report.sentence == "Not valid yet. It holds from 3 May 2027."


def test_a_date_without_a_zone_is_not_accepted(world):
    report = world.verify(altered(world, lambda d: d.update(validFrom="2027-05-01T00:00:00")))
    assert report.verdict == "invalid"


@pytest.mark.parametrize("address", [HOLDER, "Ana@UNI.example", "  ana@uni.example "])
def test_the_recipient_is_told_by_the_hash(world, address):
    assert outcomes(world.verify(world.document, recipient=address))["recipient"] == "passed"


@pytest.mark.parametrize("address", ["bob@uni.example", "ana@uni.example.evil", "", "not an address"])
def test_another_recipient_makes_it_not_valid(world, address):
    report = world.verify(world.document, recipient=address)
    assert (report.verdict, outcomes(report)["recipient"]) == ("invalid", "failed")


def test_a_badge_that_names_nobody_cannot_be_told_for_a_recipient(world):
    nobody = world.issued(lambda d: d["credentialSubject"].pop("identifier"))
    report = world.verify(nobody, recipient=HOLDER)
    assert (report.verdict, outcomes(report)["recipient"]) == ("unknown", "unknown")
    assert world.verify(nobody).verdict == "valid"


def test_the_first_data_model_is_not_known(world):
    old = altered(world, lambda d: d.update({"@context": ["https://www.w3.org/2018/credentials/v1"]}))
    report = world.verify(old)
    assert (report.verdict, report.finding("well-formed").message) == ("unknown", "We do not know this kind of badge.")


def test_a_fetcher_that_answers_nothing_leaves_it_untold(world):
    report = verify(serialise(world.document), policy=world.policy, fetcher=MapFetcher({}))
    assert report.verdict == "unknown"
    assert outcomes(report) == {"readable": "passed", "well-formed": "passed", "proof": "unknown", "key": "unknown"}
    assert report.finding("key").message == "uni.example did not show its keys."
    assert report.subject is None


def test_a_document_is_fetched_once_and_never_more_than_eight(world):
    fetcher = MapFetcher(world.pages)
    verify(serialise(world.document), policy=world.policy, fetcher=fetcher)
    assert len(fetcher.asked) == len(set(fetcher.asked)) == 3


def test_a_fetcher_that_refuses_leaves_it_untold(world):
    class Refusing:
        def fetch(self, url, *, accept, deadline):
            raise Unsafe("no")

    assert verify(serialise(world.document), policy=world.policy, fetcher=Refusing()).verdict == "unknown"


def test_the_official_example_is_read():
    path = EXAMPLES / "ob30" / "simple.json"
    if not path.exists():
        pytest.skip(f"the official examples are not at {EXAMPLES}")
    report = verify(path, fetcher=MapFetcher({}), policy=Policy(at=NOW))
    assert outcomes(report) == {"readable": "passed", "well-formed": "passed", "proof": "unknown", "key": "unknown"}


def test_a_policy_needs_a_moment_with_a_zone():
    with pytest.raises(ValueError, match="zone"):
        Policy(at=datetime(2027, 1, 1))  # noqa: DTZ001


def test_the_world_of_these_tests_has_two_origins():
    world = World(elsewhere="https://academy.example")
    assert world.verify(world.document).verdict == "valid"
    assert world.verify(world.assertion).verdict == "valid"


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=8,
    ),
    st.data(),
)
def test_any_foreign_value_in_any_place_gives_a_report(world, value, data):
    document = copy.deepcopy(data.draw(st.sampled_from([world.document, world.assertion])))
    place = document
    while True:
        name = data.draw(st.sampled_from(sorted(place)))
        if not isinstance(place[name], dict) or not place[name] or data.draw(st.booleans()):
            break
        place = place[name]
    before = place[name]
    place[name] = value
    try:
        text = json.dumps(document).encode()
    except ValueError:
        return
    report = world.verify(text)
    assert report.verdict in ("invalid", "unknown") or before == value


def test_a_badge_for_the_far_future_is_read(world):
    report = world.verify(world.issued(valid_until=datetime(9999, 12, 31, tzinfo=UTC)))
    assert report.verdict == "valid"


def test_nothing_but_badge_errors_from_an_odd_fetcher(world):
    class Odd:
        def fetch(self, url, *, accept, deadline):
            raise BadgeError("odd")

    report = verify(serialise(world.document), policy=replace(world.policy), fetcher=Odd())
    assert report.verdict == "unknown"


def test_parts_that_cannot_be_told_apart_are_refused_at_once(world):
    started = time.monotonic()
    clique = [{"type": ["Evidence"]} for _ in range(12)]
    report = world.verify(altered(world, lambda d: d.update(evidence=clique)))
    assert report.verdict == "invalid"
    assert time.monotonic() - started < 2


def test_when_the_time_is_over_nothing_is_valid(world):
    class Slow(MapFetcher):
        def fetch(self, url, *, accept, deadline):
            answer = super().fetch(url, accept=accept, deadline=deadline)
            time.sleep(max(0.0, deadline - time.monotonic()))
            return answer

    report = verify(serialise(world.document), policy=world.policy, fetcher=Slow(world.pages))
    assert report.verdict == "unknown"


def test_a_proof_whose_end_cannot_be_read_does_not_hold(world):
    report = world.verify(altered(world, lambda d: d["proof"].update(expires="2027-13-01T10:00:00Z")))
    assert report.verdict == "invalid"
