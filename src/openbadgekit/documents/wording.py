"""Fixed sentences and fixed forms of values that both standards carry, so that both say the same."""

from datetime import UTC, datetime
from decimal import Decimal

from ..errors import Malformed
from ..model import Achievement, Credential, Evidence


def moment(value: datetime) -> str:
    """Return the moment in UTC, to the second: 2027-05-01T00:00:00Z. Raises Malformed for one without a zone."""
    return _zoned(value).astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def local_moment(value: datetime) -> str:
    """Return the moment in its own zone, so that its day can be read: 2027-04-28T00:00:00-07:00."""
    return _zoned(value).isoformat(timespec="seconds").replace("+00:00", "Z")


def _zoned(value: datetime) -> datetime:
    if value.tzinfo is None or value.utcoffset() is None:
        raise Malformed(f"The moment {value} has no time zone.", mend="Give every moment with its zone.")
    return value


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
    """Return what it takes to earn it: the criteria, hours and blocks asked for, who approved it."""
    asked = (
        f"Asks for at least {hours(achievement.hours_required)} of training: {blocks(achievement)} of "
        f"{hours(achievement.block_hours)}; not academic credit."
    )
    return _paragraphs(achievement.criteria, asked, achievement.approval)


def narrative(credential: Credential) -> str:
    """Return what the holder did, for a standard without results: hours, blocks and each level as sentences."""
    achievement = credential.achievement
    informal = f", {number(credential.informal)} of them informal" if credential.informal else ""
    done = (
        f"{hours(credential.hours)} of training, confirmed{informal}. {blocks(achievement).capitalize()} of "
        f"{hours(achievement.block_hours)}; not academic credit."
    )
    return _paragraphs(done, *_levels(credential), credential.narrative, credential.attested)


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
    return _paragraphs(item.narrative or "", f"SHA-256 of the evidence: {item.sha256}." if item.sha256 else "")


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
