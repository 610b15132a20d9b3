"""Issuing: what prepare refuses, and that nothing unprepared reaches a key."""

import dataclasses
import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError

from openbadgekit import Prepared, issue, ob3
from openbadgekit.errors import BadgeError, Malformed, Unsafe, Unsupported
from openbadgekit.keys import Key, multikey_decode
from openbadgekit.microcredential import Recipient
from tests.openbadgekit import sample


@pytest.fixture
def unsigned():
    return deepcopy(ob3.credential(sample.CREDENTIAL))


def put(document, path, value):
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value


def test_a_signed_badge_is_true_and_its_bytes_are_stable():
    signed = sample.signed_badge()
    issue.checked(signed, sample.UNIT_KEY.public)
    stored = issue.serialise(signed)
    assert json.loads(stored) == signed
    assert stored == issue.serialise(sample.signed_badge())
    assert signed["proof"]["created"] == "2025-05-01T00:00:00Z"
    assert len(stored) < 8_000


def test_a_foreign_verifier_accepts_it_and_refuses_a_changed_one():
    public = Ed25519PublicKey.from_public_bytes(multikey_decode(sample.UNIT_KEY.public))
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    verifier = OB3LdpVerifier(pubkey_pem=pem, issuer_did=sample.UNIT_DID)
    signed = sample.signed_badge()
    assert verifier.verify(signed).achievement.name == "Whole-Food Cooking Foundations"
    signed["credentialSubject"]["result"][1]["value"] = "99"
    with pytest.raises(OB3VerificationError):
        verifier.verify(signed)


def test_what_was_prepared_is_what_is_signed(unsigned):
    prepared = issue.prepare(unsigned)
    unsigned["name"] = "Another name"
    prepared.document["name"] = "Another name"
    signed = issue.sign(prepared, sample.UNIT_SIGNER, created=sample.GRANTED)
    assert signed["name"] == "Whole-Food Cooking Foundations"
    issue.checked(signed, sample.UNIT_KEY.public)


def test_prepared_documents_are_made_by_prepare_alone(unsigned):
    with pytest.raises(TypeError):
        Prepared(object(), unsigned, bytes(32))


@pytest.mark.parametrize(
    "method",
    [
        "did:web:uni.example#key-1",
        sample.UNIT_DID,
        f"{sample.UNIT_DID}#",
        f"{sample.UNIT_DID}x#key-1",
    ],
)
def test_it_refuses_a_key_that_is_not_the_issuers(unsigned, method):
    with pytest.raises(Malformed, match="not one of the issuer"):
        issue.sign(issue.prepare(unsigned), issue.LocalSigner(Key.generate(), method), created=sample.GRANTED)


