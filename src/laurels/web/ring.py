"""The clock ring: a block of training as a clock face, one segment an hour, drawn from minutes (pure).

A ring is 96 by 96 units, its centre at 48,48. Parts carry classes (formal, informal, waiting, empty, leaf, halo, count)
and take their colours from the page's theme; forms tell the kinds apart without colour. The text twin stands beside the
picture, which is hidden from screen readers.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin

from django.utils.safestring import SafeString

from laurels.catalogue import hours

OUTER, INNER, GAP, LINE = 45.0, 27.0, 2.0, 1.6
BANDS = ((45.0, 38.5), (33.5, 27.0))
HOUR, QUARTER = 60, 15
MOST_RINGS, APART = 5, 10
_LEAF = "M48 59C49.74 49.38 42.49 41 34.02 38.27C33.37 47.15 38.43 57.01 48 59Z"
_QUARTERS = {0: "", 15: "¼", 30: "½", 45: "¾"}


@dataclass(frozen=True, slots=True)
class Block:
    """The minutes of one ring: confirmed formal, confirmed informal, and waiting to be confirmed."""

    formal: int = 0
    informal: int = 0
    waiting: int = 0

    @property
    def confirmed(self) -> int:
        """The confirmed minutes."""
        return self.formal + self.informal


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of one hour's segment: its minutes, and those of the whole segment."""

    start: int
    end: int
    opens: int
    closes: int


