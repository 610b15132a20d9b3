"""The day on which these tests happen."""

from collections.abc import Iterator

import pytest

from laurels import clock
from tests.laurels.catalogue.day import NOW


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """Hold the clock."""
    with clock.pinned(NOW):
        yield
