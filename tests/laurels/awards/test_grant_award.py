"""Granting one award: when nothing is missing, once, in few queries."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels import clock
from laurels.audit.models import Entry
from laurels.awards.actions import grant_award
from laurels.awards.documents import credential_for
from laurels.awards.models import Award
from laurels.badges import addresses
from laurels.badges.models import BadgeState
from laurels.badges.verification import verify_badge
from laurels.catalogue.actions import retire_version
from laurels.errors import Invalid, WrongState
from laurels.governance.models import IssuingAuthority
from laurels.jobs import outbox
from laurels.jobs.models import Job
from laurels.people.actions import attest_address
from laurels.people.models import Address
from laurels.people.system import system
from tests.laurels.awards.approved import APPROVED, COMPLETED, approved, link
from tests.laurels.awards.day import NOW, TODAY

pytestmark = pytest.mark.django_db


def test_it_awards_when_nothing_is_missing() -> None:
    ready = approved()
    award = ready.grant("Ada@Example.ORG")
    assert award.address.folded == "ada@example.org"
    assert award.granted_at == NOW
    assert award.badge.state == BadgeState.SIGNING
    assert award.valid_until is None
    assert len(award.salt) == 32
    assert Entry.objects.filter(verb="award granted").count() == 1


def test_the_badge_is_signed_by_the_worker_and_verifies_in_both_forms() -> None:
    ready = approved(validity_months="24")
    award = ready.grant(informal_minutes=120, evidence=(link(),))
    outbox.run_pending()
    award.badge.refresh_from_db()
    assert award.badge.state == BadgeState.LIVE
    for of in (addresses.ob2, addresses.ob3):
        report = verify_badge(addresses.absolute(of(award.badge_id)), "ada@example.org")
        assert report.verdict == "valid", report.findings
        assert {finding.outcome for finding in report.findings} == {"passed"}


def test_informal_hours_beyond_those_that_count_stay_out_of_the_badge() -> None:
    award = approved().grant(minutes=1500, informal_minutes=360)
    credential = credential_for(award)
    assert (credential.hours, credential.informal) == (Decimal(23), Decimal(4))
    assert award.basis["informal_minutes"] == 360
    outbox.run_pending()
    assert verify_badge(addresses.absolute(addresses.ob3(award.badge_id))).verdict == "valid"


def test_the_holder_is_told_once_and_not_before_the_badge_is_there() -> None:
    ready = approved()
    Job.objects.filter(name="mail.send").delete()
    award = ready.grant()
    assert not Job.objects.filter(name="mail.send").exists()
    outbox.run_pending()
    outbox.put("awards.sign", {"badges": [award.badge_id]})
    outbox.run_pending()
    message = Job.objects.get(name="mail.send")
    assert message.payload["to"] == "ada@example.org"
    assert addresses.absolute(addresses.badge(award.badge_id)) in message.payload["body"]


@pytest.mark.django_db(transaction=True)
def test_all_that_the_database_sees_of_one_award_is_at_most_twelve_statements() -> None:
    ready = approved()
    version = type(ready.version).objects.select_related("micro_credential__unit").get(pk=ready.version.pk)
    basis = ready.basis()
    # The first award of the unit, to a new address; another one; one to an address that is known.
    for address in ("ada@example.org", "bo@example.org", ready.registrar.email):
        with CaptureQueriesContext(connection) as queries:
            grant_award(address, "Ada Lovelace", version, basis, COMPLETED, by=ready.lead)
        asked = [query["sql"] for query in queries]
        assert asked[0].startswith("BEGIN")
        assert asked[-1] == "COMMIT"
        assert len(asked) <= 12, "\n".join(asked)
        assert not [sql for sql in asked if "mail.send" in sql]


def test_each_of_its_acts_leaves_its_own_entry() -> None:
    ready = approved()
    before = Entry.objects.last()
    assert before is not None
    award = ready.grant()
    left = Entry.objects.filter(pk__gt=before.pk).values_list("verb", "thing")
    assert list(left) == [
        ("addresses attested", f"people.user:{ready.lead.pk}"),
        ("badge opened", f"badges.badge:{award.badge_id}"),
        ("award granted", f"awards.award:{award.pk}"),
    ]


def test_one_that_is_refused_leaves_no_entry() -> None:
    ready = approved()
    ready.grant()
    before = Entry.objects.count()
    with pytest.raises(WrongState, match="already holds"):
        ready.grant()
    assert Entry.objects.count() == before


def test_it_awards_once() -> None:
    ready = approved()
    ready.grant()
    with pytest.raises(WrongState, match="Ada Lovelace already holds this badge, awarded on 20 November 2026"):
        ready.grant("ADA@example.org")
    assert Award.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"minutes": 1020}, "17 h"),
        ({"minutes": 1080, "informal_minutes": 300}, "5 h"),
        ({"completed_on": TODAY + datetime.timedelta(days=1)}, "lies in the future"),
        ({"completed_on": APPROVED - datetime.timedelta(days=1)}, "before this version was approved"),
    ],
)
def test_it_refuses_when_something_is_missing(changes: dict[str, object], words: str) -> None:
    ready = approved()
    with pytest.raises(WrongState, match=words):
        ready.grant(**changes)
    assert not Award.objects.exists()
    assert not Address.objects.filter(folded="ada@example.org").exists()


def test_it_refuses_a_level_that_is_too_low() -> None:
    ready = approved()
    levels = {str(one.key): "foundational" for one in ready.version.competencies.all()}
    with pytest.raises(WrongState, match="Cook a meal from whole foods"):
        ready.grant(levels=levels)


def test_it_refuses_what_is_no_address() -> None:
    with pytest.raises(Invalid, match="not an e-mail address"):
        approved().grant("ada at example.org")


def test_it_refuses_the_uploaders_own_address_under_every_name() -> None:
    ready = approved()
    with pytest.raises(WrongState, match="your own address"):
        ready.grant(ready.lead.email.upper())
    other = attest_address("lena@home.example", by=system())
    Address.objects.filter(pk=other.pk).update(person=ready.lead)
    with pytest.raises(WrongState, match="your own address"):
        ready.grant("lena@home.example")


def test_it_refuses_when_the_authority_did_not_cover_the_day() -> None:
    ready = approved()
    IssuingAuthority.objects.filter(pk=ready.authority.pk).update(valid_from=TODAY)
    with pytest.raises(WrongState, match="begins on"):
        ready.grant()


def test_a_suspension_blocks_all() -> None:
    ready = approved()
    IssuingAuthority.objects.filter(pk=ready.authority.pk).update(suspended_at=NOW)
    for by in (ready.lead, ready.registrar):
        with pytest.raises(WrongState, match="suspended"):
            ready.grant(by=by)


def test_after_a_lapse_the_registrar_awards_completions_of_before_for_ninety_days() -> None:
    ready = approved()
    IssuingAuthority.objects.filter(pk=ready.authority.pk).update(valid_until=COMPLETED)
    with pytest.raises(WrongState, match=r"ended on 1 November 2026.*the registrar can confirm"):
        ready.grant()
    with pytest.raises(WrongState, match="ended on"):
        ready.grant(completed_on=COMPLETED + datetime.timedelta(days=1), by=ready.registrar)
    assert ready.grant(by=ready.registrar).live
    with clock.pinned(NOW + datetime.timedelta(days=90)), pytest.raises(WrongState, match="were awarded until"):
        ready.grant("bob@example.org", by=ready.registrar)


def test_a_badge_of_the_teach_out_verifies() -> None:
    ready = approved()
    IssuingAuthority.objects.filter(pk=ready.authority.pk).update(valid_until=COMPLETED)
    award = ready.grant(by=ready.registrar)
    outbox.run_pending()
    assert verify_badge(addresses.absolute(addresses.ob3(award.badge_id))).verdict == "valid"


def test_after_a_retirement_likewise() -> None:
    ready = approved()
    ready.version = retire_version(ready.version, TODAY, "Taught no more.", by=ready.lead)
    with pytest.raises(WrongState, match=r"retired on 20 November 2026.*the registrar can confirm"):
        ready.grant()
    with pytest.raises(WrongState, match="it was completed on 20 November 2026"):
        ready.grant(completed_on=TODAY, by=ready.registrar)
    assert ready.grant(by=ready.registrar).live


def test_its_validity_ends_with_the_last_day_in_the_universitys_zone() -> None:
    ready = approved(validity_months="12")
    university = ready.unit.__class__.objects.get(slug="").university
    university.zone = "America/Los_Angeles"
    university.save(update_fields=["zone"])
    award = ready.grant(completed_on=datetime.date(2026, 10, 31))
    assert award.valid_until == datetime.datetime(2027, 11, 1, 6, 59, 59, tzinfo=datetime.UTC)


def test_it_does_not_award_what_would_have_ended_already() -> None:
    ready = approved(validity_months="1")
    with pytest.raises(WrongState, match="would have ended already, on 10 October 2026"):
        ready.grant(completed_on=datetime.date(2026, 9, 10))


def test_a_draft_cannot_be_awarded() -> None:
    ready = approved()
    type(ready.version).objects.filter(pk=ready.version.pk).update(approval=None)
    ready.version.refresh_from_db()
    with pytest.raises(WrongState, match="not approved"):
        ready.grant()


def test_an_unsigned_endorsement_is_waited_for() -> None:
    ready = approved()
    IssuingAuthority.objects.get(pk=ready.authority.pk)
    decision = ready.authority.decision
    number, decision.endorsement = decision.endorsement, "00000000-0000-0000-0000-000000000001"
    decision.save(update_fields=["endorsement"])
    award = ready.grant()
    outbox.run_pending()
    award.badge.refresh_from_db()
    assert award.badge.state == BadgeState.SIGNING
    assert "not signed yet" in Job.objects.get(name="awards.sign").error
    decision.endorsement = number
    decision.save(update_fields=["endorsement"])
    with clock.pinned(NOW + datetime.timedelta(minutes=2)):
        outbox.run_pending()
    award.badge.refresh_from_db()
    assert award.badge.state == BadgeState.LIVE
