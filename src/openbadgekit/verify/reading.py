"""Small readers of foreign JSON and of its dates: whatever is not as expected is simply not there."""

import re
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from ..errors import Malformed, Unsupported
from ..jsontype import Json, JsonObject
from ..keys import did_web_url

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", flags=re.ASCII)
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LONGEST: Final = 80


def as_object(value: Json) -> JsonObject:
    """Return the value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Json) -> list[Json]:
    """Return the values of a list, one value as a list of it, and nothing as an empty one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text(value: Json) -> str | None:
    """Return the value if it is text that says something, else None."""
    return value if isinstance(value, str) and value.strip() else None


def texts(value: Json) -> list[str]:
    """Return the texts among one or more values."""
    return [item for item in as_list(value) if isinstance(item, str)]


def identifier(value: Json) -> str | None:
    """Return the id of something that is given as an id or as an object with one."""
    return text(value) or text(as_object(value).get("id"))


def moment(value: Json) -> datetime:
    """Return a moment in UTC from an RFC 3339 date-time. Raises Malformed when it is none, or has no zone."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            raise Malformed(f"A date cannot be read: {brief(value)}.") from None
    raise Malformed(f"A date cannot be read: {brief(value)}.")


def moment_or_none(value: Json) -> datetime | None:
    """Return the moment, None when there is none or it cannot be read."""
    try:
        return moment(value)
    except Malformed:
        return None


def day(value: datetime) -> str:
    """Return the day in words: "1 May 2027"."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def minute(value: datetime) -> str:
    """Return day and time in words: "1 May 2027, 14:05 UTC"."""
    there = value.astimezone(UTC)
    return f"{day(there)}, {there:%H:%M} UTC"


def brief(value: Json) -> str:
    """Return a foreign value for use in a message: one line, no control or direction characters, at most 80 long."""
    line = "".join(character if character.isprintable() else " " for character in str(value)).strip()
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"


def domain(issuer: str) -> str:
    """Return what an issuer's id proves: the host (and port) of a did:web or web address; otherwise the id itself."""
    address = issuer
    if issuer.startswith("did:web:"):
        try:
            address = did_web_url(issuer)
        except (Malformed, Unsupported):
            return brief(issuer)
    if address.startswith(("https://", "http://")):
        try:
            return urlsplit(address).netloc.rpartition("@")[2] or brief(issuer)
        except ValueError:
            return brief(issuer)
    return brief(issuer)


def origin(address: str) -> tuple[str, str, int] | None:
    """Return scheme, host and port of a web address; None for everything else."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return parts.scheme, parts.hostname, port or {"http": 80, "https": 443}[parts.scheme]


def is_web(address: str | None) -> bool:
    """Tell whether this is an http(s) address."""
    return address is not None and origin(address) is not None
