"""When a part of a stack is revoked or ends: the stack's policy, with its trace; the registrar answers flags."""

import datetime

import pytest

from laurels import clock
from laurels.audit.models import Entry
from laurels.awards import actions
from laurels.awards.models import Award, PartFate, StackPart
from laurels.errors import WrongState
from laurels.jobs import outbox
from laurels.jobs.models import Job
from laurels.people.system import system
from tests.laurels.awards.day import NOW
from tests.laurels.awards.stacks import Stacked, two

pytestmark = pytest.mark.django_db


def completed(house: Stacked) -> tuple[Award, Award]:
    """The first part and the prize, both signed."""
    first = house.award("Cooking")
    house.award("Baking")
    outbox.run_pending()
    (prize,) = house.prizes("Educator")
    return Award.objects.select_related("badge", "version__micro_credential__unit").get(pk=first.pk), prize


@pytest.mark.parametrize(
    ("policy", "fate", "live"),
    [("keep", PartFate.KEPT, True), ("flag", PartFate.FLAGGED, True), ("revoke", PartFate.REVOKED, False)],
)
def test_a_revoked_part_has_the_outcome_that_the_policy_says(policy: str, fate: PartFate, live: bool) -> None:
    house = two(parts_policy=policy)
    part, prize = completed(house)
    actions.revoke_award(part, "misconduct", "", by=house.ready.registrar)
    prize.refresh_from_db()
    assert prize.live is live
    link = StackPart.objects.get(prize=prize, part=part)
    assert (link.fate, link.lost_by, link.lost_at) == (fate, "revoked", NOW)
    entry = Entry.objects.get(verb="part lost")
    assert entry.detail == {"how": "revoked", "prizes": {str(prize.pk): fate.value}}


def test_a_rule_that_other_awards_still_meet_leaves_the_prize_as_it_is() -> None:
    house = two({"blocks": {"n": 1, "from": {"list": ["cooking", "baking"]}}}, parts_policy="revoke")
    part = house.award("Cooking")
    house.award("Baking")
    outbox.run_pending()
    (prize,) = house.prizes("Educator")
    part.refresh_from_db()
    actions.revoke_award(part, "misconduct", "", by=house.ready.registrar)
    prize.refresh_from_db()
    assert prize.live
    assert StackPart.objects.get(part=part).fate == PartFate.STILL_MET


def test_a_part_that_ends_is_looked_at_on_that_day() -> None:
    house = Stacked()
    house.part("Cooking", validity_months="6")
    house.part("Baking")
    house.stack("Educator", {"all": [{"award": "cooking"}, {"award": "baking"}]}, parts_policy="revoke")
    part, prize = completed(house)
    assert part.valid_until is not None
    job = Job.objects.get(name="awards.part_ends")
    assert job.run_after == part.valid_until
    with pytest.raises(WrongState, match="is valid"):
        actions.lose_part(part, by=system())
    with clock.pinned(part.valid_until + datetime.timedelta(seconds=1)):
        outbox.run_pending()
    prize.refresh_from_db()
    assert not prize.live
    link = StackPart.objects.get(part=part)
    assert (link.lost_by, link.fate) == ("expired", PartFate.REVOKED)


def test_a_lost_prize_is_lost_to_the_stack_above_it() -> None:
    house = two(parts_policy="revoke")
    house.stack("Master", {"stack": "educator"}, parts_policy="flag")
    part, prize = completed(house)
    actions.revoke_award(part, "misconduct", "", by=house.ready.registrar)
    assert StackPart.objects.get(part=prize).fate == PartFate.FLAGGED


def test_the_prize_is_granted_anew_when_the_part_is_earned_anew() -> None:
    house = two(parts_policy="revoke")
    part, prize = completed(house)
    actions.revoke_award(part, "wrong details", "", by=house.ready.registrar)
    house.award("Cooking")
    (again,) = house.prizes("Educator", live=True)
    assert again.pk != prize.pk


def test_the_registrar_is_told_of_a_flag() -> None:
    house = two(parts_policy="flag")
    part, _ = completed(house)
    actions.revoke_award(part, "misconduct", "", by=house.ready.registrar)
    letters = [job.payload for job in Job.objects.filter(name="mail.send")]
    told = [one for one in letters if one["to"] == house.ready.registrar.email]
    assert ["The part “Cooking” of the badge “Educator”" in one["body"].replace("\n", " ") for one in told] == [True]
