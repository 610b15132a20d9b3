"""`laurels assess FILE`: results from a table, after a dry run."""

import csv
import io

import click
import pytest

from laurels.cli import assess
from laurels.errors import Invalid, Missing
from laurels.jobs.models import Job
from laurels.people.models import Role
from laurels.training import actions
from laurels.training.models import Assessment, HandIn
from tests import factories
from tests.laurels.awards.spreadsheet import workbook
from tests.laurels.training.class_room import class_room

pytestmark = pytest.mark.django_db

HEADER = ["Address", "Competency", "Level", "Words"]


@pytest.fixture
def room(monkeypatch):
    monkeypatch.setattr(assess.database, "prepare", lambda: None)
    monkeypatch.setenv("COLUMNS", "400")
    return class_room()


def as_csv(rows) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def run(tmp_path, content: bytes, room, by: str = "", yes: bool = True) -> int:
    file = tmp_path / "results.csv"
    file.write_bytes(content)
    return assess.run(file, by or room.assessor.email, yes)


def rows(room) -> list[list[str]]:
    address = room.learner.email
    return [
        HEADER,
        [address.upper(), "Plan a week of meals", "Proficient", "Well planned."],
        [address, "2", "not yet", "Taste it first."],
    ]


@pytest.mark.parametrize("form", [as_csv, workbook])
def test_good_rows_are_stored(room, tmp_path, capsys, form):
    assert run(tmp_path, form(rows(room)), room) == 0
    made = Assessment.objects.order_by("competency__position")
    assert [(one.level, one.words, one.assessor) for one in made] == [
        ("proficient", "Well planned.", room.assessor),
        ("", "Taste it first.", room.assessor),
    ]
    assert "2 of 2 rows were stored." in capsys.readouterr().out


def test_the_verdict_rests_on_what_was_handed_in_and_closes_it(room, tmp_path):
    piece, _ = room.evidence("Soup"), room.evidence("Bread")
    actions.hand_in(room.enrolment, room.competency(0), [piece], "", by=room.learner)
    run(tmp_path, as_csv(rows(room)[:2]), room)
    assert [one.evidence for one in Assessment.objects.get().rests_on.all()] == [piece]
    assert HandIn.objects.get().closed_at is not None


def test_without_a_yes_nothing_is_stored_and_nobody_is_told(room, tmp_path, monkeypatch, capsys):
    before = Job.objects.count()
    monkeypatch.setattr(click, "confirm", lambda *_, **__: (_ for _ in ()).throw(click.Abort))
    with pytest.raises(click.Abort):
        run(tmp_path, as_csv(rows(room)), room, yes=False)
    assert "2 of 2 rows can be stored" in capsys.readouterr().out
    assert not Assessment.objects.exists()
    assert Job.objects.count() == before


def test_each_row_is_judged_alone(room, tmp_path, capsys):
    address = room.learner.email
    given = [
        HEADER,
        [address, "1", "proficient", "Good."],
        [address, "1", "proficient", "Twice."],
        ["nobody@example.org", "1", "proficient", "Who?"],
        [address, "Fly", "proficient", "How?"],
        [address, "2", "wizard", "What?"],
        [address, "2", "proficient", ""],
    ]
    assert run(tmp_path, as_csv(given), room) == 1
    said = capsys.readouterr().out
    for words in (
        "Line 2 has a verdict on this competency already.",
        "There is no enrolment “nobody@example.org”",
        "is none of the competencies: 1. Plan a week of meals; 2.",
        "“wizard” is no level: write “not yet” or one of foundational, proficient, mastery.",
        "Say in at most 4000 characters",
        "1 of 6 rows were stored.",
    ):
        assert words in said
    assert Assessment.objects.count() == 1


def test_an_enrolment_is_named_by_its_number_or_address(room, tmp_path):
    given = [["enrolment", *HEADER[1:]], [f"http://localhost:8000/learn/{room.enrolment.pk}", "1", "mastery", "Good."]]
    assert run(tmp_path, as_csv(given), room) == 0


def test_nobody_assesses_another_units_learners_or_an_own_enrolment(room, tmp_path, capsys):
    foreign = factories.user(Role.ASSESSOR, factories.unit())
    assert run(tmp_path, as_csv(rows(room)), room, by=foreign.email) == 1
    assert "There is no enrolment" in capsys.readouterr().out
    own = room.enrol(room.assessor)
    assert run(tmp_path, as_csv([HEADER, [own.address.folded, "1", "mastery", "Me."]]), room) == 1
    assert "This is your own enrolment." in capsys.readouterr().out
    assert not Assessment.objects.exists()


def test_what_is_no_table_of_results_is_refused_whole(room, tmp_path):
    for content in (b"", b"address,level\na@example.org,mastery\n", b"competency,level,words\n1,mastery,Good.\n"):
        with pytest.raises(Invalid):
            run(tmp_path, content, room)
    with pytest.raises(Missing):
        run(tmp_path, as_csv(rows(room)), room, by="nobody@example.org")
