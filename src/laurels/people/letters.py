"""The letter that offers an account: its link, and how many of them one address gets."""

import datetime
from dataclasses import dataclass

from django.core import signing

from laurels import clock
from laurels.errors import Missing
from laurels.jobs.models import Job

SALT = "laurels.people.account"
HOLDS_DAYS, MOST_AN_HOUR = 3, 3


@dataclass(frozen=True, slots=True)
class Offered:
    """The account that a link offers."""

    address: str
    name: str


def token(address: str, name: str) -> str:
    """What stands in the link: nothing is stored before it is used, so a wrong address leaves nothing behind."""
    sent = int(clock.now().timestamp())
    return signing.dumps({"address": address, "name": name, "sent": sent}, salt=SALT)


def read(given: str) -> Offered:
    """What a link offers; Missing when it does not hold."""
    words = "This link does not hold any more."
    try:
        held = signing.loads(given, salt=SALT)
    except signing.BadSignature as error:
        raise Missing(words, mend="Ask for a new one.") from error
    sent = datetime.datetime.fromtimestamp(held["sent"], datetime.UTC)
    if clock.now() - sent > datetime.timedelta(days=HOLDS_DAYS):
        raise Missing(words, mend="Ask for a new one.")
    return Offered(held["address"], held["name"])


def is_enough(address: str) -> bool:
    """Whether this address got so many letters within the hour that nobody may have one more sent to it."""
    lately = clock.now() - datetime.timedelta(hours=1)
    sent = Job.objects.filter(name="mail.send", created_at__gt=lately, payload__to=address)
    return sent.count() >= MOST_AN_HOUR
