"""Policies as objects: what a verifier asks of a genuine badge; and to whom it was awarded, however they are named."""

from dataclasses import replace
from datetime import UTC, datetime
from unittest.mock import sentinel

import pytest

from openbadgekit.errors import Malformed
from openbadgekit.identity import Identity, hash_identity
from openbadgekit.verify import Policy
from openbadgekit.verify.demands import (
    AllOf,
    AnyOf,
    Case,
    EachInside,
    EndorsedBy,
    GivenSince,
    HasEnd,
    HasRecipient,
    HasStatus,
    IssuedBy,
    IssuedByTrusted,
    OfStandard,
)
from openbadgekit.verify.report import failed, passed, unknown
from tests.openbadgekit.tokens import unsigned
from tests.openbadgekit.world import HOLDER, NOW, World, outcomes

UNIT = "did:web:uni.example:units:food"
UNIVERSITY = "did:web:uni.example"


@pytest.fixture
def world():
    return World()


def judged(world, demand, document=None, **more):
    return world.verify(document or world.document, policy=replace(world.policy, demand=demand), **more)


MET = {
    "issued by": IssuedBy("did:web:other.example", UNIT),
    "issued by one of ours": IssuedByTrusted(),
    "endorsed": EndorsedBy(UNIVERSITY),
    "its issuer endorsed": EndorsedBy("did:web:other.example", UNIVERSITY, on="issuer"),
    "with a status": HasStatus(),
    "given since": GivenSince(datetime(2027, 5, 1, tzinfo=UTC)),
    "of a standard": OfStandard("2.0", "3.0"),
    "all": AllOf(HasStatus(), IssuedByTrusted()),
    "one of them": AnyOf(HasEnd(), HasStatus()),
}


@pytest.mark.parametrize("demand", MET.values(), ids=MET)
def test_a_badge_that_meets_the_demand_is_valid(world, demand):
    report = judged(world, demand)
    assert (report.verdict, outcomes(report)["policy"]) == ("valid", "passed"), report.finding("policy")


NOT_MET = {
    "issued by": IssuedBy("did:web:other.example"),
    "endorsed": EndorsedBy("did:web:other.example"),
    "endorsed itself": EndorsedBy(UNIVERSITY, on="credential"),
    "with an end": HasEnd(),
    "given since": GivenSince(datetime(2027, 5, 2, tzinfo=UTC)),
    "of a standard": OfStandard("CLR 2.0"),
    "all": AllOf(HasStatus(), HasEnd()),
    "one of them": AnyOf(HasEnd(), OfStandard("2.0")),
    "with badges in it": EachInside(HasStatus()),
}


@pytest.mark.parametrize("demand", NOT_MET.values(), ids=NOT_MET)
def test_a_badge_that_does_not_meet_the_demand_is_not_accepted(world, demand):
    report = judged(world, demand)
    assert (report.verdict, outcomes(report)["policy"]) == ("invalid", "failed")
    assert report.sentence == f"Not accepted. {report.finding('policy').message}"
    assert report.subject is not None


def test_an_issuer_whom_nobody_knows_is_not_accepted_where_trust_is_asked_for(world):
    assert world.verify(world.document, policy=Policy(at=NOW)).verdict == "valid"
    report = world.verify(world.document, policy=Policy(at=NOW, demand=IssuedByTrusted()))
    assert report.sentence == "Not accepted. Its issuer, uni.example, is not one of those trusted here."


def test_a_badge_without_a_status_is_not_accepted_where_one_is_asked_for(world):
    plain = world.sign(unsigned(world, credentialStatus=None))
    assert world.verify(plain).verdict == "valid"
    assert judged(world, HasStatus(), plain).verdict == "invalid"


def test_a_status_that_cannot_be_had_cannot_be_told(world):
    del world.pages[world.list_address]
    report = judged(world, HasStatus())
    assert (report.verdict, outcomes(report)["policy"]) == ("unknown", "unknown")


def test_a_revoked_badge_is_shown_as_revoked_first(world):
    world.put_list(revoked=True)
    report = judged(world, HasStatus())
    assert (report.verdict, outcomes(report)["policy"]) == ("invalid", "failed")
    assert report.sentence.startswith("Not valid any more.")


def test_a_recipient_is_asked_for(world):
    assert outcomes(judged(world, HasRecipient()))["policy"] == "unknown"
    assert judged(world, HasRecipient(), recipient=HOLDER).verdict == "valid"
    assert judged(world, HasRecipient(), recipient="bob@uni.example").verdict == "invalid"


def test_an_endorsement_that_could_not_be_checked_may_be_the_one(world):
    del world.pages["https://uni.example/.well-known/did.json"]
    report = judged(world, EndorsedBy(UNIVERSITY))
    assert (report.verdict, outcomes(report)["policy"]) == ("unknown", "unknown")


def test_what_is_not_proved_is_not_judged(world):
    report = judged(world, HasStatus(), {**world.document, "name": "x"})
    assert (report.verdict, "policy" in outcomes(report)) == ("invalid", False)


