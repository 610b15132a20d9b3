"""The committee's pages: interest first, own scores before others', the sentence before the decision."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from laurels.governance import actions, rubric
from laurels.governance.models import Decision, Review, State
from laurels.people.actions import give_role
from laurels.people.models import Role
from laurels.people.system import system
from tests.faces.house import House
from tests.laurels.governance.road import ANSWERS, fresh, scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    house = House()
    house.submitted()
    return house


def at(house: House, name: str = "application") -> str:
    return reverse(name, args=[house.application.pk])


def typed(score: int | str = 2, **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for criterion in rubric.DEFAULT:
        given[f"{criterion['key']}-score"] = score
        given[f"{criterion['key']}-reason"] = f"Because of {criterion['key']}."
    return given | changes


def test_nothing_is_shown_before_the_declaration(client: Client, house: House) -> None:
    client.force_login(house.member)
    page = client.get(at(house)).content.decode()
    assert "Do you have an interest in this application?" in page
    assert ANSWERS["training"] not in page
    assert client.get(at(house, "review"))["Location"] == at(house)


def test_an_interest_shuts_the_door(client: Client, house: House) -> None:
    client.force_login(house.member)
    empty = client.post(at(house, "interest"), {"has_interest": "yes", "interest": " "})
    assert empty.status_code == 422
    assert "Say in a few words what the interest is." in empty.content.decode()
    client.post(at(house, "interest"), {"has_interest": "yes", "interest": "My brother teaches there."})
    page = client.get(at(house)).content.decode()
    assert "You declared an interest in this application, so you take no part in it." in page
    assert ANSWERS["training"] not in page
    assert client.get(at(house, "review"))["Location"] == at(house)


def test_a_member_of_the_applying_unit_is_refused(client: Client, house: House) -> None:
    client.force_login(house.lead)
    assert client.get(at(house, "review")).status_code == 404
    actions.declare_interest(house.application, False, by=house.chair)
    person = house.assessor
    client.force_login(person)
    from_outside = client.post(at(house, "interest"), {"has_interest": "no"})
    assert from_outside.status_code == 404


def test_a_review_needs_a_score_and_a_reason_everywhere_and_keeps_what_was_typed(client: Client, house: House) -> None:
    house.declared()
    client.force_login(house.member)
    page = client.get(at(house, "review")).content.decode()
    assert ANSWERS["mission"] in page
    assert page.count("What they say") == 4
    assert " checked" not in page
    answer = client.post(at(house, "review"), typed(**{"safety-score": "", "need-reason": " "}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Scope of practice and safety: choose a score from 0 to 3." in page
    assert "Need and recognition: give the reason for the score." in page
    assert "Because of rigor." in page
    assert page.count(" checked") == 9
    assert not Review.objects.filter(submitted_at__isnull=False).exists()


def test_others_scores_are_shown_once_mine_are_in(client: Client, house: House) -> None:
    house.declared()
    actions.submit_review(house.application, scores(3), by=house.other)
    client.force_login(house.member)
    assert "As the application shows." not in client.get(at(house, "review")).content.decode()
    client.post(at(house, "review"), typed())
    page = client.get(at(house, "review")).content.decode()
    assert "As the application shows." in page
    assert house.other.name in page
    assert "The quorum is met." in page


@pytest.mark.parametrize("score", ["4", "-1", "two", "²", "1.5"])
def test_a_score_that_is_none_is_refused(client: Client, house: House, score: str) -> None:
    house.declared()
    client.force_login(house.member)
    assert client.post(at(house, "review"), typed(score)).status_code == 422


def test_there_is_no_decision_without_a_quorum(client: Client, house: House) -> None:
    house.declared()
    client.force_login(house.chair)
    page = client.get(at(house, "decide")).content.decode()
    assert "No decision yet: 0 of 2 reviews are in." in page
    answer = client.post(at(house, "decide"), {"outcome": "approved", "act": "record"})
    assert answer.status_code == 422
    assert not Decision.objects.exists()


def record(
    client: Client, house: House, given: dict[str, str], *, but: dict[str, str] | None = None
) -> HttpResponseBase:
    """Look at the sentence as it will be recorded, then record it, as the page's form does; or something else."""
    page = client.post(at(house, "decide"), given | {"act": "look"}).content.decode()
    shown = re.search(r'name="shown" value="([^"]*)"', page)
    assert shown is not None
    words = {"shown": html.unescape(shown[1]), "act": "record"}
    return client.post(at(house, "decide"), given | words | (but or {}))


