"""The registrar answers the flag of a prize that lost a part: keep it, or revoke it."""

import pytest

from laurels.audit.models import Entry
from laurels.awards import actions
from laurels.awards.models import Award, PartFate, StackPart
from laurels.errors import NotAllowed, WrongState
from tests.laurels.awards.stacks import Stacked, two
from tests.laurels.awards.test_lose_part import completed

pytestmark = pytest.mark.django_db


def flagged() -> tuple[Stacked, Award]:
    house = two(parts_policy="flag")
    part, prize = completed(house)
    actions.revoke_award(part, "misconduct", "", by=house.ready.registrar)
    return house, prize


@pytest.mark.parametrize(("keep", "fate"), [(True, PartFate.KEPT), (False, PartFate.REVOKED)])
def test_the_answer_is_done_and_traced(keep: bool, fate: PartFate) -> None:
    house, prize = flagged()
    actions.settle_lost_part(prize, keep, "Looked at it.", by=house.ready.registrar)
    prize.refresh_from_db()
    assert prize.live is keep
    link = StackPart.objects.get(prize=prize, lost_at__isnull=False)
    assert link.fate == fate
    assert link.settled_at is not None
    assert Entry.objects.get(verb="lost part settled").detail == {"fate": fate.value, "words": "Looked at it."}


def test_it_is_answered_once() -> None:
    house, prize = flagged()
    actions.settle_lost_part(prize, True, "", by=house.ready.registrar)
    with pytest.raises(WrongState, match="No part of this prize waits"):
        actions.settle_lost_part(prize, False, "", by=house.ready.registrar)


def test_it_is_for_the_registrar() -> None:
    house, prize = flagged()
    with pytest.raises(NotAllowed):
        actions.settle_lost_part(prize, True, "", by=house.lead)
