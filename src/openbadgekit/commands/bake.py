"""`openbadgekit bake`: put a badge into a picture."""

import argparse
from pathlib import Path
from typing import Final

from ..baking import MOST_PICTURE, Standard, bake
from ..errors import BadgeError, Malformed
from ..strict import parse_object
from .files import REFUSED, USAGE, Wrong, complain, read

_MOST_BADGE: Final = 1_000_000
_SECOND: Final = "https://w3id.org/openbadges/v2"


def run(arguments: argparse.Namespace) -> int:
    """Write the picture with the badge in it and return 0; 1 when it is refused, 3 for wrong use."""
    try:
        badge = read(arguments.badge, _MOST_BADGE)
        picture = read(arguments.picture, MOST_PICTURE)
        baked = bake(picture, badge, _standard(badge), address=arguments.address)
        Path(arguments.output).write_bytes(baked)
    except BadgeError as error:
        complain(f"openbadgekit bake: {error}")
        return REFUSED
    except Wrong as wrong:
        complain(f"openbadgekit bake: {wrong}")
        return USAGE
    except OSError as error:
        complain(f"openbadgekit bake: {arguments.output}: {error.strerror}")
        return USAGE
    return 0


def _standard(badge: bytes) -> Standard:
    document = parse_object(badge)
    context, proof = document.get("@context"), document.get("proof")
    if context == _SECOND or (isinstance(context, list) and _SECOND in context):
        return "2.0"
    if proof is None:
        raise Malformed("The badge is neither a 2.0 assertion nor a signed 3.0 credential.")
    return "3.0"
