"""What a term means at its place: scopes, protection, and the context features that are refused."""

import pytest
from pyld import jsonld

from openbadgekit import active_context
from openbadgekit.canonical import rdf_canonical
from openbadgekit.documents.contexts import VC_2, context
from openbadgekit.documents.schema import Kind, check
from openbadgekit.errors import Malformed
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


def test_a_scope_within_a_scope_is_read_as_a_second_engine_reads_it():
    load = loading({"part": {"@id": f"{E}part", "@context": {"inner": f"{E}inner"}}})
    value = document(part={"inner": {"inner": "deeper", "id": "urn:uuid:1"}})
    assert problems(value, load) == []
    assert rdf_canonical(value, load=load) == by_pyld(value, load)


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
        ({"part": {"@id": "a:b c"}}, "no absolute IRI"),
        ({"part": {"@id": f"{E}part", "@type": "@none"}}, "type @none"),
        ({"part": {"@id": f"{E}part", "@type": "http://www.w3.org/2001/XMLSchema#double"}}, "XMLSchema#double"),
        ({"part": {"@id": f"{E}part", "@type": "@json", "@container": "@list"}}, "as JSON within a container"),
        ({"part": {"@id": f"{E}part", "@container": ["@graph", "@list"]}}, "container"),
        ({"part": "@included"}, "keyword @included"),
        ({"part": "@id"}, "keyword @id"),
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


def test_a_type_that_makes_another_name_mean_the_type_is_reported():
    load = loading({"part": f"{E}part", "Box": {"@id": f"{E}Box", "@context": {"kind": "@type"}}})
    found = problems(document(part={"type": "Box", "kind": "Box"}), load)
    assert [(problem.pointer, "another meaning" in problem.message) for problem in found] == [("/part/kind", True)]


def test_a_name_that_was_an_iri_before_is_one_still():
    load = loading({"e": E, "part": "e:part", "e:other": {"@type": "@id"}, "more": "e:other", "last": "x:y"})
    value = document(part="x", more="y", last="z")
    assert problems(value, load) == []
    assert rdf_canonical(value, load=load) == by_pyld(value, load)


@pytest.mark.parametrize(
    "body",
    [
        {"@vocab": E, "part": {"@type": "@id"}},
        {"e": "https://example.org/no-end", "part": {"@id": "e:x", "@type": "@id"}},
    ],
)
def test_odd_ways_to_name_a_term_are_read_as_a_second_engine_reads_them(body):
    load = loading(body)
    value = document(part="urn:uuid:1")
    assert problems(value, load) == []
    assert rdf_canonical(value, load=load) == by_pyld(value, load)


@pytest.mark.parametrize("name", ["a b", "<", "\u0001"])
def test_a_vocabulary_does_not_make_an_iri_of_everything(name):
    load = loading({"@vocab": E})
    assert problems(document(**{name: "x"}), load)[0].pointer == f"/{name}"
    assert problems(document(type=["VerifiableCredential", name]), load)[0].pointer == "/type"


def test_a_protected_term_may_not_become_a_set():
    plain = {"@protected": True, "part": {"@id": f"{E}part"}}
    assert problems(document(part="x"), loading([plain, plain])) == []
    found = problems(document(part="x"), loading([plain, {"part": {"@id": f"{E}part", "@container": "@set"}}]))
    assert "protected term 'part'" in found[0].message


def test_applied_contexts_are_kept_and_in_the_end_forgotten(monkeypatch):
    body = {"part": f"{E}part"}
    made = active_context.apply(active_context.empty(), body)
    assert active_context.apply(active_context.empty(), body) is made
    monkeypatch.setattr(active_context, "_MOST_KEPT", 0)
    assert active_context.apply(active_context.empty(), {"other": f"{E}other"}).terms
    assert active_context.empty().knows(body) is None
    assert active_context.apply(active_context.empty(), body).terms == made.terms


def test_a_document_cannot_make_new_contexts_without_end():
    addresses = [f"https://example.org/{number}" for number in range(600)]
    pages = {url: {"@context": {f"t{number}": E}} for number, url in enumerate(addresses)}
    value = {**document(), "@context": [VC_2, *addresses]}
    found = problems(value, lambda url: pages.get(url) or context(url))
    assert [(problem.pointer, "too often" in problem.message) for problem in found] == [("/@context/500", True)]


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
