"""The assessors' desk: what waits, giving a verdict, second looks, appeals."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from laurels import clock
from laurels.people.models import Role, University
from laurels.training import actions
from laurels.training.models import Appeal, Assessment, HandIn, Moderation
from laurels.training.verdict import Verdict
from tests import factories
from tests.laurels.training.class_room import ClassRoom, class_room

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15


@pytest.fixture
def room() -> ClassRoom:
    return class_room()


@pytest.fixture
def second(room):
    return factories.user(Role.ASSESSOR, room.unit, name="Ann Other")


def handed(room: ClassRoom, place: int = 0, enrolment=None) -> HandIn:
    enrolment = enrolment or room.enrolment
    learner = enrolment.enrolled_by
    piece = room.evidence("Soup", enrolment=enrolment)
    return actions.hand_in(enrolment, room.competency(place), [piece], "Look at the soup.", by=learner)


def queue(room: ClassRoom, query: str = "") -> str:
    return f"/desk/units/{room.unit.slug}/assessing{query}"


def page(client: Client, user, path: str) -> str:
    client.force_login(user)
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def verdict(room, **given):
    return {"level": "proficient", "words": "Well done.", "indicators": ["Plans"], **given}


def test_the_queue_is_oldest_first_and_marks_what_is_overdue(room, client):
    for days, name in ((1, "New Nora"), (60, "Old Olga"), (30, "Mid Mia")):
        enrolment = room.enrol(factories.user(name=name))
        with clock.pinned(clock.now() - datetime.timedelta(days)):
            handed(room, enrolment=enrolment)
    shown = page(client, room.assessor, queue(room))
    assert shown.index("Old Olga") < shown.index("Mid Mia") < shown.index("New Nora")
    assert shown.count("overdue since") == 2
    assert "2 hand-ins are overdue." in shown


def test_it_is_filtered_by_person_and_by_competency(room, client):
    handed(room, 0)
    handed(room, 1, enrolment=room.enrol(factories.user(name="Mia Munch")))
    shown = page(client, room.assessor, queue(room, "?q=mia"))
    assert "Mia Munch" in shown
    assert "Lea Learner" not in shown
    shown = page(client, room.assessor, queue(room, f"?competency={room.competency(0).statement}"))
    assert "Lea Learner" in shown
    assert "Mia Munch" not in shown
    assert "Nothing fits these filters." in page(client, room.assessor, queue(room, "?q=nobody%00"))


def test_its_queries_do_not_grow(room, second, client):
    University.objects.update(moderation_percent=100)
    for number in range(12):
        enrolment = room.enrol(factories.user(name=f"L{number}"))
        handed(room, 0, enrolment=enrolment)
        one = handed(room, 1, enrolment=enrolment)
        made = actions.assess(
            enrolment, room.competency(1), Verdict("", "Not yet."), list(one.evidence.all()), by=room.assessor
        )
        actions.appeal(made, "No.", by=enrolment.enrolled_by)
    client.force_login(second)
    first = [f"{queue(room)}/{HandIn.objects.filter(closed_at=None).first().pk}"]
    again = [f"{queue(room)}/second-looks/{Moderation.objects.first().pk}"]
    heard = [f"{queue(room)}/appeals/{Appeal.objects.first().pk}"]
    for path in (*(queue(room, f"?list={name}") for name in ("assess", "moderate", "appeals")), *first, *again, *heard):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(path)
        assert answer.status_code == 200
        assert len(queries) <= MOST_QUERIES, (path, len(queries), [one["sql"][:120] for one in queries])


def test_a_verdict_is_stored_and_the_next_is_opened(room, client):
    one = handed(room, 0)
    other = handed(room, 1, enrolment=room.enrol(factories.user(name="Mia Munch")))
    shown = page(client, room.assessor, f"{queue(room)}/{one.pk}")
    assert "Look at the soup." in shown
    assert 'target="_blank" rel="noopener"' not in shown  # a text is read in place
    assert "Soup: it was hot." in shown
    assert "Proficient" in shown
    assert "Foundational (what is asked for)" in shown
    assert 'name="level" value="proficient" required' in shown
    assert "checked" not in shown[shown.index('id="rubric"') :]
    piece = one.evidence.get()
    answer = client.post(f"{queue(room)}/{one.pk}", verdict(room, evidence=[str(piece.pk)]), follow=True)
    assert answer.redirect_chain == [(f"{queue(room)}/{other.pk}", 302)]
    assert "Assessed. 1 left. Now: Mia Munch." in answer.content.decode()
    made = Assessment.objects.get()
    assert (made.level, made.words, made.indicators, made.assessor) == (
        "proficient",
        "Well done.",
        ["Plans"],
        room.assessor,
    )
    assert [rests.sha256 for rests in made.rests_on.all()] == [piece.sha256]
    piece.refresh_from_db()
    assert piece.sealed_at is not None


def test_the_last_one_leads_back_to_the_queue(room, client):
    one = handed(room)
    client.force_login(room.assessor)
    answer = client.post(f"{queue(room)}/{one.pk}", verdict(room), follow=True)
    assert answer.redirect_chain[-1][0] == f"{queue(room)}?list=assess"
    assert "Assessed. Nothing else waits here." in answer.content.decode()


def test_what_is_missing_is_said_beside_the_field_and_nothing_typed_is_lost(room, client):
    one = handed(room)
    client.force_login(room.assessor)
    answer = client.post(f"{queue(room)}/{one.pk}", {"words": "A <b>soup</b>."})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose “not yet” or the level that you saw." in shown
    assert "A &lt;b&gt;soup&lt;/b&gt;." in shown
    assert not Assessment.objects.exists()


def test_not_yet_lets_the_learner_hand_in_again(room, client):
    one = handed(room)
    client.force_login(room.assessor)
    client.post(f"{queue(room)}/{one.pk}", verdict(room, level="not yet", indicators=[]))
    assert Assessment.objects.get().level == ""
    assert handed(room).pk != one.pk


def test_somebody_was_faster(room, second, client):
    one = handed(room)
    client.force_login(room.assessor)
    client.post(f"{queue(room)}/{one.pk}", verdict(room))
    client.force_login(second)
    answer = client.post(f"{queue(room)}/{one.pk}", verdict(room, words="My own long words."))
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Asa Assessor saved this on" in shown
    assert "Your text is kept below." in shown
    assert "My own long words." in shown
    assert Assessment.objects.count() == 1


def test_nobody_assesses_an_own_enrolment(room, client):
    own = room.enrol(room.assessor)
    one = handed(room, enrolment=own)
    words = "This is your own enrolment. Another assessor must assess it."
    assert words in page(client, room.assessor, queue(room))
    shown = page(client, room.assessor, f"{queue(room)}/{one.pk}")
    assert words in shown
    assert "Decide and next" not in shown
    answer = client.post(f"{queue(room)}/{one.pk}", verdict(room))
    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert not Assessment.objects.exists()


def test_a_second_look_is_given_by_another(room, second, client):
    University.objects.update(moderation_percent=100)
    first = room.assess(0, "foundational")
    one = Moderation.objects.get()
    assert "Lea Learner" not in page(client, room.assessor, queue(room, "?list=moderate"))
    assert "You have judged this before." in page(client, room.assessor, f"{queue(room)}/second-looks/{one.pk}")
    assert client.post(f"{queue(room)}/second-looks/{one.pk}", verdict(room)).status_code == 403
    assert "Lea Learner" in page(client, second, queue(room, "?list=moderate"))
    shown = page(client, second, f"{queue(room)}/second-looks/{one.pk}")
    assert "The first assessment" in shown
    answer = client.post(f"{queue(room)}/second-looks/{one.pk}", verdict(room), follow=True)
    assert "Moderated. Nothing else waits here." in answer.content.decode()
    first.refresh_from_db()
    assert first.replaced_by.level == "proficient"


def test_an_appeal_is_heard_by_another(room, second, client):
    first = room.assess(0, "")
    case = actions.appeal(first, "You overlooked the stew.", by=room.learner)
    assert "Lea Learner" not in page(client, room.assessor, queue(room, "?list=appeals"))
    shown = page(client, second, f"{queue(room)}/appeals/{case.pk}")
    assert "You overlooked the stew." in shown
    answer = client.post(f"{queue(room)}/appeals/{case.pk}", verdict(room), follow=True)
    assert "The appeal was heard. Nothing else waits here." in answer.content.decode()
    case.refresh_from_db()
    assert (case.heard_by, case.upheld) == (second, False)
