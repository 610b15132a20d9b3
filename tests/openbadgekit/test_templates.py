"""Canonical forms by template: the same as the reference engine's, or none."""

import json
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadgekit.canonical import rdf_canonical
from openbadgekit.errors import Unsafe
from openbadgekit.templates import form, learning
from openbadgekit.templates.form import Template, Untemplatable
from openbadgekit.templates.learning import Templates
from openbadgekit.templates.places import outline, replaced, text_of
from tests.openbadgekit import reference, sample
from tests.openbadgekit.many import badge

SUBJECT = ("credentialSubject", "id")
HASH = ("credentialSubject", "identifier", 0, "identityHash")
SALT = ("credentialSubject", "identifier", 0, "salt")
RESULTS = ("credentialSubject", "result")
PLACES = [
    ("id",),
    ("name",),
    ("validFrom",),
    SUBJECT,
    HASH,
    SALT,
    (*RESULTS, 0, "achievedLevel"),
    (*RESULTS, 1, "resultDescription"),
    (*RESULTS, 1, "value"),
    (*RESULTS, 2, "resultDescription"),
    (*RESULTS, 2, "value"),
    ("evidence", 0, "id"),
    ("evidence", 0, "narrative"),
    ("evidence", 1, "id"),
    ("relatedResource", 0, "id"),
    ("credentialStatus", "id"),
    ("credentialStatus", "statusListIndex"),
]
IRIS = [path for path in PLACES if path[-1] == "id"]


@pytest.fixture(scope="module")
def template():
    return Template(badge(), PLACES)


def put(document, path, value):
    document = deepcopy(document)
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return document