def blocks_of(formal: int, informal: int, waiting: int, block_minutes: int) -> list[Block]:
    """Fill one block after another: confirmed formal hours first, then informal, then those that wait."""
    edges = (formal, formal + informal, formal + informal + waiting)
    count = -(-edges[2] // block_minutes)
    found = []
    for place in range(count):
        low = place * block_minutes
        within = [min(max(edge - low, 0), block_minutes) for edge in edges]
        found.append(Block(within[0], within[1] - within[0], within[2] - within[1]))
    return found


def row(
    formal: int,
    informal: int = 0,
    waiting: int = 0,
    *,
    asked: int = 0,
    block_minutes: int = hours.BLOCK_MINUTES,
    size: int = 96,
) -> SafeString:
    """The rings of so many minutes in one row, as SVG: full ones first, those still asked for empty at the end."""
    found = blocks_of(formal, informal, waiting, block_minutes)
    found += [Block()] * max(-(-asked // block_minutes) - len(found), 0 if found else 1)
    drawn = list(_faces(found, block_minutes))
    width = 96 * len(drawn) + APART * (len(drawn) - 1)
    faces = "".join(
        f'<g transform="translate({place * (96 + APART)} 0)">{face}</g>' if place else face
        for place, face in enumerate(drawn)
    )
    return SafeString(
        f'<svg class="ring" viewBox="0 0 {width} 96" width="{_number(width * size / 96)}" height="{size}" '
        f'aria-hidden="true" focusable="false">{faces}</svg>'
    )


def twin(
    formal: int, informal: int = 0, waiting: int = 0, *, asked: int = 0, block_minutes: int = hours.BLOCK_MINUTES
) -> str:
    """The same in words: "7 of 12 hours confirmed." or "30 hours confirmed: 2 blocks and 6 hours.", and the kinds."""
    confirmed = formal + informal
    sentences = [_sum(confirmed, asked, block_minutes)]
    if informal:
        sentences.append(f"{hours.words(formal)} formal, {hours.words(informal)} informal.")
    if waiting:
        sentences.append(f"{hours.words(waiting)} wait to be confirmed.")
    return " ".join(sentences)


def _sum(confirmed: int, asked: int, block_minutes: int) -> str:
    if confirmed < asked:
        if confirmed % HOUR or asked % HOUR:
            return f"{hours.words(confirmed)} of {hours.words(asked)} confirmed."
        return f"{confirmed // HOUR} of {hours.long_words(asked)} confirmed."
    count, rest = divmod(confirmed, block_minutes)
    if not count:
        return f"{hours.long_words(confirmed)} confirmed."
    more = f" and {hours.long_words(rest)}" if rest else ""
    return f"{hours.long_words(confirmed)} confirmed: {count} block{'' if count == 1 else 's'}{more}."


def _faces(found: Sequence[Block], block_minutes: int) -> Iterator[str]:
    """What is drawn: every ring, or, where there are too many, one for all full ones and one for all empty ones."""
    full = [one for one in found if one.confirmed == block_minutes]
    rest = [one for one in found if one.confirmed < block_minutes]
    if len(found) <= MOST_RINGS:
        for one in full:
            yield _ring(one, block_minutes) + _leaves()
        for place, one in enumerate(rest):
            yield _ring(one, block_minutes) + (_count(_hours_short(one.confirmed)) if _shown(one, place) else "")
        return
    if full:
        yield _ring(Block(formal=block_minutes), block_minutes) + _count(f"×{len(full)}")
    if rest:
        yield _ring(rest[0], block_minutes) + _count(_hours_short(rest[0].confirmed))
    if len(rest) > 1:
        yield _ring(rest[1], block_minutes) + _count(f"×{len(rest) - 1}")


def _shown(one: Block, place: int) -> bool:
    """Only the present ring, and one with hours in it, says how many they are: rings further on are just empty."""
    return place == 0 or one.confirmed > 0


def _ring(one: Block, block_minutes: int) -> str:
    edges = [one.formal, one.confirmed, one.confirmed + one.waiting]
    parts = [
        _path("formal", (_shape(piece, block_minutes) for piece in _pieces(0, edges[0], block_minutes))),
        _path(
            "informal",
            (
                _shape(piece, block_minutes, outer, inner)
                for piece in _pieces(edges[0], edges[1], block_minutes)
                for outer, inner in BANDS
            ),
        ),
        _path("waiting", (_hatched(piece, block_minutes) for piece in _pieces(edges[1], edges[2], block_minutes))),
        _path("empty", (_outlined(piece, block_minutes) for piece in _pieces(edges[2], block_minutes, block_minutes))),
    ]
    return "".join(parts)


def _pieces(start: int, end: int, block_minutes: int) -> Iterator[Piece]:
    """The parts of the hours' segments between two minutes of the block."""
    for opens in range(0, block_minutes, HOUR):
        closes = min(opens + HOUR, block_minutes)
        low, high = max(start, opens), min(end, closes)
        if low < high:
            yield Piece(low, high, opens, closes)


def _path(kind: str, shapes: Iterable[str]) -> str:
    drawn = "".join(shapes)
    line = f' fill="none" stroke-width="{LINE}" stroke-linejoin="round"' if kind in ("waiting", "empty") else ""
    return f'<path class="{kind}"{line} d="{drawn}"/>' if drawn else ""


def _outlined(piece: Piece, block_minutes: int) -> str:
    return _shape(piece, block_minutes, OUTER - LINE / 2, INNER + LINE / 2, LINE / 2)


def _hatched(piece: Piece, block_minutes: int) -> str:
    """The outline of a waiting part, and one radial line a quarter hour, drawn in towards the segment's middle."""
    middle = _angle((piece.opens + piece.closes) / 2, block_minutes)
    lines = []
    for quarter in range(piece.start // QUARTER * QUARTER, piece.end, QUARTER):
        angle = middle + 0.8 * (_angle(quarter + QUARTER / 2, block_minutes) - middle)
        lines.append(f"M{_point(angle, 28)}L{_point(angle, 44)}")
    return _outlined(piece, block_minutes) + "".join(lines)


def _shape(piece: Piece, block_minutes: int, outer: float = OUTER, inner: float = INNER, inset: float = 0.0) -> str:
    """A closed path: the edges of a whole hour are shifted inwards, parallel; edges within an hour are not."""
    first = inset + (GAP if piece.start == piece.opens else 0.0)
    last = inset + (GAP if piece.end == piece.closes else 0.0)
    low, high = _angle(piece.start, block_minutes), _angle(piece.end, block_minutes)
    large = 1 if high - low > 180 else 0
    a, b = low + _shift(first, outer), high - _shift(last, outer)
    c, d = high - _shift(last, inner), low + _shift(first, inner)
    c = max(c, d)
    return (
        f"M{_point(a, outer)}A{_number(outer)} {_number(outer)} 0 {large} 1 {_point(b, outer)}"
        f"L{_point(c, inner)}A{_number(inner)} {_number(inner)} 0 {large} 0 {_point(d, inner)}Z"
    )


def _shift(distance: float, radius: float) -> float:
    """The angle by which a point at that radius moves when its edge is shifted by a distance."""
    return degrees(asin(distance / radius))


def _angle(minute: float, block_minutes: int) -> float:
    """Degrees clockwise from 12 o'clock."""
    return 360 * minute / block_minutes


def _point(angle: float, radius: float) -> str:
    return f"{_number(48 + radius * sin(radians(angle)))} {_number(48 - radius * cos(radians(angle)))}"


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _leaves() -> str:
    """A pair of leaves: the second lies on the first, with a halo in the page's own ground between them."""
    pair = []
    for mirror in ("", ' transform="matrix(-1 0 0 1 96 0)"'):
        pair.append(f'<path class="halo" fill="none" stroke-width="3.6" stroke-linejoin="round"{mirror} d="{_LEAF}"/>')
        pair.append(f'<path class="leaf" stroke-width="1.4" stroke-linejoin="round"{mirror} d="{_LEAF}"/>')
    return "".join(pair)


def _count(words: str) -> str:
    size = 22 if words[-1] in "¼½¾" or len(words) > 2 else 26
    place = f'x="48" y="{_number(48 + 0.35 * size)}" font-size="{size}" text-anchor="middle"'
    return f'<text class="count" {place}>{words}</text>'


def _hours_short(minutes: int) -> str:
    whole, rest = divmod(minutes, HOUR)
    part = _QUARTERS[rest // QUARTER * QUARTER]
    return f"{whole or ''}{part}" if part else str(whole)
