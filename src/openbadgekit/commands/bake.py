"""`openbadgekit bake`: put a badge into a picture."""

import argparse
from typing import Final

from ..baking import MOST_PICTURE, Standard, bake
from ..errors import BadgeError, Malformed
from ..proofs.jws import looks_compact, parse
from ..strict import parse_object
from ..verify.tokens import is_version_2
from .files import Wrong, read, refused, say_json, write

_MOST_BADGE: Final = 1_000_000
_SECOND: Final = "https://w3id.org/openbadges/v2"


def run(arguments: argparse.Namespace) -> int:
    """Write the picture with the badge in it and return 0; 1 when it is refused, 3 for wrong use."""
    try:
        badge = read(arguments.badge, _MOST_BADGE).strip()
        picture = read(arguments.picture, MOST_PICTURE)
        standard = _standard(badge)
        baked = bake(picture, badge, standard, address=arguments.address)
        write(arguments.output, baked)
    except (BadgeError, Wrong) as error:
        return refused("bake", error, as_json=arguments.json)
    if arguments.json:
        say_json({"output": arguments.output, "bytes": len(baked), "standard": standard})
    return 0


def _standard(badge: bytes) -> Standard:
    token = badge.decode("ascii") if badge.isascii() else ""
    if looks_compact(token):
        return "2.0" if is_version_2(parse(token).payload) else "3.0"
    document = parse_object(badge)
    context, proof = document.get("@context"), document.get("proof")
    if context == _SECOND or (isinstance(context, list) and _SECOND in context):
        return "2.0"
    if proof is None:
        raise Malformed("The badge is neither a 2.0 assertion nor a signed 3.0 credential.")
    return "3.0"
