"""Learner records (CLR 2.0), badges in the older data model, and endorsements that are tokens."""

import pytest

from openbadgekit import did_document, issue
from openbadgekit.documents.contexts import OB_3, OB_3_EXTENSIONS, VC_2
from openbadgekit.errors import Malformed
from openbadgekit.keys import Key
from openbadgekit.proofs import vc_jwt
from openbadgekit.proofs.data_integrity import JCS, RDFC, hash_data, secured
from openbadgekit.proofs.vc_jwt import VC_1
from openbadgekit.verify import signature
from tests.openbadgekit.tokens import signed, token_of, unsigned
from tests.openbadgekit.world import HOLDER, World, outcomes

CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
METHOD = "did:web:uni.example:units:food#key-1"
SUBJECT = "urn:uuid:44444444-4444-4444-8444-444444444444"


@pytest.fixture
def world():
    return World()


def proved(world, document, suite=RDFC, key=None):
    """Put a proof on whatever document, as the unit."""
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": "2027-05-01T09:30:00Z",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
    }
    return secured(document, options, (key or world.key).sign(hash_data(document, options)))


def record(world, *badges, **changes):
    document = {
        "@context": [VC_2, CLR, OB_3],
        "id": "https://uni.example/records/1",
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "Record of learning",
        "issuer": {"id": world.unit.id, "type": ["Profile"], "name": "Food Institute"},
        "validFrom": "2027-05-01T09:30:00Z",
        "credentialSubject": {
            "id": SUBJECT,
            "type": ["ClrSubject"],
            "verifiableCredential": list(badges) or [world.document],
        },
        **changes,
    }
    return {name: value for name, value in document.items() if value is not None}


def spoiled(document):
    return {**document, "name": "Another name"}


def test_a_record_is_valid_with_all_that_is_in_it(world):
    other = world.issued(id="https://uni.example/badges/def/ob3.json")
    report = world.verify(proved(world, record(world, world.document, other)))
    assert report.verdict == "valid", report.findings
    assert (report.subject.standard, report.subject.achievement_name) == ("CLR 2.0", "Record of learning")
    assert [inner.verdict for inner in report.contained] == ["valid", "valid"]
    assert [inner.subject.achievement_name for inner in report.contained] == ["Whole-Food Cooking"] * 2
    assert report.finding("contained badge 2").message.startswith("Valid. Signed by uni.example")
    assert [inner["verdict"] for inner in report.to_json()["contained"]] == ["valid", "valid"]


def test_one_broken_badge_breaks_the_record_and_says_which(world):
    broken = {**world.document, "proof": {**world.document["proof"], "created": "2027-05-01T09:30:01Z"}}
    report = world.verify(proved(world, record(world, world.document, broken)))
    assert report.verdict == "invalid"
    assert [inner.verdict for inner in report.contained] == ["valid", "invalid"]
    assert (outcomes(report)["contained badge 1"], outcomes(report)["contained badge 2"]) == ("passed", "failed")
    assert report.contained[1].subject is None


def test_a_badge_that_cannot_be_told_leaves_the_record_so(world):
    del world.pages[world.list_address]
    report = world.verify(proved(world, record(world, world.document)))
    assert (report.verdict, report.contained[0].verdict) == ("unknown", "unknown")


def test_a_revoked_badge_in_a_record(world):
    world.put_list(revoked=True)
    report = world.verify(proved(world, record(world)))
    assert (report.verdict, report.contained[0].subject.revoked) == ("invalid", True)


def test_a_record_by_a_stranger_shows_nothing_of_what_is_in_it(world):
    for document in (proved(world, record(world), key=Key.generate()), spoiled(proved(world, record(world)))):
        report = world.verify(document)
        assert (report.verdict, report.subject, report.contained) == ("invalid", None, ())


def test_a_record_may_be_a_token(world):
    token = token_of(world, record(world))
    report = world.verify(token)
    assert (report.verdict, len(report.contained)) == ("valid", 1), report.findings
    assert world.verify(token_of(world, record(world), key=Key.generate())).verdict == "invalid"


