import copy
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from openbadgekit import LocalSigner, issue
from openbadgekit.documents import ob2
from openbadgekit.keys import Key
from openbadgekit.verify import Policy
from tests.openbadgekit.world import NOW, World, outcomes

ISSUER, ACHIEVEMENT = "endorsement of the issuer", "endorsement of the achievement"


@pytest.fixture
def world():
    return World()


def with_endorsement(world, change, *, on="issuer"):
    """Sign the badge anew with its endorsement changed: by a unit that tampers with what the university signed."""

    def altering(document):
        place = document["issuer"] if on == "issuer" else document["credentialSubject"]["achievement"]
        place["endorsement"] = [change(place["endorsement"][0])]

    return world.issued(altering)


def resigned(world, **change):
    """An endorsement signed anew by the university with fields changed."""

    def changed(endorsement):
        plain = {name: value for name, value in endorsement.items() if name != "proof"}
        return world.sign({**plain, **change}, by_university=True)

    return changed


def test_a_trusted_endorser_vouches_with_words_and_date(world):
    finding = world.verify(world.document).finding(ACHIEVEMENT)
    assert finding.message == (
        "University of Examples endorsed the achievement on 2 January 2027: “Decision 8, rubric 1.”"
    )


@pytest.mark.parametrize("on", ["issuer", "achievement"])
def test_an_altered_endorsement_fails_the_badge(world, on):
    def alter(endorsement):
        altered = copy.deepcopy(endorsement)
        altered["credentialSubject"]["endorsementComment"] = "Decision 99."
        return altered

    report = world.verify(with_endorsement(world, alter, on=on))
    assert (report.verdict, outcomes(report)[f"endorsement of the {on}"]) == ("invalid", "failed")
    assert report.subject.endorsements and all(one.on != on for one in report.subject.endorsements)


def test_an_endorsement_of_something_else_fails(world):
    other = resigned(
        world,
        credentialSubject={"id": "did:web:other.example", "type": ["EndorsementSubject"], "endorsementComment": "x"},
    )
    report = world.verify(with_endorsement(world, other))
    assert (report.verdict, outcomes(report)[ISSUER]) == ("invalid", "failed")


def test_a_version_that_was_not_approved_fails(world):
    def easier(document):
        document["credentialSubject"]["achievement"]["criteria"]["narrative"] = "Just ask."

    report = world.verify(world.issued(easier))
    assert (report.verdict, outcomes(report)[ACHIEVEMENT]) == ("invalid", "failed")
    assert "not the version that was approved" in report.finding(ACHIEVEMENT).message


def test_an_endorsement_by_another_key_fails(world):
    def forge(endorsement):
        plain = {name: value for name, value in endorsement.items() if name != "proof"}
        return world.sign(plain, by_university=True, key=Key.from_seed(b"x" * 32))

    report = world.verify(with_endorsement(world, forge))
    assert (report.verdict, outcomes(report)[ISSUER]) == ("invalid", "failed")


def test_the_approval_of_another_issuers_achievement_says_nothing_of_who_took_it(world):
    stranger = Key.generate()
    did = f"did:key:{stranger.public}"
    document = {name: value for name, value in world.document.items() if name not in ("proof", "credentialStatus")}
    taken = issue.prepare({**document, "issuer": {"id": did, "type": ["Profile"], "name": world.unit.name}})
    report = world.verify(issue.sign(taken, LocalSigner(stranger, f"{did}#{stranger.public}"), created=NOW))
    assert (report.verdict, outcomes(report)[ACHIEVEMENT]) == ("valid", "unknown")
    said = report.finding(ACHIEVEMENT).message
    assert said == "The achievement was endorsed for uni.example, which did not issue this."
    assert not report.subject.endorsements


def test_an_endorser_who_is_not_known_leaves_the_verdict_alone(world):
    policy = Policy(trusted={world.unit.id: "Food Institute"}, at=NOW)
    report = world.verify(world.document, policy=policy)
    assert (report.verdict, outcomes(report)[ISSUER]) == ("valid", "unknown")
    assert report.finding(ISSUER).message == "uni.example endorses the issuer, but is not known here."
    assert report.subject.endorsements[0].endorser_name is None


def test_endorsers_can_be_named_apart_from_issuers(world):
    policy = Policy(endorsers={world.university.id: "The University"}, at=NOW)
    report = world.verify(world.document, policy=policy)
    assert outcomes(report)[ISSUER] == "passed"
    assert report.subject.known_as is None


