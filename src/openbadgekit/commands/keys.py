"""`openbadgekit keys new`: a key pair, the secret half in a file of its own, the public half for the issuer's site."""

import argparse
import json
from typing import Final
from urllib.parse import urlsplit

from ..errors import BadgeError, Malformed
from ..jsontype import Document
from ..keys import Key, did_document, did_key, did_web, did_web_url
from .console import facts
from .files import Wrong, refused, say, say_json, write

_ALGORITHMS: Final = {"ed25519": "EdDSA", "p-256": "ES256", "rsa": "RS256"}
_SECRET: Final = 0o600


def run(arguments: argparse.Namespace) -> int:
    """Write a new secret key and print its public half; return 0, 1 when that is refused, 3 for wrong use."""
    try:
        did = _did(arguments.issuer) if arguments.issuer else None
        key = Key.generate(_ALGORITHMS[arguments.kind])
        made = _described(key, did, arguments.fragment)
        write(arguments.file, key.pem.encode("ascii"), mode=_SECRET, new=True)
    except (BadgeError, Wrong) as error:
        return refused("keys new", error, as_json=arguments.json)
    if arguments.json:
        say_json({"keyFile": arguments.file, **made})
        return 0
    lines = facts(
        [
            ("Secret key", f"{arguments.file} (only you can read it: keep it, and keep it secret)"),
            ("Public key", str(made["publicKeyMultibase"])),
            ("Issuer", str(made["issuer"])),
            ("Signs as", str(made["verificationMethod"])),
            *([("Publish at", str(made["publishAt"]))] if did else []),
        ]
    )
    if did:
        lines += ["", json.dumps(made["document"], ensure_ascii=False, indent=2)]
    say("\n".join(lines))
    return 0


def _did(issuer: str) -> str:
    """The DID of an issuer that is given as one, or by the address of its page."""
    if issuer.startswith("did:web:"):
        did_web_url(issuer)
        return issuer
    try:
        parts = urlsplit(issuer)
    except ValueError:
        raise Malformed(f"{issuer!r} is no address.") from None
    if parts.query or parts.fragment:
        raise Malformed(f"{issuer!r} is not the address of an issuer.", mend="Leave out everything from ? or # on.")
    return did_web(f"{parts.scheme}://{parts.netloc}", *filter(None, parts.path.split("/")))


def _described(key: Key, did: str | None, fragment: str) -> Document:
    """What may be shown of the key. A did:key is its own document, and is published nowhere."""
    if did is None:
        did = did_key(key.public_key)
        return {
            "publicKeyMultibase": key.public,
            "algorithm": key.algorithm.value,
            "issuer": did,
            "verificationMethod": f"{did}#{key.public}",
        }
    return {
        "publicKeyMultibase": key.public,
        "algorithm": key.algorithm.value,
        "issuer": did,
        "verificationMethod": f"{did}#{fragment}",
        "publishAt": did_web_url(did),
        "document": did_document(did, [(fragment, key.public_key)]),
    }
