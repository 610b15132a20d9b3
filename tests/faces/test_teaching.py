"""Teaching: offerings and meetings, attendance in one act, hours in bulk, awards that are ready."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from laurels import clock
from laurels.people.models import Role, User
from laurels.training import actions
from laurels.training.models import EnrolmentState, HoursEntry, Meeting, Offering, OfferingState
from laurels.web.teaching_urls import teaching_pages
from tests import factories
from tests.laurels.awards.day import NOW
from tests.laurels.training.class_room import ZONE, ClassRoom, class_room
from tests.laurels.training.plans import given_meeting, letters, opened

pytestmark = pytest.mark.django_db


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


def at(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def offering_values(**values: object) -> dict[str, object]:
    today = clock.today(ZONE)
    last = today + datetime.timedelta(30)
    days = {"starts_on": today.isoformat(), "ends_on": last.isoformat(), "zone": ZONE, "seats": "public"}
    return {**days, "place": "Garden", "capacity": "2", **values}


def test_a_lead_opens_an_offering_plans_a_series_and_names_staff(room: ClassRoom, client: Client) -> None:
    at(client, room.lead)
    slug = room.unit.slug
    assert "Open an offering" in words(client.get(reverse("training", args=[slug])))
    new = reverse("offering-new", args=[slug])
    wrong = client.post(new, offering_values(version=room.approved.version.pk, zone="Mars"))
    assert wrong.status_code == 422
    assert "Use the name of a time zone" in words(wrong)
    said = words(client.post(new, offering_values(version=room.approved.version.pk), follow=True))
    assert "Open: Whole-Food Cooking. Plan its meetings next." in said
    made = Offering.objects.latest("opened_at", "pk")
    made = Offering.objects.get(place="Garden")
    day = (clock.today(ZONE) + datetime.timedelta(1)).isoformat()
    series = {"what": "Soups", "day": day, "starts": "18:00", "ends": "21:00", "kind": "contact", "weeks": "3"}
    assert "Planned." in words(client.post(reverse("meeting-plan", args=[made.pk]), series, follow=True))
    assert made.meetings.count() == 3
    chosen = {"instructors": [room.instructor.pk], "assessors": [room.assessor.pk]}
    said = words(client.post(reverse("offering-staff", args=[made.pk]), chosen, follow=True))
    assert "Asa Assessor (assessor), Ina Instructor (instructor)" in said
    changed = client.post(reverse("offering-edit", args=[made.pk]), offering_values(capacity="5"), follow=True)
    assert "0 of 5 taken" in words(changed)


def test_without_authority_nothing_is_opened(room: ClassRoom, client: Client) -> None:
    room.approved.authority.valid_until = clock.today(ZONE) - datetime.timedelta(2)
    room.approved.authority.save()
    at(client, room.lead)
    said = words(client.get(reverse("training", args=[room.unit.slug])))
    assert "issuing authority ended on 18 November 2026. It cannot open offerings." in said
    new = reverse("offering-new", args=[room.unit.slug])
    refused = client.post(new, offering_values(version=room.approved.version.pk))
    assert "so it cannot open offerings or make awards" in words(refused)


def test_attendance_is_one_act_with_everybody_ticked(room: ClassRoom, client: Client) -> None:
    absent = room.enrol(factories.user(name="Abe Absent"))
    at(client, room.instructor)
    path = reverse("attendance", args=[room.meeting.pk])
    page = client.get(path).content.decode()
    assert page.count(" checked") == 2
    done = client.post(path, {"present": [room.enrolment.pk]}, follow=True)
    assert "Recorded for 1. Somebody else confirms the hours." in words(done)
    assert not HoursEntry.objects.filter(enrolment=absent).exists()
    assert "recorded already" in words(client.get(path))


def test_whom_the_hours_cannot_be_recorded_for_is_named(room: ClassRoom, client: Client) -> None:
    actions.record_attendance(room.meeting, [room.enrolment], by=room.instructor)
    same = Meeting.objects.create(
        offering=room.offering,
        starts_at=room.meeting.starts_at,
        ends_at=room.meeting.ends_at,
        minutes=165,
        what="The same evening",
    )
    at(client, room.instructor)
    refused = client.post(reverse("attendance", args=[same.pk]), {"present": [room.enrolment.pk]})
    assert refused.status_code == 422
    assert "Lea Learner: On " in words(refused)


def test_hours_are_confirmed_in_bulk_by_somebody_else(room: ClassRoom, client: Client) -> None:
    olga = factories.user(name="Olga Other")
    theirs = room.record(45, enrolment=room.enrol(olga), by=olga)
    entries = [room.record(60), room.record(30, kind="practice"), theirs]
    mine = room.record(15, by=room.instructor, what="Entered by the instructor")
    at(client, room.instructor)
    path = reverse("hours-waiting", args=[room.unit.slug])
    said = words(client.get(path))
    assert "Hours to confirm: 3" in said
    assert "Entered by the instructor" not in said
    assert "Hours to confirm: 1" in words(client.get(path, {"kind": "practice"}))
    assert "Hours to confirm: 1" in words(client.get(path, {"person": "olga"}))
    assert "Hours to confirm: 3" in words(client.get(path, {"offering": str(room.offering.pk)}))
    assert "Hours to confirm: 0" in words(client.get(path, {"offering": "x"}))
    done = client.post(path, {"entry": [str(one.pk) for one in (*entries[:2], mine)]}, follow=True)
    assert "Confirmed: 2." in words(done)
    assert not hasattr(HoursEntry.objects.get(pk=mine.pk), "verdict")
    back = reverse("hours-return", args=[room.unit.slug, entries[2].pk])
    assert client.post(back, {"words": ""}).status_code == 422
    assert "Returned to Olga Other." in words(client.post(back, {"words": "Which soup?"}, follow=True))
    assert client.get(back).status_code == 404


def test_awards_that_are_ready_are_signed_off_together(room: ClassRoom, client: Client) -> None:
    room.complete()
    at(client, room.lead)
    desk = words(client.get(reverse("unit-desk", args=[room.unit.slug])))
    assert "Awards 1 with all hours confirmed and every competency assessed." in desk
    path = reverse("awards-ready", args=[room.unit.slug])
    assert "Lea Learner: Whole-Food Cooking 1.0.0" in words(client.get(path))
    assert "Signed off: Lea Learner." in words(client.post(path, {"enrolment": [room.enrolment.pk]}, follow=True))
    room.enrolment.refresh_from_db()
    assert room.enrolment.state == EnrolmentState.AWARDED
    assert "Awards ready: 0" in words(client.get(path))


def test_a_list_is_looked_at_before_anybody_is_enrolled(room: ClassRoom, client: Client) -> None:
    offering = opened(room)
    at(client, room.lead)
    path = reverse("teach-roster", args=[offering.pk])
    content = f"name,address\nGil,gil@example.org\nLea,{room.learner.email}\n,ida@example.org\n".encode()
    page = client.post(path, {"file": SimpleUploadedFile("list.csv", content)})
    assert "1 of 3 lines can be enrolled." in words(page)
    assert offering.enrolments.count() == 0
    held = re.search(r'name="held" value="([^"]+)"', page.content.decode())[1]  # type: ignore[index]
    assert "Enrolled: 1. Each gets a letter." in words(client.post(path, {"held": held}, follow=True))
    assert letters("gil@example.org") == ["Enrolled: Whole-Food Cooking"]
    assert "Hand it in again" in words(client.post(path, {"held": f"{held}x"}, follow=True))
    assert client.post(path, {"file": SimpleUploadedFile("list.csv", b"who\nGil\n")}).status_code == 422


def test_inviting_moving_cancelling_and_ending(room: ClassRoom, client: Client) -> None:
    offering = opened(room, ends_on=clock.today(ZONE) + datetime.timedelta(10))
    meeting = actions.plan_meeting(offering, given_meeting(), by=room.lead)
    person = actions.enrol(offering, by=factories.user(name="Nora Noshow"))
    at(client, room.instructor)
    invited = {"name": "Gil Guest", "address": "gil@example.org"}
    assert "Invited: Gil Guest." in words(
        client.post(reverse("offering-invite", args=[offering.pk]), invited, follow=True)
    )
    moved = {"what": "Soups", "day": meeting.starts_at.date().isoformat(), "starts": "17:00", "ends": "20:00"}
    assert "Saved." in words(
        client.post(reverse("meeting-move", args=[meeting.pk]), {**moved, "kind": "contact"}, follow=True)
    )
    cancelled = client.post(reverse("meeting-cancel", args=[meeting.pk]), {"words": "Snow."}, follow=True)
    assert "Cancelled. Those enrolled get a letter." in words(cancelled)
    gone = client.post(reverse("no-show", args=[person.pk]), follow=True)
    assert "Recorded: Nora Noshow never came." in words(gone)
    assert client.post(reverse("offering-end", args=[offering.pk])).status_code == 409
    said = words(client.post(reverse("offering-cancel", args=[offering.pk]), {"words": "Snow."}, follow=True))
    assert "This offering is cancelled. Snow." in said
    offering.refresh_from_db()
    assert offering.state == OfferingState.CANCELLED


def pages(room: ClassRoom) -> dict[str, list[object]]:
    """Every page of teaching with its arguments."""
    entry = room.record(60)
    args: dict[str, list[object]] = {"attendance": [room.meeting.pk], "no-show": [room.enrolment.pk]}
    args |= {name: [room.unit.slug] for name in ("training", "offering-new", "hours-waiting", "awards-ready")}
    args |= {"hours-return": [room.unit.slug, entry.pk]}
    args |= {name: [room.later.pk] for name in ("meeting-move", "meeting-cancel")}
    rest = {str(page.name) for page in teaching_pages} - set(args)
    return args | {name: [room.offering.pk] for name in rest}


def test_what_is_another_units_is_missing(room: ClassRoom, client: Client) -> None:
    stranger = factories.user(Role.LEAD, factories.unit())
    for name, args in pages(room).items():
        path = reverse(name, args=args)
        ask = client.post if name in ("offering-end", "no-show") else client.get
        client.logout()
        assert ask(path)["Location"].startswith("/sign-in"), name  # type: ignore[operator]
        for person in (stranger, room.learner):
            client.force_login(person)
            assert ask(path).status_code == 404, name  # type: ignore[operator]


def test_the_desks_ask_few_questions(room: ClassRoom, client: Client, django_assert_max_num_queries: Any) -> None:
    for _ in range(12):
        person = factories.user()
        room.record(60, enrolment=room.enrol(person), by=person)
    room.complete()
    at(client, room.lead)
    for name, arg in (("training", room.unit.slug), ("hours-waiting", room.unit.slug), ("unit-desk", room.unit.slug)):
        with django_assert_max_num_queries(15):
            assert client.get(reverse(name, args=[arg])).status_code == 200
    with django_assert_max_num_queries(19):
        client.get(reverse("teach-offering", args=[room.offering.pk]))


def test_an_instructors_desk_is_the_one_of_training(room: ClassRoom, client: Client) -> None:
    at(client, room.instructor)
    assert client.get(reverse("desk"))["Location"] == reverse("training", args=[room.unit.slug])
