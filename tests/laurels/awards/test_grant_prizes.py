"""The prize of a stack: granted through the one door when its rule is met, once, with its parts named."""

import base64
import datetime
import hashlib
from collections.abc import Iterator
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels import clock
from laurels.audit.models import Entry
from laurels.awards import actions
from laurels.awards.basis import Basis
from laurels.awards.documents import credential_for
from laurels.awards.models import Award
from laurels.badges import addresses
from laurels.badges.models import BadgeState, Document
from laurels.badges.verification import verify_badge
from laurels.catalogue.models import Version
from laurels.errors import WrongState
from laurels.governance import actions as governance
from laurels.jobs import outbox
from laurels.people.models import Address
from laurels.people.system import system
from openbadgekit.strict import parse_object
from tests.laurels.awards.approved import COMPLETED
from tests.laurels.awards.day import NOW, TODAY
from tests.laurels.awards.stacks import Stacked, two

pytestmark = pytest.mark.django_db


def test_the_last_part_completes_it_and_the_prize_names_its_parts() -> None:
    house = two()
    first = house.award("Cooking", on=COMPLETED - datetime.timedelta(days=9))
    assert house.prizes("Educator") == []
    last = house.award("Baking")
    (prize,) = house.prizes("Educator")
    assert (prize.completed_on, prize.holder, prize.address) == (COMPLETED, last.holder, last.address)
    assert [one["award"] for one in prize.basis["parts"]] == [str(first.pk), str(last.pk)]
    assert [one.part_id for one in prize.parts.all()] == [first.pk, last.pk]
    assert Entry.objects.filter(verb="award granted", thing=f"awards.award:{prize.pk}").count() == 1


def test_an_award_that_completes_nothing_grants_nothing() -> None:
    house = two()
    house.award("Cooking")
    house.award("Cooking", "bo@example.org")
    assert house.prizes("Educator") == []


def test_it_is_granted_once() -> None:
    house = two({"any": [{"award": "cooking"}, {"award": "baking"}]})
    house.award("Cooking")
    house.award("Baking")
    actions.grant_prizes(Address.objects.all(), by=system())
    assert len(house.prizes("Educator")) == 1


def test_several_addresses_of_one_person_count_as_one() -> None:
    house = two()
    house.award("Cooking", "ada@example.org")
    house.award("Baking", "countess@example.org")
    assert house.prizes("Educator") == []
    Address.objects.update(person=house.ready.registrar)
    (prize,) = actions.grant_prizes(Address.objects.filter(folded="ada@example.org"), by=system())
    assert prize.address.folded in ("ada@example.org", "countess@example.org")
    assert actions.grant_prizes(Address.objects.all(), by=system()) == []


def test_a_prize_completes_the_stack_above_it_and_each_is_granted_once() -> None:
    house = two()
    house.stack("Master", {"any": [{"stack": "educator"}, {"all": [{"award": "baking"}, {"award": "cooking"}]}]})
    house.award("Cooking")
    house.award("Baking")
    assert [len(house.prizes(title)) for title in ("Educator", "Master")] == [1, 1]


def test_a_roster_completes_stacks_too() -> None:
    house = two()
    house.award("Cooking", "ada@example.org")
    version = house.versions["Baking"]
    given = house.ready
    given.version = Version.objects.select_related("micro_credential__unit").get(pk=version.pk)
    given.confirmed(given.row("ada@example.org", hours="12"), given.row("bo@example.org", hours="12"))
    outbox.run_pending()
    (prize,) = house.prizes("Educator")
    assert prize.address.folded == "ada@example.org"
    assert prize.badge.state == BadgeState.LIVE


def test_its_badge_verifies_in_both_forms_and_names_each_part_by_address_and_digest() -> None:
    house = two()
    parts = [house.award("Cooking"), house.award("Baking")]
    (prize,) = house.prizes("Educator")
    with pytest.raises(WrongState, match="not signed yet"):
        credential_for(prize)
    outbox.run_pending()
    for of in (addresses.ob2, addresses.ob3):
        report = verify_badge(addresses.absolute(of(prize.badge_id)), "ada@example.org")
        assert report.verdict == "valid", report.findings
    signed = parse_object(bytes(Document.objects.get(address=addresses.ob3(prize.badge_id)).body))
    related = {one["id"]: one["digestSRI"] for one in signed["relatedResource"]}  # type: ignore[index, call-overload, union-attr]
    expected = [addresses.absolute(addresses.ob3(one.badge_id)) for one in parts]
    assert set(related) == set(expected)
    for one, address in zip(parts, expected, strict=True):
        body = bytes(Document.objects.get(address=addresses.ob3(one.badge_id)).body)
        assert related[address] == _sri(body)
    hosted = bytes(Document.objects.get(address=addresses.ob2(prize.badge_id)).body).decode()
    # Parts of one day stand in no order that means anything.
    assert "Made of 2 awards: " in hosted
    assert {title for title in ("Cooking", "Baking") if f"{title}, version 1.0.0 (" in hosted} == {"Cooking", "Baking"}
    assert "hours of training" not in hosted
    assert all(address in hosted for address in expected)


def _sri(body: bytes) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(body).digest()).decode()


