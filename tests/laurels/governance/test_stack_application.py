"""A stack walks the road of every application: drafted, refused with reasons, reviewed, decided, published."""

import pytest

from laurels import clock
from laurels.catalogue import actions as catalogue
from laurels.catalogue.models import Version, VersionState
from laurels.errors import Invalid
from laurels.governance import actions
from laurels.governance.decision import facts_of, sentence
from laurels.governance.models import Application, Kind, Outcome
from laurels.people.system import university
from tests.laurels.governance.road import MORNING, Road, fresh, scores

pytestmark = pytest.mark.django_db

FIELDS = {
    "short_title": "Educator",
    "monogram": "FE",
    "summary": "Teach others to cook.",
    "mission_alignment": "It carries the art into households.",
    "tags": ["cooking"],
    "quality_assurance": "Reviewed each year by the unit's board.",
}
SHOWS = [{"statement": "Teach a kitchen to cook", "level": "proficient", "indicators": ["Leads it"]}]
ANSWERS = {"mastery": "Teaching, not only doing.", "parts": "Each of them is a step of teaching."}


def decided(road: Road, application: Application) -> Application:
    for user in (road.chair, road.member, road.other):
        actions.declare_interest(fresh(application), False, by=user)
    for user in (road.member, road.other):
        actions.submit_review(fresh(application), scores(), by=user)
    actions.decide(fresh(application), Outcome.APPROVE, by=road.chair)
    return fresh(application)


def part_and_stack(road: Road) -> tuple[Version, Application]:
    """A published micro-credential, and the drafted application for a stack that asks for it."""
    part = decided(road, road.micro_credential_submitted()).version
    assert part is not None
    stack = catalogue.draft_stack(road.unit, "Food Educator", by=road.lead)
    application = actions.draft_micro_credential_application(stack, by=road.lead)
    rule = {"version": 1, "rule": {"award": part.micro_credential.slug}}
    actions.edit_definition(application, {**FIELDS, "rule": rule}, SHOWS, by=road.lead)
    return part, fresh(application)


def test_it_is_applied_for_reviewed_decided_and_published() -> None:
    with clock.pinned(MORNING):
        road = Road()
        part, application = part_and_stack(road)
        assert application.kind == Kind.STACK
        actions.edit_application(application, ANSWERS, by=road.lead)
        submission = actions.submit_application(application, by=road.lead)
        assert submission.content["definition"]["rule"]["rule"] == {"award": part.micro_credential.slug}
        application = decided(road, application)
        assert application.version is not None
        assert application.version.state == VersionState.PUBLISHED
        scored = application.decision.scores
        assert scored["reviews"] == 2
        part.refresh_from_db()
        assert part.counts_to == [application.version.micro_credential_id]


def test_the_decision_speaks_of_a_stack() -> None:
    with clock.pinned(MORNING):
        road = Road()
        _, application = part_and_stack(road)
        actions.edit_application(application, ANSWERS, by=road.lead)
        actions.submit_application(application, by=road.lead)
        for user in (road.chair, road.member, road.other):
            actions.declare_interest(fresh(application), False, by=user)
        for user in (road.member, road.other):
            actions.submit_review(fresh(application), scores(), by=user)
        decision = actions.decide(fresh(application), Outcome.APPROVE, by=road.chair)
        standing = actions.decisions._scores(fresh(application), Outcome.APPROVE)
        facts = facts_of(fresh(application), Outcome.APPROVE, standing, university(), decision.date)
        assert "approves the stack “Food Educator”" in sentence(facts)


def test_it_is_not_handed_in_without_its_answers() -> None:
    with clock.pinned(MORNING):
        road = Road()
        _, application = part_and_stack(road)
        with pytest.raises(Invalid) as refusal:
            actions.submit_application(application, by=road.lead)
        assert set(refusal.value.fields) == {"mastery", "parts"}


def test_it_is_not_handed_in_when_its_rule_has_become_impossible() -> None:
    with clock.pinned(MORNING):
        road = Road()
        part, application = part_and_stack(road)
        actions.edit_application(application, ANSWERS, by=road.lead)
        catalogue.retire_version(part, MORNING.date(), "No teacher.", by=road.lead)
        with pytest.raises(Invalid) as refusal:
            actions.submit_application(fresh(application), by=road.lead)
        assert "is published and not retired" in refusal.value.fields["rule"][0]
