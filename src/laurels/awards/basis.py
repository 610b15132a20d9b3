"""What an award rests on: a frozen value, kept with the award for ever."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from laurels.catalogue.models import Version


@dataclass(frozen=True, slots=True)
class Link:
    """One piece of evidence at an address; `sha256` is the hex digest of its bytes, where known. Never fetched."""

    address: str
    name: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """Confirmed minutes, the informal ones among them, the level of each competency (by key), and who attested it.

    `kind` is "roster" for now; `reference` names the row of that kind; `attested_by` is the key of a user.
    """

    kind: str
    reference: str
    minutes: int
    informal_minutes: int
    levels: Mapping[str, str]
    evidence: tuple[Link, ...] = field(default=())
    attested_by: str = ""
    attestation: str = ""

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
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Basis":
        """Read a basis back from its plain values."""
        return cls(**{**plain, "evidence": tuple(Link(**one) for one in plain["evidence"])})


def attestation(version: Version) -> str:
    """The sentence that is attested with a roster of this version."""
    return (
        f"I attest that each person in this roster completed “{version.title}” as stated, "
        f"that the hours were confirmed and the levels were reached, and that I am not in it."
    )
