"""Each page of docs/flows has a test of its name, and names it."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path for path in (ROOT / "docs" / "flows").glob("*.md") if path.stem != "README")


def test_there_are_pages() -> None:
    assert len(PAGES) >= 4


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_test_of_its_name_walks_it(page: Path) -> None:
    walk = f"tests/flows/test_{page.stem.replace('-', '_')}.py"
    assert f"Test: `{walk}`." in page.read_text(encoding="utf-8")
    assert f"docs/flows/{page.name}, walked through HTTP." in (ROOT / walk).read_text(encoding="utf-8")
