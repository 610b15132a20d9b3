"""Credentials as JSON Web Tokens: as Open Badges 3.0 §8.2 wants them; those of the VC Data Model 1.1 §6.3.1 are read.

The payload is the whole credential, and beside it the claims that repeat it: iss, jti, sub, nbf, exp. A claim that
says something else than the credential is refused, for readers differ in which of the two they believe.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from ..documents.contexts import VC_2
from ..errors import Malformed
from ..jsontype import Document, Json, JsonObject
from .jws import Compact

VC_1: Final = "https://www.w3.org/2018/credentials/v1"
CLAIMS: Final = frozenset({"iss", "jti", "sub", "nbf", "exp", "iat", "aud"})
"""The claims beside the credential's own members (RFC 7519 §4.1)."""

_LOOSE: Final = frozenset({"vc+jwt", "vc+ld+jwt", "vc-ld+jwt"})
_TYPES: Final = _LOOSE | {"jwt"}
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", flags=re.ASCII)


def payload_for(document: JsonObject) -> Document:
    """Return the payload for a credential: its members, then iss, jti, sub, nbf and, where it ends, exp (§8.2).

    Raises Malformed when its subject has no id (there would be no sub), or a member has the name of a claim.
    """
    for name in sorted(CLAIMS & set(document)):
        raise Malformed("This member has the name of a claim of the token.", f"/{name}")
    subject = _subject(document)
    if subject is None:
        raise Malformed("A token needs a subject with an id.", "/credentialSubject/id", "Give the subject an id.")
    payload: Document = {**document, "iss": _id(document.get("issuer")), "jti": document.get("id"), "sub": subject}
    payload["nbf"] = seconds(document.get("validFrom"), "/validFrom")
    if "validUntil" in document:
        payload["exp"] = seconds(document["validUntil"], "/validUntil")
    return payload


def header_for(algorithm: str, key_id: str) -> Document:
    """Return the header that Open Badges 3.0 §8.2 allows: alg, kid and typ, and nothing else."""
    return {"alg": algorithm, "kid": key_id, "typ": "JWT"}


def credential_in(token: Compact) -> JsonObject:
    """Return the credential in a token, without the claims that repeat it.

    Of `typ`, "JWT" asks for every claim (Open Badges 3.0 §8.2), as no typ does; "vc+jwt" (VC-JOSE-COSE §3.2.1) for
    none, but those that are there must agree. Raises Malformed, with the JSON pointer.
    """
    kind = _kind(token.header)
    payload = token.payload
    if "vp" in payload:
        raise Malformed("This is a presentation, not a badge.", "/vp")
    if "vc" in payload:
        return _version_1(payload)
    document = {name: value for name, value in payload.items() if name not in CLAIMS}
    _check_claims(payload, document, strict=kind not in _LOOSE)
    return document


def ends(token: Compact) -> float | None:
    """Return `exp` in seconds since 1970 where the token has one: from then on it holds no longer (RFC 7519 §4.1.4)."""
    value = token.payload.get("exp")
    return None if value is None else _number(value, "/exp")


def seconds(value: Json, pointer: str) -> int:
    """Return a date-time as NumericDate: whole seconds since 1970. Raises Malformed."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            return int(datetime.fromisoformat(value.upper()).timestamp() // 1)
        except ValueError:
            pass
    raise Malformed("This is not a moment with a time zone.", pointer)


def _kind(header: JsonObject) -> str:
    kind = header.get("typ", "JWT")
    name = kind.lower().removeprefix("application/") if isinstance(kind, str) else ""
    if name not in _TYPES:
        raise Malformed(f"The header says that this is something else than a badge: typ {str(kind)[:40]!r}.", "/typ")
    return name


def _check_claims(payload: JsonObject, document: JsonObject, *, strict: bool) -> None:
    wanted: Mapping[str, tuple[str, str | None]] = {
        "iss": ("issuer", _id(document.get("issuer"))),
        "jti": ("id", _id(document.get("id"))),
        "sub": ("subject", _subject(document)),
    }
    for name, (words, value) in wanted.items():
        if name in payload:
            if payload[name] != value or value is None:
                raise Malformed(f"The token names another {words} than the badge in it ({name}).", f"/{name}")
        elif strict and value is not None:
            raise Malformed(f"The token does not name the {words} ({name}).", f"/{name}")
    dates = (("nbf", ("validFrom", "issuanceDate")), ("exp", ("validUntil", "expirationDate")))
    for name, members in dates:
        member = next((one for one in members if one in document), None)
        _check_date(payload, document, name, member, strict)


def _check_date(payload: JsonObject, document: JsonObject, name: str, member: str | None, strict: bool) -> None:
    if name in payload:
        given = _number(payload[name], f"/{name}")
        if member is not None and abs(given - seconds(document[member], f"/{member}")) >= 1:
            raise Malformed(f"The token says another time than the badge in it ({name}, {member}).", f"/{name}")
    elif strict and member is not None:
        raise Malformed(f"The token lacks a time that the badge in it has ({name}, {member}).", f"/{name}")


def _version_1(payload: JsonObject) -> JsonObject:
    """VC Data Model 1.1 §6.3.1: the credential stands under `vc`, and the claims may stand for members of it."""
    inner = payload["vc"]
    if not isinstance(inner, dict) or "@context" in payload:
        raise Malformed("The credential stands under vc, where Open Badges 3.0 does not look for it.", "/vc")
    contexts = inner.get("@context")
    if VC_1 not in (contexts[:1] if isinstance(contexts, list) else [contexts]):
        why = "A credential of the data model 2.0 must not stand under vc." if VC_2 in str(contexts) else ""
        raise Malformed(why or "What stands under vc is not a credential of the data model 1.1.", "/vc/@context")
    document: dict[str, Json] = {**inner}
    for name, member in (("iss", "issuer"), ("jti", "id")):
        if name in payload and member not in document:
            document[member] = payload[name]
    subject = document.get("credentialSubject")
    if "sub" in payload and isinstance(subject, dict) and "id" not in subject:
        document["credentialSubject"] = {"id": payload["sub"], **subject}
    for name, member in (("nbf", "issuanceDate"), ("exp", "expirationDate")):
        if name in payload and member not in document:
            document[member] = _moment(payload[name], f"/{name}")
    _check_claims(payload, document, strict=False)
    return document


def _moment(value: Json, pointer: str) -> str:
    try:
        return datetime.fromtimestamp(_number(value, pointer), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        raise Malformed("The token says a time that cannot be.", pointer) from None


def _number(value: Json, pointer: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Malformed("A time in the token must be a number of seconds.", pointer)
    return float(value)


def _id(value: Json) -> str | None:
    name = value.get("id") if isinstance(value, dict) else value
    return name if isinstance(name, str) else None


def _subject(document: JsonObject) -> str | None:
    subject = document.get("credentialSubject")
    if isinstance(subject, list) and len(subject) == 1:
        subject = subject[0]
    return _id(subject) if isinstance(subject, dict) else None
