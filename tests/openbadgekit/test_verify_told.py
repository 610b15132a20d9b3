"""What a report tells, word for word: every finding, every claim, the sentence and the one below it."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta

import pytest

from openbadgekit.identity import Identity
from openbadgekit.verify import verify
from openbadgekit.verify.checks import check_dates, check_recipient
from openbadgekit.verify.reading import brief, day, domain
from openbadgekit.verify.report import Claims, EndorsementClaim, EvidenceClaim
from openbadgekit.verify.session import SKEW, Session
from tests.openbadgekit.test_verify_clr import proved, record
from tests.openbadgekit.test_verify_signed import Signed
from tests.openbadgekit.world import APPROVED, GRANTED, HOLDER, NOW, MapFetcher, World, outcomes

AT = "https://uni.example/micro-credentials/cooking/versions/1.0.0"
CRITERIA = "Cook a week.\n\nAsks for at least 12 hours of training: 1 block of 12 hours; not academic credit."
ENDORSED = (
    ("endorsement of the issuer", "passed", "the issuer on 2 January 2027: “Decision 7 of 2 January 2027.”"),
    ("endorsement of the achievement", "passed", "the achievement on 2 January 2027: “Decision 8, rubric 1.”"),
)


@pytest.fixture
def world():
    return World()


def told(report):
    return [(finding.check, finding.outcome, finding.message) for finding in report.findings]


def common(standard, proof, key):
    return [
        ("readable", "passed", "There is a badge in it."),
        ("well-formed", "passed", f"It is a well-formed Open Badges {standard} badge."),
        ("proof", "passed", proof),
        ("key", "passed", key),
        ("revocation", "passed", "Not revoked, as of 2 May 2027, 12:00 UTC."),
        ("dates", "passed", "In force since 1 May 2027, until 5 May 2027."),
        ("recipient", "passed", "It was awarded to the address you gave."),
        *((check, outcome, f"University of Examples endorsed {words}") for check, outcome, words in ENDORSED),
    ]


def endorsements(endorser, end):
    return tuple(
        EndorsementClaim(
            on=on,
            id=f"https://uni.example/endorsements/{number}{end}",
            endorser=endorser,
            domain="uni.example",
            endorser_name="University of Examples",
            comment=comment,
            date=APPROVED,
        )
        for on, number, comment in (
            ("issuer", 1, "Decision 7 of 2 January 2027."),
            ("achievement", 2, "Decision 8, rubric 1."),
        )
    )


def test_all_that_a_credential_says(world):
    report = world.verify(world.issued(valid_until=NOW + timedelta(days=3)), recipient=HOLDER)
    assert told(report) == common("3.0", "Its content is exactly what was signed.", "The key belongs to uni.example.")
    assert report.sentence == "Valid. Signed by uni.example, which we know as Food Institute."
    assert report.below == "Unchanged since 1 May 2027, not revoked."
    assert report.subject == Claims(
        standard="3.0",
        credential_id="https://uni.example/badges/abc/ob3.json",
        issuer_id="did:web:uni.example:units:food",
        domain="uni.example",
        known_as="Food Institute",
        issuer_name="Food Institute",
        parent_name="University of Examples",
        achievement_id=AT,
        achievement_name="Whole-Food Cooking",
        description="Plan and cook.",
        version="1.0.0",
        criteria=CRITERIA,
        narrative="Attested by the unit.",
        valid_from=GRANTED,
        valid_until=NOW + timedelta(days=3),
        results=(("Plan a week", "Proficient"),),
        hours="12.5",
        informal="3.5",
        evidence=(
            EvidenceClaim(
                "https://uni.example/evidence/1",
                "Week plan",
                None,
                "sha256-q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=",
            ),
        ),
        endorsements=endorsements("did:web:uni.example", ""),
    )


def test_all_that_a_hosted_assertion_says(world):
    assertion = {**world.assertion, "expires": "2027-05-05T12:00:00Z"}
    world.put(assertion["id"], assertion)
    report = world.verify(assertion, recipient=HOLDER)
    found = common(
        "2.0", "uni.example hosts it, just like this.", "The badge and its issuer both belong to uni.example."
    )
    assert told(report) == found
    assert report.subject == Claims(
        standard="2.0",
        credential_id="https://uni.example/badges/abc/ob2.json",
        issuer_id="https://uni.example/units/food/ob2.json",
        domain="uni.example",
        known_as="Food Institute",
        issuer_name="Food Institute",
        parent_name=None,
        achievement_id=f"{AT}/ob2.json",
        achievement_name="Whole-Food Cooking",
        description="Plan and cook.",
        version="1.0.0",
        criteria=CRITERIA,
        narrative=world.assertion["narrative"],
        valid_from=GRANTED,
        valid_until=NOW + timedelta(days=3),
        evidence=(EvidenceClaim("https://uni.example/evidence/1", "Week plan", _evidence_words(world), None),),
        endorsements=endorsements("https://uni.example/ob2.json", "/ob2.json"),
        hosted=True,
    )


def _evidence_words(world):
    (evidence,) = world.assertion["evidence"]
    return evidence["narrative"]


def test_a_signed_assertion_says_the_same_and_is_not_hosted():
    world = Signed()
    world.put_revoked("urn:uuid:1", "urn:uuid:2")
    report = world.verify(world.token(expires="2027-05-05T12:00:00Z"), recipient=HOLDER)
    assert told(report) == common("2.0", "Its content is exactly what was signed.", "The key belongs to uni.example.")
    assert report.subject.credential_id == world.plain()["id"]
    assert (report.subject.hosted, report.subject.achievement_id) == (False, f"{AT}/ob2.json")


def test_all_that_a_learner_record_says(world):
    issuer = {
        "id": world.unit.id,
        "type": ["Profile"],
        "name": "Food Institute",
        "parentOrg": {"id": "https://uni.example/", "type": ["Profile"], "name": "University"},
    }
    document = record(world, description="All of it.", validUntil="2027-12-31T09:30:00Z", issuer=issuer)
    report = world.verify(proved(world, document))
    assert told(report)[2:] == [
        ("proof", "passed", "Its content is exactly what was signed."),
        ("key", "passed", "The key belongs to uni.example."),
        ("dates", "passed", "In force since 1 May 2027, until 31 December 2027."),
        ("contained badge 1", "passed", "Valid. Signed by uni.example, which we know as Food Institute."),
    ]
    assert report.subject == Claims(
        standard="CLR 2.0",
        credential_id="https://uni.example/records/1",
        issuer_id="did:web:uni.example:units:food",
        domain="uni.example",
        known_as="Food Institute",
        issuer_name="Food Institute",
        parent_name="University",
        achievement_id=None,
        achievement_name="Record of learning",
        description="All of it.",
        valid_from=GRANTED,
        valid_until=datetime(2027, 12, 31, 9, 30, tzinfo=UTC),
    )
    stranger = verify(
        json.dumps(proved(world, document)).encode(),
        policy=dataclasses.replace(world.policy, trusted={}),
        fetcher=MapFetcher(world.pages),
    )
    assert stranger.subject.known_as is None
    assert stranger.sentence == "Valid. Signed by uni.example."
    assert stranger.below == (
        "It calls itself “Food Institute”; that is its own word. "
        "Make sure that uni.example is theirs before you rely on it."
    )


def session(world):
    return Session(world.policy, MapFetcher(world.pages))


@pytest.mark.parametrize(
    ("begins", "ends", "outcome", "words"),
    [
        (None, None, "passed", "In force. It has no end."),
        ("2027-05-01T00:00:00Z", None, "passed", "In force since 1 May 2027. It has no end."),
        (None, "2027-05-03T00:00:00Z", "passed", "In force, until 3 May 2027."),
        (None, "2027-05-02T12:00:00Z", "failed", "Expired on 2 May 2027."),
        (None, "2027-05-02T12:00:01Z", "passed", "In force, until 2 May 2027."),
        ("2027-05-02T12:01:00Z", None, "passed", "In force since 2 May 2027. It has no end."),
        ("2027-05-02T12:01:01Z", None, "failed", "It holds from 2 May 2027 only."),
        ("yesterday", None, "unknown", "A date cannot be read: yesterday."),
        (None, 5, "unknown", "A date cannot be read: 5."),
    ],
)
def test_dates_to_the_second(world, begins, ends, outcome, words):
    assert timedelta(minutes=1) == SKEW
    found = check_dates(session(world), begins, ends)
    assert (found.check, found.outcome, found.message) == ("dates", outcome, words)


def test_each_month_has_its_name():
    names = [day(datetime(2027, month, 9, tzinfo=UTC)).split()[1] for month in range(1, 13)]
    assert names == [datetime(2027, month, 9).strftime("%B") for month in range(1, 13)]  # noqa: DTZ001


def test_foreign_words_are_cut_to_eighty():
    assert brief("a" * 80) == "a" * 80
    assert brief("a" * 81) == "a" * 80 + "…"
    assert brief(" a\u202eb\n") == "a b"
    assert domain("did:web:uni.example%3A8443:x") == "uni.example:8443"
    assert domain("https://who@uni.example/x") == "uni.example"


@pytest.mark.parametrize(
    ("identities", "subject", "sought", "outcome"),
    [
        ([], "mailto:ana@uni.example", HOLDER, "passed"),
        ([], "MAILTO:Ana@uni.example", f" {HOLDER} ", "passed"),
        ([], "mailto:eve@uni.example", HOLDER, "failed"),
        ([], "urn:uuid:1", HOLDER, "unknown"),
        ([], None, HOLDER, "unknown"),
        ([], "urn:uuid:1", Identity("id", "urn:uuid:1"), "passed"),
        ([], "urn:uuid:2", Identity("id", "urn:uuid:1"), "failed"),
        ([], None, Identity("id", "urn:uuid:1"), "unknown"),
        ([], "urn:uuid:1", Identity("name", "urn:uuid:1"), "unknown"),
        ([], "urn:uuid:1", Identity("name", "Ana"), "unknown"),
        ([{"type": "email", "hashed": False, "identity": "eve@uni.example"}], None, HOLDER, "failed"),
        ([{"type": "email", "hashed": False, "identity": HOLDER}], "mailto:eve@uni.example", HOLDER, "passed"),
    ],
)
def test_the_recipient_by_subject_and_by_identity(identities, subject, sought, outcome):
    found = check_recipient(identities, subject, sought)
    assert (found.check, found.outcome) == ("recipient", outcome)
    who = "the address you gave" if sought in (HOLDER, f" {HOLDER} ") else "the one you named"
    words = {"passed": f"It was awarded to {who}.", "failed": f"It was not awarded to {who}."}
    assert found.message == words.get(outcome, "It does not say to whom it was awarded.")


def test_exactly_four_hosted_endorsements_are_checked():
    world = World()
    assertion = dict(world.assertion)
    for count, more in ((2, False), (3, True)):
        assertion["endorsement"] = [f"https://uni.example/endorsements/{5 + n}/ob2.json" for n in range(count)]
        world.put(assertion["id"], assertion)
        messages = [f.message for f in world.verify(assertion).findings if f.check == "endorsement of the badge"]
        assert ("There are more endorsements than we check." in messages) is more
        assert len(messages) == count


def test_a_digest_of_something_else_is_passed_over_and_the_next_one_counts(world):
    first, second = ("https://uni.example/other", "sha256-AA=="), (AT, "sha256-AAAA")
    for resources, outcome in (((first,), "passed"), ((first, second), "failed")):
        document = json.loads(json.dumps(world.document))
        (vouched,) = document["credentialSubject"]["achievement"]["endorsement"]
        vouched.pop("proof")
        vouched["relatedResource"] = [
            {"id": name, "digestSRI": digest, "mediaType": "application/json"} for name, digest in resources
        ]
        document.pop("proof")
        document["credentialSubject"]["achievement"]["endorsement"] = [world.sign(vouched, by_university=True)]
        report = world.verify(world.sign(document))
        assert outcomes(report)["endorsement of the achievement"] == outcome, report.findings
