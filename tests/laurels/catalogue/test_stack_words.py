"""A rule in words, and the picture that is drawn from it."""

import pytest

from laurels.catalogue.stackpicture import Sized, alt, disc, least_blocks, parts_of, svg
from laurels.catalogue.stackrule import read
from laurels.catalogue.stackwords import sentence

NAMES = {"a": "Alpha", "b": "Beta", "food": "Food Institute"}
KNOWN = {"a": Sized("Alpha", 1, "foundational"), "b": Sized("Beta", 2, "mastery"), "s": Sized("Sum", 4, "mastery")}
BLOCKS = {"blocks": {"n": 3, "from": {"units": ["food"]}}}


def rule(body):
    return read({"version": 1, "rule": body})


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"award": "a"}, "Alpha"),
        ({"all": [{"award": "a"}, {"award": "c"}]}, "all of: Alpha; c"),
        (
            {"any": [{"award": "a"}, {"all": [{"award": "b"}, {"stack": "s"}]}]},
            "one of: Alpha; all of (Beta; the stack s)",
        ),
        (BLOCKS, "3 blocks (36 hours) from Food Institute"),
        (
            {"at_least": {"n": 2, "of": [{"award": "a"}, {"award": "b"}, BLOCKS]}},
            "any 2 of: Alpha; Beta; 3 blocks (36 hours) from Food Institute",
        ),
        ({"within": {"months": 36, "rule": {"all": [{"award": "a"}]}}}, "within 36 months: all of: Alpha"),
        ({"level": {"competency": "Plan", "at_least": "proficient"}}, "“Plan” at level proficient or above"),
        (
            {"blocks": {"n": 1, "from": {"competencies": ["Plan", "Cook"]}}},
            "1 block (12 hours) from what shows “Plan” or “Cook”",
        ),
    ],
)
def test_a_rule_is_said_in_words(body, words):
    assert sentence(rule(body), NAMES) == words


@pytest.mark.parametrize(
    ("body", "least"),
    [
        ({"all": [{"award": "a"}, {"award": "b"}]}, 3),
        ({"any": [{"award": "a"}, {"award": "b"}]}, 1),
        ({"all": [{"award": "a"}, BLOCKS, {"blocks": {"n": 6, "from": {"units": ["x"]}}}]}, 6),
        ({"at_least": {"n": 2, "of": [{"award": "a"}, {"award": "b"}, {"award": "c"}]}}, 2),
        ({"within": {"months": 12, "rule": {"stack": "s"}}}, 4),
        ({"level": {"competency": "Plan", "at_least": "mastery"}}, 1),
    ],
)
def test_it_says_how_many_blocks_its_holders_have_at_least(body, least):
    assert least_blocks(rule(body), KNOWN) == least


def test_the_parts_of_the_picture_are_the_leaves_of_the_rule_each_once():
    found = parts_of(rule({"all": [{"award": "a"}, {"any": [{"award": "a"}, {"stack": "s"}, BLOCKS]}]}), KNOWN, "low")
    assert [(one.title, one.blocks, one.level) for one in found] == [
        ("Alpha", 1, "foundational"),
        ("Sum", 4, "mastery"),
        ("3 blocks (36 hours) from food", 3, "low"),
    ]


@pytest.mark.parametrize(
    ("count", "radius"), [(1, "8.60"), (6, "8.60"), (7, "8.40"), (8, "7.90"), (9, "7.00"), (14, "5.20")]
)
def test_many_parts_have_small_discs(count, radius):
    drawn = svg([(1, "open")] * count, blocks=4, form="half", monogram="A", ribbon="Alpha").decode()
    assert drawn.count(f'r="{radius}"') == count


def test_too_many_parts_are_not_drawn_and_the_same_words_give_the_same_bytes():
    words = {"blocks": 4, "form": "solid", "monogram": "A", "ribbon": "Alpha", "colours": "sea"}
    drawn = svg([(1, "solid")] * 15, **words)
    assert drawn == svg([(2, "half")] * 15, **words)
    assert b'stroke-width="1.20"/>\n<circle' not in drawn


def test_a_disc_stands_by_itself_in_lists():
    assert disc(2, "half").count("<path") == 5


def test_the_alt_text_names_the_parts():
    words = alt("Whole", 4, 720, "mastery", "Unit", "University", ["Alpha", "Beta"])
    assert words == "Badge. Whole. 4 blocks (48 hours), level mastery. Unit, University. Made of 2: Alpha, Beta."