def test_a_badge_in_a_record_may_stand_in_an_envelope(world):
    envelope = {
        "@context": VC_2,
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{token_of(world)}",
    }
    report = world.verify(token_of(world, record(world, envelope)))
    assert report.contained[0].verdict == "valid", report.findings
    bad = {**envelope, "id": f"data:application/vc+jwt,{token_of(world, header={'alg': 'none'})}"}
    assert world.verify(token_of(world, record(world, bad))).contained[0].verdict == "invalid"


def test_a_record_in_a_record(world):
    inner = proved(world, record(world))
    report = world.verify(proved(world, record(world, inner, id="https://uni.example/records/2")))
    assert report.verdict == "valid", report.findings
    assert report.contained[0].contained[0].subject.achievement_name == "Whole-Food Cooking"


def test_records_are_not_followed_for_ever(world):
    document = record(world)
    for number in range(4):
        document = record(world, proved(world, document), id=f"https://uni.example/records/{number + 2}")
    report = world.verify(token_of(world, document))
    assert report.verdict == "unknown"


def test_another_credential_in_a_record_is_not_known(world):
    other = {**unsigned(world), "type": ["VerifiableCredential"]}
    report = world.verify(token_of(world, record(world, other)))
    assert (report.verdict, report.contained[0].finding("well-formed").outcome) == ("unknown", "unknown")


def test_a_record_with_too_many_badges_cannot_be_told(world):
    other = {**unsigned(world), "type": ["VerifiableCredential"]}
    report = world.verify(token_of(world, record(world, *[other] * 62)))
    assert (report.verdict, len(report.contained)) == ("unknown", 61)
    assert report.contained[-1].findings[0].message == "There are more badges in it than we check."


def test_the_recipient_of_a_record(world):
    subject = record(world)["credentialSubject"]
    subject["identifier"] = unsigned(world)["credentialSubject"]["identifier"]
    document = proved(world, record(world, credentialSubject=subject))
    assert outcomes(world.verify(document, recipient=HOLDER))["recipient"] == "passed"
    assert world.verify(document, recipient="bob@uni.example").verdict == "invalid"


WRONG = {
    "no name": {"name": None},
    "no issuer": {"issuer": None},
    "no context": {"@context": [VC_2, OB_3]},
    "the contexts the wrong way round": {"@context": [CLR, VC_2, OB_3]},
    "not a credential": {"type": ["ClrCredential"]},
    "no subject": {"credentialSubject": None},
    "another subject": {"credentialSubject": {"type": ["AchievementSubject"], "verifiableCredential": [{}]}},
    "nothing in it": {"credentialSubject": {"type": ["ClrSubject"], "verifiableCredential": []}},
    "an undefined term": {"colour": "red"},
}


@pytest.mark.parametrize("changes", WRONG.values(), ids=WRONG)
def test_an_ill_formed_record_is_refused(world, changes):
    report = world.verify({**record(world, **changes), "proof": proved(world, record(world))["proof"]})
    assert (report.verdict, report.contained) == ("invalid", ())


def test_a_record_signed_in_another_way_cannot_be_told(world):
    report = world.verify({**record(world), "proof": {"type": "Ed25519Signature2020"}})
    assert (report.verdict, outcomes(report)["proof"]) == ("unknown", "unknown")


def test_a_record_has_a_status_and_an_end(world):
    status = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "17",
        "statusListCredential": world.list_address,
    }
    document = proved(world, record(world, validUntil="2027-05-02T00:00:00Z", credentialStatus=status))
    report = world.verify(document)
    assert (outcomes(report)["dates"], outcomes(report)["revocation"]) == ("failed", "passed")


# the older data model


def older(world, **changes):
    document = unsigned(world, credentialStatus=None, **changes)
    document["@context"] = [VC_1, *document["@context"][1:]]
    document["issuer"].pop("endorsement")
    document["credentialSubject"]["achievement"].pop("endorsement")
    document["issuanceDate"] = document.pop("validFrom")
    return document


def older_token(world, inner, **claims):
    header = {"alg": "EdDSA", "kid": METHOD, "typ": "JWT"}
    known = {"iss": world.unit.id, "jti": inner["id"], "sub": inner["credentialSubject"]["id"], "nbf": 1_809_163_800}
    whole = {**known, **claims, "vc": inner}
    return signed(world.key, header, {name: value for name, value in whole.items() if value is not None})


