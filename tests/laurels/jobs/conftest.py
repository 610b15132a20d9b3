"""Handlers that last as long as their test."""

import pytest

from laurels.jobs import registry


@pytest.fixture
def handlers(monkeypatch):
    """A registry of its own: a dict from the name to the function."""
    own = {}
    monkeypatch.setattr(registry, "_handlers", own)
    return own
