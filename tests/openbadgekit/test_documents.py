"""The documents of both standards: their shape, by our own schemas and by the official ones."""

import dataclasses
import json
from copy import deepcopy
from datetime import UTC, datetime
from decimal import Decimal

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openbadgeslib.ob2 import OB2_CONTEXT, OB2Verifier

from openbadgekit import issue, ob2, ob3, status
from openbadgekit.canonical import digest_sri
from openbadgekit.documents.schema import Kind, check
from openbadgekit.errors import BadgeError, Malformed
from tests.openbadgekit import sample

NOW = datetime(2025, 5, 1, tzinfo=UTC)
FULL = dataclasses.replace(
    sample.CREDENTIAL,
    narrative="Worked in the teaching kitchen.",
    issuer=dataclasses.replace(sample.ENDORSED_UNIT, description="Teaches cooking."),
)
BARE = dataclasses.replace(
    FULL, evidence=(), status=None, valid_until=None, started_on=None, ended_on=None, attested=""
)
CREDENTIALS = [sample.CREDENTIAL, FULL, BARE]


def signed_list():
    document = status.status_list_credential(f"{sample.BASE}/status/1", sample.UNIT, bytes(16_384), NOW)
    return issue.sign(issue.prepare(document), sample.UNIT_SIGNER, created=NOW)


def every_document():
    for badge in CREDENTIALS:
        yield Kind.CREDENTIAL, ob3.credential(badge)
        yield Kind.CREDENTIAL, sample.signed_badge(badge)
        yield Kind.ACHIEVEMENT, ob3.achievement(badge.achievement)
        yield Kind.PROFILE, ob3.profile(badge.issuer)
        yield Kind.ASSERTION, ob2.assertion(badge)
    for claim in (sample.UNIT_ENDORSEMENT, sample.VERSION_ENDORSEMENT):
        yield Kind.ENDORSEMENT_CREDENTIAL, ob3.endorsement(claim)
        yield Kind.ENDORSEMENT_CREDENTIAL, sample.signed_endorsement(claim)
        yield Kind.ENDORSEMENT_OB2, ob2.endorsement(claim)
    yield Kind.STATUS_LIST, signed_list()
    yield Kind.BADGE_CLASS, ob2.badge_class(sample.ACHIEVEMENT)
    yield Kind.PROFILE_OB2, ob2.profile(sample.UNIT)
    yield Kind.PROFILE_OB2, ob2.profile(sample.UNIVERSITY)
    yield Kind.REVOKED_ASSERTION, ob2.revoked("https://uni.example/badges/1/ob2.json", "Awarded in error")


def test_every_document_of_ours_has_the_shape_that_we_ask_for():
    for kind, document in every_document():
        assert check(document, kind) == [], kind


OFFICIAL = {
    Kind.CREDENTIAL: "ob_v3p0_achievementcredential_schema.json",
    Kind.ENDORSEMENT_CREDENTIAL: "ob_v3p0_endorsementcredential_schema.json",
    Kind.PROFILE: "ob_v3p0_profile_schema.json",
}


@pytest.fixture(scope="module")
def official_validators(official):
    return {
        kind: jsonschema_rs.Draft201909Validator(official(f"schemas/{file}"), validate_formats=True)
        for kind, file in OFFICIAL.items()
    }


@pytest.mark.conformance
def test_every_document_of_ours_has_the_official_shape(official_validators):
    checked = 0
    for kind, document in every_document():
        if kind in official_validators:
            official_validators[kind].validate(document)
            checked += 1
    assert checked >= 12


@pytest.mark.conformance
def test_the_official_examples_have_the_shape_that_we_ask_for(official):
    assert check(official("examples/ob30/simple.json"), Kind.CREDENTIAL) == []
    assert check(official("examples/ob20/basic-assertion.json"), Kind.ASSERTION) == []


# Members whose absence or kind both sides judge alike; ours asks for more where the text of the standard does.
SPOILS = ["", 5, [], {}, "x"]


