"""Fixed sentences that the documents of both standards carry, so that both say the same."""

from decimal import Decimal

from ..errors import Malformed
from . import Achievement, Credential, Evidence


def number(value: Decimal) -> str:
    """Return a decimal number in plain digits without trailing zeros: 12.5, 12, 0."""
    if not value.is_finite() or value < 0:
        raise Malformed(f"{value} is not a number of hours.")
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def hours(value: Decimal) -> str:
    """Return "1 hour", "12.5 hours"."""
    return f"{number(value)} {'hour' if value == 1 else 'hours'}"


def blocks(achievement: Achievement) -> str:
    """Return "1 block", "2 blocks"."""
    return f"{achievement.blocks} {'block' if achievement.blocks == 1 else 'blocks'}"


def criteria(achievement: Achievement) -> str:
    """Return what it takes to earn it: the criteria, hours and blocks asked for (if any), who approved it."""
    if not achievement.hours_required:
        return paragraphs(achievement.criteria, achievement.approval)
    asked = (
        f"Asks for at least {hours(achievement.hours_required)} of training: {blocks(achievement)} of "
        f"{hours(achievement.block_hours)}; not academic credit."
    )
    return paragraphs(achievement.criteria, asked, achievement.approval)


def narrative(credential: Credential) -> str:
    """Return what the holder did, for a standard without results: hours, blocks and each level as sentences."""
    achievement = credential.achievement
    if not achievement.hours_required:
        return paragraphs(*_levels(credential), credential.narrative, credential.attested)
    informal = f", {number(credential.informal)} of them informal" if credential.informal else ""
    done = (
        f"{hours(credential.hours)} of training, confirmed{informal}. {blocks(achievement).capitalize()} of "
        f"{hours(achievement.block_hours)}; not academic credit."
    )
    return paragraphs(done, *_levels(credential), credential.narrative, credential.attested)


def _levels(credential: Credential) -> list[str]:
    sentences = []
    for result in credential.results:
        competency = next((c for c in credential.achievement.competencies if c.id == result.competency), None)
        level = next((n for n in competency.levels if n.id == result.level), None) if competency else None
        if competency is None or level is None:
            raise Malformed(f"The result {result.competency} names a competency or a level that is not there.")
        top = max(step.rank for step in competency.levels)
        sentences.append(f"Competency: {competency.name}. Level reached: {level.name} ({level.rank} of {top}).")
    return sentences


def evidence(item: Evidence) -> str:
    """Return the words on one piece of evidence, with its digest where that is known."""
    return paragraphs(item.narrative or "", f"SHA-256 of the evidence: {item.sha256}." if item.sha256 else "")


def paragraphs(*parts: str) -> str:
    """Return the parts that are not empty, a blank line between them."""
    return "\n\n".join(part for part in parts if part)