def test_the_sentence_is_shown_before_the_decision_is_recorded(client: Client, house: House) -> None:
    house.reviewed()
    client.force_login(house.chair)
    given = {"outcome": "approved", "conditions": "Report after a year.", "valid_from": "", "valid_until": ""}
    page = client.post(at(house, "decide"), given | {"act": "look"}).content.decode()
    assert f"approves issuing authority for {house.unit.name}" in page
    assert "Conditions: Report after a year." in page
    assert not Decision.objects.exists()
    changed = record(client, house, given, but={"conditions": "Report after two years."})
    assert changed.status_code == 422
    assert "This is not the sentence that you were shown." in changed.content.decode()
    assert not Decision.objects.exists()
    record(client, house, given)
    decision = Decision.objects.get()
    assert (decision.outcome, decision.conditions) == ("approved", "Report after a year.")
    public = Client().get(f"/decisions/{decision.number}").content.decode()
    assert "Report after a year." in public
    assert "As the application shows." not in public


def test_what_is_decided_is_not_asked_for_again(client: Client, house: House) -> None:
    house.reviewed()
    client.force_login(house.chair)
    record(client, house, {"outcome": "approved", "valid_from": "", "valid_until": ""})
    assert client.get(at(house, "decide"))["Location"] == at(house)
    assert client.post(at(house, "decide"), {"outcome": "declined", "note": "No.", "act": "record"}).status_code >= 400
    assert Decision.objects.get().outcome == "approved"


def test_what_falls_below_a_minimum_cannot_be_approved(client: Client, house: House) -> None:
    house.reviewed(mission=1)
    client.force_login(house.chair)
    assert "mission alignment has 1 and needs 2" in client.get(at(house, "decide")).content.decode()
    for act in ("look", "record"):
        answer = client.post(at(house, "decide"), {"outcome": "approved", "act": act})
        page = answer.content.decode()
        assert "It cannot be approved as it stands: mission alignment has 1 and needs 2" in page
        assert 'value="record"' not in page
    assert answer.status_code == 422
    assert fresh(house.application).state == State.UNDER_REVIEW


def test_a_decline_needs_reasons_which_do_not_become_public(client: Client, house: House) -> None:
    house.reviewed()
    client.force_login(house.chair)
    for act in ("look", "record"):
        bare = client.post(at(house, "decide"), {"outcome": "declined", "act": act})
        assert bare.status_code == 422
        assert '<a href="#id_note">' in bare.content.decode()
        assert 'value="record"' not in bare.content.decode()
    record(client, house, {"outcome": "declined", "note": "Too thin by far."})
    decision = Decision.objects.get()
    public = Client().get(f"/decisions/{decision.number}").content.decode()
    assert "Declined: issuing authority" in public
    assert "Too thin" not in public
    client.force_login(house.lead)
    assert "Too thin by far." in client.get(at(house)).content.decode()


@pytest.mark.parametrize(
    ("field", "first", "last", "words"),
    [
        ("valid_until", "2099-05-01", "2099-04-30", "It ends before it begins, on 1 May 2099."),
        ("valid_from", "2001-01-01", "", "the day of the decision."),
    ],
)
def test_a_term_that_cannot_be_one_is_refused_beside_its_field(
    client: Client, house: House, field: str, first: str, last: str, words: str
) -> None:
    house.reviewed()
    client.force_login(house.chair)
    given = {"outcome": "approved", "valid_from": first, "valid_until": last, "conditions": "Report after a year."}
    for act in ("look", "record"):
        answer = client.post(at(house, "decide"), given | {"act": act})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert f'<a href="#id_{field}">' in page
        assert words in page
        assert "Report after a year." in page
        assert 'value="record"' not in page
    assert not Decision.objects.exists()


def test_a_term_that_was_left_open_is_in_the_sentence(client: Client, house: House) -> None:
    house.reviewed()
    client.force_login(house.chair)
    given = {"outcome": "approved", "valid_from": "2098-05-01", "valid_until": ""}
    page = client.post(at(house, "decide"), given | {"act": "look"}).content.decode()
    assert "from 1 May 2098 until 30 April 2101" in page
    record(client, house, given)
    assert Decision.objects.get().valid_until == date(2101, 4, 30)


def test_who_has_not_declared_is_led_to_the_declaration(client: Client, house: House) -> None:
    house.declared(house.member)
    client.force_login(house.chair)
    for answer in (client.get(at(house, "decide")), client.post(at(house, "changes"), {"words": "Say who."})):
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "First say whether you have an interest in this application." in page
        assert f'<a class="button" href="{at(house)}">Declare it</a>' in page
    assert "Do you have an interest in this application?" in client.get(at(house)).content.decode()


