"""Safe mode: what an engine would drop in silence, and what a reader would read differently from what was signed."""

from copy import deepcopy

import pytest

from openbadgekit.documents import contexts, ob3
from openbadgekit.documents.contexts import CONTEXTS, MULTIKEY_1, OB_3, OB_3_EXTENSIONS, VC_2, context
from openbadgekit.errors import Malformed, Unsupported
from openbadgekit.safe_mode import problems, read
from tests.openbadgekit import sample

OB_302 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
ACHIEVEMENT = ("credentialSubject", "achievement")
ENDORSEMENT = (*ACHIEVEMENT, "endorsement", 0)


@pytest.fixture(scope="module")
def signed():
    return sample.signed_badge()


def changed(document, path, value):
    copy = deepcopy(document)
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return copy


def pointer(path):
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def test_it_finds_nothing_in_a_badge_of_ours(signed):
    assert problems(signed) == []
    assert problems(signed["issuer"]["endorsement"][0]) == []


@pytest.mark.conformance
def test_it_finds_nothing_in_the_official_example(official):
    assert problems(official("examples/ob30/simple.json")) == []


@pytest.mark.conformance
def test_a_context_with_a_vocabulary_defines_everything(official):
    examples = official("contexts/credentials-examples-v2.json")
    document = official("vectors/vc-di-eddsa/unsigned.json")
    assert problems(document, lambda url: examples if "examples" in url else context(url)) == []
    found = problems(document)
    assert found[0].pointer == "/@context/1"
    assert "not known here" in found[0].message


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("expirationDate",), "2020-01-01T00:00:00Z"),
        (("issuer", "motto"), "x"),
        ((*ACHIEVEMENT, "decision"), "2025-014"),
        ((*ACHIEVEMENT, "criteria", "hours"), "12"),
        (("evidence", 0, "digest"), "x"),
        (("credentialStatus", "extra"), "x"),
        (("proof", "extra"), "x"),
        ((*ENDORSEMENT, "extra"), "x"),
        ((*ENDORSEMENT, "proof", "extra"), "x"),
        (("https://www.w3.org/2018/credentials#validUntil",), "2120-01-01T00:00:00Z"),
        (("a/b~c",), "x"),
    ],
)
def test_it_reports_a_member_that_no_context_defines(signed, path, value):
    found = problems(changed(signed, path, value))
    assert [(problem.pointer, "No context defines" in problem.message) for problem in found] == [(pointer(path), True)]


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (
            ("type",),
            ["VerifiableCredential", "OpenBadgeCredential", "Diploma"],
            "No context defines the type 'Diploma'",
        ),
        (("type",), "", "No context defines the type ''"),
        (("type",), [], "not empty"),
        (("type",), ["VerifiableCredential", 5], "must be text"),
        (("type",), ["VerifiableCredential", "id"], "No context defines the type"),
        (("type",), ["VerifiableCredential", "a b:c"], "No context defines the type"),
        (
            ("type",),
            ["https://www.w3.org/2018/credentials#VerifiableCredential"],
            "must be written by its name",
        ),
        (("issuer", "type"), {"a": 1}, "must be text"),
    ],
)
def test_it_reports_a_type_that_no_context_defines(path, value, words):
    document = {
        "@context": [VC_2, OB_3],
        "id": "https://example.org/1",
        "type": ["VerifiableCredential"],
        "issuer": {"id": "did:web:example.org", "type": ["Profile"]},
    }
    found = problems(changed(document, path, value))
    assert (found[0].pointer, words in found[0].message) == (pointer(path), True)


def test_two_types_may_each_bring_terms(signed):
    assert problems(changed(signed, ("evidence", 0, "type"), ["VerifiableCredential", "Evidence"])) == []
    assert problems(changed(signed, ("evidence", 0, "type"), ["Evidence", "Evidence"])) == []


@pytest.mark.parametrize("value", [True, "x", ["x"], {"@value": "x"}, {}, {"@context": VC_2}])
def test_a_proof_is_an_object(signed, value):
    path = (*ENDORSEMENT, "proof")
    assert problems(changed(signed, path, value))[0].pointer == pointer(path)


def test_an_own_type_is_an_absolute_iri(signed):
    assert problems(changed(signed, (*ACHIEVEMENT, "type"), ["Achievement", "https://example.org/types#Own"])) == []


