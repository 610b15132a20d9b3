"""Opening a badge: an id that nobody guesses, an index that nobody else has."""

import pytest

from laurels.badges.actions import open_badge
from laurels.badges.models import BadgeState
from laurels.badges.permutation import index_of
from laurels.errors import Invalid
from laurels.people.system import system
from tests import factories

pytestmark = pytest.mark.django_db


def test_it_draws_an_id_of_128_bits_and_an_index_of_the_units_list() -> None:
    unit = factories.unit()
    badge = open_badge(unit, by=system())
    assert len(badge.id) == 32
    assert int(badge.id, 16) >= 0
    assert badge.state == BadgeState.SIGNING
    assert badge.status_list.unit == unit
    assert 0 <= badge.status_index < 131072


def test_it_keeps_one_series_of_lists_for_each_unit() -> None:
    first, second = factories.unit(), factories.unit()
    lists = {open_badge(unit, by=system()).status_list_id for unit in (first, second, first)}
    assert len(lists) == 2


def test_it_refuses_a_badge_of_the_university_itself() -> None:
    with pytest.raises(Invalid, match="endorses"):
        open_badge(factories.university().unit, by=system())


@pytest.mark.parametrize("size", [1, 2, 5, 64, 1000, 4096])
def test_its_permutation_reaches_every_index_once(size: int) -> None:
    drawn = [index_of(counter, size, b"secret") for counter in range(size)]
    assert sorted(drawn) == list(range(size))


def test_its_permutation_is_another_one_for_another_secret() -> None:
    one, other = ([index_of(counter, 131072, secret) for counter in range(100)] for secret in (b"one", b"other"))
    assert one != other
    with pytest.raises(ValueError, match="not below"):
        index_of(131072, 131072, b"one")
