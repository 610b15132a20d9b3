"""Applications at each place of their road, brought there by the verbs themselves."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from laurels.catalogue import actions as catalogue
from laurels.catalogue.models import MicroCredential, Version
from laurels.governance import actions, rubric
from laurels.governance.models import Application, Decision, IssuingAuthority, Outcome
from laurels.people.models import Role, Unit, User
from tests import factories

MORNING = datetime(2027, 5, 1, 9, 0, tzinfo=UTC)
ANSWERS: dict[str, Any] = {
    "training": "Hands-on cooking for the public, taught by two dietitians.",
    "mission": "It educates in the art of natural medicine.",
    "rigor": "Two assessors see each result; a panel samples one in ten.",
    "assessors": "Registered dietitians with five years of practice.",
    "scope": ["nutrition", "cooking"],
}
DEFINITION: dict[str, Any] = {
    "title": "Whole-Food Cooking",
    "short_title": "Cooking",
    "monogram": "WF",
    "summary": "Cook a week of whole-food meals.",
    "mission_alignment": "It brings the art of natural medicine into households.",
    "tags": ["cooking"],
    "way": "on site",
    "contact_minutes": 480,
    "practice_minutes": 240,
    "assessment": [{"type": "observed practice", "weight": 100}],
    "evidence": "Photographs of the dishes and the week's plan.",
    "quality_assurance": "Reviewed each year by the unit's board.",
}
COMPETENCIES: list[dict[str, Any]] = [
    {"statement": "Plan a week of meals for a household", "level": "foundational", "indicators": ["Seven days"]},
    {"statement": "Cook grains and legumes safely", "level": "foundational", "indicators": ["Soaks them"]},
]


@dataclass
class Road:
    """A unit with its lead, a committee, and an application between them."""

    unit: Unit = field(default_factory=lambda: factories.unit("Food as Medicine Institute"))
    chair: User = field(default_factory=lambda: factories.user(Role.CHAIR, name="Chris Chair"))
    deputy: User = field(default_factory=lambda: factories.user(Role.DEPUTY, name="Dana Deputy"))
    member: User = field(default_factory=lambda: factories.user(Role.COMMITTEE, name="Mara Member"))
    other: User = field(default_factory=lambda: factories.user(Role.COMMITTEE, name="Otis Other"))
    registrar: User = field(default_factory=lambda: factories.user(Role.REGISTRAR, name="Robin Registrar"))

    def __post_init__(self) -> None:
        self.lead = factories.user(Role.LEAD, self.unit, name="Lee Lead")
        self.application: Application

    def drafted(self, **answers: Any) -> Application:
        """A draft for issuing authority."""
        self.application = actions.draft_authority_application(self.unit, ANSWERS | answers, by=self.lead)
        return self.application

    def submitted(self, **answers: Any) -> Application:
        """An application for issuing authority before the committee."""
        self.drafted(**answers)
        actions.submit_application(self.application, by=self.lead)
        return self.application

    def declared(self, *users: User) -> Application:
        """… of which these people (or the chair and both members) said that they have no interest."""
        if not hasattr(self, "application"):
            self.submitted()
        for user in users or (self.chair, self.member, self.other):
            actions.declare_interest(self.application, False, by=user)
        return self.application

    def reviewed(self, *, score: int = 2, **others: int) -> Application:
        """… with the quorum's two reviews, the chair's declaration, and all scores alike but for those named."""
        self.declared()
        for user in (self.member, self.other):
            actions.submit_review(self.application, scores(score, **others), by=user)
        return self.application

    def approved(self, **decision: Any) -> Decision:
        """… and approved by the chair."""
        self.reviewed()
        return actions.decide(self.application, Outcome.APPROVE, by=self.chair, **decision)

    def authority(self, **decision: Any) -> IssuingAuthority:
        """The issuing authority of the unit."""
        return self.approved(**decision).authority

    def version(self, **fields: Any) -> Version:
        """A draft version of which nothing is missing."""
        version = catalogue.draft_micro_credential(self.unit, "Whole-Food Cooking", by=self.lead)
        catalogue.edit_draft(version, DEFINITION | fields, COMPETENCIES, by=self.lead)
        return Version.objects.get(pk=version.pk)

    def next_version(self, micro_credential: MicroCredential, **fields: Any) -> Version:
        """A draft of its next version."""
        version = catalogue.draft_new_version(micro_credential, "minor", by=self.lead)
        return catalogue.edit_draft(version, fields, by=self.lead)

    def micro_credential_drafted(self, **fields: Any) -> Application:
        """A draft for a micro-credential of a unit that has its authority."""
        self.authority()
        self.application = actions.draft_micro_credential_application(self.version(**fields), by=self.lead)
        return self.application

    def micro_credential_submitted(self, **fields: Any) -> Application:
        """An application for a micro-credential before the committee."""
        self.micro_credential_drafted(**fields)
        actions.submit_application(self.application, by=self.lead)
        return self.application


def scores(score: int = 2, **others: int) -> dict[str, Any]:
    """Scores for every criterion of the default rubric, alike but for those named."""
    keys = [criterion["key"] for criterion in rubric.DEFAULT]
    return {key: {"score": others.get(key, score), "reason": "As the application shows."} for key in keys}


def fresh(application: Application) -> Application:
    """Another person's copy of the application."""
    return Application.objects.get(pk=application.pk)
