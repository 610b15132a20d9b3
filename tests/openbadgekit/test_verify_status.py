import base64
import gzip
import json
from datetime import timedelta

import pytest

from openbadgekit.documents.wording import moment
from openbadgekit.fetch import Fetched
from openbadgekit.proofs.data_integrity import hash_data, secured
from openbadgekit.status import encode
from tests.openbadgekit.world import NOW, World, outcomes


@pytest.fixture
def world():
    return World()


def test_a_revoked_badge_is_not_valid_any_more(world):
    world.put_list(revoked=True)
    report = world.verify(world.document)
    assert (report.verdict, outcomes(report)["revocation"]) == ("invalid", "failed")
    assert report.sentence == "Not valid any more. Food Institute revoked this badge."
    assert report.subject.revoked
    assert report.subject.achievement_name == "Whole-Food Cooking"


def test_another_badge_of_the_list_does_not_matter(world):
    world.put_list(change=lambda d: d["credentialSubject"].update(encodedList=encode(b"\xff\xff\xbf" + bytes(16_381))))
    assert world.verify(world.document).verdict == "valid"


def test_a_suspended_badge_is_not_valid_at_present(world):
    suspended = world.issued(lambda d: d["credentialStatus"].update(statusPurpose="suspension"))
    world.put_list(revoked=True, change=lambda d: d["credentialSubject"].update(statusPurpose="suspension"))
    report = world.verify(suspended)
    assert report.verdict == "invalid"
    assert report.sentence == "Not valid at present. Food Institute suspended it."


def test_a_badge_without_a_status_has_no_such_finding(world):
    report = world.verify(world.issued(lambda d: d.pop("credentialStatus")))
    assert report.verdict == "valid"
    assert "revocation" not in outcomes(report)
    assert report.below == "Unchanged since 1 May 2027."


def subject(**fields):
    return lambda document: document["credentialSubject"].update(fields)


FAULTS = {
    "altered afterwards": {"after": subject(encodedList=encode(bytes(16_384) + b"\x01"))},
    "unsigned": {"after": lambda d: d.pop("proof")},
    "by somebody else": {"by_university": True},
    "another list": {"change": lambda d: d.update(id="https://uni.example/units/food/status/2")},
    "another purpose": {"change": subject(statusPurpose="suspension")},
    "out of date": {"change": lambda d: d.update(validUntil=moment(NOW))},
    "not yet": {"change": lambda d: d.update(validFrom=moment(NOW + timedelta(hours=1)))},
    "larger entries": {"after": subject(statusSize=2)},
    "no u": {"after": lambda d: subject(encodedList=d["credentialSubject"]["encodedList"][1:])(d)},
    "no list": {"after": subject(encodedList="")},
    "a list of lists": {"after": lambda d: d.update(credentialSubject=[d["credentialSubject"]] * 2)},
    "another type": {"after": subject(type="StatusList2021")},
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_list_that_cannot_be_relied_on_is_never_read_as_not_revoked(world, fault):
    world.put_list(**fault)
    report = world.verify(world.document)
    assert (report.verdict, outcomes(report)["revocation"]) == ("unknown", "unknown")
    assert report.finding("revocation").message.startswith("The list of revoked badges could not be read: ")
    assert report.subject is not None


def test_a_list_that_is_too_short_is_not_believed(world):
    short = "u" + base64.urlsafe_b64encode(gzip.compress(bytes(2000))).rstrip(b"=").decode()
    world.put_list(change=subject(encodedList=short))
    assert outcomes(world.verify(world.document))["revocation"] == "unknown"


def test_a_bomb_of_a_list_is_not_unpacked(world):
    bomb = "u" + base64.urlsafe_b64encode(gzip.compress(bytes(40_000_000))).rstrip(b"=").decode()
    world.put_list(change=subject(encodedList=bomb))
    assert outcomes(world.verify(world.document))["revocation"] == "unknown"


@pytest.mark.parametrize(
    "entry",
    [
        {"statusListIndex": "131072"},
        {"statusListIndex": "017"},
        {"statusListIndex": "-1"},
        {"statusListIndex": "+17"},
        {"statusListIndex": "1e1"},
        {"statusListIndex": "99999999999999999999"},
        {"statusPurpose": "gossip"},
        {"statusSize": 2},
        {"statusListCredential": "https://uni.example/elsewhere"},
        {"statusListCredential": "urn:uuid:44444444-4444-4444-8444-444444444444"},
    ],
    ids=str,
)
def test_an_entry_that_is_not_as_it_should_be_is_never_read_as_not_revoked(world, entry):
    def change(document):
        document["credentialStatus"].update(entry)

    report = world.verify(sign_anyway(world, change))
    assert report.verdict in ("unknown", "invalid")
    assert outcomes(report).get("revocation", "unknown") == "unknown"


def sign_anyway(world, change):
    """Sign what `issue.prepare` would refuse, as a careless issuer might."""
    document = json.loads(json.dumps({name: value for name, value in world.document.items() if name != "proof"}))
    change(document)
    options = {name: value for name, value in world.document["proof"].items() if name != "proofValue"}
    return secured(document, options, world.key.sign(hash_data(document, options)))


def test_a_number_for_an_index_is_refused(world):
    report = world.verify(sign_anyway(world, lambda d: d["credentialStatus"].update(statusListIndex=17)))
    assert report.verdict in ("unknown", "invalid")


def test_a_status_of_another_kind_cannot_be_told(world):
    def change(document):
        document["credentialStatus"] = {"id": "https://uni.example/revoked", "type": "1EdTechRevocationList"}

    report = world.verify(sign_anyway(world, change))
    assert (report.verdict, outcomes(report)["revocation"]) == ("unknown", "unknown")


@pytest.mark.parametrize("status", [404, 410, 500])
def test_a_list_that_is_not_there_cannot_be_told(world, status):
    world.put(world.list_address, {}, status)
    report = world.verify(world.document)
    assert (report.verdict, outcomes(report)["revocation"]) == ("unknown", "unknown")
    assert report.sentence.startswith("Cannot be told. We cannot say whether uni.example has revoked it.")


def test_a_list_that_does_not_answer_cannot_be_told(world):
    del world.pages[world.list_address]
    assert outcomes(world.verify(world.document))["revocation"] == "unknown"


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b"\xff", b'{"@context":[]}', b"[" * 100_000])
def test_a_list_that_is_no_list_cannot_be_told(world, body):
    world.pages[world.list_address] = Fetched(world.list_address, 200, "application/json", body)
    assert outcomes(world.verify(world.document))["revocation"] == "unknown"
