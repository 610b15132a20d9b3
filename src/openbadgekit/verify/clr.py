"""A Comprehensive Learner Record (CLR 2.0): its own proof, and every badge in it with its own findings.

CLR 2.0 §Verification: the record says who put it together, each badge in it who gave it. One that does not hold fails
the record, one that cannot be told leaves the record so.
"""

from collections.abc import Iterator
from typing import Final

from ..documents.contexts import VC_2
from ..errors import Problem
from ..identity import Sought
from ..jsontype import Json, JsonObject, below
from ..proofs.jws import Compact
from ..safe_mode import problems
from .checks import UNKNOWN_KIND, check_dates, check_form, check_recipient
from .claims import of_record
from .conclude import conclude
from .credential import CLR, check_credential
from .endorsements import Target, check_endorsements
from .reading import as_list, as_object, domain, identifier, moment_or_none, text, texts
from .report import CONTAINED, FORM, READABLE, Checked, Finding, Report, failed, passed, unknown
from .revocation import check_status
from .session import Session
from .signature import check_signature, unknown_way
from .tokens import enveloped, open_token

_CLR_CONTEXT: Final = "https://purl.imsglobal.org/spec/clr/v2p0/context"
_NEEDED: Final = ("id", "name", "issuer", "validFrom", "credentialSubject")
_MOST: Final = 60
_DEEPEST: Final = 3


def check_record(
    session: Session,
    document: JsonObject,
    recipient: Sought | None,
    token: Compact | None = None,
    depth: int = 1,
) -> Checked:
    """Check a CLR and everything in it; nothing inside is looked at unless the record's own proofs hold."""
    strange = unknown_way(document)
    form = check_form("3.0", list(_shape(document)) or ([] if strange else problems(document)))
    if form.outcome != "passed":
        return Checked((form,))
    if strange:
        return Checked((form, strange))
    signature = check_signature(session, document, token)
    if not signature.holds:
        return Checked((form, *signature.findings))
    standing = check_status(session, document)
    findings = [form, *signature.findings, *([standing.finding] if standing.finding else [])]
    findings.append(check_dates(session, document.get("validFrom"), document.get("validUntil")))
    subject = as_object(document.get("credentialSubject"))
    if recipient is not None:
        findings.append(check_recipient(as_list(subject.get("identifier")), subject.get("id"), recipient))
    given = moment_or_none(document.get("validFrom"))
    endorsed = check_endorsements(session, (Target("credential", identifier(document), document),), given)
    contained = tuple(_contained(session, as_list(subject.get("verifiableCredential")), depth))
    findings.extend(_told(number, report) for number, report in enumerate(contained, 1))
    claims = of_record(session, document, standing, endorsed)
    return Checked((*findings, *endorsed.findings), claims, contained)


def _shape(document: JsonObject) -> Iterator[Problem]:
    """The rules of a record's shape that are not those of a badge (CLR 2.0 §ClrCredential, §ClrSubject)."""
    contexts = as_list(document.get("@context"))
    if contexts[:1] != [VC_2] or not str(contexts[1:2]).startswith(f"['{_CLR_CONTEXT}"):
        yield Problem("/@context", "It must begin with the contexts of the VC Data Model 2.0 and of CLR 2.0.")
    if "VerifiableCredential" not in texts(document.get("type")):
        yield Problem("/type", "It lacks a type that must be there.")
    for name in _NEEDED:
        if not document.get(name):
            yield Problem(below("", name), f"{name!r} is a required property")
    subject = document.get("credentialSubject")
    if not isinstance(subject, dict) or "ClrSubject" not in texts(subject.get("type")):
        yield Problem("/credentialSubject", "It is not the subject of a learner record.")
    elif not as_list(subject.get("verifiableCredential")):
        yield Problem("/credentialSubject/verifiableCredential", "There is no badge in the record.")


def _contained(session: Session, entries: list[Json], depth: int) -> Iterator[Report]:
    for number, entry in enumerate(entries):
        if number >= _MOST:
            yield conclude((unknown(READABLE, "There are more badges in it than we check."),), None, "")
            return
        document = as_object(entry)
        checked = _one(session, entry, depth)
        issuer = identifier(document.get("issuer"))
        found = (passed(READABLE, "There is a badge in it."), *checked.findings)
        yield conclude(found, checked.claims, domain(issuer) if issuer else "", checked.contained)


def _one(session: Session, entry: Json, depth: int) -> Checked:
    document: JsonObject = as_object(entry)
    token: Compact | None = None
    text_of_token = text(entry) or enveloped(document)
    if text_of_token is not None:
        opened = open_token(text_of_token)
        if isinstance(opened, Finding):
            return Checked((opened,))
        document, token = opened.document, opened.token
    kinds = texts(document.get("type"))
    if CLR in kinds and depth < _DEEPEST:
        return check_record(session, document, None, token, depth + 1)
    if not {"OpenBadgeCredential", "AchievementCredential"} & set(kinds):
        return Checked((unknown(FORM, UNKNOWN_KIND),))
    return check_credential(session, document, None, token)


def _told(number: int, report: Report) -> Finding:
    check = f"{CONTAINED} {number}"
    tell = {"valid": passed, "invalid": failed, "unknown": unknown}[report.verdict]
    return tell(check, report.sentence)
