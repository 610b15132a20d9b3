"""Whatever is uploaded, a roster is read or refused in words; and what is accepted can be signed."""

import csv
import io
import string
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laurels import clock
from laurels.awards import completion
from laurels.awards.completion import is_link
from laurels.awards.documents import credential_for
from laurels.awards.roster import Row, read
from laurels.errors import Invalid
from openbadgekit import issue
from openbadgekit.documents import ob2, ob3
from openbadgekit.documents.schema import Kind, check
from openbadgekit.microcredential import Evidence
from tests.laurels.awards.approved import approved
from tests.laurels.awards.day import NOW

COMPETENCIES = [("k1", "Plan"), ("k2", "Cook")]
SCALE = ["foundational", "proficient", "mastery"]
COLUMNS = ["address", "name", "completed on", "hours", "informal hours", "level 1", "level 2", "evidence"]
COLUMNS += ["evidence sha256", "student number"]


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    header = ",".join(COLUMNS).encode() + b"\n"
    for given_bytes in (content, header + content):
        try:
            assert all(isinstance(row, Row) for row in read(given_bytes, COMPETENCIES))
        except Invalid as error:
            assert error.message


@given(st.lists(st.text(max_size=40), min_size=len(COLUMNS), max_size=len(COLUMNS)))
@settings(max_examples=300, deadline=None)
def test_any_cells_are_kept_as_given_and_judged_in_words(cells: list[str]) -> None:
    cells = [cell.replace("\0", "") for cell in cells]
    written = io.StringIO(newline="")
    out = csv.writer(written, quoting=csv.QUOTE_ALL)
    out.writerow(COLUMNS)
    out.writerow(cells)
    try:
        rows = read(written.getvalue().encode(errors="replace"), COMPETENCIES)
    except Invalid:
        assert not any(cell.strip() for cell in cells)
        return
    assert rows[0].cells["name"].encode() == cells[1].encode(errors="replace")
    found = completion.read(rows[0], COMPETENCIES, SCALE, 15)
    assert all(found.problems)
    assert completion.Completion.of(found.plain()).plain() == found.plain()


ODD_LINKS = [
    "https://example.org/!$&'()*+,;=:@~-._?/?#!$&'()*+,;=:@/?",
    "https://example.org?a=b",
    "http://EXAMPLE.org:8080//..//%2F",
    "https://xn--bcher-kva.example/",
    "https://example.org/a:b",
    "https://exa_mple.org/",
    "https://a..b/",
    "https://-/",
    "https://1.2.3.4/",
    "https://:@/",
    "https://a:/b",
    "https://a/%41#%41",
]


@pytest.mark.django_db
def test_every_link_that_is_accepted_can_be_signed() -> None:
    with clock.pinned(NOW):
        plain = credential_for(approved().grant())
    for link in ODD_LINKS:
        if is_link(link):
            badge = replace(plain, evidence=(Evidence(id=link, name="Evidence", sha256="ab" * 32),))
            issue.prepare(ob3.credential(badge))
            assert check(ob2.assertion(badge), Kind.ASSERTION) == [], link


@pytest.mark.django_db
def test_any_accepted_link_can_be_signed() -> None:
    with clock.pinned(NOW):
        plain = credential_for(approved().grant())
    letters = string.ascii_letters + string.digits + "-._~:/?#[]@!$&'()*+,;=%"

    @given(st.text(alphabet=letters, min_size=1, max_size=30))
    @settings(max_examples=150, deadline=None)
    def holds(rest: str) -> None:
        if is_link(f"https://{rest}"):
            badge = replace(plain, evidence=(Evidence(id=f"https://{rest}", name="Evidence"),))
            issue.prepare(ob3.credential(badge))
            assert check(ob2.assertion(badge), Kind.ASSERTION) == []

    holds()
