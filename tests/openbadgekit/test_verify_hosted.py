import copy
import json
from datetime import timedelta

import pytest

from openbadgekit.baking import bake
from openbadgekit.documents import ob2
from openbadgekit.fetch import Fetched
from openbadgekit.verify import Policy, verify
from openbadgekit.verify.origins import served_under, speaks_for
from tests.openbadgekit.pictures import SVG, png
from tests.openbadgekit.world import HOLDER, NOW, MapFetcher, World, outcomes


@pytest.fixture
def world():
    return World()


def changed(document, change):
    copied = copy.deepcopy(document)
    change(copied)
    return copied


def host(world, change):
    world.put(world.credential.assertion, changed(world.assertion, change))


def test_a_hosted_badge_is_valid_and_every_finding_passed(world):
    for source in (world.assertion, world.credential.assertion):
        report = world.verify(source, recipient=HOLDER)
        assert report.verdict == "valid"
        assert {finding.outcome for finding in report.findings} == {"passed"}
        assert (report.subject.standard, report.subject.domain) == ("2.0", "uni.example")
        assert report.subject.achievement_name == "Whole-Food Cooking"
        assert "12.5 hours of training" in report.subject.narrative


def test_baked_pictures_are_read(world):
    text = json.dumps(world.assertion)
    for picture in (png(), SVG):
        assert world.verify(bake(picture, text, "2.0")).verdict == "valid"


CHANGES = {
    "recipient": lambda d: d["recipient"].update(salt="x"),
    "narrative": lambda d: d.update(narrative="Much more."),
    "date": lambda d: d.update(issuedOn="2020-01-01T00:00:00Z"),
    "badge class": lambda d: d.update(badge="https://uni.example/other"),
    "a badge class of its own": lambda d: d.update(
        badge={"id": d["badge"], "type": "BadgeClass", "name": "Brain Surgery", "issuer": "https://uni.example/x"}
    ),
    "evidence": lambda d: d.update(evidence=[]),
    "an end": lambda d: d.update(expires="2099-01-01T00:00:00Z"),
    "hashed": lambda d: d["recipient"].update(hashed=1),
    "more": lambda d: d.update(extra="x"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_copy_that_differs_is_not_valid(world, change):
    report = world.verify(changed(world.assertion, change))
    assert report.verdict == "invalid"
    assert report.subject is None


def test_a_copy_that_differs_says_so(world):
    report = world.verify(changed(world.assertion, CHANGES["narrative"]))
    assert report.finding("proof").message == "The copy differs from what the issuer hosts."
    assert report.sentence == "Not valid. The copy differs from what the issuer hosts."


def test_a_copy_in_another_form_is_the_same(world):
    def reform(document):
        document["type"] = ["Assertion"]
        document["@context"] = [document["@context"]]
        document["evidence"] = document["evidence"][0]
        document["badge"] = json.loads(world.pages[world.achievement.badge_class].body)
        document["badge"]["issuer"] = ob2.profile(world.unit)

    assert world.verify(changed(world.assertion, reform)).verdict == "valid"


def test_a_revoked_badge_says_why(world):
    world.put(world.credential.assertion, ob2.revoked(world.credential.assertion, "Issued by mistake."), 410)
    for source in (world.assertion, world.credential.assertion):
        report = world.verify(source)
        assert (report.verdict, outcomes(report)["revocation"]) == ("invalid", "failed")
        assert report.sentence == "Not valid any more. uni.example revoked this badge."
        assert report.below == "Reason given: Issued by mistake. Until then it was true."
        said = [finding.message for finding in report.findings if finding.check == "revocation"]
        assert said == ["Its issuer has revoked it. Reason given: Issued by mistake."]
        assert (report.subject.revoked, report.subject.reason) == (True, "Issued by mistake.")


@pytest.mark.parametrize("body", [b"", b"gone", b"{}"])
def test_gone_without_a_word_is_revoked_too(world, body):
    address = world.credential.assertion
    world.pages[address] = Fetched(address, 410, "text/html", body)
    for source in (world.assertion, address):
        assert outcomes(world.verify(source))["revocation"] == "failed"


def test_revoked_in_the_body_counts_without_the_status(world):
    world.put(world.credential.assertion, ob2.revoked(world.credential.assertion, "x"))
    assert outcomes(world.verify(world.assertion))["revocation"] == "failed"
    host(world, lambda d: d.update(revoked=True, revocationReason="y"))
    report = world.verify(world.assertion)
    assert (report.verdict, outcomes(report)["revocation"]) == ("invalid", "failed")


def test_a_badge_that_its_host_does_not_show_is_not_valid(world):
    world.put(world.credential.assertion, {}, 404)
    report = world.verify(world.assertion)
    assert (report.verdict, report.finding("proof").message) == ("invalid", "uni.example hosts no such badge.")


@pytest.mark.parametrize("status", [401, 403, 500, 503, 204])
def test_other_answers_cannot_be_told(world, status):
    world.put(world.credential.assertion, {}, status)
    report = world.verify(world.assertion)
    assert (report.verdict, outcomes(report)["proof"]) == ("unknown", "unknown")


def test_no_answer_cannot_be_told(world):
    report = verify(json.dumps(world.assertion), policy=world.policy, fetcher=MapFetcher({}))
    assert (report.verdict, report.subject) == ("unknown", None)
    assert report.sentence == "Cannot be told. We could not check the signature."


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"[]", b"{", b'{"id":1,"id":2}'])
def test_an_answer_that_cannot_be_read_cannot_be_told(world, body):
    address = world.credential.assertion
    world.pages[address] = Fetched(address, 200, "text/html", body)
    assert world.verify(world.assertion).verdict == "unknown"


