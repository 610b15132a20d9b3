"""`openbadgekit inspect`: a readable page of any badge. Without --verify nothing is fetched, and nothing checked."""

import argparse
import re
import textwrap
from datetime import datetime
from typing import Final

from ..errors import BadgeError, Malformed, NotFetched
from ..fetch import SafeFetcher
from ..jsontype import Document, Json, JsonObject
from ..verify import Policy, Report, verify
from ..verify.reading import as_list, as_object, day, text
from ..verify.report import Finding
from ..verify.session import HOSTED, Session
from ..verify.source import Found, Unreadable, find
from ..verify.tokens import enveloped, open_token
from .console import facts, paint, plain, width
from .files import Wrong, is_file_name, read, refused, say, say_json
from .many import MARKS
from .sharing import SharedFetcher
from .summary import Offline, summary
from .verify import findings, hint

_MOST: Final = 1_000_000
_WEB: Final = re.compile(r"\s*https?://", re.IGNORECASE)
_UNCHECKED: Final = "This is what the badge says. Nothing of it was checked: --verify does that."


def run(arguments: argparse.Namespace) -> int:
    """Print the page and return 0; 1 when there is nothing that can be read, 3 for wrong use."""
    fetcher = SafeFetcher(allow_private=arguments.allow_private)
    policy = Policy(allow_private=arguments.allow_private)
    report: Report | None = None
    try:
        given = _given(arguments.source, online=arguments.verify)
        session = Session(policy, Offline())
        if arguments.verify:
            shared = SharedFetcher(fetcher)
            report = verify(given, policy=policy, fetcher=shared)
            session = Session(policy, shared)
        said = _read(session, given)
    except (BadgeError, Wrong) as error:
        hint(fetcher)
        return refused("inspect", error, as_json=arguments.json)
    if arguments.json:
        say_json({**said, "verification": report.to_json()} if report else said)
    else:
        say("\n".join(_lines(said, report)))
    hint(fetcher)
    return 0


def _given(source: str, *, online: bool) -> bytes | str:
    if _WEB.match(source) and not online:
        raise Wrong("an address is fetched only with --verify")
    return read(source, _MOST) if source == "-" or is_file_name(source) else source


def _read(session: Session, given: bytes | str) -> Document:
    try:
        found = find(session, given)
    except Unreadable as unreadable:
        raise Malformed(unreadable.finding.message) from None
    token = found.token or enveloped(found.document or {})
    if token:
        opened = open_token(token)
        if isinstance(opened, Finding):
            raise Malformed(opened.message)
        return summary(_with_parts(session, opened.document), opened.token.header)
    return summary(_with_parts(session, _at(session, found) if found.document is None else found.document))


def _at(session: Session, found: Found) -> JsonObject:
    """The hosted 2.0 assertion of which the picture holds the address alone."""
    try:
        return session.document(found.address, HOSTED)
    except NotFetched as error:
        raise Malformed(f"It holds nothing but an address: {found.address}. {error.message}") from None


def _with_parts(session: Session, document: JsonObject) -> JsonObject:
    """A 2.0 assertion with its badge class and issuer in it, as far as these can be had."""
    try:
        badge = document.get("badge")
        if not isinstance(badge, str):
            return document
        badge_class = session.document(badge, HOSTED)
        issuer = badge_class.get("issuer")
        profile = session.document(issuer, HOSTED) if isinstance(issuer, str) else issuer
    except BadgeError:
        return document
    return {**document, "badge": {**badge_class, "issuer": profile}}


def _lines(said: Document, report: Report | None) -> list[str]:
    if report is None:
        return [*_page(said, "", None), "", paint(_UNCHECKED, "dim")]
    lines = [paint(plain(report.sentence), "bold", MARKS[report.verdict][1]), ""]
    lines += _page(said, "", report.subject.domain if report.subject else "nobody: nothing was proved")
    lines += ["", _heading("Checked", ""), *_wrapped(plain(report.below), "  "), ""]
    return lines + [line for finding in findings(report) for line in _wrapped(finding, "  ", hang="  ")]


