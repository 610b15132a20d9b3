"""What a term means at its place: scopes, protection, and the context features that are refused."""

import pytest
from pyld import jsonld

from openbadgekit.canonical import rdf_canonical
from openbadgekit.documents.contexts import VC_2, context
from openbadgekit.documents.schema import Kind, check
from openbadgekit.errors import Malformed, Unsupported
from openbadgekit.safe_mode import problems

OWN = "https://example.org/context"
E = "https://example.org/terms#"


def loading(body):
    pages = {OWN: {"@context": body}}
    return lambda url: pages.get(url) or context(url)


def document(**members):
    return {"@context": [VC_2, OWN], "id": "https://example.org/1", "type": ["VerifiableCredential"], **members}


def by_pyld(value, load):
    def loader(url, _options):
        return {"document": load(url), "documentUrl": url, "contextUrl": None, "contentType": "text/json"}

    return jsonld.normalize(
        value, {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": loader}
    ).encode()


@pytest.mark.parametrize(
    ("body", "members"),
    [
        ({"e": E, "part": "e:part"}, {"part": "x"}),
        (
            {"e": E, "Kind": "e:Kind", "Alias": "Kind", "part": f"{E}part"},
            {"part": [{"type": "Alias"}, {"type": ["Kind"], "id": "urn:uuid:1"}]},
        ),
        ({"part": {"@id": f"{E}part", "@context": {"inner": f"{E}inner"}}}, {"part": {"inner": "x"}}),
        ({"part": {"@id": f"{E}part", "@type": "@vocab"}, "Word": f"{E}Word"}, {"part": "Word"}),
        ({"part": {"@id": f"{E}part", "@type": "@json"}}, {"part": {"any": [1, None, {"@id": 5}]}}),
        ({"part": {"@id": f"{E}part", "@container": "@list"}}, {"part": ["b", "a", "b"]}),
        (
            {"part": {"@id": f"{E}part", "@container": ["@graph", "@set"]}},
            {"part": [{"id": "urn:uuid:1", "name": "x"}]},
        ),
        ({"@vocab": E}, {"anything": "x"}),
        ([{"e": E}, {"part": "e:part"}], {"part": "x"}),
    ],
)
def test_terms_are_read_as_a_second_engine_reads_them(body, members):
    load = loading(body)
    value = document(**members)
    assert problems(value, load) == []
    assert rdf_canonical(value, load=load) == by_pyld(value, load)


def test_what_the_engine_drops_is_noticed():
    """The engine loses a property's scope one step too early; no pinned context has terms so deep."""
    load = loading({"part": {"@id": f"{E}part", "@context": {"inner": f"{E}inner"}}})
    value = document(part={"inner": {"inner": "deeper", "id": "urn:uuid:1"}})
    assert problems(value, load) == []
    with pytest.raises(Unsupported, match="4 statements became 3"):
        rdf_canonical(value, load=load)


def test_a_typed_scope_does_not_reach_further_down():
    load = loading(
        {"part": f"{E}part", "Box": {"@id": f"{E}Box", "@context": {"@propagate": False, "inner": f"{E}inner"}}}
    )
    good = document(part={"type": "Box", "inner": "x"})
    assert problems(good, load) == []
    assert rdf_canonical(good, load=load) == by_pyld(good, load)
    bad = document(part={"type": "Box", "inner": {"id": "urn:uuid:1", "inner": "x"}})
    assert [problem.pointer for problem in problems(bad, load)] == ["/part/inner/inner"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"@import": "https://example.org/other"}, "@import"),
        ({"@base": "https://example.org/"}, "@base"),
        ({"part": None}, "takes the term 'part' away"),
        ({"part": {"@id": f"{E}part", "@reverse": E}}, "@reverse"),
        ({"part": {"@id": "nothing"}}, "by nothing"),
        ({"part": {"@id": f"{E}part", "@protected": "yes"}}, "neither true nor false"),
        ({"@vocab": 5}, "@vocab"),
        ("https://example.org/other", "refers to another one"),
        (None, "null context"),
        ({"name": "https://example.org/other"}, "protected term 'name'"),
        ({"VerifiableCredential": f"{E}Other"}, "protected term"),
        ({"part": {"@id": f"{E}part", "@container": "@language"}}, "container"),
        (
            {"Box": {"@id": f"{E}Box", "@context": {"type": f"{E}type"}}, "part": f"{E}part"},
            "protected term 'type'",
        ),
        ({"part": {"@id": f"{E}part", "@context": {"@import": "https://example.org/other"}}}, "@import"),
    ],
)
def test_what_published_contexts_do_not_use_is_refused(body, words):
    messages = [problem.message for problem in problems(document(part={"type": "Box"}), loading(body))]
    assert any(words in message for message in messages), messages


def test_a_null_scope_takes_everything_back_where_a_property_asks_for_it():
    presentation = {
        "@context": [VC_2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [
            {"@context": [VC_2], "id": "urn:uuid:1", "type": ["VerifiableCredential"], "issuer": "did:web:example.org"}
        ],
    }
    assert problems(presentation) == []
    del presentation["verifiableCredential"][0]["@context"]
    assert problems(presentation)[0].pointer.startswith("/verifiableCredential/0")


def test_half_of_a_surrogate_pair_is_refused_wherever_it_is_given():
    with pytest.raises(Malformed):
        rdf_canonical({**document(), "@context": [VC_2], "name": "\ud800"})
    assert check({"id": "\ud800"}, Kind.PROFILE)
