"""`laurels verify`: the verdict of this installation, with its own trust list; own addresses are read from storage."""

import json
import re
import sys
from pathlib import Path

import click
from django.conf import settings

from laurels.badges.verification import verify_badge
from laurels.cli import database
from openbadgekit.errors import Malformed
from openbadgekit.identity import fold_address
from openbadgekit.verify import Claims

STATUS = {"valid": 0, "invalid": 1, "unknown": 2}
WORDS = {"valid": "Valid.", "invalid": "Not valid.", "unknown": "Cannot be told."}
MARKS = {"failed": "✗", "unknown": "?", "passed": "✓"}
ORDER = ("failed", "unknown", "passed")
_MOST = 10_000_000
_TEXT = r"\s*(https?://|[{<]|ey[\w-]+\.)"


def run(source: str, recipient: str | None, as_json: bool) -> int:
    """Print the verdict and its findings: failed first, then what cannot be told, then passed."""
    database.prepare()
    report = verify_badge(_read(source), _asked(recipient))
    findings = sorted(report.findings, key=lambda finding: ORDER.index(finding.outcome))
    if as_json:
        plain = [{"check": f.check, "outcome": f.outcome, "message": f.message} for f in report.findings]
        click.echo(json.dumps({"verdict": report.verdict, "findings": plain}, ensure_ascii=False, indent=1))
    else:
        click.echo(f"{WORDS[report.verdict]} (asked at {settings.BASE_URL})")
        if report.subject is not None:
            click.echo(_issuer(report.subject))
        for finding in findings:
            click.echo(f"  {MARKS[finding.outcome]} {finding.check}: {finding.message}")
    return STATUS[report.verdict]


def _issuer(subject: Claims) -> str:
    """Who stands for the badge: what was proved first, and whether we know them."""
    way = "Hosted by" if subject.hosted else "Signed by"
    known = f"which we know as {subject.known_as}" if subject.known_as else "not known to this university"
    return f"{way} {subject.domain}, {known}."


def _read(source: str) -> str | bytes:
    """What the source is: a text and an address are told by how they begin, unless there is a file of that name."""
    if source == "-":
        return sys.stdin.buffer.read(_MOST)
    try:
        with Path(source).open("rb") as file:
            return file.read(_MOST)
    except (OSError, ValueError):
        pass
    if re.match(_TEXT, source, flags=re.IGNORECASE):
        return source
    raise click.UsageError(f"There is no file {source[:200]}. Give a file, an address beginning with https://, or -.")


def _asked(recipient: str | None) -> str | None:
    """The address that was asked about, as given; wrong use when it cannot be one."""
    try:
        if recipient is not None:
            fold_address(recipient)
    except Malformed as error:
        raise click.UsageError(f"--recipient: {error.message}") from None
    return recipient