@pytest.mark.parametrize(
    "iri",
    [
        "relative",
        "/relative",
        "//host/relative",
        "#fragment",
        "",
        "https://",
        "https:///path",
        "https:path",
        "https://example.org/a b",
        "https://example.org/<a>",
        "https://example.org/%zz",
        "https://example.org/#a#b",
        "https://example.org/\u0001",
        "https://example.org/\n",
        "_:b0",
        "1a:b",
        "type:x",
        5,
        True,
        ["https://example.org/"],
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        ("id",),
        (*ACHIEVEMENT, "id"),
        ("credentialStatus", "statusListCredential"),
        ("proof", "verificationMethod"),
        (*ENDORSEMENT, "credentialSubject", "id"),
    ],
)
def test_it_reports_what_is_no_absolute_iri_where_one_must_stand(signed, path, iri):
    found = problems(changed(signed, path, iri))
    typed_and_no_text = path[-1] not in ("id",) and not isinstance(iri, str)
    if typed_and_no_text and not isinstance(iri, list):
        assert found == []
    elif typed_and_no_text:
        assert problems(changed(signed, path, ["relative"]))[0].pointer == pointer((*path, 0))
    else:
        assert (found[0].pointer, "IRI" in found[0].message) == (pointer(path), True)


@pytest.mark.parametrize(
    "iri", ["urn:uuid:x", "did:web:a%3A80:b", "https://例子.example/路径?q=1#f", "mailto:a@b.example"]
)
def test_absolute_iris_of_any_scheme_are_kept(signed, iri):
    assert problems(changed(signed, (*ACHIEVEMENT, "id"), iri)) == []


@pytest.mark.parametrize(
    "keyword", ["@id", "@type", "@graph", "@included", "@reverse", "@vocab", "@import", "@nest", "@x"]
)
@pytest.mark.parametrize("path", [(), ACHIEVEMENT, ("proof",), ENDORSEMENT])
def test_keywords_stand_nowhere(signed, keyword, path):
    found = problems(changed(signed, (*path, keyword), "https://example.org/"))
    assert (found[0].pointer, "keyword" in found[0].message) == (pointer((*path, keyword)), True)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"@vocab": "https://example.org/"}, "not written into the document"),
        ([VC_2, OB_3, {"name": "https://example.org/"}], "not written into the document"),
        ([VC_2, OB_3, "https://example.org/context"], "not known here"),
        ([OB_3, VC_2], "first context"),
        ([], "first context"),
        (None, "first context"),
        ([VC_2, OB_3, None], "not written into the document"),
        ([VC_2, OB_3, OB_3], "twice"),
        ([VC_2, OB_3, OB_302], "Two versions"),
        ([VC_2, OB_3, 5], "not written into the document"),
        ([[VC_2, OB_3]], "first context"),
    ],
)
def test_contexts_are_the_pinned_ones_in_their_order(signed, value, words):
    found = problems(changed(signed, ("@context",), value))
    assert any(problem.pointer.startswith("/@context") and words in problem.message for problem in found)


@pytest.mark.parametrize(
    "value", [{"@vocab": "https://example.org/"}, None, ["https://example.org/context"], [{"name": "https://e.org/"}]]
)
@pytest.mark.parametrize("path", [ENDORSEMENT, ACHIEVEMENT, ("proof",), ("evidence", 0)])
def test_nested_contexts_are_pinned_ones_too(signed, value, path):
    found = problems(changed(signed, (*path, "@context"), value))
    assert found[0].pointer.startswith(pointer((*path, "@context")))


def test_another_version_of_a_context_cannot_change_protected_terms(signed):
    found = problems(changed(signed, (*ENDORSEMENT, "@context"), [VC_2, OB_302]))
    assert any("protected" in problem.message for problem in found)


