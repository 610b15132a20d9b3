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
from .verify import Claims, Finding, Policy, Report, verify

if TYPE_CHECKING:
    from . import issue, microcredential, status
    from .baking import Baked, bake, unbake
    from .canonical import digest_sri
    from .documents import clr, lists, ob2, ob3
    from .fetch import Fetched, Fetcher, SafeFetcher
    from .identity import Identity, fold_address, hash_identity
    from .issue import LocalSigner, Prepared, Signer
    from .keys import Key, did_document, did_key, did_web, did_web_url
    from .model import (
        Achievement,
        AchievementSubject,
        Alignment,
        Association,
        ClrCredential,
        ClrSubject,
        Credential,
        CredentialRevocationList,
        CredentialSchema,
        CredentialStatus,
        Criteria,
        CryptographicKey,
        EndorsementCredential,
        EndorsementSubject,
        Evidence,
        IdentifierEntry,
        IdentityObject,
        Image,
        Profile,
        Proof,
        Related,
        RelatedResource,
        Result,
        ResultDescription,
        RevocationList,
        RevokedAssertion,
        RevokedCredential,
        RubricCriterionLevel,
        StatusListCredential,
        Verification,
        neutral,
    )
    from .publickey import PublicKey
    from .verify import demands

_LATER: Final = {
    "Achievement": ("model", "Achievement"),
    "AchievementSubject": ("model", "AchievementSubject"),
    "Alignment": ("model", "Alignment"),
    "Association": ("model", "Association"),
    "Baked": ("baking", "Baked"),
    "ClrCredential": ("model", "ClrCredential"),
    "ClrSubject": ("model", "ClrSubject"),
    "Credential": ("model", "Credential"),
    "CredentialRevocationList": ("model", "CredentialRevocationList"),
    "CredentialSchema": ("model", "CredentialSchema"),
    "CredentialStatus": ("model", "CredentialStatus"),
    "Criteria": ("model", "Criteria"),
    "CryptographicKey": ("model", "CryptographicKey"),
    "EndorsementCredential": ("model", "EndorsementCredential"),
    "EndorsementSubject": ("model", "EndorsementSubject"),
    "Evidence": ("model", "Evidence"),
    "Fetched": ("fetch", "Fetched"),
    "Fetcher": ("fetch", "Fetcher"),
    "IdentifierEntry": ("model", "IdentifierEntry"),
    "Identity": ("identity", "Identity"),
    "IdentityObject": ("model", "IdentityObject"),
    "Image": ("model", "Image"),
    "Key": ("keys", "Key"),
    "LocalSigner": ("issue", "LocalSigner"),
    "Prepared": ("issue", "Prepared"),
    "Profile": ("model", "Profile"),
    "Proof": ("model", "Proof"),
    "PublicKey": ("publickey", "PublicKey"),
    "Related": ("model", "Related"),
    "RelatedResource": ("model", "RelatedResource"),
    "Result": ("model", "Result"),
    "ResultDescription": ("model", "ResultDescription"),
    "RevocationList": ("model", "RevocationList"),
    "RevokedAssertion": ("model", "RevokedAssertion"),
    "RevokedCredential": ("model", "RevokedCredential"),
    "RubricCriterionLevel": ("model", "RubricCriterionLevel"),
    "SafeFetcher": ("fetch", "SafeFetcher"),
    "Signer": ("issue", "Signer"),
    "StatusListCredential": ("model", "StatusListCredential"),
    "Verification": ("model", "Verification"),
    "bake": ("baking", "bake"),
    "clr": ("documents.clr", ""),
    "demands": ("verify.demands", ""),
    "did_document": ("keys", "did_document"),
    "did_key": ("keys", "did_key"),
    "did_web": ("keys", "did_web"),
    "did_web_url": ("keys", "did_web_url"),
    "digest_sri": ("canonical", "digest_sri"),
    "fold_address": ("identity", "fold_address"),
    "hash_identity": ("identity", "hash_identity"),
    "issue": ("issue", ""),
    "lists": ("documents.lists", ""),
    "microcredential": ("microcredential", ""),
    "neutral": ("model", "neutral"),
    "ob2": ("documents.ob2", ""),
    "ob3": ("documents.ob3", ""),
    "status": ("status", ""),
    "unbake": ("baking", "unbake"),
}
"""Where the names are that are loaded when they are first used: the module, and the name in it ("" = the module)."""

__all__ = [
    "Achievement",
    "AchievementSubject",
    "Alignment",
    "Association",
    "BadgeError",
    "Baked",
    "Claims",
    "ClrCredential",
    "ClrSubject",
    "Credential",
    "CredentialRevocationList",
    "CredentialSchema",
    "CredentialStatus",
    "Criteria",
    "CryptographicKey",
    "EndorsementCredential",
    "EndorsementSubject",
    "Evidence",
    "Fetched",
    "Fetcher",
    "Finding",
    "IdentifierEntry",
    "Identity",
    "IdentityObject",
    "Image",
    "Key",
    "LocalSigner",
    "Malformed",
    "NotFetched",
    "Policy",
    "Prepared",
    "Problem",
    "Profile",
    "Proof",
    "PublicKey",
    "Related",
    "RelatedResource",
    "Report",
    "Result",
    "ResultDescription",
    "RevocationList",
    "RevokedAssertion",
    "RevokedCredential",
    "RubricCriterionLevel",
    "SafeFetcher",
    "Signer",
    "StatusListCredential",
    "Unsafe",
    "Unsupported",
    "Verification",
    "bake",
    "clr",
    "demands",
    "did_document",
    "did_key",
    "did_web",
    "did_web_url",
    "digest_sri",
    "fold_address",
    "hash_identity",
    "issue",
    "lists",
    "microcredential",
    "neutral",
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
