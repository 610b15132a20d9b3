"""Lists of what was revoked, by id: RevocationList of Open Badges 2.0, and 1EdTechRevocationList of 3.0 (§9.3).

Nobody signs such a list: it counts because the issuer's profile, or the signed badge, says that it stands there. One
that cannot be had, or is not the issuer's, is never read as "not revoked".
"""

from typing import Final

from ..errors import BadgeError, Malformed
from ..jsontype import Json, JsonObject
from .origins import served_under
from .reading import as_list, as_object, identifier, is_web, minute, text, texts
from .report import REVOCATION, passed, unknown
from .session import HOSTED, Session
from .standing import Standing, revoked

EDTECH: Final = "1EdTechRevocationList"
_MEMBERS: Final = ("revokedCredential", "revokedCredentials")


def check_revocation_list(session: Session, assertion: JsonObject, profile: JsonObject) -> Standing:
    """Look a signed 2.0 assertion up, by id and uid, in the list that its issuer's profile names (§RevocationList)."""
    link = profile.get("revocationList")
    if link is None:
        return Standing(None)
    try:
        document = _document(session, identifier(link), identifier(profile))
        if "RevocationList" not in texts(document.get("type")) or "revokedAssertions" not in document:
            raise Malformed("it is not a list of this kind.")
        names = {name for name in (text(assertion.get("id")), text(assertion.get("uid"))) if name is not None}
        return _look_up(session, as_list(document["revokedAssertions"]), names)
    except BadgeError as error:
        return unread(error.message)


def check_edtech(session: Session, credential: JsonObject, entry: JsonObject) -> Standing:
    """Look a 3.0 credential up in the list that it names itself. Raises BadgeError when that cannot be done."""
    document = _document(session, text(entry.get("id")), identifier(credential.get("issuer")))
    if "issuer" not in document:
        raise Malformed("it does not say whose it is.")
    entries = [one for name in _MEMBERS for one in as_list(document.get(name))]
    names = {name for name in (text(credential.get("id")),) if name is not None}
    return _look_up(session, entries, names)


def unread(why: str) -> Standing:
    """Return the standing that a list could not be read."""
    return Standing(unknown(REVOCATION, f"The list of revoked badges could not be read: {why}"))


def _document(session: Session, address: str | None, issuer: str | None) -> JsonObject:
    if address is None or not is_web(address):
        raise Malformed("it has no address.")
    document = session.document(address, HOSTED)
    if document.get("id") != address or not served_under(session.fetch(address, HOSTED).url, address):
        raise Malformed("at its address stands another list.")
    if "issuer" in document and identifier(document.get("issuer")) != issuer:
        raise Malformed("it is not by the badge's issuer.")
    return document


def _look_up(session: Session, entries: list[Json], names: set[str]) -> Standing:
    """An entry is an id, or an object with id or uid; one that says "revoked": false takes nothing back."""
    for entry in entries:
        body = as_object(entry)
        if not body and text(entry) is None:
            raise Malformed("one of its entries is neither an id nor an object.")
        if {text(entry), text(body.get("id")), text(body.get("uid"))} & names and body.get("revoked") is not False:
            return revoked(body.get("revocationReason"))
    return Standing(passed(REVOCATION, f"Not revoked, as of {minute(session.now)}."))
