"""Flows run as a demonstration does: one click signs in."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _demonstration(settings: Any) -> None:
    settings.DEMO = True
