"""A unit with several micro-credentials and stacks over them, and learners who earn them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from laurels.awards import actions
from laurels.awards.basis import Basis
from laurels.awards.models import Award
from laurels.catalogue import actions as catalogue
from laurels.catalogue.models import Version
from laurels.people.models import User
from tests.laurels.awards.approved import COMPETENCIES, COMPLETED, FIELDS, Approved, approved, publish

STACK: Mapping[str, object] = {
    "summary": "Teach others to cook.",
    "short_title": "Educator",
    "monogram": "Ed",
    "mission_alignment": "Food is medicine.",
    "tags": ["nutrition"],
    "quality_assurance": "The committee.",
}
SHOWS = ({"statement": "Teach a kitchen to cook", "level": "proficient"},)


@dataclass
class Stacked:
    """The house of one test: what it is built on, and every version by its title."""

    ready: Approved = field(default_factory=approved)
    versions: dict[str, Version] = field(default_factory=dict)

    @property
    def lead(self) -> User:
        """Who awards."""
        return self.ready.lead

    def part(self, title: str, *, blocks: int = 1, **fields: object) -> Version:
        """A published micro-credential of so many blocks; its level is that of its second competency."""
        given = {**FIELDS, "contact_hours": str(12 * blocks), "practice_hours": "0", "short_title": title, **fields}
        draft = catalogue.draft_micro_credential(self.ready.unit, title, by=self.lead)
        draft = catalogue.edit_draft(draft, given, COMPETENCIES, by=self.lead)
        return self._kept(title, publish(draft, self.ready.authority))

    def stack(self, title: str, body: Mapping[str, Any], **fields: object) -> Version:
        """A published stack."""
        draft = catalogue.draft_stack(self.ready.unit, title, by=self.lead)
        rule = {"version": 1, "rule": dict(body)}
        draft = catalogue.edit_draft(draft, {**STACK, "rule": rule, **fields}, SHOWS, by=self.lead)
        return self._kept(title, publish(draft, self.ready.authority))

    def _kept(self, title: str, version: Version) -> Version:
        self.versions[title] = version
        return version

    def award(
        self,
        title: str,
        address: str = "ada@example.org",
        on: datetime.date = COMPLETED,
        levels: Mapping[str, str] | None = None,
    ) -> Award:
        """One award by its title, to an address."""
        version = Version.objects.select_related("micro_credential__unit").get(pk=self.versions[title].pk)
        asked = {str(one.key): (levels or {}).get(one.statement, one.level) for one in version.competencies.all()}
        basis = Basis("roster", "", version.minutes, 0, asked, attested_by=str(self.lead.pk))
        return actions.grant_award(address, "Ada Lovelace", version, basis, on, by=self.lead)

    def prizes(self, title: str, **of: object) -> list[Award]:
        """The prizes of a stack, by its title."""
        found = Award.objects.filter(version__micro_credential=self.versions[title].micro_credential_id, **of)
        return list(found.select_related("address", "badge", "version__micro_credential__unit").order_by("granted_at"))


def two(body: Mapping[str, Any] | None = None, **fields: object) -> Stacked:
    """Two parts, and a stack that asks for both."""
    house = Stacked()
    for title in ("Cooking", "Baking"):
        house.part(title)
    house.stack("Educator", body or {"all": [{"award": "cooking"}, {"award": "baking"}]}, **fields)
    return house
