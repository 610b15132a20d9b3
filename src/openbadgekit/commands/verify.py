"""`openbadgekit verify`: the report of one badge, for people or as JSON."""

import argparse
import json
import re
from typing import Final

from ..errors import Malformed
from ..fetch import SafeFetcher
from ..identity import fold_address
from ..verify import Claims, Policy, Report, verify
from ..verify.reading import brief, day
from .files import USAGE, Wrong, complain, read, say

_STATUS: Final = {"valid": 0, "invalid": 1, "unknown": 2}
_MARKS: Final = {"failed": "✗", "unknown": "?", "passed": "✓"}
_MOST: Final = 1_000_000
_REFUSED: Final = (
    "Private addresses, and ports other than 80 and 443, were refused. "
    "--allow-private allows them, for a server under development."
)


def run(arguments: argparse.Namespace) -> int:
    """Verify the source and return 0 valid, 1 not valid, 2 cannot be told, 3 wrong use."""
    try:
        source = _source(arguments.source)
        if arguments.recipient is not None:
            fold_address(arguments.recipient)
    except Wrong as wrong:
        complain(f"openbadgekit verify: {wrong}")
        return USAGE
    except Malformed as error:
        complain(f"openbadgekit verify: --recipient: {error.message}")
        return USAGE
    fetcher = SafeFetcher(allow_private=arguments.allow_private)
    policy = Policy(allow_private=arguments.allow_private)
    report = verify(source, policy=policy, fetcher=fetcher, recipient=arguments.recipient)
    say(json.dumps(report.to_json(), ensure_ascii=False, indent=2) if arguments.json else _page(report))
    if fetcher.refused:
        complain(_REFUSED)
    return _STATUS[report.verdict]


def _source(given: str) -> bytes | str:
    if re.match(r"https?://", given, flags=re.IGNORECASE) or given.lstrip().startswith("{"):
        return given
    return read(given, _MOST)


def _page(report: Report) -> str:
    lines = [report.sentence, report.below]
    if report.subject is not None:
        lines += ["", *_said(report.subject)]
    order = list(_MARKS)
    lines.append("")
    for finding in sorted(report.findings, key=lambda one: order.index(one.outcome)):
        lines.append(f"{_MARKS[finding.outcome]} {finding.check}: {finding.message}")
    return "\n".join(lines)


def _said(claims: Claims) -> list[str]:
    facts: list[tuple[str, str | None]] = [
        ("Signed by" if claims.standard == "3.0" else "Hosted by", claims.domain),
        ("Issuer, by its own word", claims.issuer_name),
        ("Achievement", claims.achievement_name),
        ("Version", claims.version),
        ("Given on", day(claims.valid_from) if claims.valid_from else None),
        ("Until", day(claims.valid_until) if claims.valid_until else None),
        ("Hours", claims.hours),
        *claims.results,
    ]
    return [f"{brief(name)}: {brief(value)}" for name, value in facts if value]
