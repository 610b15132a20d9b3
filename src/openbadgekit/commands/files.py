"""Reading and writing for the commands, and their ways to say no."""

import json
import os
import re
import sys
from pathlib import Path
from typing import Final, TextIO

from ..errors import BadgeError
from ..jsontype import JsonObject

USAGE: Final = 3
REFUSED: Final = 1
_NO_FILE: Final = re.compile(r"(?i:https?://)|\s*\{|eyJ[\w-]*\.[\w-]+\.[\w-]*\s*\Z")
_STEERING: Final = re.compile(
    r"(?P<colour>\x1b\[[0-9;]{1,6}m)|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)


class Wrong(Exception):
    """The command was used wrongly: says how."""


def is_file_name(given: str) -> bool:
    """Tell a file's name from a web address, from JSON, from a token, and from "-"."""
    return given != "-" and not _NO_FILE.match(given)


def read(name: str, most: int) -> bytes:
    """Return at most `most` + 1 bytes of a file, or of standard input for "-". Raises Wrong when it cannot be read."""
    if name == "-":
        return sys.stdin.buffer.read(most + 1)
    if not name:
        raise Wrong('the name of a file is empty ("")')
    try:
        with Path(name).open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError) as error:
        raise Wrong(f"{name}: {getattr(error, 'strerror', None) or 'this is not the name of a file'}") from None


def write(name: str, data: bytes, *, mode: int = 0o666, new: bool = False) -> None:
    """Write a file, with these permissions if it is made. Raises Wrong when it cannot be; with `new`, when it exists.

    A file that was begun and could not be finished is taken away again if it is new.
    """
    flags = os.O_WRONLY | os.O_CREAT | (os.O_EXCL if new else os.O_TRUNC)
    try:
        number = os.open(name, flags, mode)
    except FileExistsError:
        raise Wrong(f"{name}: this file exists already, and is not overwritten") from None
    except (OSError, ValueError) as error:
        raise Wrong(f"{name}: {getattr(error, 'strerror', None) or 'this is not the name of a file'}") from None
    try:
        _put(number, data)
    except OSError as error:
        if new:
            Path(name).unlink(missing_ok=True)
        raise Wrong(f"{name}: {error.strerror}") from None


def _put(number: int, data: bytes) -> None:
    with os.fdopen(number, "wb") as file:
        file.write(data)


def say(line: str) -> None:
    """Write a line to standard output; what its encoding cannot say is written as an escape."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(_tame(line, sys.stdout).encode(encoding, "backslashreplace").decode(encoding) + "\n")


def say_json(value: JsonObject) -> None:
    """Write JSON to standard output."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def complain(line: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(_tame(line, sys.stderr) + "\n")


def _tame(text: str, stream: TextIO) -> str:
    """Foreign text must not steer a terminal: there, all but our own colours is written as an escape of JSON."""
    return _STEERING.sub(_escaped, text) if stream.isatty() else text


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found["colour"] else f"\\u{ord(found[0]):04x}"


def refused(command: str, error: BadgeError | Wrong, *, as_json: bool) -> int:
    """Say why a command did nothing, as JSON too when that was asked for, and return its exit status."""
    complain(f"openbadgekit {command}: {error}")
    if as_json:
        badge = error if isinstance(error, BadgeError) else None
        say_json(
            {
                "error": type(error).__name__,
                "message": badge.message if badge else str(error),
                "pointer": badge.pointer if badge else "",
                "mend": badge.mend if badge else "",
            }
        )
    return REFUSED if isinstance(error, BadgeError) else USAGE
