"""What a name, a slug, a password and a university's policy must be (pure): what is well-formed comes back."""

import re
import unicodedata
from collections.abc import Mapping
from zoneinfo import available_timezones

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from laurels.errors import Invalid
from laurels.people.models import Role, University, User

LONGEST_SLUG = 60
# The university's own desk stands under this word, so no unit may be called so.
RESERVED_SLUGS = {"university"}

_slug = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def name(text: str, *, field: str = "name", longest: int = 120) -> str:
    """A name on one line: control characters would let it forge headers, logs and pages."""
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        raise Invalid("A name is missing.", fields={field: ["Say the name."]})
    if any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in text):
        raise Invalid("A name stands on one line.", fields={field: ["Take out line breaks and control characters."]})
    if len(text) > longest:
        raise Invalid("The name is too long.", fields={field: [f"Use at most {longest} characters."]})
    return text


def mission(text: str) -> str:
    """The mission in the university's own words: every application is measured against it."""
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        raise Invalid("The mission is missing.", fields={"mission": ["Say it in the university's own words."]})
    return text


def slug(text: str) -> str:
    """A slug that can stand in an address for ever."""
    if not _slug.fullmatch(text) or len(text) > LONGEST_SLUG:
        words = f"Use small letters a–z, digits and single hyphens, at most {LONGEST_SLUG}."
        raise Invalid("The slug cannot stand in an address.", fields={"slug": [words]})
    if text in RESERVED_SLUGS:
        raise Invalid("The slug is taken by the system.", fields={"slug": ["Use another word."]})
    return text


def password(text: str, user: User) -> str:
    """A password that is not easily guessed."""
    try:
        validate_password(text, user)
    except ValidationError as error:
        raise Invalid("The password is too weak.", fields={"password": error.messages}) from error
    return text


def role(text: str) -> Role:
    """A role that there is."""
    try:
        return Role(text)
    except ValueError as error:
        raise Invalid(f"There is no role “{text}”.", fields={"role": ["Choose one of the list."]}) from error


def policy(values: Mapping[str, object]) -> Mapping[str, object]:
    """The policy of a university, where it differs from the default."""
    problems = {field: [words] for field, value in values.items() if (words := _problem(field, value))}
    if problems:
        raise Invalid("This policy cannot work.", fields=problems)
    return values


def _problem(field: str, value: object) -> str:
    if field == "zone" and value not in available_timezones():
        return f"“{value}” is no time zone: use a name such as America/Los_Angeles."
    if field in ("quorum", "block_minutes", "step_minutes", "authority_months", "assessment_days") and not (
        isinstance(value, int) and value > 0
    ):
        return "Use a whole number above 0."
    if field == "moderation_percent" and not (isinstance(value, int) and 0 <= value <= 100):
        return "Use a whole number from 0 to 100."
    if field == "levels":
        words = [str(level).strip().casefold() for level in value] if isinstance(value, list) else []
        if not words or "" in words or len(set(words)) < len(words):
            return "Name at least one level, each once, the lowest first."
    most = getattr(University._meta.get_field(field), "max_length", None)
    if isinstance(value, str) and most is not None and len(value) > most:
        return f"Use at most {most} characters."
    return ""
