"""A stack that lacks nothing, over micro-credentials that are published."""

from collections.abc import Mapping
from typing import Any

from laurels.catalogue import actions
from laurels.catalogue.models import Version
from laurels.people.models import User
from laurels.people.system import system
from tests.laurels.catalogue import drafts

FIELDS: Mapping[str, Any] = {
    "short_title": "Food educator",
    "monogram": "Fe",
    "summary": "Teach others to cook whole foods.",
    "mission_alignment": "Food is medicine.",
    "tags": ["nutrition"],
    "quality_assurance": "The committee looks at it each year",
}
SHOWS = ({"statement": "Teach a kitchen to cook for its health", "level": "proficient"},)


def rule(body: Mapping[str, Any]) -> dict[str, Any]:
    """A rule as versioned JSON."""
    return {"version": 1, "rule": dict(body)}


def all_of(*slugs: str) -> dict[str, Any]:
    """A rule that asks for each of these micro-credentials."""
    return rule({"all": [{"award": slug} for slug in slugs]})


def complete(by: User, given: Mapping[str, Any], title: str = "Food Educator", **fields: object) -> Version:
    """A draft of a stack that lacks nothing."""
    version = actions.draft_stack(drafts.unit_of(by), title, by=by)
    return actions.edit_draft(version, {**FIELDS, "rule": dict(given), **fields}, SHOWS, by=by)


def published(by: User, given: Mapping[str, Any], title: str = "Food Educator", **fields: object) -> Version:
    """A published stack."""
    return actions.publish(complete(by, given, title, **fields), drafts.approval(), by=system())


def parts(by: User, *titles: str, **fields: object) -> list[Version]:
    """Published micro-credentials of these titles."""
    return [drafts.published(by, title, **fields) for title in titles]