def test_a_badge_of_the_older_model_is_read_and_verified(world):
    signed_document = proved(world, older(world), suite=JCS)
    report = world.verify(signed_document)
    assert report.verdict == "valid", report.findings
    assert report.subject.valid_from.year == 2027
    assert world.verify(spoiled(signed_document)).verdict == "invalid"


DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"


def older_rdfc(world, **changes):
    document = older(world, **{"relatedResource": None, **changes})
    document["@context"] = [VC_1, OB_3, OB_3_EXTENSIONS, DATA_INTEGRITY]
    return document


def test_an_older_badge_is_verified_over_its_statements(world):
    signed_document = proved(world, older_rdfc(world))
    report = world.verify(signed_document)
    assert report.verdict == "valid", report.findings
    assert report.finding("proof").message == "Its content is exactly what was signed."
    assert world.verify(spoiled(signed_document)).finding("proof").outcome == "failed"
    other = {**signed_document, "issuanceDate": "2026-05-01T09:30:00Z"}
    assert world.verify(other).finding("proof").message == "Its content is not what was signed."


def test_an_older_badge_may_not_say_what_nobody_signed(world):
    report = world.verify({**proved(world, older_rdfc(world)), "motto": "x"})
    assert report.verdict == "invalid"
    assert report.finding("proof").message == "No context defines 'motto', so it would not be signed. (at /motto)"


def test_an_older_badge_is_read_and_not_issued(world):
    with pytest.raises(Malformed):
        issue.prepare(older_rdfc(world))


def test_an_older_badge_of_a_context_that_is_not_shipped_cannot_be_told(world):
    document = proved(world, older_rdfc(world))
    document["@context"] = [*document["@context"], "https://w3id.org/security/suites/ed25519-2020/v1"]
    report = world.verify(document)
    assert (report.verdict, report.finding("proof").message) == (
        "unknown",
        "It is signed in a form of the older data model (1.1) that we cannot check.",
    )


def test_an_older_badge_that_ended(world):
    ended = proved(world, older(world, expirationDate="2027-05-02T00:00:00Z"), suite=JCS)
    assert world.verify(ended).sentence == "Not valid any more. It expired on 2 May 2027."


def test_an_older_token_is_read_and_verified(world):
    report = world.verify(older_token(world, older(world)))
    assert report.verdict == "valid", report.findings
    bare = older(world)
    for name in ("issuanceDate", "id"):
        del bare[name]
    subject = dict(bare["credentialSubject"])
    subject.pop("id")
    whole = older(world)
    token = signed(
        world.key,
        {"alg": "EdDSA", "kid": METHOD},
        {
            "iss": world.unit.id,
            "jti": whole["id"],
            "sub": whole["credentialSubject"]["id"],
            "nbf": 1_809_163_800,
            "exp": 1_872_322_200,
            "vc": {**bare, "credentialSubject": subject},
        },
    )
    report = world.verify(token)
    assert (report.verdict, report.subject.credential_id) == ("valid", whole["id"]), report.findings
    assert (report.subject.valid_from.year, report.subject.valid_until.year) == (2027, 2029)


FORGED = {
    "another issuer": {"iss": "did:web:evil.example"},
    "another id": {"jti": "urn:uuid:1"},
    "another subject": {"sub": "urn:uuid:1"},
    "another beginning": {"nbf": 1},
    "a time that is none": {"exp": 1e300},
    "a time that is text": {"exp": "1"},
}


@pytest.mark.parametrize("claims", FORGED.values(), ids=FORGED)
def test_an_older_token_whose_claims_say_otherwise_is_refused(world, claims):
    report = world.verify(older_token(world, older(world), **claims))
    assert (report.verdict, report.subject) == ("invalid", None)


@pytest.mark.parametrize("inner", [{"@context": [VC_2]}, {"@context": "x"}, {}, "text", []])
def test_what_stands_under_vc_must_be_of_the_older_model(world, inner):
    payload = {"iss": world.unit.id, "vc": inner}
    report = world.verify(signed(world.key, {"alg": "EdDSA", "kid": METHOD}, payload))
    assert (report.verdict, report.subject) == ("invalid", None)


