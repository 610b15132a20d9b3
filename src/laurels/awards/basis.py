"""What an award rests on: a frozen value, kept with the award for ever."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from laurels.catalogue.models import Version


@dataclass(frozen=True, slots=True)
class Link:
    """One piece of evidence at an address; `sha256` is the hex digest of its bytes, where known. Never fetched."""

    address: str
    name: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One award that a stack's prize rests on: the keys of award and badge, and what it is, as it stood then.

    `of` is the slug of what was earned; the blocks of a part that is itself a prize are those of its parts.
    """

    award: str
    badge: str
    of: str
    number: str
    title: str
    unit: str
    blocks: int


@dataclass(frozen=True, slots=True)
class Basis:
    """Confirmed minutes, the informal ones among them, the level of each competency (by key), and who attested it.

    `kind` is "roster", "enrolment" or "stack"; `reference` names the row of that kind (of a stack: slug@number);
    `attested_by` is the key of a user; `parts` are the awards that a stack's prize rests on.
    `by_kind` has the minutes by kind (contact, practice, independent), where a ledger tells them apart.
    """

    kind: str
    reference: str
    minutes: int
    informal_minutes: int
    levels: Mapping[str, str]
    evidence: tuple[Link, ...] = field(default=())
    attested_by: str = ""
    attestation: str = ""
    by_kind: Mapping[str, int] = field(default_factory=dict)
    parts: tuple[Part, ...] = field(default=())

    def plain(self) -> dict[str, Any]:
        """The basis as plain values, for storage."""
        return {
            "kind": self.kind,
            "reference": self.reference,
            "minutes": self.minutes,
            "informal_minutes": self.informal_minutes,
            "levels": dict(self.levels),
            "evidence": [{"address": one.address, "name": one.name, "sha256": one.sha256} for one in self.evidence],
            "attested_by": self.attested_by,
            "attestation": self.attestation,
            "by_kind": dict(self.by_kind),
            **({"parts": [asdict(one) for one in self.parts]} if self.parts else {}),
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Basis":
        """Read a basis back from its plain values."""
        evidence = tuple(Link(**one) for one in plain["evidence"])
        parts = tuple(Part(**one) for one in plain.get("parts", ()))
        return cls(**{**plain, "evidence": evidence, "parts": parts})


def attestation(version: Version) -> str:
    """The sentence that is attested with a roster of this version."""
    return (
        f"I attest that each person in this roster completed “{version.title}” as stated, "
        f"that the hours were confirmed and the levels were reached, and that I am not in it."
    )
