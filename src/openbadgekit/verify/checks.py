"""The checks that both standards share: form, dates, recipient."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from ..errors import Malformed, Problem
from ..identity import matches
from ..jsontype import Json, JsonObject
from .reading import as_list, as_object, brief, day, moment, text
from .report import DATES, FORM, RECIPIENT, Finding, failed, passed, unknown
from .session import Session

UNKNOWN_KIND: Final = "We do not know this kind of badge."


def check_form(standard: str, problems: Sequence[Problem]) -> Finding:
    """Return the finding on the form, from the problems that were found in it."""
    if not problems:
        return passed(FORM, f"It is a well-formed Open Badges {standard} badge.")
    where = brief(problems[0].pointer) or "The badge itself"
    more = f" {len(problems) - 1} more of this kind." if len(problems) > 1 else ""
    return failed(FORM, f"{where} is missing or wrong: {brief(problems[0].message)}{more}")


def check_dates(session: Session, begins: Json, ends: Json) -> Finding:
    """Check that the badge is in force; `begins` and `ends` are dates as they stand in the document, or None."""
    try:
        since = None if begins is None else moment(begins)
        until = None if ends is None else moment(ends)
    except Malformed as error:
        return unknown(DATES, error.message)
    if since is not None and since > session.soon:
        return failed(DATES, f"It holds from {day(since)} only.")
    if until is not None and until <= session.now:
        return failed(DATES, f"Expired on {day(until)}.")
    return passed(DATES, _in_force(since, until))


def _in_force(since: datetime | None, until: datetime | None) -> str:
    start = f"In force since {day(since)}" if since else "In force"
    return f"{start}, until {day(until)}." if until else f"{start}. It has no end."


def check_recipient(identities: Sequence[Json], subject: Json, address: str) -> Finding:
    """Check that it was awarded to the address; `identities` are identity objects, `subject` the subject's id."""
    known: list[JsonObject] = [as_object(one) for one in identities]
    if (text(subject) or "").lower() == f"mailto:{address.strip().lower()}" or any(
        matches(one, address) for one in known
    ):
        return passed(RECIPIENT, "It was awarded to the address you gave.")
    if any(_is_address(one) for one in known) or (text(subject) or "").lower().startswith("mailto:"):
        return failed(RECIPIENT, "It was not awarded to the address you gave.")
    return unknown(RECIPIENT, "It does not say to whom it was awarded.")


def _is_address(identity: JsonObject) -> bool:
    kinds = [*as_list(identity.get("type")), identity.get("identityType")]
    return any(kind in ("email", "emailAddress") for kind in kinds)
