"""A list of people is enrolled, read first and looked at."""

import pytest

from laurels.errors import Invalid, NotAllowed
from laurels.training import actions, entering
from laurels.training.models import EnrolmentState
from tests import factories
from tests.laurels.training.plans import letters, opened

FILE = b"""Name;E-Mail;Room
Gil Guest;GIL@example.org;7
Ida;ida@example.org;
Nobody;nobody at example;
Gil;gil@example.org;
"""


def test_good_lines_are_enrolled_and_told_and_bad_ones_say_why(room):
    entries = entering.read(FILE)
    assert [bool(one.problem) for one in entries] == [False, False, True, True]
    assert entries[3].problem == "This address is in line 2 already."
    made = actions.enrol_roster(opened(room, capacity=1), entries, by=room.lead)
    assert [(one.name, one.state) for one in made] == [("Gil Guest", "enrolled"), ("Ida", "waiting")]
    assert letters("gil@example.org") == ["Enrolled: Whole-Food Cooking"]
    assert letters("ida@example.org") == ["On the waiting list: Whole-Food Cooking"]


def test_who_is_on_the_way_or_holds_the_badge_is_named_in_the_dry_run(room):
    room.approved.grant("ada@example.org")
    text = f"address,name\n{room.learner.email},Lea\nada@example.org,Ada\nnew@example.org,Nina\n"
    entries = entering.read(text.encode())
    assert entering.refusals(room.approved.version, entries) == {
        2: "Is enrolled in this already.",
        3: "Holds this badge already.",
    }


def test_two_addresses_of_one_person_are_one_person(room):
    person = factories.user()
    first = actions.enrol(opened(room), by=person).address
    second = type(first).objects.create(folded="second@example.org", as_given="second@example.org", person=person)
    entries = entering.read(b"address,name\nsecond@example.org,Again\n")
    assert entering.refusals(room.approved.version, entries) == {2: "Is enrolled in this already."}
    assert second.person == person


def test_nothing_is_done_twice(room):
    offering, entries = opened(room), entering.read(FILE)
    actions.enrol_roster(offering, entries, by=room.lead)
    with pytest.raises(Invalid, match="Nobody of this list can be enrolled"):
        actions.enrol_roster(offering, entries, by=room.lead)
    assert offering.enrolments.filter(state=EnrolmentState.ENROLLED).count() == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"name\nGil\n", "lacks this column: “address”"),
        (b"name,address\n", "no row below"),
        (b"name,address,e-mail\nGil,a@b.example,c@d.example\n", "there twice"),
        (b"PK\x03\x04nothing", "cannot be read"),
        (b"\xff\xfea", "UTF-16"),
    ],
)
def test_what_is_no_list_is_refused_whole(content, words):
    with pytest.raises(Invalid, match=words):
        entering.read(content)


def test_it_is_for_the_unit(room):
    with pytest.raises(NotAllowed):
        actions.enrol_roster(opened(room), entering.read(FILE), by=room.learner)
