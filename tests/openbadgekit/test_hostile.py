"""Hundreds of hostile files: each is told for what it is, at no cost, and asks for nothing that it should not."""

import json

import pytest

from openbadgekit.commands.summary import Offline
from openbadgekit.verify import verify
from tests.openbadgekit.hostile import TABLE, files, told
from tests.openbadgekit.world import World

WORLD = World()
FILES = files(WORLD)
EXPECTED = json.loads(TABLE.read_text("utf-8"))


def test_there_are_hundreds_and_each_is_in_the_table():
    assert list(FILES) == list(EXPECTED)
    assert len(FILES) >= 300


@pytest.mark.parametrize("name", FILES)
def test_what_is_found(name):
    assert told(WORLD.verify(FILES[name])) == EXPECTED[name]
    assert EXPECTED[name]["verdict"] != "valid"


def test_the_same_without_any_network_is_never_better():
    for name, data in FILES.items():
        assert verify(data, policy=WORLD.policy, fetcher=Offline()).verdict != "valid", name
