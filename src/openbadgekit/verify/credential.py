"""An Open Badges 3.0 credential, check by check (§8 Verification): form, proof, key, status, dates, recipient,
endorsements. With a proof or key that does not hold, nothing after it is looked at or shown.
"""

from typing import Final

from ..documents.contexts import VC_2
from ..documents.schema import Kind, check
from ..jsontype import JsonObject
from ..safe_mode import problems
from .checks import UNKNOWN_KIND, check_dates, check_form, check_recipient
from .claims import of_credential
from .endorsements import Target, check_endorsements
from .reading import as_list, as_object, domain, identifier, moment_or_none, texts
from .report import FORM, Claims, Finding, unknown
from .revocation import check_status
from .session import Session
from .signature import check_signature, unknown_way

VC_1: Final = "https://www.w3.org/2018/credentials/v1"
_CLR: Final = "ClrCredential"


def check_credential(
    session: Session, document: JsonObject, recipient: str | None
) -> tuple[tuple[Finding, ...], Claims | None]:
    """Check a 3.0 credential; the claims are None unless every proof holds with a key of the issuer.

    Shape first, then safe mode: both before anything is canonicalized. A way of signing that we do not know may come
    with contexts that we do not know: it is told before safe mode would refuse them.
    """
    contexts = as_list(document.get("@context"))
    if VC_1 in contexts[:1] or (VC_2 in contexts and _CLR in texts(document.get("type"))):
        return (unknown(FORM, UNKNOWN_KIND),), None
    strange = unknown_way(document)
    form = check_form("3.0", check(document, Kind.CREDENTIAL) or ([] if strange else problems(document)))
    if form.outcome != "passed":
        return (form,), None
    if strange:
        return (form, strange), None
    signature = check_signature(session, document)
    if not signature.holds:
        return (form, *signature.findings), None
    standing = check_status(session, document)
    findings = [form, *signature.findings, *([standing.finding] if standing.finding else [])]
    findings.append(check_dates(session, document.get("validFrom"), document.get("validUntil")))
    subject = as_object(document.get("credentialSubject"))
    if recipient is not None:
        findings.append(check_recipient(as_list(subject.get("identifier")), subject.get("id"), recipient))
    endorsed = check_endorsements(session, _targets(document, subject), moment_or_none(document.get("validFrom")))
    return (*findings, *endorsed.findings), of_credential(session, document, standing, endorsed)


def _targets(document: JsonObject, subject: JsonObject) -> tuple[Target, ...]:
    achievement = as_object(subject.get("achievement"))
    issuer = document.get("issuer")
    creator = identifier(achievement.get("creator"))
    maker = domain(creator) if creator and creator != identifier(issuer) else ""
    return (
        Target("issuer", identifier(issuer), as_object(issuer)),
        Target("achievement", identifier(achievement), achievement, maker),
        Target("credential", identifier(document), document),
    )
