"""Canonical N-Quads as text: the escapes of the reference engine, quads there and back, hashes of single nodes."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from openbadgekit.errors import Malformed
from openbadgekit.nquads import hash_lines, is_blank, line, quads, seen_from
from openbadgekit.rdf_terms import escape


@given(st.text())
def test_it_escapes_as_the_reference_engine_does(text):
    assert f'"{escape(text)}"' == str(Literal(text))


def test_it_escapes_every_character_that_must_be_and_no_other():
    for code in [*range(0xD800), *range(0xE000, 0x11000)]:
        assert f'"{escape(chr(code))}"' == str(Literal(chr(code)))


@given(st.text(), st.sampled_from(["", "^^<http://a.example/type>", "@de-at"]), st.booleans())
def test_a_line_is_read_back_into_its_terms(text, ending, in_graph):
    quad = ("_:c14n0", "<http://a.example/p>", f'"{escape(text)}"{ending}', *(["_:c14n1"] if in_graph else []))
    assert quads(f"{line(quad)}\n".encode()) == [quad]


def test_lines_of_the_reference_engine_are_read():
    iri = NamedNode("http://a.example/x")
    given_quads = [Quad(iri, iri, iri), Quad(iri, iri, Literal('a "b" . \\'), iri)]
    form = "".join(f"{quad} .\n" for quad in given_quads).encode()
    assert quads(form) == [
        ("<http://a.example/x>",) * 3,
        ("<http://a.example/x>", "<http://a.example/x>", '"a \\"b\\" . \\\\"', "<http://a.example/x>"),
    ]
    assert quads(b"") == []


@pytest.mark.parametrize("text", ["x\n", "<a> <b> .\n", '<a> <b> "c"" .\n', "<a> <b> <c> <d> <e> .\n", "\n"])
def test_what_is_no_quad_is_refused(text):
    with pytest.raises(Malformed, match="not a quad"):
        quads(text.encode())


def test_a_node_sees_itself_as_a_and_the_others_as_z():
    quad = ("_:c14n3", "<http://a.example/p>", "_:c14n4", "_:c14n3")
    assert seen_from("_:c14n3", quad) == ("_:a", "<http://a.example/p>", "_:z", "_:a")
    assert seen_from("_:c14n4", quad) == ("_:z", "<http://a.example/p>", "_:a", "_:z")
    assert not is_blank('"_:c14n3"')


def test_the_hash_is_that_of_the_sorted_lines():
    assert hash_lines(["b .", "a ."]) == hashlib.sha256(b"a .\nb .\n").hexdigest()
