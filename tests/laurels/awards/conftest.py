"""Every test of this stage happens on one day."""

from collections.abc import Iterator

import pytest

from laurels import clock
from tests.laurels.awards.day import NOW


@pytest.fixture(autouse=True)
def _one_day() -> Iterator[None]:
    with clock.pinned(NOW):
        yield