@pytest.mark.conformance
def test_what_the_official_shape_refuses_ours_refuses_too(official_validators):
    document = sample.signed_badge()
    validator = official_validators[Kind.CREDENTIAL]
    refused = 0
    for path in paths(document):
        for spoil in (*SPOILS, None):
            copy = deepcopy(document)
            place = copy
            for step in path[:-1]:
                place = place[step]
            if spoil is None:
                del place[path[-1]]
            else:
                place[path[-1]] = spoil
            if not validator.is_valid(copy):
                refused += 1
                assert check(copy, Kind.CREDENTIAL), (path, spoil)
    assert refused > 150


def paths(value, path=()):
    if isinstance(value, dict):
        for name, member in value.items():
            yield (*path, name)
            yield from paths(member, (*path, name))
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from paths(member, (*path, place))


def test_single_values_are_read_as_lists_of_one():
    document = sample.signed_badge()
    document["evidence"] = document["evidence"][0]
    document["credentialSchema"] = document["credentialSchema"][0]
    document["issuer"]["type"] = "Profile"
    document["credentialSubject"]["result"] = document["credentialSubject"]["result"][0]
    document["proof"] = [document["proof"]]
    assert check(document, Kind.CREDENTIAL) == []


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5), st.sampled_from(Kind)
)
def test_any_value_is_judged_without_an_error(value, kind):
    assert check({"id": value, "type": value, "@context": value}, kind)


def test_a_problem_is_told_with_its_place():
    document = sample.signed_badge()
    document["credentialSubject"]["achievement"]["resultDescription"][0]["rubricCriterionLevel"][1]["name"] = 5
    (problem,) = check(document, Kind.CREDENTIAL)
    assert problem.pointer == "/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/1/name"
    assert str(problem).endswith(f"(at {problem.pointer})")


def test_the_digest_of_the_version_is_that_of_what_the_badge_holds():
    achievement = sample.signed_badge()["credentialSubject"]["achievement"]
    del achievement["endorsement"]
    claimed = sample.ENDORSED_ACHIEVEMENT.endorsements[0]["relatedResource"][0]
    assert claimed == {
        "id": achievement["id"],
        "digestSRI": digest_sri(achievement),
        "mediaType": "application/json",
    }


def test_the_members_are_those_of_the_shape_that_was_accepted():
    document = sample.signed_badge()
    assert list(document) == [
        "@context",
        "id",
        "type",
        "name",
        "issuer",
        "validFrom",
        "validUntil",
        "awardedDate",
        "credentialSubject",
        "evidence",
        "relatedResource",
        "credentialStatus",
        "credentialSchema",
        "proof",
    ]
    assert [result.get("value") for result in document["credentialSubject"]["result"]] == [None, "12.5", "3.5"]
    assert document["relatedResource"] == [
        {"id": "https://uni.example/evidence/1", "digestSRI": "sha256-q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s="}
    ]
    description = document["credentialSubject"]["achievement"]["resultDescription"][1]
    assert description["name"] == "Hours of training, confirmed (12 hours = 1 block; not academic credit)"
    assert "ada@" not in issue.serialise(document).decode()


def test_both_standards_say_hours_blocks_levels_digest_and_decision():
    assertion = ob2.assertion(FULL)
    assert assertion["narrative"].split("\n\n") == [
        "12.5 hours of training, confirmed, 3.5 of them informal. 1 block of 12 hours; not academic credit.",
        "Competency: Plan a week of whole-food meals for a household. Level reached: Proficient (2 of 2).",
        "Worked in the teaching kitchen.",
        "Attested by the unit.",
    ]
    assert assertion["evidence"][0]["narrative"].endswith(f"SHA-256 of the evidence: {'ab' * 32}.")
    for criteria in (
        ob2.badge_class(sample.ACHIEVEMENT)["criteria"],
        ob3.credential(FULL)["credentialSubject"]["achievement"]["criteria"],
    ):
        assert "at least 12 hours of training: 1 block of 12 hours" in criteria["narrative"]
        assert "decision 2025-014 of 1 March 2025" in criteria["narrative"]
    assert "2025-014" in ob2.endorsement(sample.VERSION_ENDORSEMENT)["claim"]["endorsementComment"]
    assert ob2.badge_class(sample.ACHIEVEMENT)["alignment"][0]["targetUrl"] == f"{sample.VERSION}#competency-1"


