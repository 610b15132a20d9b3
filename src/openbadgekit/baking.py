"""Put a badge into a picture, and take it out again, without touching the picture.

Open Badges 2.0 baking specification; Open Badges 3.0 section 5.3 (baking). PNG: one uncompressed iTXt chunk, keyword
`openbadges` for 2.0, `openbadgecredential` for 3.0. SVG: one element directly below svg, `openbadges:assertion` for
2.0, `openbadges:credential` for 3.0; JSON in CDATA, a compact JWS in the attribute `verify`.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from . import png, svg
from .errors import Malformed, Unsafe
from .strict import parse_object

Standard: TypeAlias = Literal["2.0", "3.0"]

MOST_PICTURE: Final = 10_000_000
_KEYWORDS: Final[dict[str, Standard]] = {"openbadges": "2.0", "openbadgecredential": "3.0"}
_ELEMENTS: Final[dict[str, Standard]] = {
    "{http://openbadges.org}assertion": "2.0",
    "{https://purl.imsglobal.org/ob/v3p0}credential": "3.0",
}
_PREFIX: Final = "openbadges"
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


def bake(picture: bytes, badge: bytes | str, standard: Standard, *, address: str | None = None) -> bytes:
    """Return the PNG or SVG picture with the badge in it.

    `badge` is a signed credential or an assertion: JSON, or a compact JWS. `address` is where a hosted 2.0 assertion
    lives (attribute `verify` in SVG); without it, the assertion's id. The pixels, and all bytes but the inserted ones,
    stay as they are. Raises Malformed when the picture or the badge cannot be read or the picture holds a badge
    already; Unsafe when the picture is active or something is too large.
    """
    _refuse_large(picture)
    text = _badge_text(badge)
    if picture.startswith(png.SIGNATURE):
        return _bake_png(picture, text, standard)
    if is_xml(picture):
        return _bake_svg(picture, text, standard, address)
    raise Malformed("A badge can be put into PNG and SVG pictures only.")


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
    if not _JWS.fullmatch(text):
        parse_object(text)
    return text


def _bake_png(picture: bytes, text: str, standard: Standard) -> bytes:
    found = list(png.chunks(picture))
    if any(png.keyword_of(chunk) in _KEYWORDS for chunk in found):
        raise Malformed("The picture holds a badge already.", mend="Take the picture without a badge.")
    keyword = next(word for word, meaning in _KEYWORDS.items() if meaning == standard)
    header = found[0].end
    return picture[:header] + png.text_chunk(keyword, text) + picture[header:]


def _unbake_png(picture: bytes) -> Baked:
    found = [chunk for chunk in png.chunks(picture) if png.keyword_of(chunk) in _KEYWORDS]
    if not found:
        raise Malformed("There is no badge in this picture.")
    if len(found) > 1:
        raise Malformed("There is more than one badge in this picture.")
    return Baked(_KEYWORDS[png.keyword_of(found[0])], png.text_of(found[0]))


def _bake_svg(picture: bytes, text: str, standard: Standard, address: str | None) -> bytes:
    root = svg.parse(picture)
    if any(element.tag in _ELEMENTS for element in root.iter()):
        raise Malformed("The picture holds a badge already.", mend="Take the picture without a badge.")
    try:
        source = picture.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("The SVG picture is not UTF-8.") from None
    tag = next(name for name, meaning in _ELEMENTS.items() if meaning == standard)
    namespace, _, local = tag[1:].partition("}")
    body, verify = _svg_parts(text, standard, address)
    attribute = f" verify={svg.quoted(verify)}" if verify else ""
    inside = svg.cdata(body) if body else ""
    element = f"<{_PREFIX}:{local}{attribute}>{inside}</{_PREFIX}:{local}>"
    baked = svg.insert(source, _PREFIX, namespace, element).encode("utf-8")
    if _unbake_svg(baked) != Baked(standard, body or verify, verify if body and verify else None):
        raise Malformed("The badge cannot be put into this picture.", mend="Write the picture as plain SVG in UTF-8.")
    return baked


def _svg_parts(text: str, standard: Standard, address: str | None) -> tuple[str, str]:
    """Return what goes into the element and what into its attribute `verify`."""
    if _JWS.fullmatch(text):
        return "", text
    body = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
    if standard == "3.0":
        return body, ""
    place = address or parse_object(text).get("id")
    if not isinstance(place, str) or not place.startswith(("https://", "http://")):
        raise Malformed("A hosted 2.0 badge needs its address in the picture.", "/id", "Give its address.")
    return body, place


def _unbake_svg(picture: bytes) -> Baked:
    root = svg.parse(picture)
    everywhere = [element for element in root.iter() if element.tag in _ELEMENTS]
    if not everywhere:
        raise Malformed("There is no badge in this picture.")
    if len(everywhere) > 1:
        raise Malformed("There is more than one badge in this picture.")
    element = everywhere[0]
    if element not in list(root) or len(element):
        raise Malformed("The badge in this picture does not stand where it belongs, directly below svg.")
    body = element.text or ""
    verify = (element.get("verify") or "").strip()
    if len(body) > png.MOST_TEXT or len(verify) > png.MOST_TEXT:
        raise Unsafe("The badge in the picture is larger than 256 KB.")
    if not body.strip() and not verify:
        raise Malformed("The badge in this picture is empty.")
    standard = _ELEMENTS[str(element.tag)]
    if verify.startswith(("https://", "http://")):
        return Baked(standard, body if body.strip() else "", verify)
    return Baked(standard, body if body.strip() else verify)


__all__ = ["Baked", "Standard", "bake", "is_picture", "is_xml", "unbake"]
