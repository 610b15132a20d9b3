"""Terms in canonical N-Quads, against the reference engine where that writes them as the specification says."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from openbadgekit.rdf_terms import XSD, NotAlike, is_iri, json_literal, number, quoted, suffix

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff\0"))


@given(TEXT)
def test_a_text_is_escaped_as_the_reference_engine_does(text):
    assert quoted(text) == str(Literal(text))


@pytest.mark.parametrize("code", [*range(1, 0x30), 0x5C, *range(0x7E, 0xA1), 0x2028, 0xD7FF, 0xE000, 0xFFFD, 0x1FFFE])
def test_each_odd_character_is_escaped_as_the_reference_engine_does(code):
    assert quoted(chr(code)) == str(Literal(chr(code)))


@pytest.mark.parametrize("code", [0xFFFE, 0xFFFF])
def test_what_is_no_character_is_refused(code):
    with pytest.raises(NotAlike):
        quoted(f"a{chr(code)}")
    with pytest.raises(NotAlike):
        json_literal({"a": chr(code)})


@pytest.mark.parametrize(
    ("value", "text", "kind"),
    [
        (0, "0", "integer"),
        (-0.0, "0", "integer"),
        (1.0, "1", "integer"),
        (-17, "-17", "integer"),
        (1e20, "100000000000000000000", "integer"),
        (1e21, "1.0E21", "double"),
        (-1.5e300, "-1.5E300", "double"),
        (0.1, "1.0E-1", "double"),
        (0.30000000000000004, "3.0E-1", "double"),
        (1.5e-7, "1.5E-7", "double"),
        (1e-6, "1.0E-6", "double"),
        (100000.5, "1.000005E5", "double"),
        (9.668, "9.667999999999999E0", "double"),
        (True, "true", "boolean"),
        (False, "false", "boolean"),
    ],
)
def test_numbers_are_written_as_json_ld_says(value, text, kind):
    assert number(value, None) == f'"{text}"^^<{XSD}{kind}>'
    assert number(value, suffix(f"{XSD}float")) == f'"{text}"^^<{XSD}float>'
    assert number(value, suffix(f"{XSD}string")) == f'"{text}"'


# The engine writes all digits that a number needs; JSON-LD 1.1 API §8.6 asks for 16: 9.668 is 9.667999999999999E0.
@given(st.integers(-(2**53), 2**53) | st.integers(-(10**11), 10**11).map(lambda eighths: eighths / 8))
def test_a_number_of_few_digits_is_written_as_the_reference_engine_does(value):
    text = json.dumps({"@id": "urn:a", "urn:p": value}).encode()
    assert number(value, None) == str(next(iter(parse(text, RdfFormat.JSON_LD))).object)


@pytest.mark.parametrize("value", [1e-7, 5e-324, -1e-300, 2251799813685248.5, float("nan"), float("-inf")])
def test_a_number_that_readers_round_differently_is_refused(value):
    with pytest.raises(NotAlike):
        number(value, None)


@pytest.mark.parametrize("value", [float("nan"), 2**60, "\ud800"])
def test_what_has_no_json_form_is_no_literal(value):
    with pytest.raises(NotAlike):
        json_literal(value)


@given(st.text(max_size=20) | st.text("htps:/?#[]@%a1.Z-_~ <>\\é\u200e", max_size=12).map("https://a".__add__))
def test_an_iri_is_one_for_the_reference_engine_too(text):
    if is_iri(text):
        assert str(NamedNode(text)) == f"<{text}>"
