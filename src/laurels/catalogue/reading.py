"""Reading what a form, a file or a program gives for a draft: stores what can be stored, and says what cannot (pure).

A draft may be incomplete; what is incomplete is said by `completeness.missing`. Refused here is only what has no place
in the records: a text that is too long, a number that is none, a choice that is not offered, an unknown field.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from laurels.catalogue import hours, stackrule
from laurels.catalogue.completeness import MOST_COMPETENCIES
from laurels.catalogue.icons import ICONS
from laurels.catalogue.models import Change, Competency, PartsPolicy, Version, Visibility, Way
from laurels.catalogue.wreath import PALETTES
from laurels.errors import Invalid

Reader = Callable[[object], object]

MOST_TEXT = 5000
MOST_LIST = 40
_LINES = frozenset({"title", "short_title", "monogram"})
_TEXTS = (
    "summary",
    "audience",
    "need",
    "recognition",
    "mission_alignment",
    "prerequisites",
    "pass_rule",
    "supervision",
    "identity_check",
    "assessor_qualification",
    "evidence",
    "renewal_rule",
    "quality_assurance",
    "scope_notice",
    "appeal_route",
)
_MINUTES = ("contact_minutes", "practice_minutes", "independent_minutes", "informal_minutes_most")


class Faults:
    """What could not be read, by field."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}

    def read(self, field: str, reader: Reader, given: object) -> object:
        """What the reader makes of it; None, and its words kept under the field, when it cannot."""
        try:
            return reader(given)
        except ValueError as fault:
            self.found.setdefault(field, []).append(str(fault))
            return None


def read_fields(given: object) -> tuple[dict[str, object], dict[str, list[str]]]:
    """The values that can be stored, by field of the record, and what is wrong with the others, by field as given."""
    if not isinstance(given, Mapping):
        return {}, {"fields": ["The fields of a definition have names and values."]}
    values: dict[str, object] = {}
    faults = Faults()
    for name, value in given.items():
        if name not in _READERS:
            faults.found.setdefault(str(name)[:60], []).append("There is no such field in a definition.")
            continue
        target, reader = _READERS[name]
        read = faults.read(name, reader, value)
        if name not in faults.found:
            values[target] = read
    return values, faults.found


def read_competencies(given: object) -> tuple[list[dict[str, object]], dict[str, list[str]]]:
    """The competencies as values of their records, and what is wrong, as competencies.PLACE.FIELD (from 0)."""
    if not isinstance(given, Sequence) or isinstance(given, str | bytes):
        return [], {"competencies": ["The competencies are a list."]}
    if len(given) > MOST_COMPETENCIES:
        return [], {"competencies": [f"{len(given)} competencies are too many: seven is the most."]}
    found: list[dict[str, object]] = []
    faults = Faults()
    for place, one in enumerate(given):
        field = f"competencies.{place}"
        if not isinstance(one, Mapping):
            faults.found[field] = ["A competency has fields: statement, level, indicators."]
            continue
        for name in one:
            if name not in _COMPETENCY_READERS:
                faults.found[f"{field}.{str(name)[:60]}"] = ["There is no such field in a competency."]
        found.append(
            {
                name: faults.read(f"{field}.{name}", reader, one.get(name))
                for name, reader in _COMPETENCY_READERS.items()
            }
        )
    return found, faults.found


def _string(given: object) -> str:
    if given is None:
        return ""
    if not isinstance(given, str):
        raise ValueError("This is not a text.")
    text = given.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any((ord(one) < 32 and one not in "\n\t") or ord(one) == 127 or 0xD800 <= ord(one) <= 0xDFFF for one in text):
        raise ValueError("This has control characters in it. Type it anew, or paste it as plain text.")
    return text


def text(most: int) -> Reader:
    """Reads a text of several lines."""

    def read(given: object) -> str:
        found = _string(given)
        if len(found) > most:
            raise ValueError(f"This has {len(found)} characters; {most} is the most.")
        return found

    return read


def line(most: int) -> Reader:
    """Reads a text of one line; line breaks become spaces."""
    reader = text(most)
    return lambda given: " ".join(str(reader(given)).split())


def _minutes(given: object) -> int:
    if given in (None, ""):
        return 0
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise ValueError("This is not a number of minutes.")
    if isinstance(given, str) and not re.fullmatch(r"[0-9]{1,9}", given.strip()):
        raise ValueError(f"“{given[:40]}” is not a number of minutes.")
    return _few(int(given))


def _hours(given: object) -> int:
    if given in (None, ""):
        return 0
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise ValueError("This is not a number of hours.")
    return _few(hours.minutes_of(str(given)))


def _few(minutes: int) -> int:
    if not 0 <= minutes <= 600_000:
        raise ValueError("Hours are between 0 and 10,000.")
    return minutes


def _months(given: object) -> int | None:
    if given in (None, ""):
        return None
    if (
        isinstance(given, bool)
        or not re.fullmatch(r"[0-9]{1,4}", str(given).strip())
        or not 1 <= int(str(given)) <= 600
    ):
        raise ValueError("The validity is between 1 and 600 months, or empty: it does not end.")
    return int(str(given))


