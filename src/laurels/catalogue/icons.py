"""The icons that can stand in the middle of a wreath instead of a monogram: our own drawings (pure).

Each is drawn on a grid of 32 by 32 in absolute coordinates, painted in the order given, so that a later shape lies on
an earlier one. The shapes are silhouettes first: a wreath of 48 pixels leaves sixteen for its icon.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from laurels.catalogue.lettering import number

Tone = Literal["deep", "mid", "pale", "paper"]
GRID = 32.0
_PIECES = re.compile(r"[MLHVCQZ]|-?\d+(?:\.\d+)?")
_TAKES = {"M": "xy", "L": "xy", "C": "xy", "Q": "xy", "H": "x", "V": "y", "Z": ""}


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape on the grid: its path, the tone that fills it, and the tone and width of its line, in grid units."""

    path: str
    fill: Tone | None = None
    line: Tone | None = None
    width: float = 0.0


def moved(path: str, right: float, down: float) -> str:
    """The same path elsewhere, its numbers with two decimals. Takes absolute commands only: M L H V C Q Z."""
    found: list[str] = []
    takes, place = "", 0
    for piece in _PIECES.findall(path):
        if piece in _TAKES:
            takes, place = _TAKES[piece], 0
            found.append(piece)
            continue
        shift = right if takes[place % len(takes)] == "x" else down
        # A number right behind its command needs no space before it.
        found.append(("" if found[-1] in _TAKES else " ") + number(float(piece) + shift))
        place += 1
    return "".join(found)


def _disc(x: float, y: float, radius: float) -> str:
    """A circle as four cubics."""
    k = radius * 0.5523
    return (
        f"M{x} {y - radius}C{x + k:.2f} {y - radius} {x + radius} {y - k:.2f} {x + radius} {y}"
        f"C{x + radius} {y + k:.2f} {x + k:.2f} {y + radius} {x} {y + radius}"
        f"C{x - k:.2f} {y + radius} {x - radius} {y + k:.2f} {x - radius} {y}"
        f"C{x - radius} {y - k:.2f} {x - k:.2f} {y - radius} {x} {y - radius}Z"
    )


def _mirrored(path: str) -> str:
    """The path seen in a mirror that stands upright in the middle of the grid."""
    found: list[str] = []
    takes, place = "", 0
    for piece in _PIECES.findall(path):
        if piece in _TAKES:
            takes, place = _TAKES[piece], 0
            found.append(piece)
            continue
        turned = takes[place % len(takes)] == "x"
        found.append(f"{GRID - float(piece):g} " if turned else f"{piece} ")
        place += 1
    return "".join(found)


def _solid(path: str, tone: Tone = "deep") -> Shape:
    return Shape(path, fill=tone)


def _line(path: str, width: float = 2.2, tone: Tone = "deep") -> Shape:
    return Shape(path, line=tone, width=width)


def _cut(path: str, width: float = 1.4) -> Shape:
    """A line that is cut out of what lies beneath it."""
    return Shape(path, line="paper", width=width)


def _apart(path: str, tone: Tone = "deep", width: float = 2.4) -> Shape:
    """A shape that stands before others, kept apart from them by a rim of paper."""
    return Shape(path, fill=tone, line="paper", width=width)


def _both(path: str, tone: Tone = "deep") -> tuple[Shape, Shape]:
    return _solid(path, tone), _solid(_mirrored(path), tone)


def _both_apart(path: str, tone: Tone = "deep", width: float = 2.4) -> tuple[Shape, Shape]:
    return _apart(path, tone, width), _apart(_mirrored(path), tone, width)


_PETAL = "M16 26C16 18.6 19.6 12 25.6 9.6C28 16.6 24 23.6 16 26Z"
_OUTER_PETAL = "M16 27C19.6 20.6 25 17.6 31 18C29.4 24.6 23.4 28.4 16 27Z"
_PAGE = "M15.1 8.6C12 6.2 7.4 5.4 2.6 6.2V25.2C7.4 24.4 12 25.2 15.1 27.6Z"

