"""`openbadgekit unbake`: print the badge that lies in a picture."""

import argparse

from ..baking import MOST_PICTURE, Baked, unbake
from ..errors import BadgeError
from ..jsontype import Json
from ..strict import parse_json
from .files import Wrong, read, refused, say, say_json


def run(arguments: argparse.Namespace) -> int:
    """Print the badge and return 0; 1 when there is none that can be read, 3 for wrong use."""
    try:
        baked = unbake(read(arguments.picture, MOST_PICTURE))
        if arguments.json:
            say_json({"standard": baked.standard, "badge": _badge(baked), "address": baked.address})
            return 0
    except (BadgeError, Wrong) as error:
        return refused("unbake", error, as_json=arguments.json)
    say(baked.text or baked.address or "")
    return 0


def _badge(baked: Baked) -> Json:
    """The badge as JSON; a token as text; nothing when the picture holds but an address."""
    text = baked.text.strip()
    return parse_json(text) if text.startswith("{") else text or None
