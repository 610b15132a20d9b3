"""A person's meetings as a calendar (RFC 5545): those that they learn, teach or assess in (pure)."""

import datetime
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from laurels.training.models import Meeting

PRODUCT = "-//Laurels//Meetings//EN"
AGAIN = "PT1H"


def calendar(meetings: Iterable[Meeting], name: str, host: str, address: str) -> bytes:
    """The calendar file. Times are said in each offering's zone, with that zone's rules in the file.

    Meetings come with their offering. Each has one identity for ever, so that a moved or cancelled one is changed in
    the reader's calendar and not doubled (section 3.8.4.7).
    """
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("refresh-interval;value=duration", AGAIN)
    made.add("x-published-ttl", AGAIN)
    for meeting in meetings:
        made.add_component(_event(meeting, host, address))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _event(meeting: Meeting, host: str, address: str) -> Event:
    offering = meeting.offering
    zone = ZoneInfo(offering.zone)
    event = Event()
    event.add("uid", f"{meeting.pk}@{host}")
    event.add("dtstamp", _stamp(meeting))
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    event.add("summary", f"{meeting.what} ({offering.title})")
    place = meeting.place or offering.place
    if place:
        event.add("location", place)
    if offering.link:
        event.add("url", offering.link)
    event.add("description", f"{offering.title}: {address}")
    event.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    return event


def _stamp(meeting: Meeting) -> datetime.datetime:
    """When what the event says was last made: the same bytes for the same meetings."""
    return meeting.cancelled_at or meeting.recorded_at or meeting.offering.opened_at
