"""The examples of the README run as they stand, and the public names are all there."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import openbadgekit
from openbadgekit import BadgeError, Fetched, did_document, did_web_url, issue, unbake, verify
from openbadgekit.cli import main
from tests.openbadgekit.pictures import png
from tests.openbadgekit.world import MapFetcher

README = Path(__file__).resolve().parents[2] / "src" / "openbadgekit" / "README.md"


def examples():
    return re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), flags=re.DOTALL)


@pytest.fixture
def names(tmp_path, monkeypatch):
    """What the examples leave behind, run one after the other in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("wreath.png", "badge.png"):
        Path(name).write_bytes(png())
    left = {}
    for example in examples():
        exec(example, left)
        if "screen" not in left:
            left["screen"] = left["report"]
    return left


def test_the_first_example_is_a_whole_issuer_whose_badge_is_valid(names):
    assert names["screen"].verdict == "valid"
    assert names["screen"].finding("recipient").outcome == "passed"
    assert unbake(names["picture"]).text.encode() == issue.serialise(names["signed"])
    lines = examples()[0].partition(")\n\n")[2].split("\n\n")
    statements = [line for line in "\n".join(lines[:2]).splitlines() if not line.startswith(" ")]
    assert len(statements) <= 10


def test_the_other_examples_do_what_they_say(names):
    assert names["report"].verdict == "invalid"  # a picture without a badge
    key = names["key"].public
    for signed in (names["signed"], names["revocable"], names["published"], json.loads(names["quick"])):
        issue.checked(signed, key)
    issue.checked_token(names["token"], key)
    assert [unbake(one).standard for one in names["pictures"]] == ["3.0", "3.0"]
    served = {
        page["id"]: Fetched(page["id"], 200, "application/ld+json", json.dumps(page).encode())
        for page in names["pages"]
    }
    assert verify(names["hosted"].id, fetcher=MapFetcher(served)).verdict == "valid"


def test_the_revoked_badge_is_revoked(names):
    keys = did_document(names["did"], [("key-1", names["key"].public)])
    pages = {
        did_web_url(names["did"]): json.dumps(keys).encode(),
        names["list_address"]: issue.serialise(names["published"]),
    }
    served = {url: Fetched(url, 200, "application/json", body) for url, body in pages.items()}
    report = verify(issue.serialise(names["revocable"]), fetcher=MapFetcher(served))
    assert (report.verdict, report.finding("revocation").outcome) == ("invalid", "failed")


def test_the_commands_are_real(names, capsys, tmp_path):
    (tmp_path / "inbox").mkdir()
    unsigned = {name: value for name, value in names["signed"].items() if name != "proof"}
    issuer = {**unsigned["issuer"], "id": names["did"]}
    (tmp_path / "badge.json").write_text(json.dumps({**unsigned, "issuer": issuer}))
    (tmp_path / "inbox" / "a.json").write_bytes(issue.serialise(names["signed"]))
    lines = re.findall(r"^openbadgekit (.*?)(?: +#.*)?$", README.read_text("utf-8"), flags=re.MULTILINE)
    network = "verify badge.png"
    statuses = {line: main(line.split()) for line in lines if line != network}
    assert network in lines
    assert len(statuses) == 6
    assert set(statuses.values()) == {0}


def test_every_public_name_is_there_and_says_what_it_is():
    for name in openbadgekit.__all__:
        assert getattr(openbadgekit, name).__doc__, name
    with pytest.raises(AttributeError):
        _ = openbadgekit.no_such_name


def test_verify_is_the_function_whatever_was_imported_before():
    program = (
        "import openbadgekit.verify.report, openbadgekit.verify.verifier\n"
        "from openbadgekit import BadgeError, verify\n"
        "print(verify(b'{}').verdict)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "invalid\n"


@pytest.mark.parametrize(
    "heavy", ["pyoxigraph", "jsonschema_rs", "httpx", "nacl", "cryptography", "openbadgeslib", "django"]
)
def test_importing_it_loads_nothing_heavy(heavy):
    program = f"import sys, openbadgekit; print({heavy!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_all_errors_are_badge_errors():
    for name in ("Malformed", "NotFetched", "Unsafe", "Unsupported"):
        assert issubclass(getattr(openbadgekit, name), BadgeError)


def test_every_package_is_in_the_distribution():
    home = README.parent
    named = tomllib.loads((home / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    there = [".".join(file.parent.relative_to(home.parent).parts) for file in home.rglob("__init__.py")]
    assert named == sorted(there)
