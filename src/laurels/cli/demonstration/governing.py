"""The road of the sample's applications: authority for units, then their micro-credentials."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from laurels import clock
from laurels.catalogue import actions as catalogue
from laurels.catalogue.models import Version
from laurels.cli.demonstration.founding import unit, user
from laurels.cli.demonstration.sample import facts
from laurels.cli.demonstration.timeline import Event
from laurels.governance import actions
from laurels.governance.models import Application, Kind, Outcome, Review, State
from laurels.people.models import User
from laurels.people.system import university

Find = Callable[[], Application | None]

REVIEWERS = ("member-1", "member-2")
ANSWERS = ("training", "mission", "rigor", "assessors", "scope")
# unit → days ago that its authority was applied for. The first ends within 60 days: three years after its decision.
AUTHORITIES = {"helfgott": 1068, "food-as-medicine": 1000, "botanical-medicine": 760}
# title → days ago that it was applied for
MICRO_CREDENTIALS = {
    "Good Clinical Practice in Natural Medicine Research": 1045,
    "Reading a Clinical Trial": 1035,
    "Whole-Food Cooking Foundations": 960,
    "Leading a Community Cooking Workshop": 930,
    "Identifying Medicinal Plants of the Pacific Northwest": 720,
    "Nutrition Conversations in Primary Care": 700,
    "Herbal Preparations: Infusions, Tinctures, Salves": 690,
}
# title of a stack → days ago that it was applied for
STACKS = {
    "Food as Medicine Educator": 230,
    "Herbal Practice, Proficient": 220,
    "Evidence-Informed Natural Medicine": 210,
}
CHANGED = ("Herb–Drug Interactions for Practitioners", 640)
DECLINED = 400
WAITING = 12
DRAFT = 3
REVIEWED_AFTER = 3


def events() -> Iterator[Event]:
    """Every step of every application."""
    for slug, days in AUTHORITIES.items():
        yield Event(days, f"{unit_facts(slug)['name']} applies for authority", partial(_apply_for_authority, slug))
        yield from _road(partial(authority_application, slug), days, unit_facts(slug)["name"], _conditions(slug))
    for title, days in MICRO_CREDENTIALS.items():
        yield Event(days, f"Application: {title}", partial(_apply, micro_credential(title)))
        yield from _road(partial(application, title), days, title)
    for title, days in STACKS.items():
        yield Event(days, f"Application for a stack: {title}", partial(_apply, stack(title)))
        yield from _road(partial(application, title), days, title)
    yield from _changed(*CHANGED)
    yield from _declined(DECLINED)
    yield from _still_waiting(WAITING)
    yield Event(DRAFT, f"A draft: {facts()['draft']['fields']['title']}", partial(_draft, facts()["draft"]))


def unit_facts(slug: str) -> dict[str, Any]:
    """What the sample says of a unit."""
    return next(given for given in facts()["units"] if given["slug"] == slug)


def micro_credential(title: str) -> dict[str, Any]:
    """What the sample says of a micro-credential."""
    return next(given for given in facts()["micro_credentials"] if given["fields"]["title"] == title)


def stack(title: str) -> dict[str, Any]:
    """What the sample says of a stack."""
    return next(given for given in facts()["stacks"] if given["fields"]["title"] == title)


def authority_application(slug: str) -> Application | None:
    """A unit's application for issuing authority."""
    return Application.objects.filter(unit=unit(slug), kind=Kind.AUTHORITY).order_by("pk").first()


def application(title: str) -> Application | None:
    """The application for the micro-credential of this title."""
    return Application.objects.filter(version__title=title).order_by("pk").first()


def version(title: str) -> Version:
    """The version of this title that is in the catalogue."""
    return Version.objects.filter(title=title).exclude(number="").latest("pk")


def _conditions(slug: str) -> str:
    return str(unit_facts(slug).get("conditions", ""))


def _road(find: Find, days: int, name: str, conditions: str = "", number: int = 1) -> Iterator[Event]:
    for step, reviewer in enumerate(REVIEWERS, start=1):
        yield Event(days - 4 - step, f"Review: {name}", partial(_review, find, reviewer, number))
    yield Event(days - 10, f"Decision: {name}", partial(_approve, find, number, conditions))


def _apply_for_authority(slug: str) -> None:
    lead = user(f"lead.{slug}")
    found = authority_application(slug)
    if found is None:
        answers = {name: unit_facts(slug)[name] for name in ANSWERS}
        found = actions.draft_authority_application(unit(slug), answers, by=lead)
    if found.state == State.DRAFT:
        actions.submit_application(found, by=lead)


def _draft(given: Mapping[str, Any]) -> Version:
    lead = user(f"lead.{given['unit']}")
    title = given["fields"]["title"]
    found = Version.objects.filter(title=title).order_by("pk").first()
    if found is None:
        draft = catalogue.draft_stack if "rule" in given["fields"] else catalogue.draft_micro_credential
        found = draft(unit(given["unit"]), title, by=lead)
    if not found.competencies.exists():
        catalogue.edit_draft(found, _fields(given), given["competencies"], by=lead)
        found.refresh_from_db()
    return found


