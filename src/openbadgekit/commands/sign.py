"""`openbadgekit sign`: check a document, sign it, and see that the signature holds."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from .. import issue
from ..errors import BadgeError, Malformed
from ..jsontype import Json, JsonObject
from ..keys import Key
from ..proofs.data_integrity import JCS, RDFC
from ..publickey import Algorithm
from ..signer import LocalSigner
from ..strict import parse_object
from ..verify.reading import as_object, identifier, text, texts
from .files import Wrong, complain, read, refused, say, say_json, write

TOKEN: Final = "vc-jwt"  # noqa: S105 (the name of a form)
_MOST: Final = 1_000_000
_MOST_KEY: Final = 20_000
_OTHERS: Final = 0o077


def run(arguments: argparse.Namespace) -> int:
    """Print or write the signed document and return 0; 1 when it is refused, 3 for wrong use."""
    try:
        key = _key(arguments.key)
        document = parse_object(read(arguments.document, _MOST))
        signer = LocalSigner(key, arguments.method or _method(document, key))
        form, signed = _signed(document, signer, key, arguments.format)
        if arguments.output:
            write(arguments.output, signed.encode("utf-8"))
    except (BadgeError, Wrong) as error:
        return refused("sign", error, as_json=arguments.json)
    if arguments.json:
        answer: Json = parse_object(signed) if signed.startswith("{") else signed
        shown: dict[str, Json] = {"output": arguments.output} if arguments.output else {"signed": answer}
        say_json({"format": form, "verificationMethod": signer.verification_method, **shown})
    elif not arguments.output:
        say(signed)
    return 0


def _key(name: str) -> Key:
    data = read(name, _MOST_KEY)
    if name != "-" and Path(name).stat().st_mode & _OTHERS:
        complain(f"openbadgekit sign: others can read {name}. Keep it for yourself: chmod 600.")
    if data.lstrip().startswith(b"{"):
        return Key.from_jwk(parse_object(data))
    if not data.isascii() or b"-----BEGIN" not in data:
        raise Malformed("The key file holds neither a private key in PEM nor a private JWK.")
    return Key.from_pem(data.decode("ascii"))


def _method(document: JsonObject, key: Key) -> str:
    """The name of the key where nobody gives one: what the assertion says, the did:key itself, else key-1."""
    creator = text(as_object(document.get("verification")).get("creator"))
    issuer = identifier(document.get("issuer")) or ""
    return creator or f"{issuer}#{key.public if issuer.startswith('did:key:') else 'key-1'}"


def _signed(document: JsonObject, signer: LocalSigner, key: Key, form: str | None) -> tuple[str, str]:
    """The form, and the document or token in it, whose signature was checked."""
    if "Assertion" in texts(document.get("type")):
        if form is not None:
            raise Wrong("a 2.0 assertion is signed as a JSON Web Signature; it has no other form")
        token = issue.sign_assertion(issue.prepare_assertion(document), signer)
        issue.checked_token(token, key.public_key)
        return "jws", token
    form = form or (RDFC if key.algorithm is Algorithm.EDDSA else TOKEN)
    prepared = issue.prepare(document)
    if form == TOKEN:
        token = issue.sign_jwt(prepared, signer)
        issue.checked_token(token, key.public_key)
        return form, token
    signed = issue.sign(prepared, signer, created=datetime.now(UTC), suite=JCS if form == JCS else RDFC)
    issue.checked(signed, key.public)
    return form, issue.serialise(signed).decode("utf-8")
