"""JSON from strangers: what is read, what is refused, and where it says that the fault lies."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbadgekit.errors import BadgeError, Malformed, Unsafe
from openbadgekit.strict import check_value, parse_json, parse_object

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_it_reads_what_json_writes(value):
    assert parse_json(json.dumps(value)) == value
    assert parse_json(json.dumps(value, ensure_ascii=False).encode()) == value


@pytest.mark.parametrize(
    ("text", "pointer", "words"),
    [
        ('{"a": {"b": 1, "b": 2}}', "/a", "'b' stands twice"),
        ('{"x": [1, NaN]}', "/x/1", "NaN"),
        ('{"x": -Infinity}', "/x", "Infinity"),
        ('{"x": 1e999}', "/x", "too large"),
        ('{"x": {"y": "\\ud800"}}', "/x/y", "surrogate"),
        ('{"x\\udfff": 1}', "", "surrogate"),
        ('["a\\u0000"]', "/0", "NUL"),
        ("[9007199254740992]", "/0", "too large"),
        ("[-9007199254740992]", "/0", "too large"),
        ("[" + "9" * 6000 + "]", "/0", "too large"),
        ('{"a/b": {"c~d": NaN}}', "/a~1b/c~0d", "NaN"),
        ("{", "", "not JSON"),
        ("", "", "not JSON"),
        ("[1] 2", "", "not JSON"),
        (b'"\xff"', "", "not UTF-8"),
    ],
)
def test_it_refuses_what_parsers_read_differently(text, pointer, words):
    with pytest.raises(Malformed) as refusal:
        parse_json(text)
    assert refusal.value.pointer == pointer
    assert words in refusal.value.message


@pytest.mark.parametrize("depth", [65, 1_000, 100_000])
def test_it_refuses_deep_nesting_without_running_out_of_stack(depth):
    with pytest.raises(Unsafe, match="deeper than 64"):
        parse_json("[" * depth + "]" * depth)


def test_it_reads_nesting_up_to_the_limit():
    assert parse_json("[" * 64 + "]" * 64) is not None


def test_it_refuses_many_values_and_many_bytes():
    with pytest.raises(Unsafe, match="50000 values"):
        parse_json("[" + "1," * 60_000 + "1]")
    with pytest.raises(Unsafe, match="larger than 10 bytes"):
        parse_json("[" + " " * 20 + "]", max_bytes=10)


def test_it_passes_over_one_byte_order_mark():
    assert parse_json(b"\xef\xbb\xbf{}") == {}
    assert parse_json("\ufeff{}") == {}


def test_an_object_is_asked_for():
    with pytest.raises(Malformed, match="not an object"):
        parse_object("[]")


@pytest.mark.parametrize("value", [{"a": object()}, {1: "a"}, {"a": float("nan")}, {"a": 2**60}, {"a": (1,)}])
def test_values_that_were_made_here_are_held_to_the_same_limits(value):
    with pytest.raises(Malformed):
        check_value(value)


@given(st.binary(max_size=200))
def test_nothing_but_a_badge_error_comes_out_of_bytes(data):
    try:
        parse_json(data)
    except BadgeError as error:
        assert error.message
