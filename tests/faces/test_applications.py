"""A lead's pages of an application: answers, what is missing, handing in, what the committee asked for."""

import pytest
from django.test import Client
from django.urls import reverse

from laurels.governance import actions
from laurels.governance.models import Application, State
from tests.faces.house import House
from tests.laurels.governance.road import ANSWERS, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(client: Client) -> House:
    house = House()
    client.force_login(house.lead)
    return house


def at(house: House, name: str = "application") -> str:
    return reverse(name, args=[house.application.pk])


def test_a_lead_applies_for_authority_from_the_desk_to_the_committee(client: Client, house: House) -> None:
    begun = client.post(reverse("authority-new", args=[house.unit.slug]))
    house.application = Application.objects.get()
    assert begun["Location"] == at(house, "application-edit")
    assert "Still missing" in client.get(at(house)).content.decode()
    answers = {**ANSWERS, "scope": "nutrition,  cooking, nutrition"}
    assert client.post(at(house, "application-edit"), answers)["Location"] == at(house)
    assert fresh(house.application).answers["scope"] == ["nutrition", "cooking"]
    assert "Nothing is missing." in client.get(at(house)).content.decode()
    client.post(at(house, "application-submit"))
    assert fresh(house.application).state == State.SUBMITTED
    page = client.get(at(house)).content.decode()
    assert "Handed in. The committee has been told" in page
    assert "Edit the answers" not in page


def test_handing_in_too_early_says_what_is_missing(client: Client, house: House) -> None:
    house.drafted(rigor="")
    answer = client.post(at(house, "application-submit"))
    assert answer.status_code == 422
    assert "Rigor is missing." in answer.content.decode()
    assert fresh(house.application).state == State.DRAFT


def test_typed_text_survives_an_answer_that_is_too_long(client: Client, house: House) -> None:
    house.drafted()
    answer = client.post(at(house, "application-edit"), {**ANSWERS, "scope": "cooking", "rigor": "x" * 20_001})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Rigor: at most 20000 characters." in page
    assert ANSWERS["training"] in page
    assert 'href="#id_rigor"' in page
    assert fresh(house.application).answers["rigor"] == ANSWERS["rigor"]


def test_the_words_of_the_committee_and_the_differences_are_shown(client: Client, house: House) -> None:
    house.declared()
    actions.request_changes(house.application, "Say who moderates.", by=house.chair)
    assert "Say who moderates." in client.get(at(house)).content.decode()
    client.post(
        at(house, "application-edit"), {**ANSWERS, "scope": "nutrition, cooking", "rigor": "A panel moderates."}
    )
    client.post(at(house, "application-submit"))
    page = client.get(at(house)).content.decode()
    assert f"<del>{ANSWERS['rigor']}</del>" in page
    assert "<ins>A panel moderates.</ins>" in page


def test_what_lies_outside_the_scope_is_said_before_it_is_handed_in(client: Client, house: House) -> None:
    house.micro_credential_drafted(tags=["surgery"])
    page = client.get(at(house)).content.decode()
    assert f"{house.unit.name} may issue in nutrition and cooking. This is surgery." in page
    assert "Nothing is missing." not in page
    desk = reverse("unit-desk", args=[house.unit.slug])
    assert f'href="{desk}#authority">Apply to widen the scope.' in page
    assert "Apply to widen the scope</button>" in client.get(desk).content.decode()


def test_a_definition_is_not_called_locked_when_the_committee_has_it_no_more(client: Client, house: House) -> None:
    house.micro_credential_submitted()
    assert "It is locked while the committee has it." in client.get(at(house)).content.decode()
    client.post(at(house, "application-withdraw"))
    page = client.get(at(house)).content.decode()
    assert "It is still a draft of the unit" in page
    assert "It is locked" not in page


def test_nobody_of_the_unit_sees_a_review(client: Client, house: House) -> None:
    house.reviewed()
    page = client.get(at(house)).content.decode()
    assert "As the application shows." not in page
    assert house.member.name not in page


def test_withdrawing_asks_first(client: Client, house: House) -> None:
    house.submitted()
    assert "Withdraw this application?" in client.get(at(house, "application-withdraw")).content.decode()
    assert fresh(house.application).state == State.SUBMITTED
    client.post(at(house, "application-withdraw"))
    assert fresh(house.application).state == State.WITHDRAWN


def test_what_has_moved_on_is_refused_in_plain_words(client: Client, house: House) -> None:
    house.submitted()
    answer = client.post(at(house, "application-edit"), {**ANSWERS, "scope": "cooking"})
    assert answer.status_code == 409
    assert "It is handed in" in answer.content.decode()
