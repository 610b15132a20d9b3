"""The dry run: a verdict on each row, and nothing is awarded."""

import datetime

import pytest

from laurels import clock
from laurels.awards.models import Award, Roster
from laurels.catalogue.actions import retire_version
from laurels.errors import Invalid, NotAllowed
from laurels.governance.models import IssuingAuthority
from laurels.jobs import outbox
from laurels.people.models import Role
from tests import factories
from tests.laurels.awards.approved import COMPLETED, approved
from tests.laurels.awards.day import NOW, TODAY

pytestmark = pytest.mark.django_db


def test_it_keeps_the_file_and_the_verdicts_and_awards_nothing() -> None:
    ready = approved()
    roster = ready.roster(ready.row("ada@example.org"), ready.row("no address"))
    assert [bool(row.problem) for row in roster.rows.all()] == [False, True]
    assert bytes(roster.content).startswith(b"address,name")
    assert len(roster.sha256) == 64
    assert not Award.objects.exists()


def test_it_judges_each_row_by_itself() -> None:
    ready = approved()
    ready.grant("held@example.org")
    rows = {
        "ada@example.org": ({}, ""),
        "ADA@EXAMPLE.ORG": ({}, "in line 2 already"),
        "ill-formed": ({}, "not an e-mail address"),
        "held@example.org": ({}, "Ada Lovelace already holds this badge, awarded on 20 November 2026"),
        "short@example.org": ({"hours": "17"}, "17 h"),
        "quarters@example.org": ({"hours": "18.1"}, "15 min"),
        "informal@example.org": ({"informal hours": "5"}, "5 h"),
        "level@example.org": ({"level 2": "foundational"}, "Cook a meal from whole foods"),
        "word@example.org": ({"level 1": "expert"}, "“expert” is no level"),
        "future@example.org": ({"completed on": TODAY + datetime.timedelta(days=1)}, "lies in the future"),
        "early@example.org": ({"completed on": "2026-09-01"}, "before this version was approved"),
        ready.lead.email: ({}, "your own address"),
        "digest@example.org": ({"evidence": "https://x.example/1", "evidence sha256": "12"}, "64 hexadecimal"),
    }
    problems = ready.problems(*(ready.row(address, **cells) for address, (cells, _) in rows.items()))
    for (address, (_, words)), problem in zip(rows.items(), problems, strict=True):
        assert words in problem if words else problem == "", (address, problem)


def test_a_row_with_several_mistakes_names_them_all() -> None:
    ready = approved()
    problem = ready.problems(ready.row("nobody", hours="", **{"completed on": "soon"}))[0]
    assert "not an e-mail address" in problem
    assert "hours are missing" in problem
    assert "not written as" in problem


def test_international_addresses_are_one_address() -> None:
    ready = approved()
    problems = ready.problems(ready.row("José@Bücher.example"), ready.row("josé@xn--bcher-kva.example"))
    assert problems == ["", "This address is in line 2 already."]


def test_after_a_lapse_each_row_says_so_once_the_teach_out_is_over() -> None:
    ready = approved()
    IssuingAuthority.objects.filter(pk=ready.authority.pk).update(valid_until=COMPLETED)
    rows = (ready.row("a@example.org"), ready.row("b@example.org", **{"completed on": TODAY}))
    within = ready.problems(*rows)
    assert within[0] == ""
    assert "issuing authority ended on 1 November 2026" in within[1]
    with clock.pinned(NOW + datetime.timedelta(days=90)):
        assert "were awarded until 30 January 2027" in ready.problems(*rows)[0]


def test_after_a_retirement_likewise() -> None:
    ready = approved()
    ready.version = retire_version(ready.version, COMPLETED + datetime.timedelta(days=1), "", by=ready.lead)
    rows = (ready.row("a@example.org"), ready.row("b@example.org", **{"completed on": TODAY}))
    within = ready.problems(*rows)
    assert within[0] == ""
    assert "retired on 2 November 2026" in within[1]


def test_a_suspension_is_said_on_each_row() -> None:
    ready = approved()
    IssuingAuthority.objects.filter(pk=ready.authority.pk).update(suspended_at=NOW)
    assert "suspended" in ready.problems(ready.row("a@example.org"))[0]


def test_a_file_that_is_no_roster_leaves_nothing_behind() -> None:
    ready = approved()
    with pytest.raises(Invalid, match="lacks"):
        ready.roster({"address": "ada@example.org"})
    assert not Roster.objects.exists()


def test_it_is_for_leads_and_assessors_of_the_unit() -> None:
    ready = approved()
    assert ready.problems(ready.row("a@example.org"), by=factories.user(Role.ASSESSOR, ready.unit)) == [""]
    for other in (factories.user(Role.INSTRUCTOR, ready.unit), factories.user(Role.LEAD, factories.unit())):
        with pytest.raises(NotAllowed):
            ready.roster(ready.row("a@example.org"), by=other)


def test_nothing_is_queued() -> None:
    ready = approved()
    outbox.run_pending()
    ready.roster(ready.row("a@example.org"))
    assert outbox.run_pending() == 0
