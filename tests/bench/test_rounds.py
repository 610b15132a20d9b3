"""The harness of the comparisons: what it takes turns with, how it reckons, what it writes. No test here is timed."""

import sys

import pytest

from bench import peers, rounds
from bench.rounds import Row, Turn, compare, write

PEER = """
from loop import serve

print("what a library prints is no answer")


def repeat(given):
    print("nor this")
    return lambda number: [given, number]


def broken(given):
    raise ValueError("no such thing")


serve({"repeat": repeat, "broken": broken})
"""


class Fixed:
    """A candidate whose act costs the same each time: in wall-clock and in CPU seconds."""

    def __init__(self, wall: float, cpu: float) -> None:
        self.cost = (wall, cpu)
        self.turns: list[int] = []

    def turn(self, count: int) -> Turn:
        self.turns.append(count)
        return Turn(self.cost[0] * count, self.cost[1] * count)


def test_the_ratio_says_how_many_times_the_first_is_faster():
    row = compare("5", "a, b", Fixed(0.001, 0.1), Fixed(0.01, 0.2), at_least=8, rounds=3, seconds=0.1)
    assert row.median == pytest.approx(10)
    assert row.met
    assert row.cells()[:7] == ["5", "a, b", "1 ms", "10 ms", "10.0x (10.0x–10.0x)", "≥ 8", "yes"]
    row = compare("5", "a, b", Fixed(0.001, 0.1), Fixed(0.01, 0.2), at_least=8, cpu=True, rounds=3, seconds=0.1)
    assert row.median == pytest.approx(2)
    assert row.cells()[6] == "no"


def test_a_goal_can_be_a_limit_or_none_but_not_two():
    pair = (Fixed(0.01, 0), Fixed(0.03, 0))
    assert compare("10", "a, b", *pair, at_most=5, rounds=1).cells()[5:7] == ["≤ 5", "yes"]
    assert not compare("10", "a, b", *pair, at_most=2, rounds=1).met
    row = compare("10", "a, b", *pair, rounds=1)
    assert row.met
    assert row.cells()[5:7] == ["–", "–"]
    with pytest.raises(ValueError, match="either"):
        compare("10", "a, b", *pair, at_least=1, at_most=2)


def test_each_round_has_a_turn_of_both_and_turns_are_alike_long():
    quick, slow = Fixed(0.001, 0), Fixed(0.5, 0)
    compare("1", "a, b", quick, slow, at_least=1, rounds=4, seconds=0.2)
    assert quick.turns[-4:] == [200] * 4
    assert slow.turns == [1] * 5


def test_an_act_in_this_process_is_told_its_number():
    seen = []
    turn = rounds.Here(seen.append).turn(3)
    assert seen == [0, 1, 2]
    assert turn.wall >= 0 and turn.cpu >= 0


def test_the_report_keeps_one_line_for_each_comparison(tmp_path):
    path = tmp_path / "README.md"
    path.write_text("# Head\n\n## Against others\n\n## Results\n\nOther.\n")
    row = Row("10", "b", 1.0, 2.0, (2.0,), 1.0, "at least", loaded=False)
    first = Row("4", "a", 1.0, 2.0, (150.0, 170.0, 20.0), 1.0, "at most", loaded=True)
    for one in (row, first, row):
        write(one, path)
    text = path.read_text()
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    assert lines[0] == rounds.COLUMNS
    assert [line.split("|")[1].strip() for line in lines[1:]] == ["4", "10"]
    assert "150x (20.0x–170x)" in lines[1] and "machine loaded" in lines[1]
    assert "machine loaded" not in lines[2]
    assert text.startswith("# Head\n") and text.endswith("\n## Results\n\nOther.\n")
    write(row, path)
    assert path.read_text() == text


def test_a_peer_answers_over_pipes(tmp_path, monkeypatch):
    program = tmp_path / "peer.py"
    program.write_text(PEER)
    monkeypatch.setattr(peers, "_install", lambda name: [sys.executable, "-u", str(program)])
    with peers.Peer("any") as peer:
        turn = peer.act("repeat", {"text": "é\n"}).turn(3)
        assert turn.answer == [{"text": "é\n"}, 2]
        with pytest.raises(SystemExit, match="no such thing"):
            peer.act("broken").turn(1)
        assert peer.act("repeat").turn(1).answer == [None, 0]
    gone = peers.Peer("any")
    gone.close()
    monkeypatch.setattr(peers, "_install", lambda name: [sys.executable, "-c", "raise SystemExit(7)"])
    with peers.Peer("any") as peer, pytest.raises(SystemExit, match="status 7"):
        peer._process.wait(20)
        peer.act("repeat").turn(1)
