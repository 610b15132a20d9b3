"""What was handed in? Bytes, text, a file or an address; a picture, JSON, a token or a page: told by its content."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from ..baking import Baked, is_picture, unbake
from ..errors import BadgeError, Malformed, Unsafe
from ..fetch import Fetched
from ..jsontype import JsonObject, Source
from ..strict import parse_object
from .reading import domain, is_web
from .report import READABLE, Finding, failed, unknown
from .session import BADGE, Session

MOST: Final = 1_000_000
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]*\.[A-Za-z0-9_=-]*")
_FORMS: Final = ("application/vc+ld+json", "application/vc", "application/ld+json")
_GONE: Final = 410
_PICTURE_HINT: Final = " Perhaps it was sent through an app that strips pictures: ask for the address."


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to check: a document, or only the address of a hosted 2.0 one, or a token (a compact JWS).

    `hosted` tells that the document was fetched from `address` and is what stands there.
    """

    document: JsonObject | None = None
    address: str = ""
    hosted: bool = False
    token: str = ""
    where: str = ""


class Unreadable(Exception):
    """There is nothing to check; carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def find(session: Session, source: Source) -> Found:
    """Return what there is to check in the source. Raises Unreadable."""
    try:
        if isinstance(source, Path):
            return _in_bytes(session, _file(source), "This file")
        if isinstance(source, str):
            return _in_text(session, source)
        if isinstance(source, Mapping):
            return Found(_plain(source))
        if isinstance(source, bytes | bytearray | memoryview):
            return _in_bytes(session, bytes(source), "This file")
        kind = type(source).__name__
        raise Malformed(
            f"What was given is no badge: {kind}.", mend="Give bytes, text, a Path, or a document (a mapping)."
        )
    except BadgeError as error:
        raise Unreadable(failed(READABLE, str(error))) from None


def _plain(document: JsonObject) -> JsonObject:
    """A document made by a program, under the limits of one that was read: what is checked is its JSON."""
    try:
        return parse_object(json.dumps(document, default=_items))
    except RecursionError:
        raise Unsafe("This document is nested too deep.") from None
    except (TypeError, ValueError) as error:
        raise Malformed(f"This document is not JSON: {error}.") from None


def _items(value: object) -> object:
    """The model's documents are of read-only mappings and tuples; nothing else is taken for JSON."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST + 1)
    except OSError as error:
        raise Unreadable(unknown(READABLE, f"The file cannot be read: {error.strerror}.")) from None


def _in_bytes(session: Session, data: bytes, what: str) -> Found:
    if len(data) > MOST:
        raise Unsafe(f"{what} is too large: at most 1 MB.")
    if is_picture(data):
        return _in_picture(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Malformed(f"{what} is neither a PNG or SVG picture nor text.") from None
    return _in_text(session, text)


def _in_text(session: Session, text: str) -> Found:
    if len(text) > MOST:
        raise Unsafe("This text is too large: at most 1 MB.")
    text = text.removeprefix("\ufeff").strip()
    if re.match(r"https?://\S+\Z", text, flags=re.IGNORECASE):
        return _at(session, text)
    if text.startswith("<"):
        return _in_picture(text.encode("utf-8", errors="replace"))
    return _in_json(text)


def _in_json(text: str) -> Found:
    if _TOKEN.fullmatch(text):
        return Found(token=text)
    if not text.startswith("{"):
        raise Malformed("There is no badge in this text.")
    return Found(parse_object(text))


def _in_picture(picture: bytes) -> Found:
    try:
        baked = unbake(picture)
    except Malformed as error:
        hint = _PICTURE_HINT if "no badge" in error.message else ""
        raise Malformed(error.message + hint) from None
    return _baked(baked)


def _baked(baked: Baked) -> Found:
    text = baked.text.strip()
    if baked.standard == "2.0" and is_web(text):
        return Found(address=text)
    if not text:
        return Found(address=baked.address or "")
    found = _in_json(text)
    if baked.address and found.document is not None and found.document.get("id") != baked.address:
        raise Malformed("The picture names another address than the badge in it.")
    return found


def _at(session: Session, address: str, *, from_page: bool = False) -> Found:
    """Fetch an address: a document, a picture, or a page that says where its badge is."""
    address = address.partition("#")[0]
    try:
        answer = session.fetch(address, BADGE)
    except BadgeError as error:
        raise Unreadable(unknown(READABLE, error.message)) from None
    if answer.status == _GONE:
        return Found(address=address)
    if answer.status != 200:
        outcome = failed if answer.status in (404, 406) else unknown
        raise Unreadable(outcome(READABLE, f"That address does not lead to a badge: status {answer.status}."))
    if is_picture(answer.body) and b"<html" not in answer.body[:2000].lower():
        return _in_bytes(session, answer.body, "What stands there")
    if answer.body.lstrip()[:1] == b"<":
        link = None if from_page else _link(answer)
        if link is None:
            raise Malformed("That address does not lead to a badge.")
        return _at(session, link, from_page=True)
    return _document_at(session, answer, address)


def _document_at(session: Session, answer: Fetched, address: str) -> Found:
    text = answer.body.decode("utf-8", errors="replace").strip()
    if not text.startswith("{") and not _TOKEN.fullmatch(text):
        raise Malformed("That address does not lead to a badge.")
    if _TOKEN.fullmatch(text):
        return Found(token=text, where=domain(address))
    document = parse_object(answer.body)
    place = document.get("id")
    hosted = place in (address, answer.url)
    if hosted:
        session.remember(str(place), answer)
    return Found(document, address=address, hosted=hosted, where=domain(address))


class _Links(HTMLParser):
    """Collects where a page says that its own documents are."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at link elements with rel="alternate"."""
        said = {name: value or "" for name, value in attrs}
        kind = said.get("type", "").partition(";")[0].strip().lower()
        if tag == "link" and "alternate" in said.get("rel", "").lower().split() and kind in _FORMS and said.get("href"):
            self.found.setdefault(kind, said["href"])


def _link(page: Fetched) -> str | None:
    links = _Links()
    links.feed(page.body.decode("utf-8", errors="replace"))
    for kind in _FORMS:
        if kind in links.found:
            target = urljoin(page.url, links.found[kind])
            return target if is_web(target) else None
    return None
