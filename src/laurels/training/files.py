"""Files handed in as evidence: their type told by content, location data taken out, kept under a random name.

A type counts when the content says so, whatever the name says. Pictures are written anew without what a camera notes
(place, time, device); the turn that it notes is applied. Nothing else of a file is changed.
"""

import io
import os
import re
import secrets
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings
from PIL import Image, ImageOps

from laurels.errors import Invalid, Missing

MOST_BYTES: Final = 25 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
MOST_ENTRIES: Final = 5_000
_NAME = re.compile(r"[0-9a-f]{32}")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_PICTURES: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_OFFICE: Final = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
KINDS: Final = "a PDF, a picture (JPEG, PNG, WebP), a Word, Excel or PowerPoint file, or plain text"
INLINE: Final = frozenset({*_PICTURES.values(), "text/plain; charset=utf-8"})
"""Types that a browser may show; all others are offered as a download."""
EXTENSIONS: Final = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "text/plain; charset=utf-8": ".txt",
    _OFFICE["word/"]: ".docx",
    _OFFICE["xl/"]: ".xlsx",
    _OFFICE["ppt/"]: ".pptx",
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file as it is kept: its type and its bytes."""

    media_type: str
    content: bytes


def accept(content: bytes) -> Accepted:
    """Tell the type by content and take location data out; Invalid for what is not on the list, or too large."""
    if not content:
        raise _refused("The file is empty.")
    if len(content) > MOST_BYTES:
        raise _refused(f"The file has {len(content) // 2**20} MB; {MOST_BYTES // 2**20} MB is the most.")
    if content.startswith(b"%PDF-"):
        return Accepted("application/pdf", content)
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (content[:4], content[8:12]) == (
        b"RIFF",
        b"WEBP",
    ):
        return _picture(content)
    if content.startswith(b"PK\x03\x04"):
        return Accepted(_office(content), content)
    return Accepted(_text(content), content)


def keep(content: bytes) -> str:
    """Write the bytes under a new random name, durably, and return the name."""
    name = secrets.token_hex(16)
    folder = _folder(name)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("xb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return name


def forget(name: str) -> None:
    """Take a kept file away; nothing happens when it is gone already."""
    (_folder(name) / name).unlink(missing_ok=True)


def read(name: str) -> bytes:
    """The bytes of a kept file."""
    try:
        return (_folder(name) / name).read_bytes()
    except FileNotFoundError:
        raise Missing("This file is not here any more.") from None


def opened(name: str) -> BinaryIO:
    """A kept file, open for reading."""
    try:
        return (_folder(name) / name).open("rb")
    except FileNotFoundError:
        raise Missing("This file is not here any more.") from None


def is_kept(name: str) -> bool:
    """Whether there is a file of this name."""
    return (_folder(name) / name).is_file()


def kept_at(name: str, default: datetime) -> datetime:
    """When a file was written; the default when it is gone."""
    try:
        return datetime.fromtimestamp((_folder(name) / name).stat().st_mtime, UTC)
    except FileNotFoundError:
        return default


def all_names() -> Iterator[str]:
    """The names of all kept files."""
    root = Path(settings.EVIDENCE_ROOT)
    yield from (path.name for path in root.glob("??/*") if _NAME.fullmatch(path.name))


def _folder(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise Missing("This file is not here any more.")
    return Path(settings.EVIDENCE_ROOT) / name[:2]


def _picture(content: bytes) -> Accepted:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=list(_PICTURES)) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise _refused(f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels.")
                kind = str(opened.format)
                return Accepted(_PICTURES[kind], _without_notes(opened, kind))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _refused("The picture cannot be read.") from error


def _without_notes(opened: Image.Image, kind: str) -> bytes:
    """The pixels alone, turned as they are meant to be seen, with their colour profile."""
    profile = opened.info.get("icc_profile")
    turned = ImageOps.exif_transpose(opened)
    plain = Image.new(turned.mode, turned.size)
    if turned.mode == "P" and (palette := turned.getpalette()):
        plain.putpalette(palette)
    plain.paste(turned)
    written = io.BytesIO()
    options: dict[str, object] = {"icc_profile": profile} if profile else {}
    if kind == "JPEG":
        options |= {"quality": 92}
    elif kind == "WEBP":
        options |= {"lossless": True}
    plain.save(written, kind, **options)
    return written.getvalue()


def _office(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _refused("The file cannot be read.") from error
    if len(names) > MOST_ENTRIES or "[Content_Types].xml" not in names:
        raise _refused(f"This kind of file is not taken. Hand in {KINDS}.")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise _refused("The file holds macros. Save it without them.")
    found = {kind for prefix, kind in _OFFICE.items() if any(name.startswith(prefix) for name in names)}
    if len(found) != 1:
        raise _refused(f"This kind of file is not taken. Hand in {KINDS}.")
    return found.pop()


def _text(content: bytes) -> str:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(f"This kind of file is not taken. Hand in {KINDS}.") from None
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if _CONTROL.search(content) or start.startswith((b"<", b"{\\rtf", b"#!")):
        raise _refused(f"This kind of file is not taken. Hand in {KINDS}.")
    return "text/plain; charset=utf-8"


def _refused(words: str) -> Invalid:
    return Invalid(words, fields={"file": [words]})
