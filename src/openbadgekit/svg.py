"""SVG files: read without any harm, and changed by insertion only.

Reading goes through an XML parser that knows no document types, entities or outside references; what could act
(scripts, event handlers, foreign content, outside resources) is refused, not cleaned.
"""

import re
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .errors import Malformed, Unsafe

SVG: Final = "http://www.w3.org/2000/svg"
_ACTIVE: Final = frozenset(
    {"script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "audio", "video", "link", "base"}
)
_ANIMATION: Final = frozenset({"animate", "set", "animatemotion", "animatetransform", "animatecolor"})
_INNER_LINK = re.compile(r"#|data:image/(?:png|jpeg|gif|webp)[;,]", re.IGNORECASE)
_WEB_LINK = re.compile(r"https?://", re.IGNORECASE)
# Nothing in it is tried twice (*+, ?+): a long run of spaces must not cost the square of its length.
_OUTER_STYLE = re.compile(r"@import|expression\s*+\(|\\|url\(\s*+['\"]?+\s*+(?!#|data:image/|['\"])", re.IGNORECASE)
_MOST_TAGS: Final = 100_000
_MOST_ATTRIBUTES: Final = 300_000
_BEFORE_ROOT = re.compile(r"\s+|<\?(?!xml-stylesheet).*?\?>|<!--.*?-->", re.DOTALL)
_ROOT_NAME = re.compile(r"<(?:([\w.-]+):)?svg(?=[\s/>])")
_ATTRIBUTE = re.compile(r"""\s+([\w:.-]+)\s*=\s*("[^"<]*"|'[^'<]*')""")
_ROOT_END = re.compile(r"\s*(/?)>")
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse(picture: bytes) -> Element:
    """Return the root of an SVG picture. Raises Malformed when it is not one, Unsafe when it could do harm."""
    if picture.count(b"<") > _MOST_TAGS or picture.count(b"=") > _MOST_ATTRIBUTES:
        raise Unsafe("The picture has too many elements or attributes.")
    try:
        root: Element = fromstring(picture, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        raise Unsafe("The picture has a document type or entities, which can do harm.") from None
    except (ParseError, ValueError, LookupError) as error:
        raise Malformed(f"This is not a well-formed SVG picture: {error}.") from None
    if root.tag not in (f"{{{SVG}}}svg", "svg"):
        raise Malformed("This is XML, but not an SVG picture.")
    if re.search(rb"<\?\s*xml-stylesheet", picture):
        raise Unsafe("The picture asks for an outside style sheet.")
    for element in root.iter():
        _refuse_active(element)
    return root


def _refuse_active(element: Element) -> None:
    name = _local(element.tag)
    if name in _ACTIVE:
        raise Unsafe(f"The picture has active content: the element {name}.")
    if name == "style" and _OUTER_STYLE.search(element.text or ""):
        raise Unsafe("The picture's style reaches outside of it.")
    for key, value in element.attrib.items():
        attribute = _local(key)
        if attribute.startswith("on"):
            raise Unsafe(f"The picture has active content: the attribute {attribute}.")
        if attribute in ("href", "src"):
            _refuse_outside(name, value)
        if name in _ANIMATION and attribute == "attributename" and _local(value.partition(":")[2] or value) == "href":
            raise Unsafe("The picture has active content: a link that is animated.")
        if "url(" in value.lower() and _OUTER_STYLE.search(value):
            raise Unsafe("The picture asks for something outside of it.")


def _refuse_outside(name: str, link: str) -> None:
    link = link.strip()
    if not (_INNER_LINK.match(link) or not link or (name == "a" and _WEB_LINK.match(link))):
        raise Unsafe("The picture asks for something outside of it.")


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2].lower()


@dataclass(frozen=True, slots=True)
class Opening:
    """The start tag of the root in the text: where its last `>` or `/>` begins, where it ends, and what it declares."""

    name: str
    close: int
    end: int
    empty: bool
    namespaces: dict[str, str]


def opening(text: str) -> Opening:
    """Find the start tag of the svg element. Raises Malformed when the text does not begin as an SVG picture does."""
    position = len(text) - len(text.removeprefix("\ufeff"))
    while found := _BEFORE_ROOT.match(text, position):
        position = found.end()
    root = _ROOT_NAME.match(text, position)
    if not root:
        raise Malformed("The picture does not begin with an svg element.")
    position, namespaces = root.end(), {}
    while found := _ATTRIBUTE.match(text, position):
        if found[1].startswith("xmlns:"):
            namespaces[found[1].removeprefix("xmlns:")] = found[2][1:-1]
        position = found.end()
    last = _ROOT_END.match(text, position)
    if not last:
        raise Malformed("The svg element of the picture is not closed as it should be.")
    return Opening(root[0][1:], position, last.end(), bool(last[1]), namespaces)


def split(text: str, prefix: str, namespace: str) -> tuple[str, str]:
    """Return the picture in two parts: an element of the namespace may stand between them, as the first below svg.

    The prefix is declared on svg; nothing else of the text changes. Raises Malformed when the prefix already stands
    for another namespace.
    """
    place = opening(text)
    declared = place.namespaces.get(prefix)
    if declared not in (None, namespace):
        raise Malformed(f"In this picture the prefix {prefix} stands for something else already.")
    declaration = "" if declared else f' xmlns:{prefix}="{namespace}"'
    closing = f"</{place.name}>" if place.empty else ""
    return f"{text[: place.close]}{declaration}>", f"{closing}{text[place.end :]}"


def cdata(text: str) -> str:
    """Return the text as CDATA; a "]]>" inside is split over two sections.

    Raises Malformed for characters that XML 1.0 (section 2.2) cannot hold at all.
    """
    found = _NOT_XML.search(text)
    if found:
        raise Malformed(f"The character U+{ord(found[0]):04X} cannot stand in an SVG picture.")
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def quoted(text: str) -> str:
    """Return the text as the value of an attribute, with its quotation marks."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return f'"{escaped}"'
