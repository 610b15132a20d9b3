"""The lock names every package with its hashes, and no address."""

import re
import tomllib

import pytest

from tests.architecture.sources import ROOT

LOCKS = ("requirements.txt", "requirements-celery.txt", "requirements-dev.txt")
ADDRESS = re.compile(r"[a-z+]+://|(^|\s)-[fi]\b|--(index|extra-index|find-links|trusted-host)|@\s|/", re.IGNORECASE)
NAME = re.compile(r"^([A-Za-z0-9._-]+)")
PINNED = re.compile(r"[A-Za-z0-9._-]+==[^\s;]+( ; [^\\]+)?")


def requirements(text):
    """One line for each requirement: what is pinned, and its hashes."""
    joined = text.replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]


def faults(text):
    if ADDRESS.search(text):
        yield f"an address: {ADDRESS.search(text)[0]!r}"
    for line in requirements(text):
        pinned, *hashes = re.split(r"\s+--hash=", line)
        if not PINNED.fullmatch(pinned.strip()):
            yield f"not pinned: {pinned}"
        if not hashes or any(not re.fullmatch(r"sha256:[0-9a-f]{64}", one.strip()) for one in hashes):
            yield f"without hashes: {pinned}"


def names(lines):
    return {re.sub(r"[-_.]+", "-", NAME.match(line)[1]).lower() for line in lines}


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_has_hashes_and_no_address(lock):
    assert list(faults((ROOT / lock).read_text())) == []


def test_the_lock_covers_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    core, celery, dev = (names(requirements((ROOT / lock).read_text())) for lock in LOCKS)
    assert names(project["dependencies"] + project["optional-dependencies"]["build"]) <= core
    assert core | names(project["optional-dependencies"]["celery"]) <= celery
    assert celery | names(project["optional-dependencies"]["dev"]) <= dev


def test_the_library_asks_for_nothing_that_the_lock_does_not_cover():
    library = tomllib.loads((ROOT / "src/openbadgekit/pyproject.toml").read_text())["project"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert set(library["dependencies"]) <= set(project["dependencies"])


@pytest.mark.parametrize(
    "text",
    [
        "idna==3.20",
        "idna>=3 --hash=sha256:" + "a" * 64,
        "idna==3.20 --hash=md5:" + "a" * 32,
        "--index-url https://packages.example/simple\n",
        "-i packages.example\n",
        "--find-links wheels\n",
        "idna @ https://packages.example/idna.whl --hash=sha256:" + "a" * 64,
        "# by: uv pip compile /home/me/pyproject.toml\n",
    ],
)
def test_a_bad_lock_is_seen(text):
    assert list(faults(text))
