"""The command line: `openbadgekit verify | bake | unbake`. `--help` loads nothing but this file.

Exit status of `verify`: 0 valid, 1 not valid, 2 cannot be told. Wrong use is 3, for every command.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

USAGE: Final = 3
_COMMANDS: Final = {
    "verify": "openbadgekit.commands.verify",
    "bake": "openbadgekit.commands.bake",
    "unbake": "openbadgekit.commands.unbake",
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command and leave with status 3; argparse's own 2 means something else here."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    root = _Parser(prog="openbadgekit", description="Verify, bake and unbake open badges (2.0 and 3.0).")
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    verify = commands.add_parser(
        "verify",
        help="is this badge genuine and in force?",
        description="Say whether a badge is genuine and in force.",
        epilog="Exit status: 0 valid, 1 not valid, 2 cannot be told, 3 wrong use.",
    )
    verify.add_argument(
        "source", metavar="SOURCE", help="a file (PNG, SVG, JSON), a web address, or - for standard input"
    )
    verify.add_argument("--recipient", metavar="ADDRESS", help="the e-mail address it should have been awarded to")
    verify.add_argument("--json", action="store_true", help="answer with JSON: verdict and findings")
    verify.add_argument(
        "--allow-private",
        action="store_true",
        help="also fetch from private addresses and any port, and did:web of a loopback host over http: "
        "for a server under development",
    )
    bake = commands.add_parser("bake", help="put a badge into a picture", description="Put a badge into a picture.")
    bake.add_argument("picture", metavar="PICTURE", help="a PNG or SVG file without a badge")
    bake.add_argument(
        "badge", metavar="BADGE", help="the badge: a file with a signed 3.0 credential or a 2.0 assertion"
    )
    bake.add_argument("output", metavar="OUTPUT", help="the file to write")
    bake.add_argument("--address", help="where the 2.0 assertion lives, if that is not its id (SVG only)")
    unbake = commands.add_parser(
        "unbake", help="take the badge out of a picture", description="Print a picture's badge."
    )
    unbake.add_argument("picture", metavar="PICTURE", help="a PNG or SVG file with a badge")
    return root


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; wrong use leaves with status 3."""
    arguments = parser().parse_args(argv)
    command = importlib.import_module(_COMMANDS[arguments.command])
    status: int = command.run(arguments)
    return status


if __name__ == "__main__":
    sys.exit(main())
