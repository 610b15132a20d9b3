"""The job that signs what the university endorses by an approval."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from laurels import clock
from laurels.badges import actions as badges
from laurels.badges import addresses, issuers
from laurels.badges.models import Document
from laurels.catalogue import documents as catalogue
from laurels.errors import WrongState
from laurels.governance import actions, documents
from laurels.governance.models import Outcome
from laurels.jobs import outbox
from laurels.jobs.models import Job, JobState
from laurels.people.system import system, university
from openbadgekit.canonical import digest_sri
from openbadgekit.documents import ob3
from openbadgekit.documents.schema import Kind, check
from openbadgekit.proofs.data_integrity import verify_proof
from tests.laurels.governance.road import MORNING, Road, fresh

pytestmark = pytest.mark.django_db


def stored(path):
    return json.loads(bytes(Document.objects.get(address=path).body))


def with_keys(road):
    badges.create_key(university().unit, by=system())
    badges.create_key(road.unit, by=system())
    return road


@pytest.fixture
def approved_unit():
    with clock.pinned(MORNING):
        road = with_keys(Road())
        decision = road.approved()
        outbox.run_pending()
    return road, decision


@pytest.fixture
def approved_version():
    with clock.pinned(MORNING):
        road = with_keys(Road())
        road.micro_credential_submitted()
        road.reviewed()
        decision = actions.decide(road.application, Outcome.APPROVE, by=road.chair)
        outbox.run_pending()
    return road, decision, fresh(road.application).version


def test_the_unit_is_endorsed_with_the_universitys_key(approved_unit):
    road, decision = approved_unit
    signed = stored(addresses.endorsement(decision.endorsement))
    assert check(signed, Kind.ENDORSEMENT_CREDENTIAL) == []
    assert signed["issuer"]["id"] == issuers.did(university().unit) == "did:web:localhost%3A8000"
    assert signed["credentialSubject"] == {
        "id": "did:web:localhost%3A8000:units:" + road.unit.slug,
        "type": ["EndorsementSubject"],
        "endorsementComment": "Issuing authority approved for Food as Medicine Institute: decision 2027-001 of "
        "2027-05-01, Committee on Micro-credentials of National University of Example, rubric 1, "
        "in force from 2027-05-01 until 2030-04-30, scope: nutrition, cooking.",
    }
    assert signed["validFrom"] == "2027-05-01T00:00:00Z"
    assert "validUntil" not in signed
    assert "relatedResource" not in signed
    proof = signed.pop("proof")
    key = university().unit.signing_keys.get().public
    assert proof["verificationMethod"] == "did:web:localhost%3A8000#key-1"
    verify_proof(signed, proof, key)


def test_the_hosted_form_says_the_same_and_the_profile_names_it(approved_unit):
    road, decision = approved_unit
    path = addresses.endorsement(decision.endorsement_ob2)
    hosted = stored(path)
    assert hosted["id"] == addresses.absolute(path)
    assert hosted["claim"]["id"] == addresses.absolute(addresses.profile(road.unit))
    assert hosted["claim"]["endorsementComment"] == documents.comment(decision)
    assert hosted["issuer"] == addresses.absolute("/ob2.json")
    profile = Document.objects.filter(address=addresses.profile(road.unit)).last()
    assert json.loads(bytes(profile.body))["endorsement"] == [addresses.absolute(path)]


def test_the_version_is_endorsed_with_the_digest_of_its_achievement(approved_version):
    road, decision, version = approved_version
    signed = stored(addresses.endorsement(decision.endorsement))
    achievement = ob3.achievement(catalogue.achievement(version, issuers.issuer(road.unit)), with_endorsements=False)
    assert signed["credentialSubject"]["id"] == achievement["id"]
    assert signed["relatedResource"] == [
        {"id": achievement["id"], "digestSRI": digest_sri(achievement), "mediaType": "application/json"}
    ]
    assert signed["credentialSubject"]["endorsementComment"] == (
        "Version 1.0.0 of “Whole-Food Cooking” approved for Food as Medicine Institute: decision 2027-002 of "
        "2027-05-01, Committee on Micro-credentials of National University of Example, rubric 1."
    )


def test_the_versions_public_documents_are_stored_with_it(approved_version):
    _, decision, _ = approved_version
    place = "/micro-credentials/whole-food-cooking/versions/1.0.0"
    achievement, badge_class = stored(place), stored(f"{place}/ob2.json")
    assert achievement.pop("@context")[0] == "https://www.w3.org/ns/credentials/v2"
    assert achievement["endorsement"] == [stored(addresses.endorsement(decision.endorsement))]
    body = {name: value for name, value in achievement.items() if name != "endorsement"}
    assert achievement["endorsement"][0]["relatedResource"][0]["digestSRI"] == digest_sri(body)
    hosted = stored(addresses.endorsement(decision.endorsement_ob2))
    assert badge_class["endorsement"] == [hosted["id"]]
    assert hosted["claim"]["id"] == badge_class["id"] == addresses.absolute(f"{place}/ob2.json")


def test_done_again_it_signs_nothing_anew(approved_version):
    _, decision, _ = approved_version
    documents = Document.objects.exclude(address__contains="/status/")  # signed anew every day
    before = list(documents.values_list("address", "sha256"))
    outbox.put("governance.endorse", {"decision": decision.pk}, key=f"governance.endorse:{decision.number}")
    with clock.pinned(MORNING + timedelta(days=2)):
        outbox.run_pending()
    assert list(documents.values_list("address", "sha256")) == before


def test_without_the_universitys_key_it_waits():
    road = Road()
    decision = road.approved()
    outbox.run_pending()
    job = Job.objects.get(name="governance.endorse")
    assert job.state == JobState.WAITING
    assert "has no signing key yet" in job.error
    with_keys(road)
    with clock.pinned(clock.now() + timedelta(hours=1)):
        outbox.run_pending()
    assert stored(addresses.endorsement(decision.endorsement))


def test_the_profile_names_the_newest_terms_first_and_not_more_than_are_checked():
    with clock.pinned(MORNING):
        road = with_keys(Road())
        first = road.approved()
    for year in range(1, 5):
        with clock.pinned(MORNING + timedelta(days=366 * year)):
            del road.application
            newest = road.approved()
    named = documents.endorsements_in_profile(road.unit)
    assert len(named) == documents.MOST_IN_PROFILE
    assert named[0] == addresses.absolute(addresses.endorsement(newest.endorsement_ob2))
    assert addresses.absolute(addresses.endorsement(first.endorsement_ob2)) not in named


def test_a_decline_endorses_nothing():
    road = Road()
    road.reviewed()
    decision = actions.decide(road.application, Outcome.DECLINE, by=road.chair, note="Not now.")
    assert not Job.objects.filter(name="governance.endorse").exists()
    with pytest.raises(WrongState, match="approved nothing"):
        documents.endorsement(decision)


@pytest.mark.parametrize(
    ("zone", "at", "expected"),
    [
        ("America/Los_Angeles", datetime(2027, 5, 2, 3, 0, tzinfo=UTC), datetime(2027, 5, 1, tzinfo=UTC)),
        ("Asia/Tokyo", datetime(2027, 5, 1, 16, 0, tzinfo=UTC), datetime(2027, 5, 1, 16, 0, tzinfo=UTC)),
    ],
)
def test_an_endorsement_never_begins_after_it_was_decided(zone, at, expected):
    road = Road()
    type(university()).objects.update(zone=zone)
    with clock.pinned(at):
        decision = road.approved()
    assert documents.endorsement(decision).valid_from == expected
