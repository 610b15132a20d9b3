"""A lead, a draft that lacks nothing, and the approval that publishes it."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from laurels.audit.models import Entry
from laurels.catalogue import actions
from laurels.catalogue.definition import Approval
from laurels.catalogue.models import Version
from laurels.people.models import Role, Unit, User
from laurels.people.system import system
from tests import factories
from tests.laurels.catalogue.day import NOW as NOW

FIELDS: dict[str, Any] = {
    "short_title": "Whole-food cooking",
    "monogram": "Wf",
    "summary": "Cook whole foods for a household.",
    "mission_alignment": "Food is medicine.",
    "tags": ["nutrition", "cooking"],
    "way": "on site",
    "contact_hours": "4",
    "practice_hours": "6 h 30 min",
    "independent_hours": "1.5",
    "informal_hours_most": "2",
    "assessment": [{"type": "practical", "weight": 60}, {"type": "portfolio", "weight": 40}],
    "quality_assurance": "The committee looks at it each year",
    "evidence": "A plan of a week.",
}
LINK = {
    "framework": "O*NET-SOC",
    "code": "29-1031.00",
    "name": "Dietitians and Nutritionists",
    "url": "https://www.onetonline.org/link/summary/29-1031.00",
}
COMPETENCIES: Sequence[dict[str, Any]] = (
    {"statement": "Plan a week of meals", "level": "proficient", "indicators": ["Names a budget"], "links": [LINK]},
    {"statement": "Cook grains safely", "level": "foundational", "links": [LINK]},
)


def lead(unit: Unit | None = None) -> User:
    """The lead of a unit."""
    return factories.user(Role.LEAD, unit or factories.unit())


def unit_of(person: User) -> Unit:
    """The unit that the person acts for."""
    return person.memberships.select_related("unit").get().unit


def draft(by: User, title: str = "Whole-Food Cooking Foundations") -> Version:
    """A draft with a title only."""
    return actions.draft_micro_credential(unit_of(by), title, by=by)


def complete(by: User, title: str = "Whole-Food Cooking Foundations", **fields: object) -> Version:
    """A draft that lacks nothing."""
    return actions.edit_draft(draft(by, title), {**FIELDS, **fields}, COMPETENCIES, by=by)


def approval(number: str = "2027-014", on: datetime.date = datetime.date(2027, 3, 12)) -> Approval:
    """A decision of record."""
    names = [str(uuid.uuid5(uuid.NAMESPACE_OID, f"{number} {standard}")) for standard in ("3.0", "2.0")]
    return Approval(number, on, "Committee on Micro-credentials", 1, *names)


def published(by: User, title: str = "Whole-Food Cooking Foundations", **fields: object) -> Version:
    """A published version."""
    return actions.publish(complete(by, title, **fields), approval(), by=system())


def trace(since: int = 0) -> list[str]:
    """What the audit says was done, oldest first, after so many entries."""
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))[since:]
