"""`openbadgekit verify`: the report of one badge, or a table of many, for people or as JSON."""

import argparse
from pathlib import Path
from typing import Final

from ..errors import Malformed
from ..fetch import SafeFetcher
from ..identity import fold_address
from ..verify import Claims, Policy, Report, Verdict, verify
from ..verify.reading import day
from . import many
from .console import Colour, facts, paint, plain
from .files import USAGE, Wrong, complain, is_file_name, read, say, say_json
from .sharing import SharedFetcher

_STATUS: Final[dict[Verdict, int]] = {"valid": 0, "invalid": 1, "unknown": 2}
_MARKS: Final[dict[str, tuple[str, Colour]]] = {
    "failed": ("✗", "red"),
    "unknown": ("?", "yellow"),
    "passed": ("✓", "green"),
}
_MOST: Final = 1_000_000
_EMPTY: Final = 'the source is empty (""): give a file, a folder, a web address, or - for standard input'
_REFUSED: Final = (
    "Private addresses, and ports other than 80 and 443, were refused. "
    "--allow-private allows them, for a server under development."
)


def run(arguments: argparse.Namespace) -> int:
    """Verify the sources; return 0 all valid, 1 one is not valid, 2 one cannot be told, 3 wrong use."""
    names: list[str] = arguments.source
    try:
        if not all(name.strip() for name in names):
            raise Wrong(_EMPTY)
        if arguments.recipient is not None:
            fold_address(arguments.recipient)
        fetcher = SafeFetcher(allow_private=arguments.allow_private)
        policy = Policy(allow_private=arguments.allow_private)
        if len(names) == 1 and not many.is_folder(names[0]):
            return _one(names[0], arguments, policy, fetcher)
        return _many(names, arguments, policy, fetcher)
    except Wrong as wrong:
        complain(f"openbadgekit verify: {wrong}")
    except Malformed as error:
        complain(f"openbadgekit verify: --recipient: {error.message}")
    return USAGE


def _one(name: str, arguments: argparse.Namespace, policy: Policy, fetcher: SafeFetcher) -> int:
    report = verify(source(name), policy=policy, fetcher=fetcher, recipient=arguments.recipient)
    if arguments.json:
        say_json(report.to_json())
    else:
        say(page(report))
    hint(fetcher)
    return _STATUS[report.verdict]


def _many(names: list[str], arguments: argparse.Namespace, policy: Policy, fetcher: SafeFetcher) -> int:
    shared = SharedFetcher(fetcher)

    def judge(name: str) -> Report:
        given = Path(name) if is_file_name(name) else source(name)
        return verify(given, policy=policy, fetcher=shared, recipient=arguments.recipient)

    judged = many.judge(many.spread(names), judge)
    if arguments.json:
        say_json(many.to_json(judged))
    else:
        say(many.table(judged))
    hint(fetcher)
    found = {one.report.verdict for one in judged}
    return _STATUS[next(verdict for verdict in ("invalid", "unknown", "valid") if verdict in found)]


def source(given: str) -> bytes | str:
    """Return an address or a text as it is, else what a file or standard input holds. Raises Wrong."""
    return read(given, _MOST) if given == "-" or is_file_name(given) else given


def hint(fetcher: SafeFetcher) -> None:
    """Tell the person at this machine how to let through what was held back."""
    if fetcher.refused:
        complain(_REFUSED)


def page(report: Report) -> str:
    """Return the report in words: verdict, what the badge says as far as that was proved, and each finding."""
    colour = many.MARKS[report.verdict][1]
    lines = [paint(plain(report.sentence), "bold", colour), plain(report.below)]
    if report.subject is not None:
        lines += ["", *facts(said(report.subject))]
    return "\n".join([*lines, "", *findings(report)])


def findings(report: Report) -> list[str]:
    """Return a line for each finding: what failed first, then what cannot be told."""
    order = list(_MARKS)
    lines = []
    for finding in sorted(report.findings, key=lambda one: order.index(one.outcome)):
        mark, colour = _MARKS[finding.outcome]
        lines.append(f"{paint(mark, colour)} {finding.check}: {finding.message}")
    return lines


def said(claims: Claims) -> list[tuple[str, str]]:
    """Return what a badge says that stands the test: (name, value), without what it does not say."""
    found: list[tuple[str, object]] = [
        ("Issuer, as proved", claims.domain),
        ("Issuer, by its own word", claims.issuer_name),
        ("Part of, by its own word", claims.parent_name),
        ("Achievement", claims.achievement_name),
        ("Version", claims.version),
        ("Given on", day(claims.valid_from) if claims.valid_from else None),
        ("Until", day(claims.valid_until) if claims.valid_until else None),
        ("Hours, confirmed", claims.hours),
        ("Hours, informal", claims.informal),
        *claims.results,
        ("What it says of it", claims.narrative),
    ]
    return [(plain(name), plain(value)) for name, value in found if value]
