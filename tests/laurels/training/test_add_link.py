"""A link is handed in as evidence."""

import pytest

from laurels.errors import Invalid
from laurels.training import actions


def test_it_is_kept_as_given_and_never_fetched(room):
    made = actions.add_link(room.enrolment, "Film", " https://film.example/soup ", by=room.learner)
    assert (made.link, made.sha256) == ("https://film.example/soup", "")


@pytest.mark.parametrize(
    "link", ["", "javascript:alert(1)", "film.example", "https://user@film.example", "ftp://x.example"]
)
def test_what_is_no_address_is_refused(room, link):
    with pytest.raises(Invalid) as refusal:
        actions.add_link(room.enrolment, "Film", link, by=room.learner)
    assert list(refusal.value.fields) == ["link"]