def test_an_older_token_with_the_members_beside_the_claims(world):
    document = older(world)
    claims = {"iss": world.unit.id, "jti": document["id"], "sub": document["credentialSubject"]["id"]}
    header = {"alg": "EdDSA", "kid": METHOD}
    assert world.verify(signed(world.key, header, {**document, **claims, "nbf": 1_809_163_800})).verdict == "valid"
    assert world.verify(signed(world.key, header, {**document, **claims, "nbf": 1})).verdict == "invalid"


def test_an_older_proof_that_needs_its_context_cannot_be_told_without_it(world, monkeypatch):
    document = proved(world, older_rdfc(world))
    monkeypatch.setattr(signature, "is_shipped", lambda url: url != VC_1)
    report = world.verify(document)
    assert (report.verdict, outcomes(report)["proof"]) == ("unknown", "unknown")


def test_an_older_badge_of_another_shape_cannot_be_told(world):
    document = older(world)
    del document["credentialSubject"]["achievement"]["criteria"]
    assert world.verify(proved(world, document, suite=JCS)).verdict == "unknown"


# endorsements that are tokens


def endorsed(world, *tokens):
    """A badge whose achievement is endorsed by tokens instead."""
    document = unsigned(world)
    endorsement = dict(document["credentialSubject"]["achievement"].pop("endorsement")[0])
    del endorsement["proof"]
    document["credentialSubject"]["achievement"]["endorsementJwt"] = [make(world, endorsement) for make in tokens]
    return proved(world, document)


def by_university(world, endorsement, key=None, **changes):
    whole = {**endorsement, **changes}
    payload = vc_jwt.payload_for(whole)
    header = {"alg": "EdDSA", "kid": f"{world.university.id}#key-1", "typ": "JWT"}
    return signed(key or world.university_key, header, payload)


def test_an_endorsement_may_be_a_token(world):
    report = world.verify(endorsed(world, by_university))
    assert report.verdict == "valid", report.findings
    assert outcomes(report)["endorsement of the achievement"] == "passed"
    assert [claim.on for claim in report.subject.endorsements] == ["issuer", "achievement"]


BROKEN = {
    "by a stranger": lambda world, said: by_university(world, said, Key.generate()),
    "of something else": lambda world, said: by_university(
        world, said, credentialSubject={**said["credentialSubject"], "id": "https://uni.example/other"}
    ),
    "not yet in force": lambda world, said: by_university(world, said, validFrom="2028-01-01T00:00:00Z"),
    "unsigned": lambda world, said: by_university(world, said).rpartition(".")[0] + ".AAAA",
    "no endorsement": lambda world, said: token_of(world),
}


@pytest.mark.parametrize("forge", BROKEN.values(), ids=BROKEN)
def test_a_broken_endorsement_token_breaks_the_badge(world, forge):
    report = world.verify(endorsed(world, forge))
    assert (report.verdict, outcomes(report)["endorsement of the achievement"]) == ("invalid", "failed")


def test_an_endorsement_token_that_cannot_be_checked_leaves_the_verdict(world):
    def strange(there, said):
        data = by_university(there, said)
        return signed(there.university_key, {"alg": "ES512", "kid": "x"}, {"a": 1}) if data else ""

    report = world.verify(endorsed(world, strange))
    assert (report.verdict, outcomes(report)["endorsement of the achievement"]) == ("valid", "unknown")


def test_keys_of_other_kinds_endorse_too(world):
    key = Key.generate("RS256")
    world.put(f"{world.base}/.well-known/did.json", did_document(world.university.id, [("key-1", key.public_key)]))

    def by_rsa(there, said):
        header = {"alg": "RS256", "kid": f"{there.university.id}#key-1", "typ": "JWT"}
        return signed(key, header, vc_jwt.payload_for(said))

    document = endorsed(world, by_rsa)
    del document["issuer"]["endorsement"]
    report = world.verify(proved(world, {name: value for name, value in document.items() if name != "proof"}))
    assert report.verdict == "valid", report.findings
