"""An Open Badges 3.0 credential, check by check (§8 Verification): form, proof, key, status, dates, recipient,
endorsements. With a proof or key that does not hold, nothing after it is looked at or shown.
"""

from typing import Final

from ..documents.schema import Kind, check
from ..identity import Sought
from ..jsontype import JsonObject
from ..proofs.jws import Compact
from .checks import UNKNOWN_KIND, check_dates, check_form, check_recipient
from .claims import of_credential
from .endorsements import Target, check_endorsements
from .reading import as_list, as_object, domain, identifier, moment_or_none
from .report import FORM, Checked, unknown
from .revocation import check_status
from .session import Session
from .signature import check_signature, unknown_way
from .version_1 import form_problems, is_version_1, modern

CLR: Final = "ClrCredential"


def check_credential(
    session: Session, document: JsonObject, recipient: Sought | None, token: Compact | None = None
) -> Checked:
    """Check a 3.0 credential; the claims are None unless every proof holds with a key of the issuer.

    `token` is the JWT that it came in. Shape first, then safe mode: both before anything is canonicalized. A way of
    signing that we do not know may come with contexts that we do not know: it is told before safe mode would refuse
    them.
    """
    strange = unknown_way(document)
    shown = modern(document)
    form = check_form("3.0", check(shown, Kind.CREDENTIAL) if strange else form_problems(document, Kind.CREDENTIAL))
    if form.outcome != "passed":
        return Checked((unknown(FORM, UNKNOWN_KIND) if is_version_1(document) else form,))
    if strange:
        return Checked((form, strange))
    signature = check_signature(session, document, token)
    if not signature.holds:
        return Checked((form, *signature.findings))
    standing = check_status(session, shown)
    findings = [form, *signature.findings, *([standing.finding] if standing.finding else [])]
    findings.append(check_dates(session, shown.get("validFrom"), shown.get("validUntil")))
    subject = as_object(shown.get("credentialSubject"))
    if recipient is not None:
        findings.append(check_recipient(as_list(subject.get("identifier")), subject.get("id"), recipient))
    endorsed = check_endorsements(session, _targets(shown, subject), moment_or_none(shown.get("validFrom")))
    return Checked((*findings, *endorsed.findings), of_credential(session, shown, standing, endorsed))


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