def test_another_badge_at_its_address_is_not_valid(world):
    host(world, lambda d: d.update(id="https://uni.example/badges/other/ob2.json"))
    assert outcomes(world.verify(world.assertion))["proof"] == "failed"


def test_an_open_redirect_does_not_vouch(world):
    """The address is the university's, but what answers in the end is somebody else's."""
    address = world.credential.assertion
    body = world.pages[address].body
    world.pages[address] = Fetched("https://evil.example/badge", 200, "application/json", body)
    assert outcomes(world.verify(world.assertion))["proof"] == "failed"


def test_a_forged_badge_on_a_foreign_host_names_a_trusted_issuer_in_vain(world):
    evil = "https://evil.example/badge.json"
    forged = changed(world.assertion, lambda d: d.update(id=evil))
    world.put(evil, forged)
    report = world.verify(forged)
    assert (report.verdict, outcomes(report)["key"]) == ("invalid", "failed")
    assert report.subject is None


def test_a_forged_badge_class_on_a_foreign_host_fails(world):
    evil = "https://evil.example/class.json"
    world.put(evil, {**json.loads(world.pages[world.achievement.badge_class].body), "id": evil})
    host(world, lambda d: d.update(badge=evil))
    assert outcomes(world.verify(world.credential.assertion))["key"] == "failed"


@pytest.mark.parametrize(
    ("rule", "verdict"),
    [
        ({"allowedOrigins": ["badges.example"]}, "valid"),
        ({"allowedOrigins": "https://badges.example"}, "valid"),
        ({"startsWith": "https://badges.example/badges/"}, "valid"),
        ({"startsWith": ["https://badges.example"]}, "valid"),
        ({"allowedOrigins": ["adges.example", "https://badges.example.evil"]}, "invalid"),
        ({"startsWith": "https://badges.example/other/"}, "invalid"),
        ({"startsWith": "https://"}, "invalid"),
    ],
)
def test_a_profile_can_allow_other_origins(world, rule, verdict):
    there = "https://badges.example/badges/abc.json"
    assertion = changed(world.assertion, lambda d: d.update(id=there))
    world.put(there, assertion)
    world.put(world.unit.profile, {**ob2.profile(world.unit), "verification": {"type": "VerificationObject", **rule}})
    assert world.verify(assertion).verdict == verdict


def test_origins_are_compared_whole():
    home = "https://a.example/issuer"
    assert speaks_for({}, home, "https://a.example:443/x")
    for other in ("http://a.example/x", "https://a.example:8443/x", "https://b.a.example/x", "urn:x"):
        assert not speaks_for({}, home, other)
    prefix = {"verification": {"startsWith": "https://b.example/u/"}}
    assert speaks_for(prefix, home, "https://b.example/u/v%20.w/..x")
    for way in ("../v", "./v", "%2e%2e/v", "%2E%2e%2fv", "..%2Fv", "..%5cv", "..\\v", ".%2e/v", "x/%2e"):
        assert not speaks_for(prefix, home, f"https://b.example/u/{way}")
    assert not speaks_for({"verification": {"startsWith": "https://b.example"}}, home, "https://b.example.evil/")


