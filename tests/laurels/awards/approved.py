"""An approved, endorsed version and the people around it: what awarding needs."""

import csv
import datetime
import io
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from laurels.awards import actions as awards
from laurels.awards.basis import Basis, Link, attestation
from laurels.awards.models import Award, Roster
from laurels.badges import actions, addresses, issuers
from laurels.badges.verification import own_path
from laurels.catalogue import actions as catalogue
from laurels.catalogue.definition import Approval
from laurels.catalogue.documents import achievement
from laurels.catalogue.models import Version
from laurels.governance.models import Application, Decision, IssuingAuthority, Kind, Outcome, State
from laurels.jobs import outbox
from laurels.people.models import Role, Unit, User
from laurels.people.system import system
from openbadgekit.canonical import digest_sri
from openbadgekit.documents import ob2, ob3
from openbadgekit.issue import serialise
from openbadgekit.microcredential import Digest, Endorsement
from tests import factories
from tests.laurels.awards.day import NOW
from tests.laurels.badges.published import endorse

APPROVED = datetime.date(2026, 9, 2)
COMPLETED = datetime.date(2026, 11, 1)
FIELDS: Mapping[str, object] = {
    "summary": "Cook for a household.",
    "short_title": "Cooking",
    "audience": "Everybody who eats.",
    "mission_alignment": "Food is medicine.",
    "tags": ["nutrition"],
    "way": "on site",
    "contact_hours": "12",
    "practice_hours": "6",
    "informal_hours_most": "4",
    "assessment": [{"type": "practical", "weight": 100}],
    "pass_rule": "All competencies at their level.",
    "quality_assurance": "The committee.",
    "evidence": "A week plan.",
}
COMPETENCIES = (
    {"statement": "Plan a week of meals", "level": "foundational", "indicators": ["Plans", "Shops"]},
    {"statement": "Cook a meal from whole foods", "level": "proficient", "indicators": ["Cooks", "Tastes"]},
)


@dataclass
class Approved:
    """A version that its unit may award, its lead, and the registrar."""

    version: Version
    unit: Unit
    authority: IssuingAuthority
    lead: User
    registrar: User

    def basis(self, **changes: object) -> Basis:
        """A basis with which nothing is missing: 18 hours, each competency at its level."""
        levels = {str(one.key): one.level for one in self.version.competencies.all()}
        given: dict[str, object] = {"kind": "roster", "reference": "", "minutes": 1080, "informal_minutes": 0}
        return Basis(**{**given, "levels": levels, "attested_by": str(self.lead.pk), **changes})  # type: ignore[arg-type]

    def grant(self, address: str = "ada@example.org", **changes: object) -> Award:
        """Grant an award; nothing is signed yet."""
        on = changes.pop("completed_on", COMPLETED)
        by = changes.pop("by", self.lead)
        return awards.grant_award(address, "Ada Lovelace", self.version, self.basis(**changes), on, by=by)  # type: ignore[arg-type]

    def row(self, address: str, **cells: object) -> dict[str, object]:
        """A row of a roster with which nothing is wrong."""
        person = {"address": address, "name": "Ada Lovelace", "completed on": COMPLETED, "hours": "18"}
        return {**person, "level 1": "foundational", "level 2": "Proficient", **cells}

    def file(self, *rows: Mapping[str, object]) -> bytes:
        """A roster as a file."""
        written = io.StringIO()
        columns = list(dict.fromkeys(name for row in rows for name in row))
        out = csv.DictWriter(written, columns, restval="")
        out.writeheader()
        out.writerows(rows)
        return written.getvalue().encode()

    def roster(self, *rows: Mapping[str, object], by: User | None = None) -> Roster:
        """A roster after its dry run."""
        return awards.check_roster(self.version, "roster.csv", self.file(*rows), by=by or self.lead)

    def confirmed(self, *rows: Mapping[str, object], by: User | None = None) -> Roster:
        """A confirmed roster."""
        return awards.confirm_roster(self.roster(*rows), attestation(self.version), by=by or self.lead)

    def problems(self, *rows: Mapping[str, object], by: User | None = None) -> list[str]:
        """What the dry run says of each row."""
        return [row.problem for row in self.roster(*rows, by=by).rows.all()]