def _page(said: Document, indent: str, proved: str | None) -> list[str]:
    title = text(said.get("title")) or (
        "(its name stands in its badge class)" if said.get("badgeClass") else "(no name)"
    )
    about = [str(said["kind"]).capitalize(), text(said.get("standard")), _worded("version", said.get("version"))]
    lines = [indent + paint(plain(title), "bold"), indent + paint(plain(", ".join(filter(None, about))), "dim")]
    if said.get("description"):
        lines += ["", *_wrapped(plain(said["description"]), indent)]
    lines += ["", *facts(_facts(said, proved), indent)]
    earned = "How it was earned" if said["kind"] == "badge" else "In its words"
    for heading, name in ((earned, "narrative"), ("What it takes", "criteria")):
        if said.get(name):
            lines += ["", _heading(heading, indent), *_wrapped(plain(said[name]), indent + "  ")]
    for heading, name in _LISTS.items():
        listed = [as_object(one) for one in as_list(said.get(name))]
        if listed:
            lines += ["", _heading(heading, indent), *(line for one in listed for line in _item(one, indent + "  "))]
    inside = [as_object(one) for one in as_list(said.get("inside"))]
    if inside:
        lines += ["", _heading(f"Inside: {len(inside)}", indent)]
        for one in inside:
            lines += ["", *_page({**one}, indent + "  ", None)]
    return lines


_LISTS: Final = {
    "Evidence": "evidence",
    "Alignments": "alignments",
    "Endorsements": "endorsements",
    "Where it may be revoked": "status",
    "Signed or hosted, by its own word": "proofs",
}


def _facts(said: Document, proved: str | None) -> list[tuple[str, str]]:
    issuer, recipient = as_object(said.get("issuer")), as_object(said.get("recipient"))
    identities = [as_object(one) for one in as_list(recipient.get("identities"))]
    found: list[tuple[str, Json]] = [
        ("Issuer, as proved", proved),
        ("Issuer, by its own word", issuer.get("name")),
        ("Part of, by its own word", issuer.get("partOf")),
        ("Issuer's id", issuer.get("id")),
        ("Recipient", recipient.get("name")),
        ("Recipient's id", recipient.get("id")),
        *(("Recipient's " + _kind_of(one), _owner(one)) for one in identities),
        ("Given on", _day(said.get("issued"))),
        ("Until", _day(said.get("until"))),
        ("Revoked", "yes" if said.get("revoked") else None),
        ("Reason for revoking", said.get("reason")),
        ("Hours, confirmed", said.get("hours")),
        ("Hours, informal", said.get("hoursInformal")),
        *((str(as_object(one).get("name")), as_object(one).get("reached")) for one in as_list(said.get("results"))),
        ("Badge class", said.get("badgeClass")),
        ("Site", said.get("url")),
        ("Id", said.get("id")),
        ("Picture", _picture(said.get("picture"))),
    ]
    return [(plain(name), plain(value)) for name, value in found if value]


def _kind_of(identity: JsonObject) -> str:
    kind = text(identity.get("type")) or "identity"
    return "e-mail" if kind in ("email", "emailAddress") else kind


def _owner(identity: JsonObject) -> str:
    return "hidden in a salted hash" if identity.get("hashed") else text(identity.get("value")) or ""


def _picture(address: Json) -> str | None:
    return "in the badge" if str(address).startswith("data:") else text(address)


def _day(value: Json) -> str | None:
    return day(datetime.fromisoformat(str(value))) if value else None


def _worded(word: str, value: Json) -> str | None:
    return f"{word} {value}" if value else None


def _item(one: JsonObject, indent: str) -> list[str]:
    """One thing in a list: its name first, the rest below."""
    members = {name: plain(value) for name, value in one.items() if not isinstance(value, dict | list)}
    first = next(iter(members), "")
    head, *more = textwrap.wrap(members.get(first, "?"), width() - len(indent) - 2, break_long_words=False) or ["?"]
    rest = [(name, value) for name, value in members.items() if name != first]
    return [f"{indent}- {head}", *(f"{indent}  {line}" for line in more), *facts(rest, indent + "  ")]


def _heading(words: str, indent: str) -> str:
    return indent + paint(words, "bold")


def _wrapped(line: str, indent: str, *, hang: str = "") -> list[str]:
    lines = textwrap.wrap(line, width() - len(indent + hang), break_long_words=False, break_on_hyphens=False)
    return [f"{indent}{hang if place else ''}{part}" for place, part in enumerate(lines)]
