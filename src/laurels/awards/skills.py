"""What a learner can do: the competencies of all valid awards, each at its highest level, with where it comes from."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from laurels import clock
from laurels.awards.models import Award
from laurels.catalogue.stackoutcome import folded
from laurels.people.system import university


@dataclass(frozen=True, slots=True)
class Source:
    """One award that shows a competency: what it is, its badge, the level, and when it was completed."""

    title: str
    unit: str
    badge: str
    level: str
    completed_on: datetime.date


@dataclass(frozen=True, slots=True)
class Skill:
    """One competency at the highest level reached; the award that shows it best comes first."""

    statement: str
    level: str
    rank: int
    sources: tuple[Source, ...]


def skills_of(addresses: Collection[int]) -> list[Skill]:
    """The competencies shown by the valid awards of these addresses (keys), the highest level first."""
    scale = [word.casefold() for word in university().levels]
    valid = Q(valid_until__isnull=True) | Q(valid_until__gt=clock.now())
    awards = Award.objects.filter(valid, address__in=list(addresses), live=True)
    related = awards.select_related("version__micro_credential__unit").order_by("-completed_on", "pk")
    found: dict[str, tuple[str, list[Source]]] = {}
    for award in related.defer("version__picture_svg", "version__picture_png"):
        unit = award.version.micro_credential.unit.name
        for one in (award.version.frozen or {}).get("competencies", []):
            level = award.basis["levels"].get(one["key"], "")
            if level.casefold() in scale:
                source = Source(award.version.title, unit, award.badge_id, level.casefold(), award.completed_on)
                found.setdefault(folded(one["statement"]), (one["statement"], []))[1].append(source)
    skills = [_skill(statement, sources, scale) for statement, sources in found.values()]
    return sorted(skills, key=lambda one: (-one.rank, one.statement.casefold()))


def _skill(statement: str, sources: list[Source], scale: list[str]) -> Skill:
    best = sorted(sources, key=lambda one: -scale.index(one.level))
    return Skill(statement, best[0].level, scale.index(best[0].level) + 1, tuple(best))
