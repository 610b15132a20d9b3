"""Offerings and meetings as tests plan them, and the letters that were left to send."""

import datetime

from laurels import clock
from laurels.jobs.models import Job
from laurels.people.models import User
from laurels.training import actions
from laurels.training.models import Offering
from laurels.training.plans import GivenMeeting, GivenOffering
from tests.laurels.training.class_room import ZONE, ClassRoom


def given_offering(**values: object) -> GivenOffering:
    """An offering with which nothing is wrong: it runs from today for four weeks."""
    today = clock.today(ZONE)
    dates = {"starts_on": today, "ends_on": today + datetime.timedelta(28), "zone": ZONE, "place": "Kitchen"}
    return GivenOffering(**{**dates, **values})  # type: ignore[arg-type]


def given_meeting(days: int = 3, starts: int = 18, ends: int = 21, **values: object) -> GivenMeeting:
    """A meeting some days from today."""
    day = clock.today(ZONE) + datetime.timedelta(days)
    times = {"day": day, "starts": datetime.time(starts), "ends": datetime.time(ends), "what": "Soups"}
    return GivenMeeting(**{**times, **values})  # type: ignore[arg-type]


def opened(room: ClassRoom, *, by: User | None = None, **values: object) -> Offering:
    """One more open offering."""
    return actions.open_offering(room.approved.version, given_offering(**values), by=by or room.lead)


def letters(to: User | str) -> list[str]:
    """The subjects of the letters to somebody, oldest first."""
    address = to if isinstance(to, str) else to.email
    jobs = Job.objects.filter(name="mail.send").order_by("pk")
    return [job.payload["subject"] for job in jobs if job.payload["to"] == address]


def letter(to: User | str) -> str:
    """The words of the newest letter to somebody."""
    address = to if isinstance(to, str) else to.email
    jobs = Job.objects.filter(name="mail.send").order_by("-pk")
    return next(str(job.payload["body"]) for job in jobs if job.payload["to"] == address)
