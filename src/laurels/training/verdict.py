"""An assessor's verdict on one competency, and what in it cannot be right (pure)."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from laurels.catalogue.models import Competency, Version
from laurels.errors import Invalid

LONGEST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Verdict:
    """The level reached ("" = not yet), the indicators that were seen, and words for the learner."""

    level: str
    words: str
    indicators: tuple[str, ...] = ()


def refuse_malformed(verdict: Verdict, version: Version, competency: Competency) -> None:
    """Raise Invalid, field by field, for a verdict that cannot be."""
    problems: dict[str, list[str]] = {}
    if verdict.level and verdict.level not in version.levels:
        problems["level"] = [f"Choose “not yet” or one of these: {', '.join(version.levels)}."]
    if not verdict.words.strip() or len(verdict.words) > LONGEST_WORDS:
        problems["words"] = [f"Say in at most {LONGEST_WORDS} characters what you saw, for the learner."]
    if not set(verdict.indicators) <= set(competency.indicators):
        problems["indicators"] = ["Tick only indicators of this competency."]
    if problems:
        raise Invalid("This verdict cannot be recorded as it stands.", fields=problems)


def is_drawn(assessment: UUID, percent: int) -> bool:
    """Whether an assessment is in the sample for moderation: nobody can choose it, and anybody can check it."""
    drawn = int.from_bytes(hashlib.sha256(assessment.bytes).digest()[:4])
    return drawn * 100 < percent * 2**32