def test_an_endorser_who_cannot_be_reached_leaves_the_verdict_alone(world):
    del world.pages["https://uni.example/.well-known/did.json"]
    report = world.verify(world.document)
    assert (report.verdict, outcomes(report)[ISSUER]) == ("valid", "unknown")
    assert report.subject.endorsements == ()


def test_an_absent_endorsement_leaves_the_verdict_alone(world):
    report = world.verify(world.issued(lambda d: d["issuer"].pop("endorsement")))
    assert (report.verdict, outcomes(report)[ISSUER]) == ("valid", "unknown")
    assert report.finding(ISSUER).message == "The badge brings no endorsement of the issuer."


def test_an_endorsement_that_ended_before_the_badge_fails(world):
    before = resigned(world, validUntil="2027-04-01T00:00:00Z")
    assert outcomes(world.verify(with_endorsement(world, before)))[ISSUER] == "failed"
    after = resigned(world, validUntil="2027-05-02T00:00:00Z")
    assert outcomes(world.verify(with_endorsement(world, after)))[ISSUER] == "passed"


def test_an_endorsement_of_tomorrow_fails(world):
    tomorrow = resigned(world, validFrom="2027-05-03T00:00:00Z")
    assert outcomes(world.verify(with_endorsement(world, tomorrow)))[ISSUER] == "failed"


def test_a_digest_of_another_kind_cannot_be_told(world):
    resource = {"id": world.achievement.id, "digestSRI": "sha512-AAAA"}
    report = world.verify(with_endorsement(world, resigned(world, relatedResource=[resource]), on="achievement"))
    assert (report.verdict, outcomes(report)[ACHIEVEMENT]) == ("valid", "unknown")


def test_many_endorsements_are_not_all_checked(world):
    document = world.issued(lambda d: d["issuer"].update(endorsement=d["issuer"]["endorsement"] * 9))
    report = world.verify(document)
    assert any("more endorsements than we check" in finding.message for finding in report.findings)
    assert report.verdict == "valid"


def hosted(world):
    return "https://uni.example/endorsements/1/ob2.json", ob2.profile(world.unit)


def test_a_hosted_endorsement_counts_in_2_0(world):
    report = world.verify(world.assertion)
    assert (report.verdict, outcomes(report)[ISSUER], outcomes(report)[ACHIEVEMENT]) == ("valid", "passed", "passed")


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(claim={"id": "https://uni.example/other", "endorsementComment": "x"}),
        lambda d: d.update(id="https://uni.example/endorsements/9"),
        lambda d: d.update(revoked=True),
        lambda d: d.update(issuedOn="2028-01-01T00:00:00Z"),
        lambda d: d.pop("claim"),
        lambda d: d.update(issuer="https://evil.example/ob2.json"),
    ],
)
def test_a_broken_hosted_endorsement_fails_the_badge(world, change):
    address, _ = hosted(world)
    world.put("https://evil.example/ob2.json", {**ob2.profile(world.university), "id": "https://evil.example/ob2.json"})
    document = json.loads(world.pages[address].body)
    change(document)
    world.put(address, document)
    report = world.verify(world.assertion)
    assert (report.verdict, outcomes(report)[ISSUER]) == ("invalid", "failed")


def test_a_withdrawn_hosted_endorsement_fails(world):
    world.put(hosted(world)[0], {}, 410)
    assert outcomes(world.verify(world.assertion))[ISSUER] == "failed"


@pytest.mark.parametrize("status", [404, 500])
def test_a_hosted_endorsement_that_is_not_there_cannot_be_told(world, status):
    world.put(hosted(world)[0], {}, status)
    report = world.verify(world.assertion)
    assert (report.verdict, outcomes(report)[ISSUER]) == ("valid", "unknown")


def test_an_endorser_of_another_origin_counts_if_it_hosts_the_word_itself():
    world = World(elsewhere="https://academy.example")
    report = world.verify(world.assertion)
    assert outcomes(report)[ISSUER] == "passed"
    assert report.subject.endorsements[0].domain == "academy.example"


def test_2_0_without_endorsements_says_so(world):
    bare = replace(world.unit, endorsements_ob2=())
    world.put(world.unit.profile, ob2.profile(bare))
    report = world.verify(world.assertion)
    assert (report.verdict, outcomes(report)[ISSUER]) == ("valid", "unknown")


def test_the_date_of_an_endorsement_is_told(world):
    assert world.verify(world.document).subject.endorsements[0].date == datetime(2027, 1, 2, tzinfo=UTC)
