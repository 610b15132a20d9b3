"""What the library's tests share: the official data, where it is there."""

import json
from pathlib import Path

import pytest

CONFORMANCE = Path(__file__).resolve().parents[3] / "shared" / "conformance"


@pytest.fixture(scope="session")
def conformance():
    """The folder of official data; the test is skipped where that is absent."""
    if not CONFORMANCE.is_dir():
        pytest.skip(
            f"the official data is absent: {CONFORMANCE.name}/ is looked for beside the repository, in ../shared"
        )
    return CONFORMANCE


@pytest.fixture(scope="session")
def official(conformance):
    """Read an official JSON file by its path below the folder."""
    return lambda path: json.loads((conformance / path).read_text("utf-8"))
