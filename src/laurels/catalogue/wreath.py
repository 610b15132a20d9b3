"""The wreath: the picture of a badge, one pair of leaves a block, drawn the same way for the same version (pure).

The view is 96 by 96; angles are degrees from the bottom, the same on both sides. The colours are fixed and the wreath
brings its own disc, so it looks alike in every theme; it uses presentation attributes only, because strict viewers
drop styles. Draws one micro-credential's badge; a stack's ring of parts is drawn around it by stackpicture.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin
from typing import Literal

import resvg_py

from laurels.catalogue.icons import GRID, ICONS, Shape, Tone, moved
from laurels.catalogue.lettering import CAP_HEIGHT, RIBBON_LEAST, number, outline, ribbon_size

Form = Literal["open", "half", "solid"]
Point = tuple[float, float]

PAPER, INK, LAUREL, DEEP, GOLD, PALE = "#fbfaf6", "#1c2a24", "#2f6b4f", "#17402f", "#a67c2d", "#cfe0d4"
SIZES = (600, 200, 96, 48)
MOST_PAIRS = 6
_MIDDLE = 48.0
_HEART = 47.0  # the height on which the monogram or the icon stands
_FIRST, _SPAN, _LAST = 42.0, 124.0, 170.0
_OUTLINE = tuple(point / 8 for point in range(9))
_VEIN = tuple(0.25 + (0.88 - 0.25) * point / 6 for point in range(7))


@dataclass(frozen=True, slots=True)
class Spread:
    """How the leaves lie for a number of pairs: radius at the base, lift to the tip, half width, length in pitches."""

    radius: float
    lift: float
    half_width: float
    over: float


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a wreath: ribbon and solid leaves; outlines, veins and half leaves; the ground of open leaves."""

    deep: str
    mid: str
    pale: str

    def of(self, tone: Tone) -> str:
        """The colour of a tone of an icon."""
        return {"deep": self.deep, "mid": self.mid, "pale": self.pale, "paper": PAPER}[tone]


# Each tone is as light as its twin in the laurel greens: a level looks alike in every palette, and printed in black.
PALETTES: Mapping[str, Palette] = {
    "": Palette(DEEP, LAUREL, PALE),
    "sea": Palette("#053f4d", "#006981", "#c7e0e9"),
    "sky": Palette("#133967", "#2b61a3", "#ccdef4"),
    "violet": Palette("#3f2f64", "#69539f", "#ded8f3"),
    "plum": Palette("#5b2742", "#92476d", "#efd5e0"),
    "earth": Palette("#572e1a", "#8c5035", "#edd8ce"),
    "slate": Palette("#333a40", "#57616b", "#d9dce0"),
}
"""The palettes by name; the one without a name is the laurel green of every wreath that asks for nothing else."""

SPREADS: dict[int, Spread] = {
    1: Spread(34.5, 0.0, 6.0, 1.0),
    2: Spread(33.0, 2.5, 6.2, 1.04),
    3: Spread(32.0, 4.0, 6.0, 1.14),
    4: Spread(31.5, 5.0, 5.6, 1.22),
    5: Spread(31.0, 5.6, 5.2, 1.30),
    6: Spread(31.0, 6.0, 4.9, 1.36),
}


def form_of(level: str, levels: Sequence[str]) -> Form:
    """The leaf's form for a level of a scale: the first step open, the last solid, the steps between half."""
    place = levels.index(level)
    if place == 0:
        return "open"
    return "solid" if place == len(levels) - 1 else "half"


def svg(*, blocks: int, form: Form, monogram: str, ribbon: str, icon: str = "", colours: str = "") -> bytes:
    """Draw the badge's picture; the same bytes for the same words, always. An icon (a name of icons.ICONS) stands in
    the place of the monogram; `colours` is a name of PALETTES. A ribbon that is too long is cut off here: the form
    refuses it before (lettering.ribbon_faults)."""
    inner = crown(blocks=blocks, form=form, monogram=monogram, icon=icon, colours=colours)
    return framed([*inner, *_ribbon(ribbon, PALETTES[colours])], colours)


def crown(*, blocks: int, form: Form, monogram: str, icon: str = "", colours: str = "", stem: float = 2.0) -> list[str]:
    """The branches and what stands between them; their stems begin `stem` further out than the leaves."""
    palette = PALETTES[colours]
    return [
        *_branches(min(blocks, MOST_PAIRS), form, palette, stem),
        *([_letters(str(blocks), 11, 11, INK)] if blocks > MOST_PAIRS else []),
        *_middle(icon, monogram, palette),
    ]


