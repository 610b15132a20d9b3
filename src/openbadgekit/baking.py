"""Put a badge into a picture, and take it out again, without touching the picture.

Open Badges 2.0 baking specification; Open Badges 3.0 section 5.3 (baking). PNG: one uncompressed iTXt chunk, keyword
`openbadges` for 2.0, `openbadgecredential` for 3.0. SVG: one element directly below svg, `openbadges:assertion` for
2.0, `openbadges:credential` for 3.0; JSON in CDATA, a compact JWS in the attribute `verify`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from . import png, svg
from .errors import Malformed, Unsafe
from .strict import parse_object

Standard: TypeAlias = Literal["2.0", "3.0"]

MOST_PICTURE: Final = 10_000_000
_MOST_KEPT: Final = 1_000_000
_KEYWORDS: Final[dict[str, Standard]] = {"openbadges": "2.0", "openbadgecredential": "3.0"}
_ELEMENTS: Final[dict[str, Standard]] = {
    "{http://openbadges.org}assertion": "2.0",
    "{https://purl.imsglobal.org/ob/v3p0}credential": "3.0",
}
_PREFIX: Final = "openbadges"
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_ENCODING: Final = re.compile(r"\ufeff?<\?xml[^>]*?\sencoding\s*=\s*[\"']([\w.-]+)")
_WEB_ADDRESS: Final = re.compile("https?://[^\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_EMPTY: Final = "The badge in this picture is empty."
_MORE: Final = "There is more than one badge in this picture."
_HELD: Final = "The picture holds a badge already."
_PLAIN: Final = "Take the picture without a badge."
_JWS: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Baked:
    """A badge as it lay in a picture.

    `standard` says by which rules it was put there; `text` is JSON or a compact JWS, "" when the picture holds nothing
    but an address; `address` is the web address beside it (SVG with 2.0 only).
    """

    standard: Standard
    text: str
    address: str | None = None


class PreparedPicture:
    """A PNG or SVG picture that was read and checked once, ready to carry any number of badges.

    Made by `prepare_picture`; never changes, may be shared by threads, holds one copy of the picture.
    """

    __slots__ = ("_halves",)

    def __init__(self, halves: "_Png | _Svg") -> None:
        self._halves = halves

    def bake(self, badge: bytes | str, standard: Standard, *, address: str | None = None) -> bytes:
        """Return the picture with the badge in it: the same bytes as `bake` of the plain picture."""
        return b"".join(self.stream(badge, standard, address=address))

    def stream(
        self, badge: bytes | str, standard: Standard, *, address: str | None = None
    ) -> tuple[memoryview | bytes, bytes, memoryview | bytes]:
        """Return the baked picture in three parts, to be sent one after the other: nothing of the picture is copied.

        Raises Malformed when the badge cannot be read or cannot stand in this picture; Unsafe when it is larger than
        256 KB, or larger together with the picture than 10,000,000 bytes.
        """
        parts = self._halves.parts(_badge_text(badge), standard, address)
        if sum(map(len, parts)) > MOST_PICTURE:
            raise Unsafe(f"The picture with the badge in it would be larger than {MOST_PICTURE} bytes.")
        return parts


def prepare_picture(picture: bytes) -> PreparedPicture:
    """Read and check a PNG or SVG picture once, so that badges can be put into it quickly.

    Raises Malformed when the picture cannot be read or holds a badge already; Unsafe when it is active or larger than
    10,000,000 bytes.
    """
    _refuse_large(picture)
    if picture.startswith(png.SIGNATURE):
        return PreparedPicture(_split_png(picture))
    if is_xml(picture):
        return PreparedPicture(_split_svg(picture))
    raise Malformed("A badge can be put into PNG and SVG pictures only.")


def bake(picture: bytes, badge: bytes | str, standard: Standard, *, address: str | None = None) -> bytes:
    """Return the PNG or SVG picture with the badge in it.

    `badge` is a signed credential or an assertion: JSON, or a compact JWS. `address` is where a hosted 2.0 assertion
    lives (attribute `verify` in SVG); without it, the assertion's id. The pixels, and all bytes but the inserted ones,
    stay as they are. Raises Malformed when the picture or the badge cannot be read or the picture holds a badge
    already; Unsafe when the picture is active or something is too large. For many pictures, each with many badges:
    `prepare_picture`.
    """
    return _recent(picture).bake(badge, standard, address=address)


_last: tuple[bytes, PreparedPicture] | None = None
"""Most programs put many badges into one picture: the last one is kept as it was read, if it is not large."""


def _recent(picture: bytes) -> PreparedPicture:
    global _last
    last = _last
    if last is not None and last[0] is picture:
        return last[1]
    prepared = prepare_picture(picture)
    if type(picture) is bytes and len(picture) <= _MOST_KEPT:  # a bytearray could change under our feet
        _last = picture, prepared
    return prepared


def unbake(picture: bytes) -> Baked:
    """Return the badge that lies in a PNG or SVG picture.

    Raises Malformed when the picture cannot be read, holds no badge, or more than one; Unsafe when the picture is
    active or something is too large.
    """
    _refuse_large(picture)
    if picture.startswith(png.SIGNATURE):
        return _unbake_png(picture)
    if is_xml(picture):
        return _unbake_svg(picture)
    raise Malformed("This is neither a PNG nor an SVG picture.")


def is_picture(data: bytes) -> bool:
    """Tell from its first bytes whether this is a PNG or SVG file."""
    return data.startswith(png.SIGNATURE) or is_xml(data)


def is_xml(data: bytes) -> bool:
    """Tell from its first bytes whether this is XML in UTF-8."""
    return data[:256].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _refuse_large(picture: bytes) -> None:
    if len(picture) > MOST_PICTURE:
        raise Unsafe(f"The picture is larger than {MOST_PICTURE} bytes.")


def _badge_text(badge: bytes | str) -> str:
    if len(badge) > png.MOST_TEXT:
        raise Unsafe("The badge is larger than 256 KB.")
    try:
        text = badge.decode("utf-8") if isinstance(badge, bytes) else badge
        text.encode("utf-8")
    except UnicodeError:
        raise Malformed("The badge is not UTF-8.") from None
    if _JWS.fullmatch(text.strip()):
        return text.strip()
    parse_object(text)
    return text


@dataclass(frozen=True, slots=True)
class _Png:
    """A PNG picture on both sides of the place where a badge goes: right after its header."""

    before: memoryview
    after: memoryview

    def parts(self, text: str, standard: Standard, _address: str | None) -> tuple[memoryview, bytes, memoryview]:
        keyword = next(word for word, meaning in _KEYWORDS.items() if meaning == standard)
        return self.before, png.text_chunk(keyword, text), self.after


def _split_png(picture: bytes) -> _Png:
    header = 0
    for chunk in png.chunks(picture):
        header = header or chunk.end
        if chunk.type in png.TEXTS and png.keyword_of(chunk) in _KEYWORDS:
            raise Malformed(_HELD, mend=_PLAIN)
    view = memoryview(picture)
    return _Png(view[:header], view[header:])


def _unbake_png(picture: bytes) -> Baked:
    found = [chunk for chunk in png.chunks(picture) if png.keyword_of(chunk) in _KEYWORDS]
    if not found:
        raise Malformed("There is no badge in this picture.")
    if len(found) > 1:
        raise Malformed(_MORE)
    text = png.text_of(found[0])
    if not text.strip():
        raise Malformed(_EMPTY)
    return Baked(_KEYWORDS[png.keyword_of(found[0])], text)


@dataclass(frozen=True, slots=True)
class _Svg:
    """An SVG picture on both sides of the place where a badge goes, for each standard; or why there is no place.

    `escape`: the picture is in another encoding than UTF-8, so that a badge may hold ASCII characters only.
    """

    sides: Mapping[Standard, tuple[bytes, bytes] | Malformed]
    escape: bool

    def parts(self, text: str, standard: Standard, address: str | None) -> tuple[bytes, bytes, bytes]:
        sides = self.sides[standard]
        if isinstance(sides, Malformed):
            raise Malformed(sides.message, mend=sides.mend)
        body, verify = _svg_parts(text, standard, address)
        if self.escape:  # the same JSON: what is not ASCII stands inside of its strings
            body = _NOT_ASCII.sub(lambda found: json.dumps(found[0])[1:-1], body)
        attribute = f" verify={svg.quoted(verify)}" if verify else ""
        inside = svg.cdata(body) if body else ""
        local = _svg_name(standard)[1]
        element = f"<{_PREFIX}:{local}{attribute}>{inside}</{_PREFIX}:{local}>"
        return sides[0], element.encode("utf-8"), sides[1]


def _split_svg(picture: bytes) -> _Svg:
    root = svg.parse(picture)
    if any(element.tag in _ELEMENTS for element in root.iter()):
        raise Malformed(_HELD, mend=_PLAIN)
    try:
        source = picture.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("The SVG picture is not UTF-8.", mend="Save it as plain SVG in UTF-8.") from None
    declared = _ENCODING.match(source)
    escape = declared is not None and declared[1].lower() != "utf-8"
    return _Svg({standard: _svg_sides(source, standard) for standard in _ELEMENTS.values()}, escape)


def _svg_sides(source: str, standard: Standard) -> tuple[bytes, bytes] | Malformed:
    try:
        before, after = svg.split(source, _PREFIX, _svg_name(standard)[0])
    except Malformed as error:
        return error
    return before.encode("utf-8"), after.encode("utf-8")


def _svg_name(standard: Standard) -> tuple[str, str]:
    tag = next(name for name, meaning in _ELEMENTS.items() if meaning == standard)
    namespace, _, local = tag[1:].partition("}")
    return namespace, local


def _svg_parts(text: str, standard: Standard, address: str | None) -> tuple[str, str]:
    """Return what goes into the element and what into its attribute `verify`."""
    if _JWS.fullmatch(text):
        return "", text
    body = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
    if standard == "3.0":
        return body, ""
    place = address or parse_object(text).get("id")
    if not isinstance(place, str) or not _WEB_ADDRESS.fullmatch(place):
        raise Malformed("A hosted 2.0 badge needs its web address in the picture.", "/id", "Give its address.")
    return body, place


def _unbake_svg(picture: bytes) -> Baked:
    root = svg.parse(picture)
    everywhere = [element for element in root.iter() if element.tag in _ELEMENTS]
    if not everywhere:
        raise Malformed("There is no badge in this picture.")
    if len(everywhere) > 1:
        raise Malformed(_MORE)
    element = everywhere[0]
    if element not in list(root) or len(element):
        raise Malformed("The badge in this picture does not stand where it belongs, directly below svg.")
    body = element.text or ""
    verify = (element.get("verify") or "").strip()
    if len(body) > png.MOST_TEXT or len(verify) > png.MOST_TEXT:
        raise Unsafe("The badge in the picture is larger than 256 KB.")
    if not body.strip() and not verify:
        raise Malformed(_EMPTY)
    standard = _ELEMENTS[str(element.tag)]
    if verify.startswith(("https://", "http://")):
        return Baked(standard, body if body.strip() else "", verify)
    if body.strip() and verify:  # readers differ on which of the two they show
        raise Malformed(_MORE)
    return Baked(standard, body if body.strip() else verify)


__all__ = ["Baked", "PreparedPicture", "Standard", "bake", "is_picture", "is_xml", "prepare_picture", "unbake"]
