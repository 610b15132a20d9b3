"""Files are told by their content, and keep no location."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from laurels.errors import Invalid, Missing
from laurels.training import files

PORTLAND = {1: "N", 2: (45.0, 30.0, 0.0), 3: "W", 4: (122.0, 40.0, 0.0)}


def picture(kind="JPEG", mode="RGB", size=(40, 20), **options):
    written = io.BytesIO()
    made = Image.new(mode, size, 200 if mode in ("L", "P") else (200, 120, 40))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera of Ada"
    exif[0x8825] = PORTLAND
    made.save(written, kind, exif=exif, **options)
    return written.getvalue()


def office(folder="word/", *, extra=()):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in ("[Content_Types].xml", f"{folder}document.xml", *extra):
            archive.writestr(name, "<x/>")
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7\n%%EOF", "application/pdf"),
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/png"),
        (picture("WEBP"), "image/webp"),
        (office("xl/"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("Was gekocht wurde: Suppe, heiß.".encode(), "text/plain; charset=utf-8"),
    ],
)
def test_the_content_says_what_it_is(content, media_type):
    assert files.accept(content).media_type == media_type


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_device_and_turn_are_taken_out_and_the_turn_is_applied(kind):
    kept = files.accept(picture(kind)).content
    assert b"Camera of Ada" not in kept
    with Image.open(io.BytesIO(kept)) as opened:
        assert len(opened.getexif()) == 0
        assert opened.size == (20, 40)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "1", "LA", "I;16"])
def test_pictures_of_all_modes_are_kept_as_they_look(mode):
    made = Image.new(mode, (7, 5))
    written = io.BytesIO()
    made.save(written, "PNG")
    with Image.open(io.BytesIO(files.accept(written.getvalue()).content)) as opened:
        assert opened.convert("RGBA").tobytes() == made.convert("RGBA").tobytes()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00 a program",
        b"<html><script>alert(1)</script></html>",
        b"  <svg xmlns='http://www.w3.org/2000/svg'/>",
        b"#!/bin/sh",
        b"GIF89a\x01\x00\x01\x00",
        b"\x89PNG\r\n\x1a\n and no more",
        picture("PNG")[:60],
        b"PK\x03\x04 and no more",
        office("stuff/"),
        office(extra=("word/vbaProject.bin",)),
        office(extra=("xl/a",)),
        b"text with \x00 in it",
        "Stra\xdfe".encode("latin-1"),
        b"\xd0\xcf\x11\xe0 an old Word file",
    ],
)
def test_other_files_are_refused(content):
    with pytest.raises(Invalid) as refusal:
        files.accept(content)
    assert list(refusal.value.fields) == ["file"]


def test_a_file_is_not_too_large(monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    with pytest.raises(Invalid):
        files.accept(b"%PDF-1.7 and much more")


def test_a_picture_has_not_too_many_pixels(monkeypatch):
    monkeypatch.setattr(files, "MOST_PIXELS", 100)
    with pytest.raises(Invalid, match="pixels"):
        files.accept(picture("PNG"))


@given(st.binary(max_size=200), st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_any_bytes_are_taken_or_refused(rest, start):
    with contextlib.suppress(Invalid):
        assert files.accept(start + rest).content


def test_what_is_kept_is_read_under_its_random_name_alone(tmp_path, settings):
    settings.EVIDENCE_ROOT = tmp_path
    name = files.keep(b"soup")
    assert files.read(name) == b"soup"
    assert list(files.all_names()) == [name]
    assert (tmp_path / name[:2] / name).stat().st_mode & 0o777 == 0o600
    for wrong in ("../" + name, name.upper(), "", "0" * 32):
        with pytest.raises(Missing):
            files.read(wrong)
    files.forget(name)
    files.forget(name)
    with pytest.raises(Missing):
        files.read(name)