def approved(*, on: datetime.date = APPROVED, **fields: object) -> Approved:
    """A version, approved on a day, with everything around it up to the first award."""
    university, unit = factories.university().unit, factories.unit(slug=f"unit-{uuid4().hex[:8]}")
    lead, registrar = factories.user(Role.LEAD, unit, name="Lena Lead"), factories.user(Role.REGISTRAR)
    for one in (university, unit):
        if not one.signing_keys.exists():
            actions.create_key(one, by=system())
    authority = _authority(unit, lead, on)
    version = catalogue.draft_micro_credential(unit, "Whole-Food Cooking", by=lead)
    version = catalogue.edit_draft(version, {**FIELDS, **fields}, COMPETENCIES, by=lead)
    return Approved(publish(version, authority, on), unit, authority, lead, registrar)


def publish(version: Version, authority: IssuingAuthority, on: datetime.date = APPROVED) -> Version:
    """The draft, published and endorsed."""
    approval = Approval(
        number=f"2026-{uuid4().hex[:4]}",
        date=on,
        body="Committee",
        rubric=1,
        endorsement=str(uuid4()),
        endorsement_ob2=str(uuid4()),
    )
    version = catalogue.publish(version, approval, by=system())
    version = Version.objects.select_related("micro_credential__unit").get(pk=version.pk)
    _endorse(version, authority)
    outbox.run_pending()
    return version


def _authority(unit: Unit, lead: User, on: datetime.date) -> IssuingAuthority:
    term = {"valid_from": on, "valid_until": on + datetime.timedelta(days=1095)}
    application = Application.objects.create(
        kind=Kind.AUTHORITY, unit=unit, applicant=lead, state=State.APPROVED, created_at=NOW
    )
    decision = Decision.objects.create(
        number=f"2026-{uuid4().hex[:4]}",
        application=application,
        outcome=Outcome.APPROVE,
        date=on,
        body="Committee",
        rubric_number=1,
        scores={},
        scope=["nutrition"],
        by=lead,
        at=NOW,
        endorsement=uuid4(),
        endorsement_ob2=uuid4(),
        **term,
    )
    return IssuingAuthority.objects.create(unit=unit, decision=decision, scope=["nutrition"], **term)


def _endorse(version: Version, authority: IssuingAuthority) -> None:
    """Sign and store what the university says of the unit and of the version."""
    unit = version.micro_credential.unit
    university = issuers.issuer(factories.university().unit)
    issuer = issuers.issuer(unit, parent=university)
    decision, approval = authority.decision, Approval.of(version.approval or {})
    term = f"in force from {authority.valid_from} until {authority.valid_until}, scope: nutrition."
    claim = Endorsement(
        id=addresses.absolute(addresses.endorsement(str(decision.endorsement))),
        id_ob2=addresses.absolute(addresses.endorsement(str(decision.endorsement_ob2))),
        issuer=university,
        subject=issuer.id,
        subject_ob2=issuer.profile,
        name="Issuing authority",
        comment=f"Issuing authority approved for {unit.name}: decision {decision.number} of {decision.date}, "
        f"Committee of {university.name}, rubric 1, {term}",
        valid_from=datetime.datetime.combine(decision.date, datetime.time(), datetime.UTC),
    )
    endorse(claim)
    what = achievement(version, issuer, endorsements_ob2=(str(claim.id_ob2),))
    version_claim = Endorsement(
        id=addresses.absolute(addresses.endorsement(approval.endorsement)),
        id_ob2=addresses.absolute(addresses.endorsement(approval.endorsement_ob2)),
        issuer=university,
        subject=what.id,
        subject_ob2=what.badge_class,
        name="Approved version",
        comment=f"Version {version.number} of “{version.title}” approved for {unit.name}: decision {approval.number} "
        f"of {approval.date}, Committee of {university.name}, rubric 1.",
        valid_from=datetime.datetime.combine(approval.date, datetime.time(), datetime.UTC),
        digest=Digest(what.id, digest_sri(ob3.achievement(what, with_endorsements=False))),
    )
    endorse(version_claim)
    actions.publish_profile(unit, by=system(), endorsements=[str(claim.id_ob2)])
    whole = achievement(version, issuer, endorsements_ob2=(str(version_claim.id_ob2),))
    actions.store_document(str(own_path(whole.badge_class)), serialise(ob2.badge_class(whole)), by=system())


def link(address: str = "https://evidence.example/plan.pdf", sha256: str = "ab" * 32) -> Link:
    """One piece of evidence."""
    return Link(address, sha256=sha256)
