"""The verb of calendars: a new address, which ends the one before."""

import secrets

from django.db import transaction

from laurels import clock
from laurels.audit.record import record
from laurels.people.models import User
from laurels.training.models import CalendarFeed


@transaction.atomic
def renew_calendar(*, by: User) -> CalendarFeed:
    """Make the address of one's own calendar, or a new one, with which the old one stops working."""
    feed, _ = CalendarFeed.objects.update_or_create(
        user=by, defaults={"key": secrets.token_urlsafe(32), "made_at": clock.now()}
    )
    record(by, "calendar address made", feed)
    return feed
