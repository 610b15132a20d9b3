"""The examples of the README run as they stand, and the public names are all there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import openbadgekit
from openbadgekit import BadgeError, issue, unbake
from tests.openbadgekit.pictures import png

README = Path(__file__).resolve().parents[2] / "src" / "openbadgekit" / "README.md"


def examples():
    return re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), flags=re.DOTALL)


def test_the_examples_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("wreath.png").write_bytes(png())
    verifying, issuing = examples()
    names = {}
    exec(issuing, names)
    issue.checked(names["signed"], names["key"].public)
    assert unbake(names["picture"]).text.encode() == names["stored"]
    Path("badge.png").write_bytes(png())
    exec(verifying, names)
    assert names["report"].verdict == "invalid"


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