@pytest.mark.parametrize(
    ("hours", "blocks", "words"),
    [
        (Decimal("1"), 0, "1 hour of training"),
        (Decimal("24.00"), 2, "24 hours of training"),
        (Decimal("1E+1"), 0, "10 hours of training"),
        (Decimal("7.75"), 0, "7.75 hours of training"),
    ],
)
def test_hours_and_blocks_are_written_plainly(hours, blocks, words):
    achievement = dataclasses.replace(sample.ACHIEVEMENT, hours_required=hours, blocks=blocks)
    narrative = ob2.badge_class(achievement)["criteria"]["narrative"]
    assert f"at least {words}: {blocks} block{'' if blocks == 1 else 's'} of 12 hours" in narrative


def test_a_revoked_assertion_says_nothing_else():
    assert ob2.revoked("https://uni.example/badges/1/ob2.json", "Awarded in error") == {
        "@context": "https://w3id.org/openbadges/v2",
        "id": "https://uni.example/badges/1/ob2.json",
        "type": "Assertion",
        "revoked": True,
        "revocationReason": "Awarded in error",
    }


@pytest.mark.parametrize(
    "make",
    [
        lambda: ob2.profile(dataclasses.replace(sample.UNIT, email=None)),
        lambda: ob2.profile(dataclasses.replace(sample.UNIT, profile=None)),
        lambda: ob2.assertion(dataclasses.replace(FULL, recipient=sample.Recipient("urn:uuid:0"))),
        lambda: ob2.assertion(dataclasses.replace(FULL, results=(sample.Result("urn:uuid:0", "urn:uuid:0"),))),
        lambda: ob2.endorsement(dataclasses.replace(sample.UNIT_ENDORSEMENT, id_ob2=None)),
    ],
)
def test_what_2_0_cannot_say_is_refused(make):
    with pytest.raises(Malformed):
        make()


def hosted():
    documents = (
        ob2.assertion(sample.CREDENTIAL),
        ob2.badge_class(sample.ACHIEVEMENT),
        ob2.profile(sample.UNIT),
    )
    return {document["id"]: document for document in documents}


def test_a_foreign_verifier_accepts_the_hosted_badge_and_its_recipient():
    pages = hosted()
    assert {document["@context"] for document in pages.values()} == {OB2_CONTEXT}
    assertion = pages[sample.CREDENTIAL.assertion]
    verifier = OB2Verifier(download=lambda url: json.dumps(pages[url]).encode())
    verifier.verify_hosted(assertion, expected_recipient="ada@learner.example")
    with pytest.raises(Exception, match=r"(?i)recipient|identity"):
        verifier.verify_hosted(assertion, expected_recipient="eve@learner.example")


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=30)


@settings(max_examples=40, deadline=None)
@given(name=texts, words=texts, tag=texts, level=texts)
def test_any_words_can_be_signed(name, words, tag, level):
    levels = tuple(dataclasses.replace(step, name=level) for step in sample.COMPETENCY.levels)
    badge = dataclasses.replace(
        sample.CREDENTIAL,
        achievement=dataclasses.replace(
            sample.ACHIEVEMENT,
            name=name,
            criteria=words,
            tags=(tag,),
            competencies=(dataclasses.replace(sample.COMPETENCY, name=words, levels=levels),),
        ),
    )
    signed = sample.signed_badge(badge)
    stored = json.loads(issue.serialise(signed))
    issue.checked(stored, sample.UNIT_KEY.public)
    with pytest.raises(BadgeError):
        issue.checked({**stored, "name": name + "x"}, sample.UNIT_KEY.public)
