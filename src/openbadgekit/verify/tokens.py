"""What does a token hold, and of which standard is it? (Open Badges 3.0 §8.2, Open Badges 2.0 §Signed Badges)"""

from typing import Final

from ..documents.contexts import OB_2
from ..errors import Malformed, Unsafe, Unsupported
from ..jsontype import JsonObject
from ..proofs.jws import Compact, looks_compact, parse
from ..proofs.vc_jwt import credential_in
from .checks import NO_BADGE
from .reading import brief, text, texts
from .report import FORM, PROOF, Finding, failed, unknown

ENVELOPE: Final = "EnvelopedVerifiableCredential"
_DATA: Final = ("data:application/vc+jwt,", "data:application/vc-ld+jwt,", "data:application/vc+ld+json+jwt,")


class Opened:
    """A token that was read: the credential in it, or the 2.0 assertion; and the token itself, to be checked."""

    __slots__ = ("document", "is_assertion", "token")

    def __init__(self, token: Compact, document: JsonObject, is_assertion: bool) -> None:
        self.token = token
        self.document = document
        self.is_assertion = is_assertion


def open_token(token: str) -> Opened | Finding:
    """Return what stands in a compact token, well-formed and at one with its claims, or the finding why not."""
    try:
        parts = parse(token)
        if is_version_2(parts.payload):
            return Opened(parts, parts.payload, is_assertion=True)
        if not {"vc", "vp", "type", "credentialSubject"} & set(parts.payload):
            return failed(FORM, NO_BADGE)
        return Opened(parts, credential_in(parts), is_assertion=False)
    except Unsupported as error:
        return unknown(PROOF, f"It is signed in a way we do not know: {_name(error)}.")
    except (Malformed, Unsafe) as error:
        return failed(PROOF, error.message)


def is_version_2(document: JsonObject) -> bool:
    """Tell whether a document is one of Open Badges 2.0 (or older), by its context or type."""
    return (
        OB_2 in texts(document.get("@context"))
        or "Assertion" in texts(document.get("type"))
        or {"recipient", "badge"} <= set(document)
    )


def enveloped(document: JsonObject) -> str | None:
    """Return the token in an EnvelopedVerifiableCredential (VC Data Model 2.0 §4.13); None for everything else."""
    if ENVELOPE not in texts(document.get("type")):
        return None
    address = text(document.get("id")) or ""
    for start in _DATA:
        if address.startswith(start) and looks_compact(address.removeprefix(start)):
            return address.removeprefix(start)
    return None


def _name(error: Unsupported) -> str:
    """The name of the algorithm, which stands in the error's message as a quoted text."""
    return brief(error.message.partition(": ")[2].strip("'.\"")) or "JSON Web Signature"
