"""Open badges: issue them, bake them into pictures, verify any of them. No framework, no database, no surprises.

Make a badge, sign it, put it into a picture (README.md shows how the values are filled):

    from openbadgekit import Key, LocalSigner, bake, issue, ob3

    key = Key.generate()
    signer = LocalSigner(key, "did:web:uni.example#key-1")
    prepared = issue.prepare(ob3.credential(badge))        # checks everything, or says what is wrong, and where
    signed = issue.sign(prepared, signer, created=now)      # only what was prepared can reach a key
    picture = bake(png, issue.serialise(signed), "3.0")

Verify any badge, whoever made it:

    from openbadgekit import verify

    report = verify(picture)
    print(report.verdict, *report.findings, sep="\\n")

What goes wrong is a `BadgeError`. Heavy parts are loaded when they are first used.
"""

import importlib
from typing import TYPE_CHECKING, Final

from .errors import BadgeError, Malformed, NotFetched, Problem, Unsafe, Unsupported
from .model import (
    Achievement,
    Alignment,
    Competency,
    Credential,
    Digest,
    Endorsement,
    Evidence,
    Issuer,
    Level,
    Picture,
    Recipient,
    Result,
    Status,
)
from .verify import Claims, Finding, Policy, Report, verify

if TYPE_CHECKING:
    from . import issue, status
    from .baking import Baked, bake, unbake
    from .canonical import digest_sri
    from .documents import ob2, ob3
    from .fetch import Fetched, Fetcher, SafeFetcher
    from .identity import fold_address, hash_identity
    from .issue import LocalSigner, Prepared, Signer
    from .keys import Key, did_document, did_web, did_web_url

_LATER: Final = {
    "Baked": ("baking", "Baked"),
    "Fetched": ("fetch", "Fetched"),
    "Fetcher": ("fetch", "Fetcher"),
    "Key": ("keys", "Key"),
    "LocalSigner": ("issue", "LocalSigner"),
    "Prepared": ("issue", "Prepared"),
    "SafeFetcher": ("fetch", "SafeFetcher"),
    "Signer": ("issue", "Signer"),
    "bake": ("baking", "bake"),
    "did_document": ("keys", "did_document"),
    "did_web": ("keys", "did_web"),
    "did_web_url": ("keys", "did_web_url"),
    "digest_sri": ("canonical", "digest_sri"),
    "fold_address": ("identity", "fold_address"),
    "hash_identity": ("identity", "hash_identity"),
    "issue": ("issue", ""),
    "ob2": ("documents.ob2", ""),
    "ob3": ("documents.ob3", ""),
    "status": ("status", ""),
    "unbake": ("baking", "unbake"),
}
"""Where the names are that are loaded when they are first used: the module, and the name in it ("" = the module)."""

__all__ = [
    "Achievement",
    "Alignment",
    "BadgeError",
    "Baked",
    "Claims",
    "Competency",
    "Credential",
    "Digest",
    "Endorsement",
    "Evidence",
    "Fetched",
    "Fetcher",
    "Finding",
    "Issuer",
    "Key",
    "Level",
    "LocalSigner",
    "Malformed",
    "NotFetched",
    "Picture",
    "Policy",
    "Prepared",
    "Problem",
    "Recipient",
    "Report",
    "Result",
    "SafeFetcher",
    "Signer",
    "Status",
    "Unsafe",
    "Unsupported",
    "bake",
    "did_document",
    "did_web",
    "did_web_url",
    "digest_sri",
    "fold_address",
    "hash_identity",
    "issue",
    "ob2",
    "ob3",
    "status",
    "unbake",
    "verify",
]


def __getattr__(name: str) -> object:
    """Load what was asked for by its name (PEP 562)."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, inner = _LATER[name]
    loaded = importlib.import_module(f".{module}", __name__)
    value: object = getattr(loaded, inner) if inner else loaded
    globals()[name] = value
    return value