def framed(shapes: Sequence[str], colours: str = "") -> bytes:
    """The shapes on the disc of a badge, as a picture."""
    return _picture("0 0 96 96", [_ground(PALETTES[colours]), *shapes])


def ribbon(text: str, colours: str = "") -> list[str]:
    """The ribbon with its short title, for a picture that is put together elsewhere."""
    return _ribbon(text, PALETTES[colours])


def swatch(icon: str, monogram: str) -> bytes:
    """The middle of a wreath alone, for choosing it: the icon, or the monogram where there is none."""
    middle = _middle(icon, monogram, PALETTES[""])
    return _picture(f"{number(_MIDDLE - 20)} {number(_HEART - 20)} 40.00 40.00", [_ground(PALETTES[""]), *middle])


def png(picture: bytes, size: int) -> bytes:
    """The picture as PNG, `size` pixels square."""
    return bytes(resvg_py.svg_to_bytes(svg_string=picture.decode(), width=size, height=size, skip_system_fonts=True))


def alt(title: str, minutes: int, block_minutes: int, level: str, unit: str, university: str) -> str:
    """What the picture says, in words."""
    count = minutes // block_minutes
    hours = f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
    return (
        f"Badge. {title}. {count} {'block' if count == 1 else 'blocks'} ({hours} hours), level {level}. "
        f"{unit}, {university}."
    )


def short_alt(blocks: int, level: str) -> str:
    """What the picture says, beside its own title."""
    return f"{blocks} {'block' if blocks == 1 else 'blocks'}, {level}"


def _ground(palette: Palette) -> str:
    return f'<circle cx="48.00" cy="48.00" r="46.50" fill="{PAPER}" stroke="{palette.deep}" stroke-width="1.50"/>'


def _picture(view: str, parts: Sequence[str]) -> bytes:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" width="600" height="600">'
    return "\n".join([head, *(part for part in parts if part), "</svg>\n"]).encode()


def _middle(icon: str, monogram: str, palette: Palette) -> list[str]:
    """What stands in the middle: the icon, one unit of its grid being one of the picture, or the monogram."""
    if icon:
        return [_shape(shape, palette) for shape in ICONS[icon]]
    return [_letters(monogram, _HEART, 17 if len(monogram) > 2 else 22, INK)]


def _shape(shape: Shape, palette: Palette) -> str:
    path = moved(shape.path, _MIDDLE - GRID / 2, _HEART - GRID / 2)
    fill = palette.of(shape.fill) if shape.fill else "none"
    line = ""
    if shape.line:
        line = f' stroke="{palette.of(shape.line)}" stroke-width="{number(shape.width)}"'
        line += ' stroke-linejoin="round" stroke-linecap="round"'
    return f'<path d="{path}" fill="{fill}"{line}/>'


def _branches(pairs: int, form: Form, palette: Palette, stem: float) -> list[str]:
    spread = SPREADS[max(pairs, 1)]
    tone = palette.deep if form == "solid" else palette.mid
    parts = [_stem(spread, side, tone, stem) for side in (-1, 1)]
    # From the tip of the branch downwards, so that a lower leaf lies on the upper one.
    for place in reversed(range(pairs)):
        for side in (-1, 1):
            parts += _leaf(spread, pairs, place, side, form, palette)
    if form == "solid":
        parts += [_berry(spread, pairs, place, side) for place in reversed(range(pairs)) for side in (-1, 1)]
    return parts


def _at(angle: float, radius: float, side: int) -> Point:
    return _MIDDLE + side * radius * sin(radians(angle)), _MIDDLE + radius * cos(radians(angle))


def _stem(spread: Spread, side: int, tone: str, stem: float) -> str:
    steps = [place / 4 for place in range(5)]
    line = [_at(13 + 31 * t, spread.radius + stem * (1 - t), side) for t in steps]
    return f'<path d="{_move(line[0])}{_curve(line)}" fill="none" stroke="{tone}" stroke-width="2.00"/>'


def _rib(spread: Spread, pairs: int, place: int, side: int, steps: Sequence[float]) -> list[Point]:
    """Points of the middle line of a leaf: 0 is its base, 1 its tip."""
    pitch = _SPAN / pairs
    start = _FIRST + place * pitch
    end = start + pitch * spread.over
    if place == pairs - 1:
        end = _LAST if pairs > 1 else _FIRST + _SPAN
    return [_at(start + (end - start) * t, spread.radius + spread.lift * t**1.3, side) for t in steps]


