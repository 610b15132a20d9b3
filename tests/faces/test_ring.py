import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.web import ring

MINUTES = st.integers(0, 60 * 80).map(lambda count: count * 5)


def classes(picture: str) -> list[str]:
    return [one.get("class", "") for one in ET.fromstring(picture).iter() if one.get("class")][1:]


def segments(picture: str, kind: str) -> int:
    """How many closed parts there are of a kind."""
    return sum(one.get("d", "").count("Z") for one in ET.fromstring(picture).iter() if one.get("class") == kind)


def counts(picture: str) -> list[str]:
    return [one.text or "" for one in ET.fromstring(picture).iter() if one.tag.endswith("text")]


def test_seven_hours_of_twelve() -> None:
    picture = ring.row(420, asked=720)
    assert (segments(picture, "formal"), segments(picture, "empty")) == (7, 5)
    assert counts(picture) == ["7"]
    assert ring.twin(420, asked=720) == "7 of 12 hours confirmed."


def test_thirty_hours_are_two_full_rings_and_half_a_third() -> None:
    picture = ring.row(1560, 240, 90)
    assert (segments(picture, "formal"), segments(picture, "informal")) == (26, 8)
    assert (segments(picture, "waiting"), segments(picture, "empty")) == (2, 5)
    assert classes(picture).count("leaf") == 4
    assert counts(picture) == ["6"]
    assert 'viewBox="0 0 308 96"' in picture
    assert ring.twin(1560, 240, 90) == (
        "30 hours confirmed: 2 blocks and 6 hours. 26 h formal, 4 h informal. 1 h 30 min wait to be confirmed."
    )


def test_edges_are_parallel_and_four_units_apart() -> None:
    (shape,) = re.findall(r'class="formal" d="([^"]+)"', ring.row(60))
    start = re.match(r"M(\S+) (\S+)A", shape)
    assert start is not None and float(start[1]) == 50.0
    inner = re.search(r"0 0 0 (\S+) (\S+)Z", shape)
    assert inner is not None and float(inner[1]) == 50.0


def test_a_waiting_quarter_has_one_line() -> None:
    (path,) = [one for one in ET.fromstring(ring.row(0, 0, 45)).iter() if one.get("class") == "waiting"]
    assert len(re.findall(r"M[^MZ]+L[^MZA]+(?=M|$)", path.get("d", ""))) == 3


@pytest.mark.parametrize(
    ("minutes", "words", "size"), [(0, "0", 26), (15, "¼", 22), (450, "7½", 22), (600, "10", 26), (705, "11¾", 22)]
)
def test_the_centre_says_the_hours_of_the_block(minutes: int, words: str, size: int) -> None:
    picture = ring.row(minutes, asked=720)
    assert counts(picture) == [words]
    assert f'font-size="{size}"' in picture


def test_more_than_five_rings_are_told_by_a_number() -> None:
    assert counts(ring.row(7 * 720 + 60)) == ["×7", "1"]
    assert counts(ring.row(60, asked=7 * 720)) == ["1", "×6"]
    assert counts(ring.row(7 * 720)) == ["×7"]
    assert counts(ring.row(5 * 720)) == []


def test_rings_still_asked_for_are_empty() -> None:
    picture = ring.row(60, asked=2160)
    assert segments(picture, "empty") == 35
    assert counts(picture) == ["1"]


def test_another_block_has_as_many_segments() -> None:
    assert segments(ring.row(0, asked=600, block_minutes=600), "empty") == 10


def test_colours_come_from_the_page() -> None:
    picture = ring.row(1560, 240, 90, size=48)
    assert not re.search(r"style=|#[0-9a-f]{3}| id=|<style|url\(", picture)
    assert 'aria-hidden="true"' in picture and 'height="48"' in picture


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ((0, 0, 0, 720), "0 of 12 hours confirmed."),
        ((450, 0, 90, 720), "7 h 30 min of 12 h confirmed. 1 h 30 min wait to be confirmed."),
        ((720, 0, 0, 720), "12 hours confirmed: 1 block."),
        ((60, 0, 0, 0), "1 hour confirmed."),
        ((1080, 0, 0, 0), "18 hours confirmed: 1 block and 6 hours."),
    ],
)
def test_the_twin(given_: tuple[int, int, int, int], words: str) -> None:
    assert ring.twin(*given_[:3], asked=given_[3]) == words


@given(MINUTES, MINUTES, MINUTES, MINUTES, st.sampled_from([720, 600, 630]))
def test_no_minute_is_lost_or_drawn_twice(formal: int, informal: int, waiting: int, asked: int, block: int) -> None:
    blocks = ring.blocks_of(formal, informal, waiting, block)
    assert sum(one.formal for one in blocks) == formal
    assert sum(one.informal for one in blocks) == informal
    assert sum(one.waiting for one in blocks) == waiting
    assert all(one.confirmed + one.waiting <= block for one in blocks)
    ET.fromstring(ring.row(formal, informal, waiting, asked=asked, block_minutes=block))