def test_nobody_can_attest_a_stack() -> None:
    house = two()
    given = house.ready
    stack = Version.objects.select_related("micro_credential__unit").get(pk=house.versions["Educator"].pk)
    with pytest.raises(WrongState, match="earned by other awards"):
        actions.grant_award("ada@example.org", "Ada", stack, given.basis(), COMPLETED, by=given.lead)
    with pytest.raises(WrongState, match="earned by other awards"):
        actions.check_roster(stack, "roster.csv", b"address\n", by=given.lead)


def test_a_basis_whose_parts_do_not_meet_the_rule_is_refused() -> None:
    house = two()
    award = house.award("Cooking")
    stack = Version.objects.select_related("micro_credential__unit").get(pk=house.versions["Educator"].pk)
    levels = {str(one.key): one.level for one in stack.competencies.all()}
    alone = Basis("stack", "", 0, 0, levels, parts=())
    with pytest.raises(WrongState, match="do not meet the rule of “Educator”: 0 of 2"):
        actions.grant_award(award.address.folded, "Ada", stack, alone, COMPLETED, by=system())
    cooking = Version.objects.select_related("micro_credential__unit").get(pk=house.versions["Cooking"].pk)
    with pytest.raises(WrongState, match="is no stack"):
        actions.grant_award("bo@example.org", "Bo", cooking, alone, COMPLETED, by=system())


@pytest.fixture
def waiting() -> Iterator[Stacked]:
    house = two()
    house.award("Cooking")
    with mock.patch("laurels.awards.actions.granting.in_force", side_effect=WrongState("Lapsed.")):
        house.award("Baking")
    yield house


def test_a_prize_waits_while_its_unit_may_not_issue_and_is_granted_with_the_renewal(waiting: Stacked) -> None:
    assert waiting.prizes("Educator") == []
    outbox.put("awards.stacks", {"unit": waiting.ready.unit.pk})
    outbox.run_pending()
    assert len(waiting.prizes("Educator")) == 1


def test_a_suspension_that_is_lifted_brings_the_prizes_that_waited() -> None:
    house = two()
    house.award("Cooking")
    award = house.award("Baking")
    (prize,) = house.prizes("Educator")
    assert prize.granted_at == NOW
    Award.objects.filter(pk=prize.pk).update(live=False)
    outbox.run_pending()
    prize.badge.refresh_from_db()
    actions.revoke_award(prize, "part lost", "", by=system())
    governance.suspend_authority(house.ready.authority, "Looked at.", by=house.ready.registrar)
    assert actions.grant_prizes([award.address], by=system()) == []
    governance.lift_suspension(house.ready.authority, by=house.ready.registrar)
    outbox.run_pending()
    assert len(house.prizes("Educator", live=True)) == 1


def test_a_new_rule_is_asked_of_everybody_and_dates_from_its_approval() -> None:
    house = Stacked()
    for title in ("Cooking", "Baking"):
        house.part(title)
    for title, address in (("Cooking", "ada"), ("Baking", "ada"), ("Cooking", "bo")):
        house.award(title, f"{address}@example.org")
    stack = house.stack("Educator", {"all": [{"award": "cooking"}, {"award": "baking"}]})
    outbox.put("awards.stacks", {"stack": stack.micro_credential_id})
    outbox.run_pending()
    (prize,) = house.prizes("Educator")
    assert (prize.address.folded, prize.completed_on) == ("ada@example.org", COMPLETED)


def test_one_revoked_for_another_reason_is_not_granted_again() -> None:
    house = two()
    house.award("Cooking")
    house.award("Baking")
    outbox.run_pending()
    (prize,) = house.prizes("Educator")
    actions.revoke_award(prize, "misconduct", "", by=house.ready.registrar)
    assert actions.grant_prizes(Address.objects.all(), by=system()) == []


def test_expired_and_revoked_awards_do_not_count() -> None:
    house = Stacked()
    house.part("Cooking", validity_months="6")
    house.part("Baking")
    house.stack("Educator", {"all": [{"award": "cooking"}, {"award": "baking"}]})
    house.award("Cooking")
    with clock.pinned(NOW + datetime.timedelta(days=300)):
        house.award("Baking", on=TODAY + datetime.timedelta(days=299))
    assert house.prizes("Educator") == []


@pytest.mark.django_db(transaction=True)
def test_an_award_that_is_part_of_no_stack_asks_nothing_about_stacks() -> None:
    house = two()
    house.part("Frying")
    house.award("Frying", "first@example.org")
    with CaptureQueriesContext(connection) as queries:
        house.award("Frying", "second@example.org")
    asked = [query["sql"] for query in queries]
    assert not [sql for sql in asked if "stackpart" in sql or "FOR UPDATE" in sql]
    granting = asked[next(place for place, sql in enumerate(asked) if sql.startswith("BEGIN")) :]
    assert len(granting) <= 12, "\n".join(granting)


def test_the_number_of_questions_does_not_grow_with_the_awards_of_others() -> None:
    house = two()
    counts = []
    for number in range(3):
        with CaptureQueriesContext(connection) as queries:
            house.award("Cooking", f"learner{number}@example.org")
        counts.append(len(queries))
    assert counts[1] == counts[2]
