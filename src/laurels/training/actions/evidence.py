"""The verbs of evidence: add a file, a link or a text; say who may see it; withdraw it before it is sealed."""

import datetime
import hashlib
from functools import partial

from django.db import transaction

from laurels import clock
from laurels.audit.record import record
from laurels.awards.completion import is_link
from laurels.catalogue.models import Visibility
from laurels.errors import Invalid, WrongState
from laurels.people.models import User
from laurels.training import files
from laurels.training.models import Enrolment, EnrolmentState, Evidence, EvidenceKind, Patients
from laurels.training.standing import require_own_or

LONGEST_TITLE = 120
LONGEST_TEXT = 20_000
MOST_OF_ONE = 100
WIDER = (Visibility.PUBLIC, Visibility.LINK, Visibility.EMPLOYER)


def add_file(enrolment: Enrolment, title: str, content: bytes, *, by: User) -> Evidence:
    """Hand in a file as evidence: told by its content, its location data taken out, kept under a random name."""
    require_own_or(by, "train", enrolment)
    accepted = files.accept(content)
    name = files.keep(accepted.content)
    try:
        with transaction.atomic():
            digest = hashlib.sha256(accepted.content).hexdigest()
            made = _new(enrolment, EvidenceKind.FILE, title, by, sha256=digest, size=len(accepted.content))
            made.stored, made.media_type = name, accepted.media_type
            made.save(force_insert=True)
            record(by, "evidence added", made, kind=made.kind, sha256=digest)
            return made
    except BaseException:
        files.forget(name)
        raise


@transaction.atomic
def add_link(enrolment: Enrolment, title: str, link: str, *, by: User) -> Evidence:
    """Hand in a link as evidence; nobody fetches it, and it has no digest."""
    require_own_or(by, "train", enrolment)
    if not is_link(link.strip()):
        raise Invalid("This is no web address.", fields={"link": ["Use an address such as https://example.org/work."]})
    made = _new(enrolment, EvidenceKind.LINK, title, by)
    made.link = link.strip()
    made.save(force_insert=True)
    record(by, "evidence added", made, kind=made.kind)
    return made


@transaction.atomic
def add_text(enrolment: Enrolment, title: str, text: str, *, by: User) -> Evidence:
    """Hand in a text as evidence; its digest is that of the text in UTF-8."""
    require_own_or(by, "train", enrolment)
    text = text.replace("\r\n", "\n").strip()
    if not text or len(text) > LONGEST_TEXT:
        words = f"Write something, at most {LONGEST_TEXT} characters."
        raise Invalid("There is no text, or too much of it.", fields={"text": [words]})
    made = _new(enrolment, EvidenceKind.TEXT, title, by, sha256=hashlib.sha256(text.encode()).hexdigest())
    made.text, made.size = text, len(text.encode())
    made.save(force_insert=True)
    record(by, "evidence added", made, kind=made.kind, sha256=made.sha256)
    return made


@transaction.atomic
def show_evidence(
    evidence: Evidence, visibility: Visibility, patients: Patients, *, until: datetime.datetime | None = None, by: User
) -> Evidence:
    """Say who may see a piece of evidence; before it leaves the assessors, the question about patients is answered."""
    require_own_or(by, "train", evidence.enrolment)
    if visibility not in Visibility.values:
        raise Invalid("Choose who may see it.", fields={"visibility": ["Choose one of these."]})
    if visibility in WIDER and patients not in (Patients.NONE, Patients.CONSENT):
        words = "Say that no patient can be recognised, or that consent is recorded, before others see it."
        raise Invalid(words, fields={"patients": [words]})
    if visibility == Visibility.LINK and until is None:
        raise Invalid("A link needs an end.", fields={"until": ["Say until when the link works."]})
    if until is not None and until <= clock.now():
        raise Invalid("This end has passed.", fields={"until": ["Use a moment to come."]})
    ends = until if visibility in WIDER else None
    chosen = Evidence.objects.filter(pk=evidence.pk, withdrawn_at=None)
    if not chosen.update(visibility=visibility, patients=patients, visible_until=ends):
        raise WrongState("This evidence was withdrawn.")
    evidence.refresh_from_db(fields=["visibility", "patients", "visible_until"])
    record(by, "evidence shown", evidence, visibility=str(visibility), patients=str(patients))
    return evidence


@transaction.atomic
def withdraw_evidence(evidence: Evidence, *, by: User) -> None:
    """Withdraw evidence that no assessment rests on; a file is taken away for good."""
    require_own_or(by, "train", evidence.enrolment)
    gone = Evidence.objects.filter(pk=evidence.pk, sealed_at=None, withdrawn_at=None).update(
        withdrawn_at=clock.now(), text="", link="", stored=None
    )
    if not gone:
        raise WrongState("An assessment rests on this evidence, or it was withdrawn already: it stays as it is.")
    record(by, "evidence withdrawn", evidence)
    if evidence.stored:
        transaction.on_commit(partial(files.forget, evidence.stored))


def _new(
    enrolment: Enrolment, kind: EvidenceKind, title: str, by: User, *, sha256: str = "", size: int = 0
) -> Evidence:
    title = " ".join(title.split())
    if not title or len(title) > LONGEST_TITLE:
        words = f"Name it in at most {LONGEST_TITLE} characters."
        raise Invalid("A title is missing, or too long.", fields={"title": [words]})
    held = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if held.state != EnrolmentState.ENROLLED:
        raise WrongState(f"This enrolment is {held.state}: no evidence can be added.")
    if enrolment.evidence.filter(withdrawn_at=None).count() >= MOST_OF_ONE:
        raise WrongState(f"There are {MOST_OF_ONE} pieces of evidence here already.", mend="Withdraw one first.")
    return Evidence(
        enrolment=enrolment,
        kind=kind,
        title=title,
        sha256=sha256,
        size=size,
        visibility=Visibility.ASSESSORS,
        handed_in_by=by,
        handed_in_at=clock.now(),
    )
