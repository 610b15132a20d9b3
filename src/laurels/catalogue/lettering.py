"""Letters as outlines, so that a badge's picture needs no font where it is shown: Source Serif Semibold, pinned."""

import importlib.util
import threading
import unicodedata
from functools import lru_cache
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

RIBBON_MOST, RIBBON_LEAST, RIBBON_ROOM = 7.4, 5.6, 53.0
CAP_HEIGHT = 0.67
_UNITS = 1000
_reading = threading.Lock()


def number(value: float) -> str:
    """A coordinate with two decimals, never a negative zero."""
    text = f"{value:.2f}"
    return "0.00" if text == "-0.00" else text


@lru_cache(maxsize=1)
def _font() -> TTFont:
    # Found without importing the package: its import lists every font file it brings.
    found = importlib.util.find_spec("font_source_serif_pro")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("The font package font-source-serif-pro is not installed. Install the requirements again.")
    font = TTFont(Path(found.submodule_search_locations[0]) / "files" / "SourceSerifPro-Semibold.otf", lazy=False)
    if font["head"].unitsPerEm != _UNITS:
        raise RuntimeError("The font is not the pinned one: its letters are drawn on another grid.")
    return font


@lru_cache(maxsize=1)
def _names() -> dict[int, str]:
    with _reading:
        return dict(_font().getBestCmap())


def unknown(text: str) -> list[str]:
    """The characters of the text that the font has no letter for."""
    return sorted({one for one in _composed(text) if ord(one) not in _names()})


def width(text: str, size: float) -> float:
    """How wide the text runs at a size, in the picture's units; characters without a letter take no room."""
    names = _names()
    with _reading:
        widths = _font()["hmtx"].metrics
        return float(sum(widths[names[ord(one)]][0] for one in _composed(text) if ord(one) in names)) * size / _UNITS


def outline(text: str, middle: float, baseline: float, size: float) -> str:
    """The text as path data, centred on `middle`, standing on `baseline`."""
    names, scale = _names(), size / _UNITS
    at = middle - width(text, size) / 2
    with _reading:
        glyphs, widths = _font().getGlyphSet(), _font()["hmtx"].metrics
        pen = SVGPathPen(glyphs, ntos=number)
        for one in _composed(text):
            if ord(one) in names:
                name = names[ord(one)]
                glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, at, baseline)))
                at += widths[name][0] * scale
    return str(pen.getCommands())


def ribbon_size(text: str) -> float | None:
    """The size at which the short title fits the ribbon, shrunk as little as can be; None when it is too long."""
    natural = width(text, 1.0)
    size = min(RIBBON_MOST, RIBBON_ROOM / natural) if natural else RIBBON_MOST
    return size if size >= RIBBON_LEAST else None


def ribbon_faults(text: str) -> list[str]:
    """Why this short title cannot stand on the ribbon, in words; empty when it can."""
    found = _unknown_words(text, "short title")
    if ribbon_size(text) is None:
        over = width(text, RIBBON_LEAST) / RIBBON_ROOM
        most = max(1, int(len(_composed(text)) / over))
        found.append(f"“{text}” is too long for the ribbon of the picture: about {most} letters of it fit. Shorten it.")
    return found


def monogram_faults(text: str) -> list[str]:
    """Why this monogram cannot stand in the middle of the picture, in words; empty when it can."""
    found = _unknown_words(text, "monogram")
    if not 1 <= len(_composed(text)) <= 3 or not all(one.isalnum() for one in _composed(text)):
        found.append("The monogram is one to three letters or digits.")
    return found


def _unknown_words(text: str, what: str) -> list[str]:
    strange = unknown(text)
    return [f"The {what} has characters that the picture cannot show: {' '.join(strange)}"] if strange else []


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
