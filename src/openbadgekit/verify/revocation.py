"""Has the issuer taken the credential back? Bitstring Status List v1.0 §3.2, or 1EdTechRevocationList (3.0 §9.3).

A list that cannot be had, is not the issuer's, is out of date or does not fit is never read as "not revoked".
"""

from typing import Final

from ..documents.schema import Kind, check
from ..errors import BadgeError, Malformed, Unsupported
from ..jsontype import Json, JsonObject
from ..proofs.jws import Compact, looks_compact
from ..status import bit, decode, strict_index
from .reading import as_list, as_object, brief, identifier, is_web, minute, moment, text
from .report import REVOCATION, Finding, failed, passed
from .revocation_list import EDTECH, check_edtech, unread
from .session import STATUS_LIST, Session
from .signature import check_signature
from .standing import Standing, revoked
from .tokens import open_token

_STOPPING: Final = frozenset({"revocation", "suspension"})
_HARMLESS: Final = frozenset({"refresh", "message"})
_MOST_ENTRIES: Final = 4


def check_status(session: Session, credential: JsonObject) -> Standing:
    """Read the status of a credential whose own signature holds."""
    entries = as_list(credential.get("credentialStatus"))
    if not entries:
        return Standing(None)
    if len(entries) > _MOST_ENTRIES:
        return unread("it names too many lists.")
    worst = Standing(None)
    for entry in entries:
        standing = _one(session, credential, as_object(entry))
        if standing.revoked or standing.suspended:
            return standing
        if worst.finding is None or (standing.finding and standing.finding.outcome == "unknown"):
            worst = standing
    return worst


def _one(session: Session, credential: JsonObject, entry: JsonObject) -> Standing:
    purpose = text(entry.get("statusPurpose")) or ""
    try:
        if EDTECH in as_list(entry.get("type")):
            return check_edtech(session, credential, entry)
        if "BitstringStatusListEntry" not in as_list(entry.get("type")):
            raise Unsupported(f"it is of a kind we do not know: {brief(entry.get('type'))}.")
        if purpose in _HARMLESS:
            return Standing(None)
        if purpose not in _STOPPING:
            raise Unsupported(f"it serves a purpose we do not know: {brief(purpose)}.")
        is_set = _look_up(session, credential, entry, purpose)
    except BadgeError as error:
        return unread(error.message)
    if is_set and purpose == "suspension":
        return Standing(failed(REVOCATION, "Its issuer has suspended it."), suspended=True)
    if is_set:
        return revoked(None)
    return Standing(passed(REVOCATION, f"Not revoked, as of {minute(session.now)}."))


def _look_up(session: Session, credential: JsonObject, entry: JsonObject, purpose: str) -> bool:
    address, index = text(entry.get("statusListCredential")), entry.get("statusListIndex")
    if address is None or not is_web(address):
        raise Malformed("it has no address.")
    if not isinstance(index, str) or entry.get("statusSize", 1) != 1:
        raise Malformed("the badge's place in it is not given as it should be.")
    place = strict_index(index)
    document, token = _list(session, address)
    _refuse_foreign(session, credential, document, token, address)
    return bit(_bits(document, purpose), place)


def _list(session: Session, address: str) -> tuple[JsonObject, Compact | None]:
    """Return the list that stands at an address: JSON with proofs in it, or a token (VC-JWT)."""
    answer = session.fetch(address, STATUS_LIST)
    body = answer.body.decode("ascii", errors="replace").strip()
    if answer.status != 200 or not looks_compact(body):
        return session.document(address, STATUS_LIST), None
    opened = open_token(body)
    if isinstance(opened, Finding):
        raise Malformed(opened.message)
    return opened.document, opened.token


def _refuse_foreign(
    session: Session, credential: JsonObject, document: JsonObject, token: Compact | None, address: str
) -> None:
    """The list must be that of this address, the badge's issuer must have signed it, and it must be in date."""
    for problem in check(document, Kind.STATUS_LIST):
        raise Malformed(f"it is not well-formed ({brief(problem.pointer)}).")
    if document.get("id") != address:
        raise Malformed("at its address stands another list.")
    if identifier(document.get("issuer")) != identifier(credential.get("issuer")):
        raise Malformed("it is not by the badge's issuer.")
    if not check_signature(session, document, token).holds:
        raise Malformed("its signature does not hold.")
    _refuse_out_of_date(session, document)


def _refuse_out_of_date(session: Session, document: JsonObject) -> None:
    if "validFrom" in document and moment(document["validFrom"]) > session.soon:
        raise Malformed("it is not in force yet.")
    if "validUntil" in document and moment(document["validUntil"]) <= session.now:
        raise Malformed("it is out of date.")


def _bits(document: JsonObject, purpose: str) -> bytes:
    subject = as_object(document.get("credentialSubject"))
    if "BitstringStatusList" not in as_list(subject.get("type")):
        raise Malformed("it is not a list of this kind.")
    if purpose not in as_list(subject.get("statusPurpose")):
        raise Malformed("it serves another purpose.")
    encoded: Json = subject.get("encodedList")
    if not isinstance(encoded, str) or subject.get("statusSize", 1) != 1:
        raise Malformed("it is not well-formed.")
    return decode(encoded)
