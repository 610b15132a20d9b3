"""`openbadgekit unbake`: print the badge that lies in a picture."""

import argparse

from ..baking import MOST_PICTURE, unbake
from ..errors import BadgeError
from .files import REFUSED, USAGE, Wrong, complain, read, say


def run(arguments: argparse.Namespace) -> int:
    """Print the badge and return 0; 1 when there is none that can be read, 3 for wrong use."""
    try:
        baked = unbake(read(arguments.picture, MOST_PICTURE))
    except BadgeError as error:
        complain(f"openbadgekit unbake: {error}")
        return REFUSED
    except Wrong as wrong:
        complain(f"openbadgekit unbake: {wrong}")
        return USAGE
    say(baked.text or baked.address or "")
    return 0
