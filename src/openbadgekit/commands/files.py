"""Reading and writing for the commands, and their ways to say no."""

import sys
from pathlib import Path
from typing import Final

USAGE: Final = 3
REFUSED: Final = 1


class Wrong(Exception):
    """The command was used wrongly: says how."""


def read(name: str, most: int) -> bytes:
    """Return at most `most` + 1 bytes of a file, or of standard input for "-". Raises Wrong when it cannot be read."""
    if name == "-":
        return sys.stdin.buffer.read(most + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError) as error:
        raise Wrong(f"{name}: {getattr(error, 'strerror', None) or 'this is not the name of a file'}") from None


def say(line: str) -> None:
    """Write a line to standard output; what its encoding cannot say is written as an escape."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def complain(line: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(line + "\n")