def _day(given: object) -> date | None:
    if given in (None, ""):
        return None
    if type(given) is date:
        return given
    if isinstance(given, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", given.strip(), re.ASCII):
        try:
            return date.fromisoformat(given.strip())
        except ValueError:
            raise ValueError(f"There is no day {given.strip()}.") from None
    raise ValueError("Write the day as year-month-day, as in 2027-03-12.")


def _yes(given: object) -> bool:
    if given in (True, "on", "yes", "true", "True", "1"):
        return True
    if given in (False, None, "", "off", "no", "false", "False", "0"):
        return False
    raise ValueError("This is yes or no.")


def _choice(offered: Sequence[str], *, empty: bool) -> Reader:
    def read(given: object) -> str:
        found = _string(given)
        if found in offered or (empty and not found):
            return found
        raise ValueError(f"Choose one of: {', '.join(offered)}.")

    return read


def _matching(pattern: str, words: str, change: Callable[[str], str]) -> Reader:
    def read(given: object) -> str:
        found = change(_string(given))
        if found and not re.fullmatch(pattern, found):
            raise ValueError(words)
        return found

    return read


def _list(given: object, separator: str) -> list[object]:
    if given is None:
        return []
    if isinstance(given, str):
        return [part.strip() for part in given.split(separator) if part.strip()]
    if not isinstance(given, Sequence) or isinstance(given, bytes):
        raise ValueError("This is not a list.")
    if len(given) > MOST_LIST:
        raise ValueError(f"This has {len(given)} items; {MOST_LIST} is the most.")
    return list(given)


def _words(separator: str, most: int) -> Reader:
    reader = line(most)

    def read(given: object) -> list[str]:
        found = [str(reader(one)) for one in _list(given, separator)]
        if len(found) > MOST_LIST:
            raise ValueError(f"This has {len(found)} items; {MOST_LIST} is the most.")
        return list(dict.fromkeys(one for one in found if one))

    return read


def _assessment(given: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for one in _list(given, "\n"):
        if not isinstance(one, Mapping):
            raise ValueError("An assessment has a type and a weight in percent.")
        kind = line(120)(one.get("type"))
        weight = str(one.get("weight", "")).strip().removesuffix("%").strip()
        if not kind and not weight:
            continue
        if not re.fullmatch(r"[0-9]{1,3}", weight) or int(weight) > 100:
            raise ValueError(f"The weight of “{kind}” is a whole number from 0 to 100.")
        found.append({"type": kind, "weight": int(weight)})
    return found


def _links(given: object) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for one in _list(given, "\n"):
        if not isinstance(one, Mapping):
            raise ValueError("A link has a framework, a code, a name and an address.")
        link = {name: str(line(300)(one.get(name))) for name in ("framework", "code", "name", "url")}
        if not any(link.values()):
            continue
        if not _is_address(link["url"]):
            raise ValueError(f"“{link['url']}” is not an address such as https://skills.example/plan-meals.")
        if not link["name"]:
            raise ValueError(f"Say what {link['url']} is called in its framework.")
        found.append(link)
    return found


def _rule(given: object) -> stackrule.Json:
    """A stack's rule as plain values: from its JSON, or from the text of it; ValueError says what is wrong, where."""
    if given in (None, ""):
        return None
    try:
        plain = json.loads(given) if isinstance(given, str) else given
        return stackrule.plain(stackrule.read(plain))  # type: ignore[arg-type]
    except (ValueError, RecursionError):
        raise ValueError("This is not JSON. Write it as in {“version”: 1, “rule”: {“award”: “name”}}.") from None
    except Invalid as refusal:
        raise ValueError(" ".join(refusal.fields["rule"])) from None


def _is_address(url: str) -> bool:
    # The characters of RFC 3986: what is no absolute IRI cannot be signed.
    if not re.fullmatch(r"https?://(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+", url) or url.count("#") > 1:
        return False
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0) and not parts.username
    except ValueError:
        return False


def _most(model: type[Version] | type[Competency], name: str) -> int:
    return int(getattr(model._meta.get_field(name), "max_length", None) or MOST_TEXT)


_READERS: Mapping[str, tuple[str, Reader]] = {
    **{name: (name, line(_most(Version, name))) for name in sorted(_LINES)},
    **{name: (name, text(MOST_TEXT)) for name in _TEXTS},
    **{name: (name, _minutes) for name in _MINUTES},
    **{name.replace("minutes", "hours"): (name, _hours) for name in _MINUTES},
    "language": (
        "language",
        _matching(r"[a-z]{2,3}(-[A-Za-z0-9]{2,4})?", "Write the language as a code, as in en or es.", str.strip),
    ),
    "country": ("country", _matching(r"[A-Z]{2}", "Write the country as two letters, as in US.", str.upper)),
    "icon": ("icon", _choice(list(ICONS), empty=True)),
    "colours": ("colours", _choice([name for name in PALETTES if name], empty=True)),
    "tags": ("tags", _words(",", 60)),
    "way": ("way", _choice(Way.values, empty=True)),
    "change": ("change", _choice(Change.values, empty=False)),
    "assessment": ("assessment", _assessment),
    "evidence_required": ("evidence_required", _yes),
    "evidence_visibility": ("evidence_visibility", _choice(Visibility.values, empty=False)),
    "validity_months": ("validity_months", _months),
    "next_review": ("next_review", _day),
    "rule": ("rule", _rule),
    "parts_policy": ("parts_policy", _choice(PartsPolicy.values, empty=False)),
}

_COMPETENCY_READERS: Mapping[str, Reader] = {
    "statement": line(_most(Competency, "statement")),
    "level": line(_most(Competency, "level")),
    "indicators": _words("\n", 300),
    "evidence_kinds": line(_most(Competency, "evidence_kinds")),
    "taught": text(MOST_TEXT),
    "links": _links,
}
