"""Every test of this stage happens on one day, in one class room."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from laurels import clock
from tests.laurels.awards.day import NOW


@pytest.fixture(autouse=True)
def _one_day() -> Iterator[None]:
    with clock.pinned(NOW):
        yield


@pytest.fixture
def room(db: None) -> Any:
    """A `ClassRoom`; its module has models, which cannot be imported before Django is set up."""
    return import_module("tests.laurels.training.class_room").class_room()
