"""The address of one's calendar."""

from laurels.training import actions
from laurels.training.models import CalendarFeed


def test_a_new_address_ends_the_one_before(room):
    first = actions.renew_calendar(by=room.learner).key
    second = actions.renew_calendar(by=room.learner).key
    assert first != second
    assert [one.key for one in CalendarFeed.objects.all()] == [second]
    assert len(second) == 43
