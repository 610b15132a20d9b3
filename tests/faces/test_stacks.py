"""The pages of stacks: what adds up to what, what a learner has of it, what if, competencies, and flags."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from laurels import clock
from laurels.awards import actions
from laurels.awards.models import Award, PartFate, StackPart
from laurels.jobs import outbox
from laurels.people.models import Address, User
from tests import factories
from tests.laurels.awards.day import NOW
from tests.laurels.awards.stacks import Stacked, two

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_day() -> Iterator[None]:
    with clock.pinned(NOW):
        yield


@pytest.fixture
def house() -> Stacked:
    return two(
        {
            "all": [
                {"award": "cooking"},
                {"any": [{"award": "baking"}, {"blocks": {"n": 2, "from": {"list": ["cooking", "baking"]}}}]},
            ]
        }
    )


@pytest.fixture
def ada(client: Client) -> User:
    person = factories.user(name="Ada Lovelace")
    client.force_login(person)
    return person


def earned(house: Stacked, ada: User, *titles: str) -> None:
    for title in titles:
        house.award(title, "ada@example.org")
    Address.objects.filter(folded="ada@example.org").update(person=ada)


def read(client: Client, name: str, *of: object) -> str:
    answer = client.get(reverse(name, args=of))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_everybody_sees_what_adds_up_to_it(client: Client, house: Stacked) -> None:
    page = read(client, "micro-credential", "educator")
    assert "<strong>all of</strong>" in page
    assert "2 blocks (24 hours) from Cooking or Baking" in page
    assert 'class="adds-up"' in page
    assert "the registrar looks at it" in page
    assert "state" not in page.partition("What adds up to it")[2].partition("</ul>")[0]
    assert client.cookies == {}


def test_the_catalogue_shows_it_as_a_stack(client: Client, house: Stacked) -> None:
    assert "Stack of at least 1 block" in read(client, "catalogue")


def test_a_learner_sees_what_is_held_and_what_is_one_step_away(client: Client, house: Stacked, ada: User) -> None:
    earned(house, ada, "Cooking")
    page = read(client, "stack-progress", "educator")
    assert "You have 1 of 2." in page
    assert "One step away: Baking." in page
    assert 'Cooking</a>: <span class="state">held</span>' in page
    assert 'Baking</a>: <span class="state">one step away</span>' in page
    assert "(1 of 2)" in page


def test_a_lost_part_is_told(client: Client, house: Stacked, ada: User) -> None:
    earned(house, ada, "Cooking")
    outbox.run_pending()
    award = Award.objects.select_related("badge", "version__micro_credential__unit").get()
    actions.revoke_award(award, "wrong details", "", by=house.ready.registrar)
    assert 'Cooking</a>: <span class="state">lost</span>' in read(client, "stack-progress", "educator")


def test_what_if_says_what_would_be_complete(client: Client, house: Stacked, ada: User) -> None:
    earned(house, ada, "Cooking")
    page = client.get(reverse("stack-progress", args=["educator"]), {"add": "baking"}).content.decode()
    assert "Then you would have: Educator." in page
    page = client.get(reverse("stack-progress", args=["educator"]), {"add": "nothing"}).content.decode()
    assert "Then you would have" not in page


def test_the_prize_is_shown_with_its_parts_on_its_badge_page(client: Client, house: Stacked, ada: User) -> None:
    earned(house, ada, "Cooking", "Baking")
    outbox.run_pending()
    (prize,) = house.prizes("Educator")
    assert "You hold this badge." in read(client, "stack-progress", "educator")
    page = read(client, "badge", prize.badge_id)
    assert "Made of 2" in page
    assert page.count(": valid</li>") == 2
    assert "Earned by other awards" in page


def test_competencies_stand_at_their_highest_level_with_where_they_come_from(
    client: Client, house: Stacked, ada: User
) -> None:
    house.award("Cooking", "ada@example.org", levels={"Plan a week of meals": "mastery"})
    earned(house, ada, "Baking")
    page = read(client, "competencies")
    skill = page.partition("Plan a week of meals")[2].partition("</li>")[0]
    assert '<span class="level">mastery</span>' in skill
    assert skill.index("Cooking") < skill.index("Baking")


def test_somebody_without_awards_is_shown_the_catalogue(client: Client, house: Stacked, ada: User) -> None:
    assert "Nothing earned yet" in read(client, "competencies")


def test_progress_is_for_people_who_have_signed_in(client: Client, house: Stacked) -> None:
    assert client.get(reverse("stack-progress", args=["educator"])).status_code == 302
    assert client.get(reverse("competencies")).status_code == 302


def test_the_registrar_answers_flags_and_nobody_else_sees_them(client: Client, house: Stacked, ada: User) -> None:
    earned(house, ada, "Cooking", "Baking")
    outbox.run_pending()
    part = Award.objects.select_related("badge", "version__micro_credential__unit").get(
        version=house.versions["Cooking"]
    )
    actions.revoke_award(part, "misconduct", "", by=house.ready.registrar)
    (prize,) = house.prizes("Educator")
    assert "the registrar is looking at it" in read(client, "stack-progress", "educator")
    assert client.get(reverse("stack-flags")).status_code == 404
    assert client.post(reverse("stack-settle", args=[prize.pk]), {"act": "keep"}).status_code == 404
    client.force_login(house.ready.registrar)
    assert "was revoked" in read(client, "stack-flags")
    client.post(reverse("stack-settle", args=[prize.pk]), {"act": "revoke", "words": "Looked at it."})
    prize.refresh_from_db()
    assert not prize.live
    assert StackPart.objects.get(part=part).fate == PartFate.REVOKED
    assert "No stack waits for you." in read(client, "stack-flags")