def _fields(given: Mapping[str, Any]) -> dict[str, Any]:
    """The definition's fields; each is reviewed again three years after its application."""
    today = clock.today(university().zone)
    return {**given["fields"], "next_review": today.replace(year=today.year + REVIEWED_AFTER, day=1)}


def _apply(given: Mapping[str, Any]) -> None:
    lead = user(f"lead.{given['unit']}")
    draft = _draft(given)
    found = draft.applications.first()
    if found is None:
        found = actions.draft_micro_credential_application(draft, by=lead)
    if found.state == State.DRAFT:
        if "answers" in given:
            actions.edit_application(found, given["answers"], by=lead)
            found.refresh_from_db()
        actions.submit_application(found, by=lead)


def _scores(found: Application, reviewer: str, low: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    assert found.rubric is not None
    scores = {}
    for position, criterion in enumerate(found.rubric.criteria):
        score = low.get(criterion["key"], 2 + (position + len(reviewer) + found.pk) % 2)
        scores[criterion["key"]] = {"score": score, "reason": criterion["anchors"][score]}
    return scores


def _review(find: Find, reviewer: str, number: int, low: Mapping[str, int] | None = None) -> None:
    found, member = find(), user(reviewer)
    if found is None or found.round != number or found.state not in (State.SUBMITTED, State.UNDER_REVIEW):
        return
    review = Review.objects.filter(application=found, reviewer=member, round=number).first()
    if review is None:
        actions.declare_interest(found, False, "", by=member)
        found.refresh_from_db()
    elif review.submitted_at is not None:
        return
    actions.submit_review(found, _scores(found, reviewer, low or {}), by=member)


def _declare(find: Find, reviewer: str, words: str) -> None:
    found, member = find(), user(reviewer)
    if found is not None and not Review.objects.filter(application=found, reviewer=member).exists():
        actions.declare_interest(found, True, words, by=member)


def _approve(find: Find, number: int, conditions: str) -> None:
    found = find()
    if found is not None and found.state == State.UNDER_REVIEW and found.round == number:
        actions.decide(found, Outcome.APPROVE, by=_chair_of(found), note="", conditions=conditions)


def _chair_of(found: Application) -> User:
    """The chair, who has said that there is no interest: nobody may decide before that."""
    chair = user("chair")
    if not Review.objects.filter(application=found, reviewer=chair, round=found.round).exists():
        actions.declare_interest(found, False, "", by=chair)
        found.refresh_from_db()
    return chair


def _changed(title: str, days: int) -> Iterator[Event]:
    given = micro_credential(title)
    first = {**given, "fields": {**given["fields"], **FIRST_TRY}}
    find = partial(application, title)
    yield Event(days, f"Application: {title}", partial(_apply, first))
    for step, reviewer in enumerate(REVIEWERS, start=1):
        low = {"rigor": 1, "safety": 1}
        yield Event(days - 4 - step, f"Review: {title}", partial(_review, find, reviewer, 1, low))
    yield Event(days - 9, f"Changes asked for: {title}", partial(_ask_for_changes, find))
    yield Event(days - 20, f"Handed in again: {title}", partial(_hand_in_again, find, given))
    yield from _road(find, days - 20, title, number=2)


FIRST_TRY = {"pass_rule": "Every note is looked at.", "supervision": "None.", "informal_minutes_most": 9 * 60}


def _ask_for_changes(find: Find) -> None:
    found = find()
    if found is not None and found.state == State.UNDER_REVIEW and found.round == 1:
        words = "Say when a note passes, let a pharmacist supervise, and count fewer informal hours."
        actions.request_changes(found, words, by=_chair_of(found))


def _hand_in_again(find: Find, given: Mapping[str, Any]) -> None:
    found, lead = find(), user(f"lead.{given['unit']}")
    if found is not None and found.state == State.CHANGES_REQUESTED:
        actions.edit_definition(found, _fields(given), given["competencies"], by=lead)
        found.refresh_from_db()
        actions.submit_application(found, by=lead)


def _declined(days: int) -> Iterator[Event]:
    given = facts()["declined"]
    title = given["fields"]["title"]
    find = partial(application, title)
    yield Event(days, f"Application: {title}", partial(_apply, given))
    for step, reviewer in enumerate(REVIEWERS, start=1):
        low = {"duplication": 0, "rigor": 1, "need": 1}
        yield Event(days - 4 - step, f"Review: {title}", partial(_review, find, reviewer, 1, low))
    yield Event(days - 10, f"Declined: {title}", partial(_decline, find))


def _decline(find: Find) -> None:
    found = find()
    if found is not None and found.state == State.UNDER_REVIEW:
        note = "Reading a Clinical Trial teaches the same, and more."
        actions.decide(found, Outcome.DECLINE, by=_chair_of(found), note=note)


def _still_waiting(days: int) -> Iterator[Event]:
    slug = "classical-chinese-medicine"
    name, find = unit_facts(slug)["name"], partial(authority_application, slug)
    yield Event(days, f"{name} applies for authority", partial(_apply_for_authority, slug))
    words = "My sister teaches qigong at the college."
    yield Event(days - 5, f"An interest is declared: {name}", partial(_declare, find, "member-3", words))
    yield Event(days - 6, f"Review: {name}", partial(_review, find, "member-1", 1))
