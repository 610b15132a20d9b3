"""Reads one row as a completion: whose, when, on what basis; and says in words what in it cannot be right (pure)."""

import datetime
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from laurels.awards.basis import Link
from laurels.awards.roster import Row
from laurels.catalogue import hours
from laurels.errors import Invalid
from laurels.people.documents import fold

LONGEST_NAME = 120
_LONGEST_LINK = 500
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
# RFC 3986, without the brackets of addresses in numbers: what is no IRI cannot be signed.
_LINK = re.compile(r"https?://(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")


@dataclass(slots=True)
class Completion:
    """What a row says, as far as it could be read; `problems` says what could not."""

    address: str = ""
    name: str = ""
    completed_on: datetime.date | None = None
    minutes: int = 0
    informal_minutes: int = 0
    levels: dict[str, str] = field(default_factory=dict)
    evidence: tuple[Link, ...] = ()
    problems: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """What was read, as plain values for storage."""
        return {
            "address": self.address,
            "name": self.name,
            "completed_on": self.completed_on.isoformat() if self.completed_on else None,
            "minutes": self.minutes,
            "informal_minutes": self.informal_minutes,
            "levels": self.levels,
            "evidence": [{"address": one.address, "sha256": one.sha256} for one in self.evidence],
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Completion":
        """Read a completion back from its plain values."""
        day = plain["completed_on"]
        return cls(
            address=plain["address"],
            name=plain["name"],
            completed_on=datetime.date.fromisoformat(day) if day else None,
            minutes=plain["minutes"],
            informal_minutes=plain["informal_minutes"],
            levels=dict(plain["levels"]),
            evidence=tuple(Link(**one) for one in plain["evidence"]),
        )


def read(row: Row, competencies: Sequence[tuple[str, str]], scale: Sequence[str], step_minutes: int) -> Completion:
    """What the row says; `competencies` are (key, statement), `scale` the words for levels, lowest first."""
    found = Completion()
    found.problems.extend(_address(row, found))
    found.problems.extend(_name(row, found))
    found.problems.extend(_day(row, found))
    found.problems.extend(_hours(row, found, step_minutes))
    found.problems.extend(_levels(row, found, competencies, scale))
    found.problems.extend(_evidence(row, found))
    return found


def _address(row: Row, found: Completion) -> Iterator[str]:
    given = row.cell("address")
    if not given:
        yield "The e-mail address is missing."
        return
    try:
        found.address = fold(given)
    except Invalid as error:
        yield error.message


def _name(row: Row, found: Completion) -> Iterator[str]:
    found.name = " ".join(row.cell("name").split())
    if not found.name:
        yield "The name is missing."
    elif len(found.name) > LONGEST_NAME:
        yield f"The name has {len(found.name)} characters; {LONGEST_NAME} is the most."
    elif any(unicodedata.category(character) in ("Cc", "Cs") for character in found.name):
        yield "The name holds control characters."


def _day(row: Row, found: Completion) -> Iterator[str]:
    given = row.cell("completed on")
    if not given:
        yield "The day of completion is missing."
    elif not _DAY.fullmatch(given):
        yield f"The day of completion, “{given[:40]}”, is not written as in 2027-04-28."
    else:
        try:
            found.completed_on = datetime.date.fromisoformat(given)
        except ValueError:
            yield f"There is no day {given}."


def _hours(row: Row, found: Completion, step_minutes: int) -> Iterator[str]:
    given = {"hours": row.cell("hours"), "informal hours": row.cell("informal hours") or "0"}
    read = {}
    for column, text in given.items():
        if not text:
            yield "The hours are missing."
            return
        try:
            read[column] = hours.minutes_of(text)
        except ValueError as error:
            yield str(error)
            return
        if not hours.in_steps(read[column], step_minutes):
            yield f"The {column}, {text}, are not in whole steps of {hours.words(step_minutes)}."
            return
    found.minutes, found.informal_minutes = read["hours"], read["informal hours"]
    if found.informal_minutes > found.minutes:
        yield (
            f"{hours.words(found.informal_minutes)} informal are more than the "
            f"{hours.words(found.minutes)} that were confirmed in all."
        )


def _levels(
    row: Row, found: Completion, competencies: Sequence[tuple[str, str]], scale: Sequence[str]
) -> Iterator[str]:
    words = {word.casefold(): word for word in scale}
    for key, statement in competencies:
        given = " ".join(row.levels[key].split())
        if not given:
            yield f"The level of “{statement}” is missing."
        elif given.casefold() not in words:
            yield f"“{given[:40]}” is no level. For “{statement}”, write {', '.join(scale[:-1])} or {scale[-1]}."
        else:
            found.levels[key] = words[given.casefold()]


def _evidence(row: Row, found: Completion) -> Iterator[str]:
    address, digest = row.cell("evidence"), row.cell("evidence sha256").casefold()
    if digest and not address:
        yield "There is a SHA-256 of evidence, but no address of it."
    if digest and not _SHA256.fullmatch(digest):
        yield "The SHA-256 of the evidence is not 64 hexadecimal digits."
    elif address and not is_link(address):
        yield f"The evidence, “{address[:60]}”, is not an address such as https://university.example/file.pdf."
    elif address:
        found.evidence = (Link(address, sha256=digest),)


def is_link(text: str) -> bool:
    """Whether the text is an absolute web address that can stand in a signed badge."""
    if len(text) > _LONGEST_LINK or not _LINK.fullmatch(text) or text.count("#") > 1:
        return False
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0) and parts.username is None
    except ValueError:
        return False
