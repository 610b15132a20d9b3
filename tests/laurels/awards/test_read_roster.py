"""Reading rosters: what is read right, what is refused whole and where, what is wrong in one row."""

import pytest

from laurels.awards import completion
from laurels.awards.completion import is_link
from laurels.awards.roster import MOST_ROWS, Row, read
from laurels.errors import Invalid

COMPETENCIES = [("k1", "Plan a week of meals"), ("k2", "Cook, for a household")]
SCALE = ["foundational", "proficient", "mastery"]
HEADER = "address,name,completed on,hours,level 1,level 2"
GOOD = "ada@example.org,Ada Lovelace,2026-11-01,12,foundational,mastery"


def rows(text: str | bytes) -> list[Row]:
    return read(text.encode() if isinstance(text, str) else text, COMPETENCIES)


def refused(text: str | bytes) -> str:
    with pytest.raises(Invalid) as error:
        rows(text)
    return f"{error.value.message} {error.value.mend}"


def judged(**cells: str) -> completion.Completion:
    given = {"address": "ada@example.org", "name": "Ada", "completed on": "2026-11-01", "hours": "12"}
    levels = {"k1": cells.pop("k1", "foundational"), "k2": cells.pop("k2", "mastery")}
    named = {name.replace("_", " "): text for name, text in cells.items()}
    return completion.read(Row(2, {**given, **named}, levels), COMPETENCIES, SCALE, 15)


def test_it_reads_byte_order_mark_crlf_quoted_newlines_and_any_order_and_case() -> None:
    text = (
        '\ufeffNAME,Level: plan a  WEEK of meals,"level: Cook, for a household",Hours,E-Mail,Completed On\r\n'
        '"Ada\r\nLovelace",Foundational,MASTERY,12.5,Ada@Example.ORG,2026-11-01\r\n'
        "\r\n"
        "Bob,proficient,proficient,12,bob@example.org,2026-11-02\r\n"
    )
    first, second = rows(text)
    assert (first.line, second.line) == (2, 5)
    assert first.cells["name"] == "Ada\r\nLovelace"
    one = completion.read(first, COMPETENCIES, SCALE, 15)
    assert (one.address, one.name, one.minutes) == ("ada@example.org", "Ada Lovelace", 750)
    assert one.levels == {"k1": "foundational", "k2": "mastery"}
    assert one.problems == []


@pytest.mark.parametrize("sign", [";", "\t"])
def test_it_reads_what_spreadsheets_of_other_countries_write(sign: str) -> None:
    row = rows(f"{HEADER.replace(',', sign)}\n{GOOD.replace(',', sign).replace('12', '12,5')}\n")[0]
    assert row.cells["name"] == "Ada Lovelace"
    assert completion.read(row, COMPETENCIES, SCALE, 15).minutes == 750


def test_it_passes_over_empty_columns_and_lines_at_the_end() -> None:
    assert len(rows(f"{HEADER},,\n{GOOD},,\n,,,,,,,\n\n")) == 1


def test_it_folds_international_addresses() -> None:
    assert judged(address="JOSÉ@BÜCHER.example").address == "josé@xn--bcher-kva.example"
    assert judged(address="ada@EXAMPLE.ORG ").address == "ada@example.org"


