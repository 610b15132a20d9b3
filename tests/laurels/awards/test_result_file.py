"""The result file: every row, and nothing that a spreadsheet would run."""

import csv
import io

import pytest

from laurels.awards.export import result_file
from laurels.awards.models import Award
from laurels.badges import addresses
from laurels.jobs import outbox
from tests.laurels.awards.approved import approved

pytestmark = pytest.mark.django_db


def test_it_names_each_row_and_what_came_of_it() -> None:
    ready = approved()
    roster = ready.confirmed(ready.row("Ada@Example.org"), ready.row("nobody"))
    waiting = list(csv.DictReader(io.StringIO(result_file(roster).decode("utf-8-sig"))))
    assert [row["result"] for row in waiting] == ["not awarded yet", "not awarded"]
    outbox.run_pending()
    content = result_file(roster)
    assert content.startswith(b"\xef\xbb\xbf")
    good, bad = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert good["address"] == "Ada@Example.org"
    assert good["result"] == "awarded"
    assert good["badge"] == addresses.absolute(addresses.badge(Award.objects.get().badge_id))
    assert good["level: Cook a meal from whole foods"] == "Proficient"
    assert (bad["line"], bad["result"]) == ("3", "not awarded")
    assert "not an e-mail address" in bad["why"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", " =1"])
def test_a_formula_is_stored_as_given_and_made_harmless_here(name: str) -> None:
    ready = approved()
    roster = ready.roster(ready.row("ada@example.org", name=name))
    assert roster.rows.get().data["cells"]["name"] == name
    row = next(csv.DictReader(io.StringIO(result_file(roster).decode("utf-8-sig"), newline="")))
    assert row["name"] == f"'{name}"
