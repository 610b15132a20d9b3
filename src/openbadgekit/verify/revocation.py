"""Has the issuer taken the credential back? Bitstring Status List v1.0 §3.2 (Validate Algorithm).

A list that cannot be had, is not the issuer's, is out of date or does not fit is never read as "not revoked".
"""

from dataclasses import dataclass
from typing import Final

from ..documents.schema import Kind, check
from ..errors import BadgeError, Malformed, Unsupported
from ..jsontype import Json, JsonObject
from ..status import bit, decode, strict_index
from .reading import as_list, as_object, brief, identifier, is_web, minute, moment, text
from .report import REVOCATION, Finding, failed, passed, unknown
from .session import CREDENTIAL, Session
from .signature import check_signature

_STOPPING: Final = {"revocation": "Its issuer has revoked it.", "suspension": "Its issuer has suspended it."}
_HARMLESS: Final = frozenset({"refresh", "message"})
_MOST_ENTRIES: Final = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """The finding on revocation, None when the credential has no status; and whether it is revoked for good."""

    finding: Finding | None
    revoked: bool = False
    suspended: bool = False


def check_status(session: Session, credential: JsonObject) -> Standing:
    """Read the status of a credential whose own signature holds."""
    entries = as_list(credential.get("credentialStatus"))
    if not entries:
        return Standing(None)
    if len(entries) > _MOST_ENTRIES:
        return Standing(_unread("it names too many lists."))
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
        if "BitstringStatusListEntry" not in as_list(entry.get("type")):
            raise Unsupported(f"it is of a kind we do not know: {brief(entry.get('type'))}.")
        if purpose in _HARMLESS:
            return Standing(None)
        if purpose not in _STOPPING:
            raise Unsupported(f"it serves a purpose we do not know: {brief(purpose)}.")
        is_set = _look_up(session, credential, entry, purpose)
    except BadgeError as error:
        return Standing(_unread(error.message))
    if is_set:
        words = _STOPPING[purpose]
        return Standing(failed(REVOCATION, words), revoked=purpose == "revocation", suspended=purpose == "suspension")
    return Standing(passed(REVOCATION, f"Not revoked, as of {minute(session.now)}."))


def _look_up(session: Session, credential: JsonObject, entry: JsonObject, purpose: str) -> bool:
    address, index = text(entry.get("statusListCredential")), entry.get("statusListIndex")
    if address is None or not is_web(address):
        raise Malformed("it has no address.")
    if not isinstance(index, str) or entry.get("statusSize", 1) != 1:
        raise Malformed("the badge's place in it is not given as it should be.")
    place = strict_index(index)
    document = session.document(address, CREDENTIAL)
    _refuse_foreign(session, credential, document, address)
    return bit(_bits(document, purpose), place)


def _refuse_foreign(session: Session, credential: JsonObject, document: JsonObject, address: str) -> None:
    """The list must be that of this address, the badge's issuer must have signed it, and it must be in date."""
    for problem in check(document, Kind.STATUS_LIST):
        raise Malformed(f"it is not well-formed ({brief(problem.pointer)}).")
    if document.get("id") != address:
        raise Malformed("at its address stands another list.")
    if identifier(document.get("issuer")) != identifier(credential.get("issuer")):
        raise Malformed("it is not by the badge's issuer.")
    if not check_signature(session, document).holds:
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


def _unread(why: str) -> Finding:
    return unknown(REVOCATION, f"The list of revoked badges could not be read: {why}")
