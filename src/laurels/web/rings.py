"""The clock rings of a page with their text twin: hours asked for, hours confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from laurels.catalogue import hours


@dataclass(frozen=True, slots=True)
class Rings:
    """A row of rings, and the same in words beside it."""

    pictures: Sequence[SafeString]
    words: str


def asked(minutes: int, block_minutes: int) -> Rings:
    """The training that a micro-credential asks for."""
    count = hours.blocks(minutes, block_minutes)
    rest = minutes - count * block_minutes
    more = f" and {hours.words(rest)}" if rest else ""
    return Rings([], f"{hours.long_words(minutes)}: {_blocks(count)}{more}.")


def confirmed(minutes: int, informal: int, block_minutes: int) -> Rings:
    """The hours that stand behind an award."""
    count = hours.blocks(minutes, block_minutes)
    rest = minutes - count * block_minutes
    more = f" and {hours.words(rest)}" if rest else ""
    kinds = f"{hours.words(minutes - informal)} formal, {hours.words(informal)} informal"
    return Rings([], f"{hours.long_words(minutes)} confirmed: {_blocks(count)}{more}. {kinds}.")


def _blocks(count: int) -> str:
    return f"{count} block{'' if count == 1 else 's'}"
