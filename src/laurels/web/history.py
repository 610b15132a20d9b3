"""The approved versions of a micro-credential, newest first, and how each differs from the one before."""

from collections.abc import Sequence
from dataclasses import dataclass

from laurels.catalogue.definition import Difference, differences
from laurels.catalogue.models import Version, VersionState


@dataclass(frozen=True, slots=True)
class Step:
    """One version, and what changed with it."""

    version: Version
    changed: tuple[Difference, ...]
    is_first: bool


def approved_versions(slug: str) -> list[Version]:
    """Every version that was ever approved under this slug, newest first."""
    versions = Version.objects.filter(micro_credential__slug=slug).exclude(state=VersionState.DRAFT)
    related = versions.select_related("micro_credential__unit").prefetch_related("competencies")
    return list(related.order_by("-published_at", "-pk"))


def past(versions: Sequence[Version]) -> list[Step]:
    """The road of the versions, newest first."""
    earlier: list[Version | None] = [*versions[1:], None]
    return [_step(version, before) for version, before in zip(versions, earlier, strict=True)]


def _step(version: Version, before: Version | None) -> Step:
    if before is None or version.frozen is None:
        return Step(version, (), is_first=before is None)
    return Step(version, tuple(differences(before.frozen, version.frozen)), is_first=False)
