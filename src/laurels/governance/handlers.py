"""The work of this stage that waits in the outbox."""

from laurels import clock
from laurels.badges import actions as badges
from laurels.badges import addresses, issuers
from laurels.badges.models import Document
from laurels.badges.signing import CREDENTIAL, sign_document
from laurels.governance import actions, documents
from laurels.governance.models import Decision, IssuingAuthority
from laurels.jobs import Running, handler, outbox
from laurels.jobs.registry import Payload
from laurels.people.system import system, university


@handler("governance.endorse")
def endorse(payload: Payload, job: Running) -> None:
    """Sign what the university endorses by an approval, once, and name it where issuers are looked up."""
    decision = Decision.objects.select_related("application__unit", "application__version__micro_credential__unit").get(
        pk=payload["decision"]
    )
    hosted = addresses.endorsement(str(decision.endorsement_ob2))
    if _stored(hosted) is None:
        badges.store_document(hosted, documents.endorsement_ob2(decision), by=system())
    signed = _signed(decision)
    version = decision.application.version
    if version is not None:
        for address, body in documents.version_documents(version, signed).items():
            if _stored(address) is None:
                badges.store_document(address, body, by=system())
        if version.is_stack:
            outbox.put("awards.stacks", {"stack": version.micro_credential_id})
    else:
        unit = decision.application.unit
        badges.publish_profile(unit, endorsements=documents.endorsements_in_profile(unit), by=system())
        outbox.put("awards.stacks", {"unit": unit.pk})  # prizes that waited for the authority


@handler("governance.authority_ends")
def warn(payload: Payload, job: Running) -> None:
    """Warn a unit whose authority is near its end."""
    authority = IssuingAuthority.objects.select_related("unit", "decision").get(pk=payload["authority"])
    actions.warn_of_end(authority, payload["days"], by=system())


def _signed(decision: Decision) -> bytes:
    """The signed endorsement, as it is stored: signed once, whenever this is tried again."""
    address = addresses.endorsement(str(decision.endorsement))
    stored = _stored(address)
    if stored is not None:
        return stored
    key = issuers.current_key(university().unit)
    body = sign_document(documents.endorsement_ob3(decision), key, at=clock.now())
    badges.store_document(address, body, media_type=CREDENTIAL, by=system())
    return body


def _stored(address: str) -> bytes | None:
    newest = Document.objects.filter(address=address).order_by("-pk").first()
    return bytes(newest.body) if newest is not None else None
