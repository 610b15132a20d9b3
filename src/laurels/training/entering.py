"""A list of people to enrol: read from a file, each line with what keeps it from being enrolled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from laurels.awards import sheet
from laurels.awards.conditions import held_by
from laurels.catalogue.models import Version
from laurels.errors import Invalid
from laurels.people import rules
from laurels.people.documents import fold
from laurels.people.models import Address
from laurels.training.models import Enrolment
from laurels.training.models.enrolment import LIVE

_COLUMNS = {
    "address": "address",
    "e-mail": "address",
    "email": "address",
    "e-mail address": "address",
    "email address": "address",
    "name": "name",
    "full name": "name",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: the (folded) address and the name, as far as they could be read, and what is wrong with them."""

    line: int
    address: str
    name: str
    problem: str = ""


def read(content: bytes) -> list[Entry]:
    """Every line of a CSV or XLSX file with the columns “address” and “name”; Invalid when it is no such file."""
    table = sheet.table(content, {"address", "name"}, _COLUMNS)
    seen: dict[str, int] = {}
    return [_entry(line, cells, seen) for line, cells in table]


def refusals(version: Version, entries: Sequence[Entry]) -> dict[int, str]:
    """By line, why it cannot be enrolled: malformed, twice in the list, on the way already, or holding the badge."""
    good = {entry.address for entry in entries if not entry.problem}
    known = Address.objects.in_bulk(list(good), field_name="folded")
    people = {one.person_id for one in known.values() if one.person_id is not None}
    whose = Q(address__folded__in=good) | Q(address__person__in=people)
    live = Enrolment.objects.filter(whose, version__micro_credential=version.micro_credential_id, state__in=LIVE)
    taken: set[str | int | None] = set()
    for pair in live.values_list("address__folded", "address__person"):
        taken |= set(pair)
    held = held_by(version, good)
    found = {}
    for entry in entries:
        person = known[entry.address].person_id if entry.address in known else None
        on_the_way = entry.address in taken or (person is not None and person in taken)
        words = entry.problem or ("Is enrolled in this already." if on_the_way else "")
        words = words or ("Holds this badge already." if entry.address in held else "")
        if words:
            found[entry.line] = words
        elif person is not None:
            taken.add(person)
    return found


def _entry(line: int, cells: Mapping[str, str], seen: dict[str, int]) -> Entry:
    given = cells.get("address", "").strip()
    name = " ".join(cells.get("name", "").split())
    try:
        address = fold(given)
        rules.name(name)
    except Invalid as refused:
        words = " ".join([refused.message, *(one for messages in refused.fields.values() for one in messages)])
        return Entry(line, given[:254], name[:120], words)
    first = seen.setdefault(address, line)
    problem = f"This address is in line {first} already." if first != line else ""
    return Entry(line, address, name, problem)
