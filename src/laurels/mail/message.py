"""From a template and plain values to messages in the outbox.

A template is a text file: its first line is the subject, `Subject: …`; the rest is the body. What people wrote comes in
as values, never as template code, and can add no header, no recipient and no link to a foreign host.
"""

import re
import unicodedata
import uuid
from collections.abc import Iterable, Mapping
from email.utils import format_datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template import Context, Engine, Template

from laurels import clock
from laurels.errors import Invalid
from laurels.jobs import outbox

FOLDER = Path(__file__).parent / "templates" / "mail"
LONGEST_SUBJECT = 200
SUBJECT = "Subject: "

_engine = Engine()
_link = re.compile(r"\b([a-z][a-z0-9+.-]*)://", re.IGNORECASE)


def queue(template: str, *, to: Iterable[str], context: Mapping[str, object]) -> None:
    """Render a message now and leave one copy for each recipient to the worker, in the caller's transaction."""
    subject, body = render(template, context)
    for address in dict.fromkeys(to):
        outbox.put("mail.send", _letter(address, subject, body))


def queue_each(template: str, letters: Iterable[tuple[str, Mapping[str, object]]]) -> None:
    """Render a message anew for each recipient, with values of its own; all are left to the worker at once."""
    outbox.put_many("mail.send", [_letter(address, *render(template, context)) for address, context in letters])


def _letter(address: str, subject: str, body: str) -> dict[str, object]:
    return {
        "to": _recipient(address),
        "subject": subject,
        "body": body,
        "id": f"<{uuid.uuid4().hex}@{settings.HOST or 'localhost'}>",
        "date": format_datetime(clock.now()),
    }


def render(template: str, context: Mapping[str, object]) -> tuple[str, str]:
    """The subject and the body of a message."""
    subject, body, layout = _templates(template)
    plain = {name: _plain(value) for name, value in context.items()}
    values = Context(plain | {"base_url": settings.BASE_URL}, autoescape=False)  # plain text needs no HTML escapes
    values["body"] = body.render(values).strip()
    return _one_line(subject.render(values))[:LONGEST_SUBJECT], layout.render(values)


@cache
def _templates(name: str) -> tuple[Template, Template, Template]:
    """The subject and the body are compiled apart: a line break in a value cannot move words from one to the other."""
    first, _, rest = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").partition("\n")
    if not first.startswith(SUBJECT):
        raise LookupError(f"The first line of mail/{name}.txt must begin with “{SUBJECT}”.")
    layout = (FOLDER / "layout.txt").read_text(encoding="utf-8")
    return (
        _engine.from_string(first.removeprefix(SUBJECT)),
        _engine.from_string(rest),
        _engine.from_string(layout),
    )


def _plain(value: object) -> object:
    """A value that can do no harm in a message: no control or direction-changing character, no foreign link."""
    if not isinstance(value, str):
        return value
    kept = (
        character for character in value if character in "\n\t" or not unicodedata.category(character).startswith("C")
    )
    return _link.sub(
        lambda found: found[0] if _is_ours(found.string[found.start() :]) else f"{found[1]}: ", "".join(kept)
    )


def _is_ours(link: str) -> bool:
    rest = link.removeprefix(settings.BASE_URL)
    return rest != link and (rest == "" or rest[0] in "/?#" or rest[0].isspace())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _recipient(address: str) -> str:
    """One address and nothing else: what could name a second recipient or a header is refused."""
    name, at, domain = address.rpartition("@")
    if not (name and at and domain) or any(
        character.isspace() or character in ',;:<>()[]\\"' or unicodedata.category(character).startswith("C")
        for character in address
    ):
        raise Invalid("This is not one e-mail address.", fields={"address": ["Give one address, without a name."]})
    return address
