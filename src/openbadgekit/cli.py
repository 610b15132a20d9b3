"""The command line: `openbadgekit verify | inspect | bake | unbake | keys new | sign`. `--help` loads this file alone.

Exit status of `verify`: 0 all valid, 1 one is not valid, 2 one cannot be told. The others: 0 done, 1 refused. Wrong use
is 3, for every command.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NoReturn, TypeAlias

if TYPE_CHECKING:
    Commands: TypeAlias = argparse._SubParsersAction["_Parser"]

USAGE: Final = 3
_COMMANDS: Final = {
    "verify": "openbadgekit.commands.verify",
    "inspect": "openbadgekit.commands.inspect",
    "bake": "openbadgekit.commands.bake",
    "unbake": "openbadgekit.commands.unbake",
    "keys": "openbadgekit.commands.keys",
    "sign": "openbadgekit.commands.sign",
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command and leave with status 3; argparse's own 2 means something else here."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    root = _Parser(prog="openbadgekit", description="Issue, bake, read and verify open badges (2.0 and 3.0).")
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    _verify(commands)
    _inspect(commands)
    _bake(commands)
    _unbake(commands)
    _keys(commands)
    _sign(commands)
    return root


def _verify(commands: "Commands") -> None:
    verify = commands.add_parser(
        "verify",
        help="is this badge genuine and in force?",
        description="Say whether a badge is genuine and in force; of several, or of a folder, in a table.",
        epilog="Exit status: 0 all valid, 1 one is not valid, 2 one cannot be told, 3 wrong use. NO_COLOR is honoured.",
    )
    verify.add_argument(
        "source",
        metavar="SOURCE",
        nargs="+",
        help="a file (PNG, SVG, JSON, token), a folder, a web address, or - for standard input",
    )
    verify.add_argument("--recipient", metavar="ADDRESS", help="the e-mail address it should have been awarded to")
    _json(verify, "answer with JSON: verdict and findings")
    _private(verify)


def _inspect(commands: "Commands") -> None:
    inspect = commands.add_parser(
        "inspect",
        help="what does this badge say?",
        description="Print a readable page of any badge, endorsement or learner record. Without --verify nothing is "
        "fetched, and nothing is checked.",
    )
    inspect.add_argument(
        "source", metavar="SOURCE", help="a file (PNG, SVG, JSON, token) or -; with --verify a web address, too"
    )
    inspect.add_argument("--verify", action="store_true", help="check it, too, and say what was proved")
    _json(inspect, "answer with JSON")
    _private(inspect)


def _bake(commands: "Commands") -> None:
    bake = commands.add_parser("bake", help="put a badge into a picture", description="Put a badge into a picture.")
    bake.add_argument("picture", metavar="PICTURE", help="a PNG or SVG file without a badge")
    bake.add_argument(
        "badge",
        metavar="BADGE",
        help="the badge: a file with a signed 3.0 credential or a 2.0 assertion, as JSON or as a token",
    )
    bake.add_argument("output", metavar="OUTPUT", help="the file to write")
    bake.add_argument("--address", help="where the 2.0 assertion lives, if that is not its id (SVG only)")
    _json(bake, "answer with JSON: what was written")


def _unbake(commands: "Commands") -> None:
    unbake = commands.add_parser(
        "unbake", help="take the badge out of a picture", description="Print a picture's badge."
    )
    unbake.add_argument("picture", metavar="PICTURE", help="a PNG or SVG file with a badge")
    _json(unbake, "answer with JSON: standard, badge and address")


def _keys(commands: "Commands") -> None:
    keys = commands.add_parser("keys", help="make a key to sign with", description="Keys to sign with.")
    acts = keys.add_subparsers(dest="act", required=True, metavar="new", parser_class=_Parser)
    new = acts.add_parser(
        "new",
        help="make a key pair",
        description="Make a key pair: the secret half goes into a new file that only you can read, the public half is "
        "printed, with the DID document to publish.",
    )
    new.add_argument("file", metavar="FILE", help="the file for the secret key (PEM); it must not exist")
    new.add_argument(
        "--issuer",
        metavar="ADDRESS",
        help="whose key it is: https://uni.example/units/food, or did:web:uni.example:units:food; without it the key "
        "is an issuer by itself (did:key)",
    )
    new.add_argument("--fragment", metavar="NAME", default="key-1", help="its name in the DID document (key-1)")
    new.add_argument(
        "--kind", choices=("ed25519", "p-256", "rsa"), default="ed25519", help="ed25519, unless you need another"
    )
    _json(new, "answer with JSON: the public half, and where to publish it")


def _sign(commands: "Commands") -> None:
    sign = commands.add_parser(
        "sign",
        help="sign a badge",
        description="Check a 3.0 credential, endorsement or status list, or a 2.0 assertion, and sign it. What is not "
        "well-formed is refused, with the place and how to mend it.",
    )
    sign.add_argument("document", metavar="DOCUMENT", help="a JSON file, or - for standard input")
    sign.add_argument("--key", metavar="FILE", required=True, help="the secret key: PEM or a private JWK")
    sign.add_argument(
        "--method", metavar="ID", help="the key's name in the issuer's DID document; by default the issuer's id#key-1"
    )
    sign.add_argument(
        "--format",
        choices=("eddsa-rdfc-2022", "eddsa-jcs-2022", "vc-jwt"),
        help="by default eddsa-rdfc-2022 with an Ed25519 key, vc-jwt with the others; a 2.0 assertion is always a JWS",
    )
    sign.add_argument("--output", metavar="FILE", help="the file to write; without it, standard output")
    _json(sign, "answer with JSON: form, name of the key, and what was signed")


def _json(parser: argparse.ArgumentParser, words: str) -> None:
    parser.add_argument("--json", action="store_true", help=words)


def _private(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--allow-private",
        action="store_true",
        help="also fetch from private addresses and any port, and did:web of a loopback host over http: "
        "for a server under development",
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; wrong use leaves with status 3."""
    arguments = parser().parse_args(argv)
    command = importlib.import_module(_COMMANDS[arguments.command])
    try:
        status: int = command.run(arguments)
    except BrokenPipeError:  # whoever read our answer has enough of it
        sys.stderr.close()
        status = USAGE
    except KeyboardInterrupt:
        status = USAGE
    return status


if __name__ == "__main__":
    sys.exit(main())
