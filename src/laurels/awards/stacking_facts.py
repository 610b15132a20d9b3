"""The awards of people as rules of stacks see them: read by few queries, whatever the number of people."""

import datetime
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from laurels import clock
from laurels.awards.basis import Part
from laurels.awards.models import Award
from laurels.awards.stacking import Owned, Person, Stack
from laurels.catalogue.models import Version, VersionState
from laurels.catalogue.stackoffer import fact_of
from laurels.catalogue.stackoutcome import Held, Terms, folded
from laurels.catalogue.stackrule import read
from laurels.people.models import Address
from laurels.people.system import university

_KNOWN = 4096
_COLUMNS = (
    *("pk", "version", "version__content_hash", "address", "address__folded", "holder", "completed_on"),
    *("valid_until", "live", "basis", "badge", "badge__reason"),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What all awards of one version have in common; frozen with it, so that it is read once and kept."""

    held: Held
    statements: Mapping[str, tuple[str, tuple[str, ...]]]
    micro_credential: int
    number: str
    title: str
    unit: str


def terms() -> Terms:
    """The university's scale; the number of steps that are missing is told at its largest."""
    return Terms(tuple(university().levels))


def stacks(keys: Collection[int] | None = None) -> list[Stack]:
    """The stacks that can be earned now: those of these micro-credentials, or all."""
    found = Version.objects.filter(kind="stack", state=VersionState.PUBLISHED).select_related("micro_credential__unit")
    if keys is not None:
        found = found.filter(micro_credential__in=keys)
    light = found.defer("picture_svg", "picture_png").order_by("pk")
    return [Stack(one, read(one.rule)) for one in light]


def people(addresses: Iterable[Address], scale: Terms, *, lock: bool = False) -> list[Person]:
    """The people whom these addresses belong to, with all their awards; each person once.

    With `lock` nobody else can evaluate the same people until the transaction ends.
    """
    given = list(addresses)
    owners = {one.person_id for one in given if one.person_id is not None}
    rows = {one.pk: one.person_id for one in given}
    if owners:
        rows |= dict(Address.objects.filter(person__in=owners).values_list("pk", "person_id"))
    if lock:
        list(Address.objects.select_for_update().filter(pk__in=rows).order_by("pk").values_list("pk", flat=True))
    groups: dict[object, set[int]] = {}
    for address, owner in rows.items():
        groups.setdefault(("person", owner) if owner is not None else ("address", address), set()).add(address)
    owned = _owned(rows, scale)
    return [
        Person(frozenset(some), tuple(one for address in sorted(some) for one in owned.get(address, ())))
        for some in groups.values()
    ]


def person_of(address: Address, scale: Terms, *, lock: bool = False) -> Person:
    """The one person of an address."""
    (found,) = people([address], scale, lock=lock)
    return found


def _owned(addresses: Collection[int], scale: Terms) -> dict[int, list[Owned]]:
    rows = list(Award.objects.filter(address__in=list(addresses)).values(*_COLUMNS))
    kinds = _kinds({(row["version"], row["version__content_hash"]) for row in rows}, scale)
    now, found = clock.now(), dict[int, list[Owned]]()
    for row in rows:
        kind = kinds[row["version"]]
        found.setdefault(row["address"], []).append(_one(row, kind, scale, now))
    return found


def _one(row: Mapping[str, Any], kind: Kind, scale: Terms, now: datetime.datetime) -> Owned:
    basis = row["basis"]
    key = str(row["pk"])
    levels, targets = _reached(kind, basis.get("levels", {}), scale)
    held = replace(kind.held, key=key, completed_on=row["completed_on"], levels=levels, targets=targets)
    blocks = sum(one["blocks"] for one in basis.get("parts", ())) if held.is_stack else held.blocks
    until = row["valid_until"]
    return Owned(
        part=Part(key, row["badge"], held.of, kind.number, kind.title, kind.unit, blocks),
        held=held,
        micro_credential=kind.micro_credential,
        version=row["version"],
        address=row["address"],
        folded=row["address__folded"],
        holder=row["holder"],
        valid=row["live"] and (until is None or until > now),
        live=row["live"],
        reason=row["badge__reason"],
        valid_until=until,
    )


def _reached(kind: Kind, words: Mapping[str, str], scale: Terms) -> tuple[dict[str, int], dict[str, int]]:
    """The rank reached in each competency and for each framework's target."""
    levels: dict[str, int] = {}
    targets: dict[str, int] = {}
    for key, (statement, links) in kind.statements.items():
        rank = scale.rank(words.get(key, ""))
        levels[statement] = max(rank, levels.get(statement, 0))
        for link in links:
            targets[link] = max(rank, targets.get(link, 0))
    return levels, targets


def _kinds(wanted: Collection[tuple[int, str]], scale: Terms) -> dict[int, Kind]:
    """What is known of these versions; a version that was frozen never changes, so each is read once a process."""
    known = {pk: _MEMORY[pk, digest] for pk, digest in wanted if (pk, digest) in _MEMORY}
    lacking = [pk for pk, _ in wanted if pk not in known]
    if lacking:
        versions = Version.objects.filter(pk__in=lacking).select_related("micro_credential__unit")
        for version in versions.defer("picture_svg", "picture_png"):
            known[version.pk] = _kind(version, scale)
            if len(_MEMORY) >= _KNOWN:
                _MEMORY.clear()
            _MEMORY[version.pk, version.content_hash] = known[version.pk]
    return known


_MEMORY: dict[tuple[int, str], Kind] = {}


def _kind(version: Version, scale: Terms) -> Kind:
    from_frozen = (version.frozen or {}).get("competencies", [])
    return Kind(
        held=fact_of(version, scale),
        statements={
            one["key"]: (folded(one["statement"]), tuple(link["url"] for link in one["links"])) for one in from_frozen
        },
        micro_credential=version.micro_credential_id,
        number=version.number,
        title=version.title,
        unit=version.micro_credential.unit.name,
    )


def parts_of(award: uuid.UUID) -> list[Award]:
    """The awards that a prize rests on, in the order in which it names them."""
    found = Award.objects.filter(prizes__prize=award).select_related("badge", "version__micro_credential__unit")
    return list(found.order_by("prizes__position"))