def _leaf(spread: Spread, pairs: int, place: int, side: int, form: Form, palette: Palette) -> list[str]:
    middle = _rib(spread, pairs, place, side, _OUTLINE)
    vein = _rib(spread, pairs, place, side, _VEIN)
    outer, inner = _edges(middle, spread.half_width, side)
    whole = f"{_move(outer[0])}{_curve(outer)}{_curve(inner[::-1])}Z"
    halo = f'<path d="{whole}" fill="{PAPER}" stroke="{PAPER}" stroke-width="3.60" stroke-linejoin="round"/>'
    deep, mid = palette.deep, palette.mid
    fill, edge, tone = (deep, deep, PAPER) if form == "solid" else (palette.pale, mid, mid)
    leaf = f'<path d="{whole}" fill="{fill}" stroke="{edge}" stroke-width="1.40" stroke-linejoin="round"/>'
    if form != "half":
        return [halo, leaf, _vein(vein, tone)]
    half = f"{_move(middle[0])}{_curve(middle)}{_curve(inner[::-1])}Z"
    return [halo, leaf, f'<path d="{half}" fill="{mid}"/>', _vein(vein, tone)]


def _edges(middle: Sequence[Point], half_width: float, side: int) -> tuple[list[Point], list[Point]]:
    """Both edges of a leaf from its middle line: the outer one, and the one towards the centre."""
    outer, inner = [], []
    for place, (x, y) in enumerate(middle):
        before, after = middle[max(place - 1, 0)], middle[min(place + 1, len(middle) - 1)]
        along = hypot(after[0] - before[0], after[1] - before[1])
        # At right angles to the line, pointing away from the centre: the branches run in opposite senses.
        across = (-side * (after[1] - before[1]) / along, side * (after[0] - before[0]) / along)
        t = place / (len(middle) - 1)
        wide = half_width * max(sin(pi * t**0.86), 0.0) ** 1.05
        outer.append((x + across[0] * wide, y + across[1] * wide))
        inner.append((x - across[0] * wide, y - across[1] * wide))
    return outer, inner


def _vein(line: Sequence[Point], tone: str) -> str:
    return (
        f'<path d="{_move(line[0])}{_curve(line)}" fill="none" stroke="{tone}" '
        'stroke-width="0.90" stroke-linecap="round"/>'
    )


def _berry(spread: Spread, pairs: int, place: int, side: int) -> str:
    radius = spread.radius - spread.half_width - 3.2 + 0.3 * spread.lift
    x, y = _at(_FIRST + _SPAN / pairs * (place + 0.5), radius, side)
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="2.30" fill="{GOLD}" stroke="{PAPER}" stroke-width="1.00"/>'


def _ribbon(text: str, palette: Palette) -> list[str]:
    edge = f'stroke="{PAPER}" stroke-width="1.20"'
    size = ribbon_size(text) or RIBBON_LEAST
    return [
        f'<path d="M21.00 80.50H11.00L15.00 87.00L11.00 93.50H21.00Z" fill="{palette.mid}" {edge}/>',
        f'<path d="M75.00 80.50H85.00L81.00 87.00L85.00 93.50H75.00Z" fill="{palette.mid}" {edge}/>',
        f'<rect x="19.00" y="76.50" width="58.00" height="13.00" fill="{palette.deep}" {edge}/>',
        _letters(text, 83, size, PAPER),
    ]


def _letters(text: str, middle: float, size: float, tone: str) -> str:
    """A line of letters, its capitals centred on the height `middle`."""
    path = outline(text, _MIDDLE, middle + CAP_HEIGHT * size / 2, size)
    return f'<path d="{path}" fill="{tone}"/>' if path else ""


def _move(point: Point) -> str:
    return f"M{number(point[0])} {number(point[1])}"


def _curve(points: Sequence[Point]) -> str:
    """Cubics through the points (Catmull-Rom), from the first, where the pen already is."""
    pieces = []
    for place in range(len(points) - 1):
        start, end = points[place], points[place + 1]
        before, after = points[max(place - 1, 0)], points[min(place + 2, len(points) - 1)]
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        pieces.append("C" + " ".join(f"{number(x)} {number(y)}" for x, y in (first, second, end)))
    return "".join(pieces)