def test_an_empty_document_says_nothing():
    for nothing in ({}, {"id": "urn:uuid:1"}, {"id": "urn:uuid:1", "name": []}):
        assert "says nothing" in problems({"@context": [VC_2], **nothing})[0].message
    assert problems({"@context": [VC_2], "type": "VerifiableCredential"}) == []


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a\ufffeb", "no characters"),
        ("\uffff", "no characters"),
        ({"@value": "\ufffe", "@language": "de"}, "no characters"),
        (1e-7, "fewer digits"),
        (-5e-324, "fewer digits"),
        (2251799813685248.5, "fewer digits"),
        (float("inf"), "fewer digits"),
    ],
)
def test_what_engines_write_differently_is_reported(signed, value, words):
    found = problems(changed(signed, ("evidence", 0, "name"), value))
    assert [words in problem.message for problem in found] == [True]
    assert found[0].pointer.startswith("/evidence/0/name")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("exp", [1, "1"]),
        ("name", ["x", {"@value": "x"}]),
        ("name", [True, "true", {"@value": "true"}]),
        ("termsOfUse", [{"id": "urn:uuid:1", "exp": 5}, {"id": "urn:uuid:1", "exp": "5"}]),
    ],
)
def test_what_is_said_twice_in_different_ways_is_reported(name, value):
    document = {"@context": [VC_2], "id": "urn:uuid:0", "type": "VerifiableCredential"}
    assert any("said twice" in problem.message for problem in problems({**document, name: value}))
    assert problems({**document, "name": ["x", "x"], "exp": [1, 1]}) == []


@pytest.mark.parametrize("value", ["id", "type", "relative", "a b:c", "id:x"])
def test_a_word_that_no_vocabulary_has_is_reported(signed, value):
    found = problems(changed(signed, ("proof", "proofPurpose"), value))
    assert [problem.pointer for problem in found] == ["/proof/proofPurpose"]
    assert problems(changed(signed, ("proof", "proofPurpose"), "https://example.org/purpose")) == []


def test_a_document_without_a_context_means_nothing():
    assert "no @context" in problems({"id": "https://example.org/"})[0].message


@pytest.mark.parametrize("path", [("name",), (*ACHIEVEMENT, "description"), ("evidence", 0)])
def test_null_is_reported(signed, path):
    assert "null" in problems(changed(signed, path, None))[0].message


def test_a_list_in_a_list_is_reported(signed):
    assert problems(changed(signed, ("evidence",), [[{"type": ["Evidence"]}]]))[0].pointer == "/evidence/0"


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ({"@value": "Kochen", "@language": "de"}, True),
        ({"@value": "Kochen", "@language": "de-at"}, True),
        ({"@value": "Kochen"}, True),
        ({"@value": "Kochen", "@language": "DE"}, False),
        ({"@value": "Kochen", "@language": 5}, False),
        ({"@value": "Kochen", "@direction": "ltr"}, False),
        ({"@value": "Kochen", "@type": "https://example.org/t"}, False),
        ({"@value": 5}, False),
        ({"@value": "Kochen", "name": "x"}, False),
        ({"en": "Cooking"}, False),
    ],
)
def test_value_objects_hold_text_and_its_language(signed, value, good):
    assert (problems(changed(signed, ("name",), value)) == []) is good


def test_nothing_describes_the_document_itself_a_second_time(signed):
    about_itself = {"id": signed["id"], "type": ["EndorsementSubject"], "endorsementComment": "Good."}
    path = (*ENDORSEMENT, "credentialSubject")
    assert problems(changed(signed, path, about_itself)) == []
    hidden = {**about_itself, "validUntil": "2120-01-01T00:00:00Z"}
    messages = [problem.message for problem in problems(changed(signed, path, hidden))]
    assert any("second time" in message for message in messages)


def test_it_stops_after_twenty_problems(signed):
    assert len(problems({**signed, **{f"x{number}": 1 for number in range(100)}})) == 20


def test_every_pinned_context_is_there_and_is_the_published_one():
    assert {VC_2, OB_3, OB_3_EXTENSIONS, MULTIKEY_1} < set(CONTEXTS)
    for url in CONTEXTS:
        assert "@context" in context(url)


def test_an_unknown_context_is_not_supported():
    with pytest.raises(Unsupported):
        context("https://example.org/context")


def test_a_context_whose_bytes_were_changed_is_refused(tmp_path, monkeypatch):
    (tmp_path / "credentials-v2.json").write_text('{"@context": {"@vocab": "https://evil.example/"}}')
    monkeypatch.setattr(contexts, "_folder", lambda _: tmp_path)
    with pytest.raises(Malformed, match="not the published one"):
        context.__wrapped__(VC_2)


def test_contexts_that_are_not_installed_are_told(monkeypatch):
    monkeypatch.setattr(contexts.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(Unsupported, match="not installed"):
        contexts._folder.__wrapped__("openbadgeslib")


def test_the_issuers_badge_survives_a_walk_unchanged():
    document = ob3.credential(sample.CREDENTIAL)
    before = deepcopy(document)
    assert read(document).quads
    assert document == before