def test_a_demand_of_ones_own(world):
    class Named:
        def judge(self, case):
            good = case.claims.achievement_name == "Whole-Food Cooking"
            return passed("mine", "It is that.") if good else failed("mine", "It is not that.")

    assert outcomes(judged(world, Named()))["policy"] == "passed"


@pytest.mark.parametrize("kind", [IssuedBy, EndorsedBy, OfStandard, AllOf, AnyOf])
def test_a_demand_of_nothing_is_refused(kind):
    with pytest.raises(Malformed):
        kind()


def test_a_moment_needs_a_zone():
    with pytest.raises(Malformed):
        GivenSince(datetime(2027, 1, 1))  # noqa: DTZ001


class Says:
    def __init__(self, outcome):
        self.outcome = outcome

    def judge(self, case):
        return {"passed": passed, "failed": failed, "unknown": unknown}[self.outcome]("x", self.outcome)


@pytest.mark.parametrize("first", ["passed", "failed", "unknown"])
@pytest.mark.parametrize("second", ["passed", "failed", "unknown"])
def test_the_worst_of_all_and_the_best_of_any(first, second):
    both = {first, second}
    case = Case((), sentinel.claims)
    worst = "failed" if "failed" in both else "unknown" if "unknown" in both else "passed"
    best = "passed" if "passed" in both else "unknown" if "unknown" in both else "failed"
    assert AllOf(Says(first), Says(second)).judge(case).outcome == worst
    assert AnyOf(Says(first), Says(second)).judge(case).outcome == best


def test_each_badge_inside_is_judged(world):
    good, bad = world.verify(world.document), world.verify({**world.document, "name": "x"})
    claims = good.subject
    assert EachInside(HasStatus()).judge(Case((), claims, (good, good))).outcome == "passed"
    assert EachInside(HasEnd()).judge(Case((), claims, (good,))).message == (
        "Badge 1 in it: It has no end, which is asked for."
    )
    assert EachInside(HasStatus()).judge(Case((), claims, (good, bad))).message == "Badge 2 in it is not proved."


def test_a_badge_that_does_not_say_since_when_cannot_be_told(world):
    claims = replace(world.verify(world.document).subject, valid_from=None)
    assert GivenSince(NOW).judge(Case((), claims)).outcome == "unknown"


def test_a_badge_of_the_very_moment_is_given_since_then(world):
    claims = replace(world.verify(world.document).subject, valid_from=NOW)
    assert GivenSince(NOW).judge(Case((), claims)).outcome == "passed"


def test_an_end_is_found(world):
    ending = world.sign(unsigned(world, validUntil="2029-05-01T09:30:00Z"))
    assert judged(world, HasEnd(), ending).verdict == "valid"


def named(kind, value, *, hashed=True, salt="a long salt"):
    whole = {"type": "IdentityObject", "hashed": hashed, "identityType": kind, "identityHash": value}
    return {**whole, "identityHash": hash_identity(value, salt), "salt": salt} if hashed else whole


@pytest.mark.parametrize("hashed", [True, False])
@pytest.mark.parametrize(
    ("kind", "value", "given", "other"),
    [
        ("name", "Ana  Example", "Ana  Example", "Bob Example"),
        ("name", "Ana Example", " Ana   Example ", "ana example"),
        ("sourcedId", "s-17", "s-17", "S-17"),
        ("ext:badge", "7", "7", "8"),
        ("emailAddress", "ana@uni.example", "Ana@Uni.Example", "bob@uni.example"),
    ],
)
def test_the_recipient_may_be_named_in_other_ways(world, hashed, kind, value, given, other):
    document = unsigned(world)
    document["credentialSubject"]["identifier"] = [named(kind, value, hashed=hashed)]
    document["@context"] = [*document["@context"]]
    signed = world.sign(document)
    assert outcomes(world.verify(signed, recipient=Identity(kind, given)))["recipient"] == "passed"
    assert outcomes(world.verify(signed, recipient=Identity(kind, other)))["recipient"] == "failed"
    assert outcomes(world.verify(signed, recipient=Identity("userName", given)))["recipient"] == "unknown"


def test_the_recipient_may_be_named_by_the_id_of_the_subject(world):
    subject = world.document["credentialSubject"]["id"]
    assert world.verify(world.document, recipient=Identity("id", subject)).verdict == "valid"
    report = world.verify(world.document, recipient=Identity("id", "did:web:bob.example"))
    assert report.finding("recipient").message == "It was not awarded to the one you named."


@pytest.mark.parametrize("kind", ["url", "telephone", "id"])
@pytest.mark.parametrize("hashed", [True, False])
def test_the_recipient_of_a_hosted_badge_may_be_named_in_other_ways(world, kind, hashed):
    value = "https://ana.example/"
    recipient = {"type": kind, "hashed": hashed, "identity": hash_identity(value, "salt") if hashed else value}
    world.put(world.credential.assertion, {**world.assertion, "recipient": {**recipient, "salt": "salt"}})
    place = world.credential.assertion
    assert outcomes(world.verify(place, recipient=Identity(kind, value)))["recipient"] == "passed"
    assert outcomes(world.verify(place, recipient=Identity(kind, "https://bob.example/")))["recipient"] == "failed"
    assert outcomes(world.verify(place, recipient=HOLDER))["recipient"] == "unknown"
