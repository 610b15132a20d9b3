"""A workbook is looked through before it is opened: sums, ratios, entries, far cells."""

import io
import struct
import zipfile

import pytest

from laurels.awards import sheet, unpacking
from laurels.errors import Invalid
from tests.laurels.awards.spreadsheet import MAIN, workbook

SHEET = "xl/worksheets/sheet1.xml"


def changed(**entries: bytes | str) -> bytes:
    """A good workbook with other entries, or with its sheet replaced (`sheet`)."""
    given = {SHEET if name == "sheet" else name: text for name, text in entries.items()}
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["name"], ["Ada"]]))) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, given.pop(name, old.read(name)))
        for name, text in given.items():
            new.writestr(name, text)
    return written.getvalue()


def cells(xml: str, before: str = "") -> bytes:
    return changed(sheet=f'{before}<worksheet xmlns="{MAIN}"><sheetData>{xml}</sheetData></worksheet>')


def refusal(content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        list(sheet.records(content))
    return refused.value.message


def test_a_good_one_is_read():
    assert list(sheet.records(changed())) == [(1, ["name"]), (2, ["Ada"])]


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "XFD1", "ZZZZZZZZ1", "A99999999999", "a1048576"])
def test_a_cell_far_out_is_refused_before_room_is_made_for_it(place):
    assert "A cell stands at" in refusal(cells(f'<row><c r="A1"><v>1</v></c><c r="{place}"><v>2</v></c></row>'))


def test_a_place_in_disguise_is_refused_too():
    disguised = '<row><c r="A1"><v>1</v></c><c r="&#88;FD1048576"><v>2</v></c></row>'
    assert "A cell stands at" in refusal(cells(disguised))
    prefixed = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1048576"><x:c/></x:row></x:sheetData></x:worksheet>'
    )
    assert "A cell stands at" in refusal(changed(sheet=prefixed))
    assert "A cell stands at" in refusal(changed(sheet=prefixed.encode("utf-16")))
    assert "A cell stands at" in refusal(changed(**{"xl/other.dat": prefixed}))


def test_a_document_type_is_refused():
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]>'
    assert "document type" in refusal(cells("<row/>", before=bomb))


def test_a_bomb_is_refused_by_what_it_unpacks_to(monkeypatch):
    spaces = f'<worksheet xmlns="{MAIN}">{" " * 3_000_000}</worksheet>'
    assert "too large when it is unpacked" in refusal(changed(sheet=spaces))
    monkeypatch.setattr(unpacking, "LITTLE", 10_000_000)
    assert refusal(changed(sheet=spaces, **{"xl/x.xml": spaces, "xl/y.xml": "<y>"})) == "This workbook is damaged."
    monkeypatch.setattr(sheet, "MOST_UNPACKED", 5_000_000)
    assert "too large when it is unpacked" in refusal(changed(sheet=spaces, **{"xl/x.xml": spaces}))


def test_an_entry_that_lies_about_its_size_is_refused():
    given = bytearray(changed(sheet=f'<worksheet xmlns="{MAIN}">{" " * 900_000}</worksheet>'))
    with zipfile.ZipFile(io.BytesIO(bytes(given))) as archive:
        entry = archive.getinfo(SHEET)
        central = given.index(b"PK\x01\x02")
        while given[central + 46 : central + 46 + len(SHEET)] != SHEET.encode():
            central = given.index(b"PK\x01\x02", central + 4)
    for at in (entry.header_offset + 22, central + 24):
        given[at : at + 4] = struct.pack("<I", 100)
    assert refusal(bytes(given)) == "This workbook is damaged."


def test_too_many_entries_and_two_of_one_name_are_refused(monkeypatch):
    written = io.BytesIO(changed())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(written, "a") as archive:
        archive.writestr(SHEET, "<worksheet/>")
    assert "too large" in refusal(written.getvalue())
    monkeypatch.setattr(unpacking, "MOST_ENTRIES", 3)
    assert "too large" in refusal(changed())


@pytest.mark.parametrize("name", ["xl/workbook.bin", "content.xml", "mimetype"])
def test_another_format_in_the_same_clothes_is_refused(name):
    assert "cannot be read" in refusal(changed(**{name: "x"}))


def test_what_is_cut_off_or_noise_is_refused():
    whole = changed()
    for end in range(4, len(whole), 97):
        assert refusal(whole[:end])
    assert refusal(b"PK\x03\x04" + bytes(range(256)) * 20)


def test_a_formula_is_read_as_its_value_and_never_executed():
    xml = '<row r="1"><c r="A1"><f>1+1</f><v>12.5</v></c><c r="B1" t="str"><f>HYPERLINK("http://x")</f><v>Ada</v></c></row>'
    assert list(sheet.records(cells(xml))) == [(1, ["12.5", "Ada"])]
