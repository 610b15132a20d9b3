"""Documents of every kind and context, harmed in many ways, against the reference engine from JSON-LD on.

The longer proof, against the npm packages jsonld and rdf-canonize, is `drills/run canon`.
"""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drills import _credentials
from openbadgekit.canonical import rdf_canonical
from openbadgekit.errors import BadgeError
from openbadgekit.safe_mode import problems
from tests.openbadgekit import reference

BASES = _credentials.bases()
RECORD = next(base for base in BASES if "ClrCredential" in base["type"])


def holds_fraction(value):
    """The engine writes more digits of fractions than JSON-LD asks for."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return isinstance(value, float) or any(holds_fraction(item) for item in inner)


@pytest.mark.parametrize("base", BASES, ids=lambda base: str(base["type"]))
def test_nothing_is_wrong_with_the_documents_to_begin_with(base):
    assert problems(base) == []


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_whatever_is_accepted_has_the_form_that_the_engine_gives_it_where_that_reads_all(seed):
    """The engine drops statements in a scope within a scope, and takes a property's own terms for forbidden ones."""
    document = _credentials.case(random.Random(seed), BASES)
    try:
        form = rdf_canonical(document)
        theirs = reference.canonical(document)
    except (BadgeError, SyntaxError):
        return
    assert theirs.count(b"\n") <= form.count(b"\n")
    if theirs.count(b"\n") == form.count(b"\n") and not holds_fraction(document):
        assert theirs == form


def test_a_record_of_two_types_that_each_bring_terms_keeps_all_its_statements():
    """VerifiableCredential and ClrCredential: the engine forgets the terms of the first."""
    form = rdf_canonical(RECORD).decode()
    assert '"2025-05-01T00:00:00Z"' in form
    for name in ("clr/vocab.html#ClrCredential", "credentials#validFrom", "clr/vocab.html#partial", "security#proof"):
        assert name in form, name
    assert reference.canonical(RECORD).count(b"\n") < form.count("\n")
