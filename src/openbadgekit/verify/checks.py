"""The checks that both standards share: form, dates, recipient."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from ..errors import Malformed, Problem
from ..identity import Identity, Sought, kind_of, matches, same_kind
from ..jsontype import Json, JsonObject
from .reading import as_object, brief, day, moment, text
from .report import DATES, FORM, RECIPIENT, Finding, failed, passed, unknown
from .session import Session

NO_BADGE: Final = "This is not a badge."
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


def check_recipient(identities: Sequence[Json], subject: Json, sought: Sought) -> Finding:
    """Check that it was awarded to somebody: an e-mail address, or an `Identity`.

    `identities` are identity objects, `subject` the subject's id.
    """
    named = Identity("email", sought) if isinstance(sought, str) else sought
    who = "the address you gave" if named.is_address else "the one you named"
    known: list[JsonObject] = [as_object(one) for one in identities]
    if _is_subject(subject, named) or any(matches(one, named) for one in known):
        return passed(RECIPIENT, f"It was awarded to {who}.")
    if _names_another(subject, named) or any(same_kind(kind_of(one), named) for one in known):
        return failed(RECIPIENT, f"It was not awarded to {who}.")
    return unknown(RECIPIENT, "It does not say to whom it was awarded.")


def _is_subject(subject: Json, named: Identity) -> bool:
    if named.is_address:
        return (text(subject) or "").lower() == f"mailto:{named.value.strip().lower()}"
    return named.kind == "id" and text(subject) == named.value


def _names_another(subject: Json, named: Identity) -> bool:
    if named.is_address:
        return (text(subject) or "").lower().startswith("mailto:")
    return named.kind == "id" and text(subject) is not None