ICONS: Mapping[str, tuple[Shape, ...]] = {
    "leaf": (
        _line("M3.6 28.6C5 26.8 6.6 25.2 8.4 23.6"),
        _solid("M7.4 24.8C2.8 13.8 9.6 4.2 28.4 3.4C28.8 21.6 18.8 29.6 7.4 24.8Z"),
        _cut("M6.8 25.2C11.6 19.6 16.4 14.8 23 9.2"),
        _cut("M12.2 19.2C11.9 16.6 12 14.8 12.6 12.4M12.2 19.2C14.8 19.6 17 19.5 19.4 18.8", 1.1),
        _cut("M17.2 14.2C17.1 12.4 17.3 11 17.8 9.4M17.2 14.2C19 14.4 20.6 14.3 22.4 13.8", 1.1),
    ),
    "herb": (
        _line("M16 30V11"),
        _solid("M16 1.6C20.4 5.8 20.4 10 16 13.6C11.6 10 11.6 5.8 16 1.6Z"),
        *_both("M17.2 18.2C17 12.8 20.4 9.4 26.6 9C26.8 14.8 23.2 18.4 17.2 18.2Z", "mid"),
        *_both("M17.2 27C17.2 21 21.4 17.6 28.6 17.8C28.4 24 24 27.6 17.2 27Z"),
        _cut("M18.8 16.6L23.2 12.4M13.2 16.6L8.8 12.4M19 25.2L24.4 21M13 25.2L7.6 21", 1.1),
    ),
    "mortar and pestle": (
        _solid("M16.4 12L23 2.9C24.3 1.2 27.6 3.5 26.4 5.3L21.2 12Z", "mid"),
        _solid("M12.4 12C6.6 12 4.2 8.6 4.6 3.4C9.8 4 13 7 12.4 12Z"),
        _cut("M6.6 5.6L11.4 10.8", 1.1),
        _solid("M4.4 13.6H27.6C29.2 13.6 29.2 17.4 27.6 17.4H4.4C2.8 17.4 2.8 13.6 4.4 13.6Z"),
        _solid("M5.4 18.8H26.6C26.4 23 24 25.8 20.8 27L22.4 30H9.6L11.2 27C8 25.8 5.6 23 5.4 18.8Z"),
        _cut("M8.6 21C9.2 22.8 10.4 24 12 24.8", 1.2),
    ),
    "bowl": (
        _solid("M11.8 14.2C6.2 14 3.2 10.8 3.2 5C9 5.2 12.2 8.6 11.8 14.2Z"),
        _solid(_disc(24, 10, 4.2)),
        _solid("M16.2 14.2C12.2 10.8 12.2 5.8 16.2 1.8C20.2 5.8 20.2 10.8 16.2 14.2Z", "mid"),
        _cut("M16.2 6.6V12.4M5.4 7.2L9.8 12", 1.1),
        _solid("M2.4 15.8H29.6C29.6 21.8 26.2 26 21.4 27.4V30H10.6V27.4C5.8 26 2.4 21.8 2.4 15.8Z"),
        _cut("M6 19C6.8 21.4 8.4 23.2 10.6 24.2", 1.2),
    ),
    "apple": (
        _solid(
            "M16 11.2C12.4 8.4 4.4 8.2 4 16.6C3.7 23.8 9 30.2 12.8 30C14.2 29.9 15 29.4 16 29.4"
            "C17 29.4 17.8 29.9 19.2 30C23 30.2 28.3 23.8 28 16.6C27.6 8.2 19.6 8.4 16 11.2Z"
        ),
        _line("M16 11.2C15.9 8.4 15 6 13.2 4.2", 2.0),
        _solid("M17.4 8C17.4 3.8 20.4 1.6 25.2 1.8C25 6.2 22.2 8.4 17.4 8Z", "mid"),
        _cut("M7.8 18.6C7.4 15.4 8.6 13.2 11 12.6"),
    ),
    "drop": (
        _solid(
            "M16 1.6C20.6 8.6 26.6 13.8 26.6 20.2C26.6 26.2 21.8 30.4 16 30.4"
            "C10.2 30.4 5.4 26.2 5.4 20.2C5.4 13.8 11.4 8.6 16 1.6Z"
        ),
        _cut("M9.6 20.4C9.8 23.8 12 26 15.2 26.4", 1.8),
    ),
    "flask": (
        Shape(
            "M12.8 3.4V12L4.9 25.4C3.6 27.7 4.8 29.4 7.2 29.4H24.8C27.2 29.4 28.4 27.7 27.1 25.4L19.2 12V3.4",
            fill="pale",
            line="deep",
            width=2.0,
        ),
        _solid(
            "M9.2 19.6C12 17.8 14 21.2 17.4 19.8C19.4 19 21.2 18.6 22.8 19.6L26.4 25.8"
            "C27.4 27.4 26.6 29 24.8 29H7.2C5.4 29 4.6 27.4 5.6 25.8Z"
        ),
        _line("M10.8 3H21.2", 2.4),
        _solid(_disc(12.6, 25, 1.6), "paper"),
        _solid(_disc(18.8, 23.6, 1.1), "paper"),
        _solid(_disc(15.6, 15.4, 1.2), "mid"),
    ),
    "lens": (
        _line("M21.4 21.4L28.2 28.2", 4.2),
        Shape(_disc(13.2, 13.2, 9.8), fill="pale", line="deep", width=2.6),
        _solid("M9 17.8C6.8 12.4 10 8 18.6 7.8C18.8 16.4 14.4 20 9 17.8Z"),
        _cut("M8.6 18.2C10.8 15.4 13 13.2 15.8 10.8", 1.1),
    ),
    "heart": (
        _solid(
            "M16 29C8.6 23.8 2.4 18.4 2.4 11.6C2.4 6.8 5.8 3.6 9.8 3.6C12.5 3.6 14.8 5 16 7.4"
            "C17.2 5 19.5 3.6 22.2 3.6C26.2 3.6 29.6 6.8 29.6 11.6C29.6 18.4 23.4 23.8 16 29Z"
        ),
        _cut("M2 15.6H10L12.8 10.4L17.4 20.4L20 15.6H30", 1.8),
    ),
    "stethoscope": (
        _line("M8.4 3.2H5.8V10C5.8 15.2 8.8 18.4 12.6 18.4C16.4 18.4 19.4 15.2 19.4 10V3.2H16.8", 2.4),
        _line("M12.6 18.4V22C12.6 26.4 15.2 29 19 29C22.8 29 25.4 26.4 25.4 22V18", 2.4),
        _apart(_disc(25.4, 15.2, 4.4), "mid", 1.2),
        _solid(_disc(25.4, 15.2, 1.5), "paper"),
    ),
    "hand": (
        _solid(
            "M17.6 14.6C12.6 11.2 9.8 8.6 9.8 5.4C9.8 3 11.6 1.4 13.7 1.4C15.3 1.4 16.8 2.3 17.6 3.8"
            "C18.4 2.3 19.9 1.4 21.5 1.4C23.6 1.4 25.4 3 25.4 5.4C25.4 8.6 22.6 11.2 17.6 14.6Z",
            "mid",
        ),
        _solid("M1.6 17.4H6.4V29.4H1.6Z"),
        _solid(
            "M8 18.8C10.6 16.6 13.6 16.6 16 18.4H20.4C22.8 18.4 23.2 21 21.8 22L27 18.4"
            "C29.6 16.8 31.6 19.6 29.6 21.6L22.6 27.4C21.4 28.4 20.2 28.8 18.6 28.8H8Z"
        ),
        _cut("M14.4 22.8H20C20.8 22.8 21.4 22.4 21.8 22", 1.3),
    ),
    "lotus": (
        *_both(_OUTER_PETAL),
        *_both_apart(_PETAL, "mid", 1.6),
        _apart("M16 4C21.2 9.8 21.8 18.2 16 27C10.2 18.2 10.8 9.8 16 4Z", "deep", 1.6),
        _line("M9.6 30H22.4", 2.0),
    ),
    "sun": (
        _solid(_disc(16, 16, 6.6)),
        _line("M16 2V5.6M16 26.4V30M2 16H5.6M26.4 16H30", 2.6),
        _line("M6.1 6.1L8.65 8.65M23.35 23.35L25.9 25.9M25.9 6.1L23.35 8.65M8.65 23.35L6.1 25.9", 2.6, "mid"),
    ),
    "book": (
        *_both(_PAGE),
        _cut("M5.6 10.4C8 10.2 10.2 10.6 12.2 11.6M5.6 14.8C8 14.6 10.2 15 12.2 16M5.6 19.2C8 19 10.2 19.4 12.2 20.4"),
        _cut(_mirrored("M5.6 10.4C8 10.2 10.2 10.6 12.2 11.6M5.6 14.8C8 14.6 10.2 15 12.2 16")),
        _cut(_mirrored("M5.6 19.2C8 19 10.2 19.4 12.2 20.4")),
    ),
    "people": (
        *_both(_disc(6.2, 11.6, 3.6), "mid"),
        *_both("M0.6 26.6C0.6 20.2 2.6 16.6 6.4 16.6C10.2 16.6 12.4 20.2 12.4 26.6Z", "mid"),
        _apart("M8.6 29.8C8.6 21.2 11 16.2 16 16.2C21 16.2 23.4 21.2 23.4 29.8Z"),
        _apart(_disc(16, 8.2, 5.8)),
    ),
    "speech": (
        _solid(
            "M5.6 3.6H19.4C21.4 3.6 22.8 5 22.8 7V14.2C22.8 16.2 21.4 17.6 19.4 17.6H11.4L6 22V17.6H5.6"
            "C3.6 17.6 2.2 16.2 2.2 14.2V7C2.2 5 3.6 3.6 5.6 3.6Z"
        ),
        _apart(
            "M14.6 12.2H26.4C28.4 12.2 29.8 13.6 29.8 15.6V21.6C29.8 23.6 28.4 25 26.4 25H26V29.4L20.6 25H14.6"
            "C12.6 25 11.2 23.6 11.2 21.6V15.6C11.2 13.6 12.6 12.2 14.6 12.2Z",
            "mid",
        ),
        _cut("M15.6 16.8H25.4M15.6 20.6H22", 1.5),
    ),
    "clipboard": (
        _solid(
            "M7.8 5H24.2C25.6 5 26.6 6 26.6 7.4V27.6C26.6 29 25.6 30 24.2 30"
            "H7.8C6.4 30 5.4 29 5.4 27.6V7.4C5.4 6 6.4 5 7.8 5Z"
        ),
        _apart("M12.4 2H19.6C20.8 2 21.4 2.6 21.4 3.8V7.4H10.6V3.8C10.6 2.6 11.2 2 12.4 2Z", "mid", 1.6),
        _cut("M9.4 13.8L11.2 15.6L14 12.2M9.4 22.2L11.2 24L14 20.6", 1.7),
        _cut("M17 14.2H22.6M17 22.6H22.6", 1.7),
    ),
    "globe": (
        _solid(_disc(16, 16, 13.8)),
        _cut("M16 2C7.6 9.4 7.6 22.6 16 30C24.4 22.6 24.4 9.4 16 2Z", 1.5),
        _cut("M3.4 10.8H28.6M3.4 21.2H28.6", 1.5),
    ),
}
"""The icons by name, in the order in which they are offered; the name is also what people read."""
