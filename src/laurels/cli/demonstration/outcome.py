"""What the demonstration made: the list for demo.json, and the verdict of our own verifier on each badge."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from laurels import clock
from laurels.awards.models import Award
from laurels.badges import addresses
from laurels.badges.models import BadgeState
from laurels.badges.verification import verify_badge

PLACES: dict[str, Callable[[str], str]] = {
    "page": addresses.badge,
    "ob2": addresses.ob2,
    "ob3": addresses.ob3,
    "png": addresses.ob3_png,
    "svg": addresses.ob3_svg,
    "ob2_png": addresses.ob2_png,
    "ob2_svg": addresses.ob2_svg,
}


EXPECTED = {"live": "valid", "revoked": "invalid", "expired": "invalid"}


@dataclass(frozen=True)
class Judged:
    """One badge, the state it should be in, and the verdict of our verifier on both standards."""

    award: Award
    state: str
    verdicts: tuple[str, str]

    @property
    def as_expected(self) -> bool:
        """Live badges are valid; revoked and expired ones are not; one that still waits for its signature is late."""
        return set(self.verdicts) == {EXPECTED.get(self.state)}


def awards() -> QuerySet[Award]:
    """All awards, in the order of their granting."""
    related = ("version__micro_credential__unit", "address", "badge")
    return Award.objects.select_related(*related).order_by("granted_at", "version", "holder")


def state(award: Award) -> str:
    """Live, revoked, expired, or still being signed."""
    if award.badge.state == BadgeState.REVOKED:
        return "revoked"
    if award.badge.state == BadgeState.SIGNING:
        return "being signed"
    return "expired" if award.valid_until and award.valid_until < clock.now() else "live"


def judged() -> Iterator[Judged]:
    """Every badge with our verdicts, asked of its public addresses as a stranger would."""
    for award in awards():
        given = public_addresses(award)
        verdicts = (verify_badge(given["ob2"]).verdict, verify_badge(given["ob3"]).verdict)
        yield Judged(award, state(award), verdicts)


def public_addresses(award: Award) -> dict[str, str]:
    """The seven public addresses of an award's badge."""
    return {name: addresses.absolute(path(award.badge.pk)) for name, path in PLACES.items()}


def listed() -> list[dict[str, Any]]:
    """The contents of demo.json: `version` is slug@number; `state` is live, revoked or expired."""
    return [
        {
            "award": str(award.pk),
            "version": f"{award.version.micro_credential.slug}@{award.version.number}",
            "recipient": award.address.folded,
            **public_addresses(award),
            "state": state(award),
        }
        for award in awards()
    ]


def write() -> Path:
    """Write demo.json in one step, so that nobody reads half of it."""
    path = Path(settings.VAR) / "demo.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(listed(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    fresh.replace(path)
    return path
