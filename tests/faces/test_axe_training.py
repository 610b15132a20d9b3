"""axe finds nothing on the pages of learning and teaching, in both themes, on a desk and on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from laurels.people import letters
from laurels.training import actions
from tests import factories
from tests.faces.test_axe import check
from tests.laurels.training.class_room import class_room
from tests.laurels.training.plans import given_meeting, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_axe_finds_nothing_on_the_learners_pages(browser: Browser, live_server: LiveServer) -> None:
    room = class_room()
    actions.plan_meeting(room.offering, given_meeting(), by=room.lead)
    returned = room.record(60)
    actions.return_hours(returned, "Which soup?", by=room.instructor)
    actions.confirm_hours([room.record(90, informal=True)], by=room.instructor)
    room.record(45)
    room.assess(0)
    actions.renew_calendar(by=room.learner)
    public = [
        reverse("micro-credential", args=[room.approved.version.micro_credential.slug]),
        reverse("offering", args=[room.offering.pk]),
        reverse("begin-alone", args=[room.approved.version.micro_credential.slug]),
        reverse("sign-up"),
        reverse("open-account", args=[letters.token("ada@example.org", "Ada")]),
    ]
    check(browser, live_server, public)
    own = [
        reverse("my-laurels"),
        reverse("enrolment", args=[room.enrolment.pk]),
        reverse("hours-correct", args=[room.enrolment.pk, returned.pk]),
        reverse("enrolment-withdraw", args=[room.enrolment.pk]),
        reverse("offering", args=[room.offering.pk]),
    ]
    check(browser, live_server, own, room.learner)


def test_axe_finds_nothing_on_the_pages_of_teaching(browser: Browser, live_server: LiveServer) -> None:
    room = class_room()
    coming = actions.plan_meeting(room.offering, given_meeting(), by=room.lead)
    waiting = room.record(60)
    full = opened(room, capacity=1)
    for _ in range(2):
        actions.enrol(full, by=factories.user())
    slug = room.unit.slug
    paths = [
        *(reverse(name, args=[slug]) for name in ("training", "offering-new", "hours-waiting", "awards-ready")),
        reverse("hours-return", args=[slug, waiting.pk]),
        reverse("teach-offering", args=[room.offering.pk]),
        reverse("teach-offering", args=[full.pk]),
        *(reverse(f"offering-{name}", args=[room.offering.pk]) for name in ("edit", "staff", "invite", "cancel")),
        reverse("teach-roster", args=[room.offering.pk]),
        reverse("meeting-plan", args=[room.offering.pk]),
        reverse("meeting-move", args=[coming.pk]),
        reverse("attendance", args=[room.meeting.pk]),
        reverse("unit-desk", args=[slug]),
    ]
    check(browser, live_server, paths, room.lead)