def test_it_keeps_a_formula_as_it_was_given() -> None:
    found = rows(f"{HEADER}\n=cmd@example.org,=1+1,2026-11-01,12,foundational,mastery\n")
    assert found[0].cells["name"] == "=1+1"
    one = completion.read(found[0], COMPETENCIES, SCALE, 15)
    assert one.name == "=1+1"
    assert one.problems == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        (HEADER, "no row"),
        (f"{HEADER}\n{GOOD}".encode("utf-16"), "UTF-16"),
        (f"{HEADER}\n{GOOD}".encode("utf-16-le"), "UTF-16"),
        (b"PK\x03\x04...", "workbook cannot be read"),
        (b"\xd0\xcf\x11\xe0...", "spreadsheet of an old kind"),
        (f"{HEADER}\n{GOOD.replace('Ada', 'Zoë')}".encode("latin-1"), "Line 2 is not in UTF-8"),
        (f"{HEADER}\n{GOOD}\n{GOOD}\0", "Line 3 holds a NUL"),
        (f"{HEADER}\n{GOOD}\nbob@example.org,Bob\n", "Line 3 has 2 cells"),
        (f"{HEADER}\n{GOOD},more\n", "Line 2 has 7 cells"),
        (f'{HEADER}\n{GOOD}\n"open,Bob\n', "Line 3 cannot be read"),
        (f'{HEADER}\n"a"b,c\n', "Line 2 cannot be read"),
        ("address,name,hours,level 1,level 2\n", "“completed on”"),
        ("address,name,completed on,hours,level 1\n", "“level: Cook, for a household”"),
        (f"{HEADER},level: Juggle\n{GOOD},mastery\n", "competency that this version does not have"),
        (f"{HEADER},level 3\n{GOOD},mastery\n", "competency that this version does not have"),
        (f"{HEADER},informal hour\n{GOOD},1\n", "not known: “informal hour”"),
        (f"{HEADER},e-mail\n{GOOD},x\n", "there twice"),
        (f"{HEADER},level: plan a week of meals\n{GOOD},mastery\n", "there twice"),
    ],
)
def test_it_refuses_the_whole_file_and_says_where(text: str | bytes, words: str) -> None:
    assert words in refused(text)


def test_it_has_a_stated_limit_of_rows() -> None:
    assert f"more than {MOST_ROWS} rows" in refused(f"{HEADER}\n" + f"{GOOD}\n" * (MOST_ROWS + 1))
    assert "larger than" in refused(b"x" * (11 * 1024 * 1024))


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"address": "ada at example.org"}, "not an e-mail address"),
        ({"address": "a@b@c.example"}, "not allowed"),
        ({"address": ""}, "missing"),
        ({"name": " "}, "name is missing"),
        ({"name": "A" * 121}, "121 characters"),
        ({"name": "A\x07da"}, "control characters"),
        ({"completed_on": "01.11.2026"}, "not written as"),
        ({"completed_on": "2026-02-30"}, "no day 2026-02-30"),
        ({"completed_on": "٢٠٢٦-١١-٠١"}, "not written as"),
        ({"completed_on": ""}, "day of completion is missing"),
        ({"hours": "twelve"}, "not a number of hours"),
        ({"hours": "1e9"}, "not a number of hours"),
        ({"hours": "-12"}, "not a number of hours"),
        ({"hours": "NaN"}, "not a number of hours"),
        ({"hours": "12.1"}, "not in whole steps of 15 min"),
        ({"hours": ""}, "hours are missing"),
        ({"informal_hours": "13"}, "more than the 12 h"),
        ({"k1": ""}, "“Plan a week of meals” is missing"),
        ({"k1": "expert"}, "no level"),
        ({"evidence": "javascript:alert(1)"}, "not an address"),
        ({"evidence": "https://example.org/a b"}, "not an address"),
        ({"evidence_sha256": "ab"}, "no address of it"),
        ({"evidence": "https://example.org/a", "evidence_sha256": "xyz"}, "64 hexadecimal"),
    ],
)
def test_it_says_what_is_wrong_in_one_row(cells: dict[str, str], words: str) -> None:
    assert words in " ".join(judged(**cells).problems)


def test_it_keeps_a_completion_through_storage() -> None:
    one = judged(evidence="https://example.org/a.pdf", evidence_sha256="AB" * 32, informal_hours="2,5")
    assert one.problems == []
    assert one.informal_minutes == 150
    assert one.evidence[0].sha256 == "ab" * 32
    assert completion.Completion.of(one.plain()) == one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://example.org/a%20b?c=d#e", True),
        ("http://127.0.0.1:8080/", True),
        ("https://example.org/%zz", False),
        ("https://example.org/<a>", False),
        ("https://user@example.org/", False),
        ("https://example.org:0/", False),
        ("https://example.org:99999/", False),
        ("https://", False),
        ("https:///a", False),
        ("https://example.org/a#b#c", False),
        ("//example.org/a", False),
        ("https://exämple.org/", False),
    ],
)
def test_only_what_can_stand_in_a_signed_badge_is_evidence(text: str, is_one: bool) -> None:
    assert is_link(text) is is_one
