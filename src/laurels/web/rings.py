"""The clock rings of a page with their text twin: hours asked for, hours confirmed."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from laurels.catalogue import hours
from laurels.catalogue.models import Version
from laurels.training.progress import Progress
from laurels.web import ring


@dataclass(frozen=True, slots=True)
class Rings:
    """A row of rings, and the same in words beside it."""

    picture: SafeString
    words: str


def asked(version: Version) -> Rings:
    """The training that a version asks for; the hours that may be informal are drawn as such."""
    rest = version.minutes - version.blocks * version.block_minutes
    more = f" and {hours.long_words(rest)}" if rest else ""
    count = f"{version.blocks} block{'' if version.blocks == 1 else 's'}"
    informal = min(version.informal_minutes_most, version.minutes)
    may = f" Up to {hours.words(informal)} may be informal." if informal else ""
    picture = ring.row(version.minutes - informal, informal, block_minutes=version.block_minutes)
    return Rings(picture, f"{hours.long_words(version.minutes)}: {count}{more}.{may}")


def confirmed(minutes: int, informal: int, version: Version) -> Rings:
    """The hours that stand behind an award."""
    block = version.block_minutes
    return Rings(
        ring.row(minutes - informal, informal, block_minutes=block),
        ring.twin(minutes - informal, informal, block_minutes=block),
    )


def under_way(progress: Progress) -> Rings:
    """The hours of an enrolment: confirmed, informal as far as they count, waiting, and still asked for."""
    version, totals = progress.enrolment.version, progress.totals
    formal = totals.confirmed - totals.informal
    informal = min(totals.informal, version.informal_minutes_most)
    block = version.block_minutes
    return Rings(
        ring.row(formal, informal, totals.waiting, asked=version.minutes, block_minutes=block),
        ring.twin(formal, informal, totals.waiting, asked=version.minutes, block_minutes=block),
    )


def spoken(progress: Progress) -> str:
    """The same for the ear: "7 h 30 min of 12 h, 1 h 30 min waiting."."""
    totals = progress.totals
    waiting = f", {hours.words(totals.waiting)} waiting" if totals.waiting else ""
    return f"{hours.words(totals.confirmed)} of {hours.words(progress.enrolment.version.minutes)}{waiting}."
