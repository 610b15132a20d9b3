"""Moments as text, as both standards write them."""

from datetime import UTC, datetime

from ..errors import Malformed


def moment(value: datetime) -> str:
    """Return the moment in UTC, to the second: 2027-05-01T00:00:00Z. Raises Malformed for one without a zone."""
    return _zoned(value).astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def local_moment(value: datetime) -> str:
    """Return the moment in its own zone, so that its day can be read: 2027-04-28T00:00:00-07:00."""
    return _zoned(value).isoformat(timespec="seconds").replace("+00:00", "Z")


def _zoned(value: datetime) -> datetime:
    if value.tzinfo is None or value.utcoffset() is None:
        raise Malformed(f"The moment {value} has no time zone.", mend="Give every moment with its zone.")
    return value
