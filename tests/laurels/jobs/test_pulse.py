"""The heartbeat of work in small steps: one when it is due, none otherwise."""

import pytest

from laurels.jobs import Pulse, registry


class Heard:
    """A job that counts its heartbeats."""

    def __init__(self) -> None:
        self.beats = 0

    def progress(self, done: int, total: int) -> None:
        raise AssertionError("Nothing is known of progress here.")

    def heartbeat(self) -> None:
        self.beats += 1


def test_a_heartbeat_costs_nothing_until_one_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 100.0
    monkeypatch.setattr(registry.time, "monotonic", lambda: moment)
    heard = Heard()
    pulse = Pulse(heard)
    heard_after = []
    for step in range(200):
        moment = 100.0 + step / 10
        pulse.beat()
        heard_after.append(heard.beats)
    assert heard_after[79] == 0
    assert heard_after[80] == 1
    assert heard_after[-1] == 2
