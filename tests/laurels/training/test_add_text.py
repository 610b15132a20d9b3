"""A text is handed in as evidence."""

import hashlib

import pytest

from laurels.errors import Invalid
from laurels.training import actions


def test_its_digest_is_that_of_the_text(room):
    made = actions.add_text(room.enrolment, "Journal", "Monday:\r\nsoup. ", by=room.learner)
    assert made.text == "Monday:\nsoup."
    assert made.sha256 == hashlib.sha256(b"Monday:\nsoup.").hexdigest()


@pytest.mark.parametrize("text", ["", "  \n", "x" * 20_001])
def test_too_little_or_too_much_is_refused(room, text):
    with pytest.raises(Invalid) as refusal:
        actions.add_text(room.enrolment, "Journal", text, by=room.learner)
    assert list(refusal.value.fields) == ["text"]
