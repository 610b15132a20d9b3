"""The picture of a stack: its parts as small discs around a wreath of all its blocks (pure).

The same drawing as every wreath: view 96 by 96, fixed colours, presentation attributes only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Final

from laurels.catalogue import wreath
from laurels.catalogue.lettering import number
from laurels.catalogue.stackrule import All, AtLeast, Blocks, Either, OneAward, OneStack, Reached, Rule, Within, walk
from laurels.catalogue.stackwords import line
from laurels.catalogue.wreath import DEEP, LAUREL, PAPER, Form

_RING: Final = 36.4
_FIRST, _SPAN = -118.0, 236.0
# number of parts, at most -> radius of a part's disc; more parts than these are not drawn
_RADII: Final = ((6, 8.6), (7, 8.4), (8, 7.9), (9, 7.0), (14, 5.2))
_SCALE, _X, _Y, _STEM = 0.66, 48.0, 50.5, 8.0
_LEAF_RADIUS, _LEAF_FIRST, _LEAF_LAST, _LEAF_LENGTH = 31.0, 26.0, 162.0, 0.9
_HALF_WIDTHS: Final = (8.0, 8.4, 8.0, 7.4, 6.8, 6.2)


@dataclass(frozen=True, slots=True)
class Sized:
    """What a part of a rule is: its title, how many blocks it has, and its level."""

    title: str
    blocks: int
    level: str


def parts_of(rule: Rule, known: Mapping[str, Sized], lowest: str) -> list[Sized]:
    """The leaves of a rule as parts of a picture, each once; what has no level of its own is drawn at the lowest."""
    found: dict[Sized, None] = {}
    for node in walk(rule):
        match node:
            case OneAward(of) | OneStack(of):
                found[known.get(of, Sized(of, 1, lowest))] = None
            case Blocks(n):
                found[Sized(line(node, {slug: one.title for slug, one in known.items()}), n, lowest)] = None
            case Reached(_, at_least):
                found[Sized(line(node), 1, at_least)] = None
            case _:
                continue
    return list(found)


def least_blocks(rule: Rule, known: Mapping[str, Sized]) -> int:
    """The blocks that whoever meets the rule has at least."""
    match rule:
        case All(some):
            single = {part.of for part in some if isinstance(part, OneAward)}
            rest = [least_blocks(part, known) for part in some if not isinstance(part, OneAward)]
            return max([sum(_size(of, known) for of in single), *rest])
        case Either(some):
            return min(least_blocks(part, known) for part in some)
        case AtLeast(n, some):
            sizes = sorted(least_blocks(part, known) for part in some)[:n]
            return sum(sizes) if all(isinstance(part, OneAward) for part in some) else max(sizes)
        case Within(_, part):
            return least_blocks(part, known)
        case Blocks(n):
            return n
        case OneAward(of) | OneStack(of):
            return _size(of, known)
        case Reached():
            return 1


def _size(of: str, known: Mapping[str, Sized]) -> int:
    return known[of].blocks if of in known else 1


def svg(
    parts: Sequence[tuple[int, Form]],
    *,
    blocks: int,
    form: Form,
    monogram: str,
    ribbon: str,
    icon: str = "",
    colours: str = "",
) -> bytes:
    """Draw a stack's badge: each part with its blocks and the form of its level, around the wreath of the stack."""
    inner = wreath.crown(blocks=blocks, form=form, monogram=monogram, icon=icon, colours=colours, stem=_STEM)
    strong = [shape.replace('stroke-width="1.40"', 'stroke-width="1.70"') for shape in inner]
    shift = f"translate({number(_X - 48 * _SCALE)} {number(_Y - 48 * _SCALE)}) scale({number(_SCALE)})"
    around = [shape for place, (size, own) in enumerate(parts) for shape in _part(place, len(parts), size, own)]
    shapes = [f'<g transform="{shift}">', *strong, "</g>", *around, *wreath.ribbon(ribbon, colours)]
    return wreath.framed(shapes, colours)


def disc(blocks: int, form: Form) -> str:
    """One part's disc by itself, in a box of its own: for lists."""
    shapes = "".join(_disc(48.0, 48.0, 46.5, blocks, form))
    return f'<svg viewBox="0 0 96 96" aria-hidden="true" focusable="false">{shapes}</svg>'


def alt(
    title: str, blocks: int, block_minutes: int, level: str, unit: str, university: str, parts: Sequence[str]
) -> str:
    """What a stack's picture says, in words."""
    own = wreath.alt(title, blocks * block_minutes, block_minutes, level, unit, university)
    return f"{own} Made of {len(parts)}: {', '.join(parts)}."


def _part(place: int, count: int, blocks: int, form: Form) -> list[str]:
    radius = next((size for most, size in _RADII if count <= most), None)
    if radius is None:
        return []
    angle = radians(_FIRST + _SPAN * (place + 0.5) / count)
    return _disc(48 + _RING * sin(angle), 48 - _RING * cos(angle), radius, blocks, form)


def _disc(x: float, y: float, radius: float, blocks: int, form: Form) -> list[str]:
    fill = DEEP if form == "solid" else PAPER
    at = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
    found = [f'<circle {at} fill="{fill}" stroke="{DEEP}" stroke-width="1.20"/>']
    if form == "half":
        top, bottom, size = number(y - radius), number(y + radius), number(radius)
        found.append(f'<path d="M{number(x)} {top}A{size} {size} 0 0 1 {number(x)} {bottom}Z" fill="{LAUREL}"/>')
    pairs = min(max(blocks, 1), wreath.MOST_PAIRS)
    for side in (-1, 1):
        dark = form == "solid" or (form == "half" and side == 1)
        tone = PAPER if dark else LAUREL
        found += [_leaf(x, y, radius / 46.5, pairs, leaf, side, tone) for leaf in range(pairs)]
    return found


def _leaf(x: float, y: float, scale: float, pairs: int, place: int, side: int, tone: str) -> str:
    """A plain leaf on a part's disc: two arcs of one bend, from its base to its tip."""
    pitch = (_LEAF_LAST - _LEAF_FIRST) / pairs
    start = _LEAF_FIRST + place * pitch
    end, middle = start + pitch * _LEAF_LENGTH, start + pitch * _LEAF_LENGTH / 2
    wide = _HALF_WIDTHS[pairs - 1] * 1.6

    def at(angle: float, radius: float) -> str:
        turn = radians(angle)
        return f"{number(x + side * scale * radius * sin(turn))} {number(y + scale * radius * cos(turn))}"

    outer, inner = at(middle, _LEAF_RADIUS + wide), at(middle, _LEAF_RADIUS - wide)
    base, tip = at(start, _LEAF_RADIUS), at(end, _LEAF_RADIUS)
    return f'<path d="M{base}Q{outer} {tip}Q{inner} {base}Z" fill="{tone}"/>'