def test_it_refuses_a_moment_without_a_zone(unsigned):
    prepared = issue.prepare(unsigned)
    with pytest.raises(Malformed, match="no time zone"):
        issue.sign(prepared, sample.UNIT_SIGNER, created=datetime(2025, 5, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("path", "value", "pointer"),
    [
        (("id",), "relative", "/id"),
        (("id",), 5, "/id"),
        (("type",), "OpenBadgeCredential", "/type"),
        (("type",), ["OpenBadgeCredential"], "/type"),
        (("validFrom",), "2025-05-01T00:00:00", "/validFrom"),
        (("validFrom",), "2025-02-30T00:00:00Z", "/validFrom"),
        (("validUntil",), "soon", "/validUntil"),
        (("extra",), "x", "/extra"),
        (("description",), "", "/description"),
        (("evidence",), [], "/evidence"),
        (("evidence",), None, "/evidence"),
        (("issuer", "name"), "a\x00b", "/issuer/name"),
        (("issuer", "name"), "a\ud800b", "/issuer/name"),
        (("issuer", "type"), ["Person"], "/issuer"),
        (("proof",), {"type": "DataIntegrityProof"}, "/proof"),
        (("credentialStatus",), [], "/credentialStatus"),
        (("credentialStatus", "statusListIndex"), 17, "/credentialStatus/statusListIndex"),
        (("credentialStatus", "statusListIndex"), "017", "/credentialStatus/statusListIndex"),
        (("credentialSubject", "achievement", "image", "alt"), "x", "/credentialSubject/achievement/image"),
        (("credentialSubject", "identifier", 0, "more"), "x", "/credentialSubject/identifier"),
        (("credentialSubject", "achievement", "criteria"), {}, "/credentialSubject/achievement/criteria"),
        (("credentialSubject", "achievement", "criteria"), "x", "/credentialSubject/achievement/criteria"),
        (("credentialSubject", "result", 0, "achievedLevel"), "level 2", "/credentialSubject/result/0/achievedLevel"),
        (("@context",), ["https://www.w3.org/ns/credentials/v2"], "/@context"),
        (("relatedResource", 0, "digestSRI"), "md5-00", "/relatedResource"),
    ],
)
def test_it_refuses_what_is_not_well_formed_and_says_where(unsigned, path, value, pointer):
    put(unsigned, path, value)
    with pytest.raises(BadgeError) as refusal:
        issue.prepare(unsigned)
    assert refusal.value.pointer.startswith(pointer)
    assert refusal.value.message


@pytest.mark.parametrize("name", ["@context", "id", "issuer", "validFrom", "credentialSubject"])
def test_it_refuses_a_document_that_lacks_a_required_member(unsigned, name):
    del unsigned[name]
    with pytest.raises(Malformed, match=name):
        issue.prepare(unsigned)


@pytest.mark.parametrize("kind", [None, [], ["Diploma"], "x", [["OpenBadgeCredential"]]])
def test_it_signs_only_kinds_that_it_knows(unsigned, kind):
    unsigned["type"] = kind
    with pytest.raises(Unsupported):
        issue.prepare(unsigned)


def test_it_refuses_an_endorsement_inside_that_is_not_signed(unsigned):
    del unsigned["issuer"]["endorsement"][0]["proof"]
    with pytest.raises(Malformed) as refusal:
        issue.prepare(unsigned)
    assert refusal.value.pointer == "/issuer/endorsement/0"


def test_it_refuses_a_document_without_end(unsigned):
    deep = unsigned["issuer"]
    for _ in range(100):
        deep["parentOrg"] = {"id": "did:web:uni.example", "type": ["Profile"]}
        deep = deep["parentOrg"]
    with pytest.raises(Unsafe):
        issue.prepare(unsigned)


@pytest.mark.parametrize("spoil", [{"name": "x"}, {"proof": None}, {"proof": []}, {"proof": {"type": "x"}}])
def test_a_spoiled_result_is_noticed(spoil):
    with pytest.raises(Malformed):
        issue.checked({**sample.signed_badge(), **spoil}, sample.UNIT_KEY.public)


def test_an_error_says_what_where_and_how_to_mend_it():
    error = Malformed("It is wrong.", "/a", "Mend it.")
    assert str(error) == "It is wrong. (at /a) Mend it."
    assert (error.message, error.pointer, error.mend) == ("It is wrong.", "/a", "Mend it.")


def changed_achievement(**changes):
    return dataclasses.replace(sample.CREDENTIAL, achievement=dataclasses.replace(sample.ACHIEVEMENT, **changes))


@pytest.mark.parametrize(
    "credential",
    [
        dataclasses.replace(sample.CREDENTIAL, granted=datetime(2025, 5, 1)),  # noqa: DTZ001
        dataclasses.replace(sample.CREDENTIAL, hours=Decimal("NaN")),
        dataclasses.replace(sample.CREDENTIAL, hours=Decimal(-1)),
        dataclasses.replace(sample.CREDENTIAL, results=(sample.Result("urn:uuid:no", "urn:uuid:no"),)),
        dataclasses.replace(sample.CREDENTIAL, results=(sample.Result(sample.COMPETENCY.id, "urn:uuid:no"),)),
        dataclasses.replace(sample.CREDENTIAL, recipient=Recipient("urn:uuid:0", "a@example.org", "")),
        dataclasses.replace(sample.CREDENTIAL, evidence=(sample.Evidence("https://a.example", sha256="xy"),)),
        dataclasses.replace(sample.CREDENTIAL, evidence=(sample.Evidence("https://a.example", sha256="ab"),)),
        changed_achievement(informal_most=Decimal(0)),
        changed_achievement(competencies=(dataclasses.replace(sample.COMPETENCY, required="urn:uuid:no"),)),
    ],
)
def test_values_that_have_no_form_are_refused(credential):
    with pytest.raises(Malformed):
        ob3.credential(credential)


def test_moments_keep_the_day_of_completion_and_are_utc_elsewhere():
    pacific = timezone(timedelta(hours=-7))
    document = ob3.credential(
        dataclasses.replace(
            sample.CREDENTIAL,
            granted=datetime(2025, 4, 30, 23, 30, tzinfo=pacific),
            ended_on=datetime(2025, 4, 28, tzinfo=pacific),
            started_on=datetime(2025, 4, 1, tzinfo=UTC),
        )
    )
    assert document["validFrom"] == document["awardedDate"] == "2025-05-01T06:30:00Z"
    assert document["credentialSubject"]["activityEndDate"] == "2025-04-28T00:00:00-07:00"
    assert document["credentialSubject"]["activityStartDate"] == "2025-04-01T00:00:00Z"


def test_a_bare_badge_can_be_signed_too():
    bare = dataclasses.replace(
        sample.CREDENTIAL,
        achievement=dataclasses.replace(
            sample.ACHIEVEMENT, informal_most=Decimal(0), alignments=(), tags=(), competencies=(), approval=""
        ),
        issuer=dataclasses.replace(sample.UNIT, parent=None, email=None),
        recipient=Recipient("urn:uuid:0"),
        results=(),
        informal=Decimal(0),
        valid_until=None,
        started_on=None,
        ended_on=None,
        evidence=(),
        status=None,
        attested="",
    )
    document = ob3.credential(bare)
    issue.checked(sample.signed_badge(bare), sample.UNIT_KEY.public)
    assert not {"evidence", "relatedResource", "credentialStatus", "validUntil"} & set(document)
    assert "null" not in issue.serialise(document).decode()
    assert deepcopy(document)["credentialSubject"]["result"] == [
        {"type": ["Result"], "resultDescription": sample.ACHIEVEMENT.hours_id, "value": "12.5"}
    ]