def test_an_answer_may_come_over_https_instead_of_http_and_from_nowhere_else():
    assert served_under("https://a.example/b?c", "http://a.example/b?c")
    for final in (
        "https://a.example/other",
        "https://b.example/b",
        "https://a.example:8443/b",
        "http://a.example:81/b",
    ):
        assert not served_under(final, "http://a.example/b")
    assert not served_under("http://a.example/b", "https://a.example/b")


@pytest.mark.parametrize("part", ["badge_class", "profile"])
def test_a_badge_class_or_issuer_that_does_not_answer_cannot_be_told(world, part):
    del world.pages[world.achievement.badge_class if part == "badge_class" else world.unit.profile]
    report = world.verify(world.assertion)
    assert (report.verdict, outcomes(report)["key"]) == ("unknown", "unknown")


def test_an_ill_formed_issuer_fails_the_form(world):
    world.put(world.unit.profile, {**ob2.profile(world.unit), "url": None})
    report = world.verify(world.assertion)
    assert (report.verdict, outcomes(report)["well-formed"]) == ("invalid", "failed")


def test_a_signed_badge_is_not_known_yet(world):
    signed = changed(
        world.assertion, lambda d: d.update(verification={"type": "SignedBadge", "creator": "https://a.example"})
    )
    report = world.verify(signed)
    assert (report.verdict, report.subject) == ("unknown", None)
    assert report.finding("proof").message.startswith("It is signed in a way we do not know")


def test_a_badge_without_an_address_has_nothing_to_check(world):
    report = world.verify(
        changed(world.assertion, lambda d: d.update(id="urn:uuid:44444444-4444-4444-8444-444444444444"))
    )
    assert report.verdict == "invalid"


def test_dates_of_a_hosted_badge(world):
    host(world, lambda d: d.update(expires="2027-05-02T12:00:00+00:00"))
    report = world.verify(world.credential.assertion)
    assert (report.verdict, report.sentence) == ("invalid", "Not valid any more. It expired on 2 May 2027.")
    host(world, lambda d: d.update(issuedOn="2027-05-03T00:00:00-07:00"))
    assert world.verify(world.credential.assertion).sentence == "Not valid yet. It holds from 3 May 2027."


@pytest.mark.parametrize("value", ["2027-05-01T00:00:00", "2027-05-01", "2027-02-30T00:00:00Z", 1800000000])
def test_a_date_that_cannot_be_read_is_never_in_force(world, value):
    host(world, lambda d: d.update(issuedOn=value))
    assert world.verify(world.credential.assertion).verdict in ("invalid", "unknown")


def test_the_recipient_of_a_hosted_badge(world):
    assert outcomes(world.verify(world.assertion, recipient="ANA@uni.example"))["recipient"] == "passed"
    assert outcomes(world.verify(world.assertion, recipient="bob@uni.example"))["recipient"] == "failed"


def test_five_documents_are_fetched_for_a_whole_badge(world):
    fetcher = MapFetcher(world.pages)
    verify(world.credential.assertion, policy=Policy(at=NOW), fetcher=fetcher)
    assert len(fetcher.asked) == len(set(fetcher.asked)) == 5


def test_a_badge_that_leads_to_ever_more_addresses_stops(world):
    more = [f"https://uni.example/e/{number}" for number in range(50)]
    for address in more:
        world.put(address, {"id": address})
    world.put(world.unit.profile, {**ob2.profile(world.unit), "endorsement": more})
    fetcher = MapFetcher(world.pages)
    verify(world.credential.assertion, policy=world.policy, fetcher=fetcher)
    assert len(fetcher.asked) <= 8


def test_an_old_badge_is_judged_by_the_moment_asked_for(world):
    host(world, lambda d: d.update(expires="2028-01-01T00:00:00Z"))
    later = Policy(at=NOW + timedelta(days=400))
    assert world.verify(world.credential.assertion).verdict == "valid"
    assert world.verify(world.credential.assertion, policy=later).verdict == "invalid"