@pytest.mark.parametrize("number", [0, 1, 2, 17, 2**64])
def test_it_gives_what_the_reference_engine_gives(template, number):
    document = badge(number)
    assert template.fill(text_of(document)) == reference.canonical(document) == rdf_canonical(document)


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffe\uffff"), min_size=1)
SOME_IRIS = st.one_of(
    st.uuids().map(lambda uuid: f"urn:uuid:{uuid}"),
    st.from_regex(r"https://[a-z]{1,5}\.example(:[1-9][0-9])?/[A-Za-z0-9._~%!$&'()*+,;=:@/?#-]{0,9}", fullmatch=True),
    st.from_regex(r"did:web:[a-z]{1,5}\.example(%3A80)?(:[a-z]{1,3})?(#k)?", fullmatch=True),
    st.sampled_from(["https://uni.example/", "did:web:uni.example", "HTTP://A.EXAMPLE", "https://a.example/é", "x:y"]),
    st.sampled_from(["https://a.example/a/../b/./c", "https://a.example:/", "mailto:a@b.example"]),
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_the_values_are_it_gives_what_the_reference_engine_gives_or_none(template, data):
    paths = data.draw(st.lists(st.sampled_from(PLACES), unique=True, max_size=5))
    values = {path: data.draw(SOME_IRIS if path in IRIS else TEXTS) for path in paths}
    document = replaced(badge(3), values)
    found = template.fill(text_of(document))
    if found is not None:
        assert found == reference.canonical(document)
        assert found == rdf_canonical(document)
    elif not any(path in IRIS for path in paths):  # texts alone are always certain, unless two nodes become alike
        results = document["credentialSubject"]["result"]
        assert {**results[1]} == {**results[2]}


def same_results(document):
    document["credentialSubject"]["result"][2] = dict(document["credentialSubject"]["result"][1])


UNSOUND = {
    "two hashes are equal": same_results,
    "a list is longer": lambda d: d["evidence"].append({"id": "https://a.example/3", "type": ["Evidence"]}),
    "a list is shorter": lambda d: d["evidence"].pop(),
    "a member is absent": lambda d: d["evidence"][0].pop("narrative"),
    "a member more": lambda d: d.update(description="More"),
    "a text became an object": lambda d: d.update(name={"@value": "Name", "@language": "en"}),
    "a text became a list": lambda d: d.update(name=["Name"]),
    "a text became a number": lambda d: d.update(name=5),
    "a text became a truth value": lambda d: d.update(name=True),
    "a fixed text is another": lambda d: d.update(awardedDate="2025-05-02T00:00:00Z"),
    "a truth value became a number": lambda d: d["credentialSubject"]["identifier"][0].update(hashed=1),
    "members in another order": lambda d: d.update(name=d.pop("name")),
    "a quad is repeated": lambda d: d["evidence"][1].update(id=d["evidence"][0]["id"]),
    "an id is the document's": lambda d: d["evidence"][1].update(id=d["id"]),
    "the document's id is one inside": lambda d: d.update(id="https://uni.example/evidence/1"),
    "the document's id is a fixed one inside": lambda d: d.update(id=sample.UNIT_DID),
    "an IRI is relative": lambda d: d["evidence"][1].update(id="evidence/1"),
    "an IRI is shortened": lambda d: d["evidence"][1].update(id="xsd:string"),
    "an IRI is a term": lambda d: d["evidence"][1].update(id="Evidence"),
    "an IRI is a blank node": lambda d: d["evidence"][1].update(id="_:b0"),
    "an IRI has a space": lambda d: d["evidence"][1].update(id="https://a.example/a b"),
    "an IRI is not ASCII": lambda d: d["evidence"][1].update(id="https://a.example/é"),
    "an IRI has a broken escape": lambda d: d["evidence"][1].update(id="https://a.example/%zz"),
    "an IRI is empty": lambda d: d["evidence"][1].update(id=""),
    "a text is empty": lambda d: d.update(name=""),
    "a text with NUL": lambda d: d.update(name="a\x00"),
    "a text with half a pair": lambda d: d.update(name="a\ud800"),
    "a text with no character": lambda d: d.update(name="a\uffff"),
}


@pytest.mark.parametrize("case", UNSOUND)
def test_where_it_is_not_certain_it_gives_none(template, case):
    document = badge(4)
    UNSOUND[case](document)
    assert template.fill(text_of(document)) is None


def test_a_document_that_goes_on_gives_none(template):
    assert template.fill(text_of(badge())[:-1] + ',"more":"x"}') is None


def test_escapes_of_json_are_read(template):
    document = put(badge(5), ("name",), 'a "b" \\ \n \x1f \u2028')
    assert template.fill(text_of(document)) == reference.canonical(document)


def test_a_value_that_looks_like_the_placeholder_is_only_a_value(template):
    document = put(badge(5), ("name",), "urn:x-openbadgekit:0000")
    assert template.fill(text_of(document)) == reference.canonical(document)


@pytest.mark.parametrize("path", [("issuer", "name"), ("issuer", "parentOrg", "url")])
def test_there_is_no_template_where_the_issuers_text_holds_the_placeholder(path):
    with pytest.raises(Untemplatable) as refusal:
        Template(put(badge(), path, "urn:x-openbadgekit:0000"), PLACES)
    assert not refusal.value.stuck


def test_there_is_no_template_where_two_fixed_nodes_are_alike():
    document = badge()
    alignments = document["credentialSubject"]["achievement"]["alignment"]
    alignments.append(dict(alignments[0]))
    with pytest.raises(Untemplatable):
        Template(document, PLACES)


def test_there_is_no_template_where_the_document_gives_no_form_itself():
    document = badge()
    same_results(document)
    with pytest.raises(Untemplatable):
        Template(document, PLACES)


PROOF = ("issuer", "endorsement", 0, "proof")


@pytest.mark.parametrize(
    "path",
    [
        (*PROOF, "proofPurpose"),  # a word that a context explains
        (*PROOF, "type"),
        ("type", 1),
        ("@context", 0),
        ("credentialSchema", 0, "type"),
    ],
)
def test_a_place_where_no_placeholder_can_stand_is_named(path):
    with pytest.raises(Untemplatable) as refusal:
        Template(badge(), [*PLACES[:1], path] if path[0] != "@context" else [path])
    assert path in refusal.value.stuck or not refusal.value.stuck


def test_a_text_that_is_covered_in_part_only_is_a_place_for_none(monkeypatch):
    engine = form.rdf_canonical
    monkeypatch.setattr(form, "rdf_canonical", lambda document: engine(document).replace(b":0001", b":0001 and more"))
    with pytest.raises(Untemplatable) as refusal:
        Template(badge(), PLACES[:3])
    assert refusal.value.stuck == {("name",)}


def test_a_template_that_differs_from_the_engine_is_not_used(monkeypatch):
    monkeypatch.setattr(form, "escape", lambda text: text)
    with pytest.raises(Untemplatable):
        Template(badge(), PLACES)


def test_a_template_that_the_engine_cannot_be_compared_with_is_not_used(monkeypatch):
    engine = form.rdf_canonical

    def refuses(document):
        if "\\" in document["name"]:
            raise Unsafe("It takes too long.")
        return engine(document)

    monkeypatch.setattr(form, "rdf_canonical", refuses)
    with pytest.raises(Untemplatable):
        Template(badge(), PLACES)


def test_there_is_no_template_where_a_context_takes_a_plain_scheme_for_a_prefix(monkeypatch):
    monkeypatch.setattr(form, "_names_of", lambda _address: frozenset({"urn"}))
    with pytest.raises(Untemplatable):
        Template(badge(), PLACES)


def test_documents_without_an_id_have_templates_too():
    document = badge()
    del document["id"]
    assert Template(document, [SUBJECT]).fill(text_of(document)) == rdf_canonical(document)


def test_the_outline_tells_shapes_apart_and_nothing_else():
    assert outline(badge(1)).shape == outline(badge(2)).shape
    assert outline(badge(1)).texts != outline(badge(2)).texts
    shapes = {
        outline(document).shape for document in ({"a": x} for x in ("t", ["t"], ["t", "t"], {}, None, 1, True, 1.5))
    }
    assert len(shapes) == 8
    assert outline({"type": "A"}).shape != outline({"type": "B"}).shape
    assert outline({"a": {"b/c": ["x", {"d": "y"}]}}).paths == (("a", "b/c", 0), ("a", "b/c", 1, "d"))


def learned(*documents):
    templates = Templates()
    for document in documents:
        templates.learn(document)
    return templates


def test_two_documents_teach_where_they_differ():
    templates = learned(badge(1), badge(2))
    template, found = templates.fill(text_of(badge(9)))
    assert found == rdf_canonical(badge(9))
    assert template.fill(text_of(badge(8))) is not None
    assert templates.fill(text_of(put(badge(9), ("name",), "Other"))) is None


def test_one_document_teaches_nothing_yet():
    assert learned(badge(1)).fill(text_of(badge(1))) is None
    assert learned(badge(1), badge(1)).fill(text_of(badge(1))) is None


def test_a_third_document_widens_the_template():
    templates = learned(badge(1), badge(2), put(badge(3), ("name",), "Other"))
    assert templates.fill(text_of(put(badge(9), ("name",), "Yet another")))
    assert templates.fill(text_of(badge(1)))


def test_shapes_are_kept_apart_and_the_last_one_used_comes_first():
    longer = {number: put(badge(number), ("description",), "More") for number in range(4)}
    templates = learned(badge(1), badge(2), longer[1], longer[2])
    for document in (badge(7), longer[3], badge(8), badge(9)):
        _, found = templates.fill(text_of(document))
        assert found == rdf_canonical(document)


def test_a_place_where_no_placeholder_can_stand_keeps_its_text():
    other = put(badge(2), (*PROOF, "proofPurpose"), "authentication")
    templates = learned(badge(1), other)
    assert templates.fill(text_of(badge(3)))
    assert templates.fill(text_of(put(badge(3), (*PROOF, "proofPurpose"), "authentication"))) is None
    templates.learn(put(badge(4), (*PROOF, "proofPurpose"), "authentication"))
    assert templates.fill(text_of(badge(5)))


def test_documents_that_differ_in_a_place_for_none_alone_have_no_template():
    templates = learned(badge(1), put(badge(1), (*PROOF, "proofPurpose"), "authentication"))
    assert templates.fill(text_of(badge(1))) is None


def test_a_shape_without_a_template_goes_without():
    marked = [put(badge(number), ("issuer", "name"), "urn:x-openbadgekit:0000") for number in range(3)]
    templates = learned(*marked)
    assert templates.fill(text_of(marked[2])) is None


def test_documents_with_little_in_common_are_samples_of_their_own(monkeypatch):
    monkeypatch.setattr(learning, "_MOST_PLACES", 8)
    others = [
        replaced(badge(number), {("evidence", 0, name): "Other" for name in ("name", "narrative", "genre")})
        for number in range(10, 14)
    ]
    templates = learned(badge(1), others[1], badge(2), others[2])
    assert templates.fill(text_of(others[3]))
    assert templates.fill(text_of(badge(3)))
    assert templates.fill(text_of(put(others[3], ("evidence", 0, "name"), "Week plan"))) is None


def test_it_remembers_so_much_and_no_more(monkeypatch):
    monkeypatch.setattr(learning, "_MOST_SHAPES", 2)
    monkeypatch.setattr(learning, "_MOST_TEMPLATES", 1)
    first, second = (lambda n: put(badge(n), ("description",), "More")), (lambda n: put(badge(n), ("partial",), "x"))
    templates = learned(first(1), first(2), badge(1), badge(2), second(1), badge(3))
    assert templates.fill(text_of(first(3))) is None
    assert templates.fill(text_of(badge(3)))
    assert len(templates._samples) == 2
    monkeypatch.setattr(learning, "_MOST_BUILDS", 1)
    templates.learn(put(badge(3), ("name",), "Other"))
    assert templates.fill(text_of(put(badge(3), ("name",), "Other"))) is None


def test_a_template_that_was_forgotten_is_used_no_more():
    templates = learned(badge(1), badge(2))
    template, _ = templates.fill(text_of(badge(3)))
    templates.forget(template)
    assert templates.fill(text_of(badge(3))) is None
    templates._put_first(template)
    assert templates.fill(text_of(badge(3))) is None


def test_it_does_not_change_what_it_was_given():
    document = badge(1)
    before = json.dumps(document)
    learned(document, badge(2))
    document["name"] = "Changed later"
    assert json.dumps(badge(1)) == before


def test_all_names_of_a_context_are_known_at_any_depth(monkeypatch):
    body = {"@context": [{"a": {"@id": "x:a", "@context": {"b": "x:b"}}}, "https://a.example/other"]}
    monkeypatch.setattr(form, "context", lambda _address: body)
    assert form._names_of("https://a.example/context") >= {"a", "b"}
    form._names_of.cache_clear()
