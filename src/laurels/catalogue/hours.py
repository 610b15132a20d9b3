"""Hours of training: kept as minutes, counted in blocks, said in words. Nothing is ever rounded."""

import re
from decimal import Decimal

BLOCK_MINUTES = 720
STEP_MINUTES = 15

_DECIMAL = re.compile(r"(\d{1,6})(?:[.,](\d{1,4}))?\s*(?:h|hours?)?", re.ASCII | re.IGNORECASE)
_WORDS = re.compile(r"(?:(\d{1,6})\s*(?:h|hours?))?\s*(?:(\d{1,6})\s*(?:min|minutes?))?", re.ASCII | re.IGNORECASE)


def blocks(minutes: int, block_minutes: int = BLOCK_MINUTES) -> int:
    """The whole blocks in so many minutes; a remainder is never carried."""
    return minutes // block_minutes


def words(minutes: int) -> str:
    """Minutes as people say them: "12 h", "7 h 30 min", "45 min", "0 h"."""
    hours, rest = divmod(minutes, 60)
    if not rest:
        return f"{hours} h"
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def long_words(minutes: int) -> str:
    """Minutes in a sentence: "12 hours", "1 hour 30 minutes", "45 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} hour{'' if hours == 1 else 's'}"] if hours or not rest else []
    return " ".join(parts + ([f"{rest} minute{'' if rest == 1 else 's'}"] if rest else []))


def decimal_hours(minutes: int) -> Decimal:
    """Minutes as decimal hours, exact for whole quarters: 750 is 12.5."""
    return Decimal(minutes) / Decimal(60)


def in_steps(minutes: int, step_minutes: int = STEP_MINUTES) -> bool:
    """Whether so many minutes are whole steps (quarter hours, unless the university's policy says otherwise)."""
    return minutes % step_minutes == 0


def minutes_of(text: str) -> int:
    """Read hours as people write them: "12", "12.5", "12,5", "7 h 30 min", "45 min"; ValueError in plain words."""
    given = text.strip()
    if decimal := _DECIMAL.fullmatch(given):
        minutes = Decimal(f"{decimal[1]}.{decimal[2] or 0}") * 60
        if minutes != minutes.to_integral_value():
            raise ValueError(f"“{given}” is not a whole number of minutes.")
        return int(minutes)
    if given and (parts := _WORDS.fullmatch(given)):
        return int(parts[1] or 0) * 60 + int(parts[2] or 0)
    raise ValueError(f"“{given[:40]}” is not a number of hours. Write 12, 12.5 or 12 h 30 min.")