def test_whoever_is_waited_for_can_be_reminded_once_a_day(client: Client, house: House) -> None:
    house.declared()
    client.force_login(house.chair)
    page = client.get(at(house, "decide")).content.decode()
    assert f"Remind {house.member.name}</button>" in page
    assert f"Remind {house.chair.name}</button>" not in page
    given = {"person": str(house.member.pk), "from": "decide"}
    page = client.post(at(house, "remind"), given, follow=True).content.decode()
    assert f"{house.member.name} has been reminded." in page
    assert f"{house.member.name} was reminded today." in page
    assert f"Remind {house.member.name}</button>" not in page
    again = client.post(at(house, "remind"), given)
    assert again.status_code == 409
    assert f"{house.member.name} was reminded today already. Once a day is enough." in again.content.decode()
    for person in ("", "²", "0", "1e9"):
        assert client.post(at(house, "remind"), {"person": person}).status_code == 404


def test_who_belongs_to_the_unit_tells_the_chair(client: Client, house: House) -> None:
    give_role(house.member, house.unit, Role.INSTRUCTOR, by=system())
    client.force_login(house.member)
    door = client.get(at(house))
    assert door.status_code == 403
    assert ANSWERS["training"] not in door.content.decode()
    refused = client.post(at(house, "interest"), {"has_interest": "no"})
    for page in (door.content.decode(), refused.content.decode()):
        assert "so you cannot review it. Another member will." in page
        assert f'action="{at(house, "tell-chair")}"' in page
        assert ">Tell the chair</button>" in page
    told = client.post(at(house, "tell-chair"), follow=True).content.decode()
    assert "The chair has been told." in told
    again = client.post(at(house, "tell-chair"))
    assert again.status_code == 409
    assert "The chair was told of it today already." in again.content.decode()


def test_a_deputy_is_told_who_decides(client: Client, house: House) -> None:
    house.reviewed()
    client.force_login(house.deputy)
    answer = client.get(at(house, "decide"))
    assert answer.status_code == 403
    assert f"{house.chair.name} decides as chair." in answer.content.decode()


def test_the_chair_asks_for_changes(client: Client, house: House) -> None:
    house.declared()
    client.force_login(house.chair)
    empty = client.post(at(house, "changes"), {"words": ""})
    assert empty.status_code == 422
    assert "Not asked yet. Please mend this:" in empty.content.decode()
    assert '<a href="#id_words">' in empty.content.decode()
    client.post(at(house, "changes"), {"words": "Say who moderates."})
    assert fresh(house.application).state == State.CHANGES_REQUESTED
    page = client.get(reverse("committee-desk")).content.decode()
    assert "With their units, for changes" in page


def test_the_desk_sorts_what_is_before_us(client: Client, house: House) -> None:
    client.force_login(house.member)
    page = client.get(reverse("committee-desk")).content.decode()
    assert "<title>1 waiting: Committee desk" in page
    house.reviewed()
    client.force_login(house.chair)
    page = client.get(reverse("committee-desk")).content.decode()
    assert "Ready to decide: 1" in page
    assert at(house, "decide") in page


def test_the_desk_can_be_taken_away(client: Client, house: House) -> None:
    client.force_login(house.member)
    answer = client.get(reverse("committee-desk"), {"form": "csv"})
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0] == "unit,kind,micro-credential,state,handed in at (UTC),decision"
    assert lines[1].startswith(f"{house.unit.name},issuing authority,,submitted,")


def test_a_new_version_is_shown_beside_the_one_that_is_approved(client: Client) -> None:
    house = House()
    first = house.published()
    version = house.next_version(first.micro_credential, summary="Cook two weeks of whole-food meals.")
    house.application = actions.draft_micro_credential_application(version, by=house.lead)
    actions.submit_application(house.application, by=house.lead)
    actions.declare_interest(house.application, False, by=house.member)
    client.force_login(house.member)
    page = client.get(at(house, "review")).content.decode()
    assert "What changed since the last version, 1.0.0" in page
    assert "<del>Cook a week of whole-food meals.</del>" in page
    assert "<ins>Cook two weeks of whole-food meals.</ins>" in page


def test_a_first_version_changes_nothing_that_was_approved(client: Client) -> None:
    house = House()
    house.micro_credential_submitted()
    actions.declare_interest(house.application, False, by=house.member)
    client.force_login(house.member)
    assert "What changed since the last version" not in client.get(at(house, "review")).content.decode()


def test_earlier_reviews_name_their_criteria(client: Client, house: House) -> None:
    house.reviewed()
    actions.request_changes(house.application, "Say who moderates.", by=house.chair)
    actions.submit_application(house.application, by=house.lead)
    actions.declare_interest(house.application, False, by=house.member)
    client.force_login(house.member)
    page = client.get(at(house, "review")).content.decode()
    assert "<li>Mission alignment: <strong>2</strong>" in page
