"""The learner's pages: an account, a seat, hours, what is missing, leaving, the calendar."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from laurels import clock
from laurels.people.models import User
from laurels.training import actions
from laurels.training.models import Enrolment, EnrolmentState, HoursEntry
from tests import factories
from tests.laurels.awards.day import NOW
from tests.laurels.training.class_room import ZONE, ClassRoom, class_room
from tests.laurels.training.plans import given_meeting, letter, letters, opened

pytestmark = pytest.mark.django_db
GOOD = "seven green apples"


@pytest.fixture(autouse=True)
def _one_day() -> Iterator[None]:
    with clock.pinned(NOW):
        yield


@pytest.fixture
def room() -> ClassRoom:
    return class_room()


def words(answer: Any) -> str:
    within = re.sub(r"</?(time|a|bdi|span)\b[^>]*>", "", answer.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", within).split())


def hours(**values: object) -> dict[str, object]:
    day = clock.today(ZONE) - datetime.timedelta(1)
    return {"day": day.isoformat(), "minutes": "1.5", "what": "Soup", "kind": "practice", "zone": ZONE, **values}


def test_somebody_without_an_account_enrols(room: ClassRoom, client: Client) -> None:
    offering = opened(room, capacity=1)
    page = client.get(reverse("micro-credential", args=[room.approved.version.micro_credential.slug]))
    assert "Enrol: 31 October 2026, seats for everybody" in words(page)
    assert "20 November 2026, 1 seat left" in words(page)
    assert "Sign in, and enrol" in words(client.get(reverse("offering", args=[offering.pk])))
    asked = client.post(reverse("sign-up"), {"name": "Ada Able", "address": "Ada@example.org"})
    assert "A letter is on its way to Ada@example.org" in words(asked)
    link = re.search(r"/sign-up/\S+", letter("ada@example.org"))[0]  # type: ignore[index]
    assert "Choose a password" in words(client.get(link))
    weak = client.post(link, {"password": "12345678", "again": "12345678"})
    assert weak.status_code == 422
    home = client.post(link, {"password": GOOD, "again": GOOD}, follow=True)
    assert "Welcome, Ada Able." in words(home)
    assert "Nothing earned yet. Your first twelve hours begin in the catalogue" in words(home)
    made = client.post(reverse("offering", args=[offering.pk]), follow=True)
    assert f"Enrolled: {offering.title}." in words(made)
    assert "0 of 18 hours confirmed." in words(made)
    assert client.post(link, {"password": GOOD, "again": GOOD}).status_code == 422


def test_the_answer_is_the_same_whether_there_is_an_account_or_not(room: ClassRoom, client: Client) -> None:
    answers = []
    for address in (room.learner.email, "nobody@example.org"):
        answer = client.post(reverse("sign-up"), {"name": "X", "address": address})
        answers.append((answer.status_code, words(answer).replace(address, "")))
    assert answers[0] == answers[1]
    assert letters(room.learner) == ["You have an account already"]


def test_my_laurels_says_what_is_under_way_and_what_comes_next(room: ClassRoom, client: Client) -> None:
    actions.plan_meeting(room.offering, given_meeting(), by=room.lead)
    client.force_login(room.learner)
    said = words(client.get(reverse("my-laurels")))
    assert "Under way: 1" in said
    assert "Not yet: 0 h of 18 h are confirmed." in said
    assert "Next: Soups, 23 November 2026, 18:00" in said


def test_my_laurels_asks_few_questions_however_much_is_under_way(
    room: ClassRoom, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        other = class_room()
        actions.enrol(other.offering, by=room.learner)
    client.force_login(room.learner)
    with django_assert_max_num_queries(15):
        assert "Under way: 5" in words(client.get(reverse("my-laurels")))
    room.complete()
    with django_assert_max_num_queries(15):
        client.get(reverse("enrolment", args=[room.enrolment.pk]))


def test_hours_are_recorded_and_spoken(room: ClassRoom, client: Client) -> None:
    client.force_login(room.learner)
    path = reverse("enrolment", args=[room.enrolment.pk])
    said = words(client.post(path, hours(), follow=True))
    assert "Saved. 0 h of 18 h, 1 h 30 min waiting." in said
    assert "Waits for Asa Assessor, Ina Instructor or" in said or "Waits for Asa Assessor or 3 others." in said
    entry = HoursEntry.objects.get()
    assert (entry.minutes, entry.kind, entry.starts_at) == (90, "practice", None)
    page = client.get(path).content.decode()
    assert 'value="1 h 30 min"' in page  # the last length is filled in
    again = client.post(path, hours(another="yes", minutes="", starts="10:00", ends="11:15"))
    assert again["Location"].endswith("#record")
    assert HoursEntry.objects.latest("entered_at").minutes in (75, 90)


def test_a_start_with_a_length_is_a_span(room: ClassRoom, client: Client) -> None:
    client.force_login(room.learner)
    client.post(reverse("enrolment", args=[room.enrolment.pk]), hours(starts="23:30", minutes="1"))
    entry = HoursEntry.objects.get()
    assert (entry.ends_at - entry.starts_at) == datetime.timedelta(hours=1)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"minutes": ""}, "Say how long"),
        ({"minutes": "0.3"}, "Hours go in steps of 15 min"),
        ({"minutes": "", "ends": "11:00"}, "Say also when it began."),
        ({"day": "2099-01-01"}, "This day lies in the future"),
        ({"what": ""}, "This field is required"),
        ({"zone": "Mars"}, "Use the name of a time zone"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    room: ClassRoom, client: Client, given: dict[str, str], said: str
) -> None:
    client.force_login(room.learner)
    answer = client.post(reverse("enrolment", args=[room.enrolment.pk]), hours(place="At home", **given))
    assert answer.status_code == 422
    assert said in words(answer)
    assert 'value="At home"' in answer.content.decode()
    assert not HoursEntry.objects.exists()


def test_a_time_that_the_clocks_show_twice_is_asked_about(room: ClassRoom, client: Client) -> None:
    client.force_login(room.learner)
    path = reverse("enrolment", args=[room.enrolment.pk])
    night = hours(day="2026-11-01", minutes="", starts="01:15", ends="03:00")
    asked = client.post(path, night)
    assert asked.status_code == 422
    assert "The clocks showed the start twice. Which do you mean?" in words(asked)
    client.post(path, {**night, "later_start": "first"})
    assert HoursEntry.objects.get().minutes == 165


def test_a_returned_entry_says_why_and_is_corrected(room: ClassRoom, client: Client) -> None:
    entry = room.record(60)
    actions.return_hours(entry, "It was half an hour.", by=room.instructor)
    client.force_login(room.learner)
    path = reverse("enrolment", args=[room.enrolment.pk])
    assert "Returned by Ina Instructor: It was half an hour." in words(client.get(path))
    correct = reverse("hours-correct", args=[room.enrolment.pk, entry.pk])
    assert "It was half an hour." in words(client.get(correct))
    assert client.post(correct, hours(minutes="0.5")).status_code == 422
    done = client.post(correct, hours(minutes="0.5", why="Misread the clock"), follow=True)
    assert "Corrected. The correction counts once somebody else has confirmed it." in words(done)
    out = HoursEntry.objects.get(corrects=entry)
    client.post(reverse("hours-correct", args=[room.enrolment.pk, out.pk]), hours(why="Not at all", out="on"))
    assert HoursEntry.objects.get(corrects=out).minutes == 0


def test_a_cancelled_offering_shows_how_to_go_on(room: ClassRoom, client: Client) -> None:
    other = opened(room, title="Winter")
    actions.cancel_offering(room.offering, "Snow.", by=room.lead)
    client.force_login(room.learner)
    path = reverse("enrolment", args=[room.enrolment.pk])
    said = words(client.get(path))
    assert "This offering is cancelled" in said
    assert "Snow. No hours are lost." in said
    assert "You go on." in words(
        client.post(reverse("go-on", args=[room.enrolment.pk]), {"offering": other.pk}, follow=True)
    )
    room.enrolment.refresh_from_db()
    assert room.enrolment.offering == other


def test_leaving_asks_first(room: ClassRoom, client: Client) -> None:
    client.force_login(room.learner)
    path = reverse("enrolment-withdraw", args=[room.enrolment.pk])
    assert "Hours stay in the ledger" in words(client.get(path))
    assert "Withdrawn from Whole-Food Cooking." in words(client.post(path, {"words": "Moving"}, follow=True))
    assert "This enrolment ended on" in words(client.get(reverse("enrolment", args=[room.enrolment.pk])))


def test_one_begins_alone(room: ClassRoom, client: Client) -> None:
    person = factories.user()
    client.force_login(person)
    path = reverse("begin-alone", args=[room.approved.version.micro_credential.slug])
    assert "Begin alone" in words(client.get(path))
    assert "Begun: Whole-Food Cooking." in words(client.post(path, follow=True))
    assert Enrolment.objects.get(address__person=person).offering is None


def test_an_invitation_makes_an_account_or_asks_to_sign_in(room: ClassRoom, client: Client) -> None:
    offering = opened(room, seats="reserved")
    invited = actions.invite(offering, "gil@example.org", "Gil Guest", by=room.lead)
    link = re.search(r"/learn/invitations/\S+", letter("gil@example.org"))[0]  # type: ignore[index]
    assert client.get(link[:-1] + ("A" if link[-1] != "A" else "B")).status_code == 404
    assert "Choose a password: it makes your account" in words(client.get(link))
    assert client.post(link, {"password": GOOD, "again": "other"}).status_code == 422
    assert "Accepted: Whole-Food Cooking." in words(client.post(link, {"password": GOOD, "again": GOOD}, follow=True))
    invited.refresh_from_db()
    assert invited.state == EnrolmentState.ENROLLED
    assert User.objects.get(email="gil@example.org").check_password(GOOD)
    assert client.get(link).status_code == 410
    client.logout()
    known = actions.invite(offering, factories.user(name="Kim Known").email, "Kim", by=room.lead)
    second = re.search(r"/learn/invitations/\S+", letter(known.address.folded))[0]  # type: ignore[index]
    assert "Sign in, and accept" in words(client.get(second))
    client.force_login(User.objects.get(name="Kim Known"))
    assert "You are invited: Whole-Food Cooking" in words(client.get(reverse("my-laurels")))
    assert "Accepted" in words(client.post(reverse("invitation-accept", args=[known.pk]), follow=True))


def test_nobody_sees_the_enrolment_of_another(room: ClassRoom, client: Client) -> None:
    paths = [
        reverse("enrolment", args=[room.enrolment.pk]),
        reverse("enrolment-withdraw", args=[room.enrolment.pk]),
        reverse("hours-correct", args=[room.enrolment.pk, room.record(60).pk]),
    ]
    for path in paths:
        assert client.get(path)["Location"].startswith("/sign-in")
    client.force_login(factories.user())
    for path in paths:
        assert client.get(path).status_code == 404
    client.force_login(room.instructor)
    assert "Lea Learner" in words(client.get(paths[0]))


def test_the_calendar_keeps_the_zone_and_one_identity_a_meeting(room: ClassRoom, client: Client) -> None:
    meeting = actions.plan_meeting(room.offering, given_meeting(), by=room.lead)
    client.force_login(room.learner)
    page = words(client.post(reverse("calendar-renew"), follow=True))
    path = re.search(r"/calendar/[\w-]+\.ics", page)[0]  # type: ignore[index]
    client.logout()

    def events() -> dict[str, Any]:
        answer = client.get(path)
        assert answer["Content-Type"].startswith("text/calendar")
        return {str(one["uid"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}

    found = events()
    assert len(found) == 3
    event = found[f"{meeting.pk}@localhost"]
    assert event["dtstart"].dt == datetime.datetime(2026, 11, 24, 2, tzinfo=datetime.UTC)
    assert event["dtstart"].params["TZID"] == ZONE
    assert b"BEGIN:VTIMEZONE" in client.get(path).content
    actions.cancel_meeting(meeting, "Snow.", by=room.lead)
    assert events()[f"{meeting.pk}@localhost"]["status"] == "CANCELLED"
    actions.renew_calendar(by=room.learner)
    assert client.get(path).status_code == 404


def test_an_instructor_has_the_meetings_that_they_teach(room: ClassRoom, client: Client) -> None:
    actions.staff_offering(room.offering, [room.instructor], [], by=room.lead)
    key = actions.renew_calendar(by=room.instructor).key
    answer = client.get(reverse("calendar", args=[key]))
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 2
