"""Canonical forms: the published vectors, a second engine, and datasets made to cost time."""

import hashlib
import json
import random
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld

from openbadgekit.canonical import digest_sri, json_canonical, rdf_canonical
from openbadgekit.documents import contexts, ob3
from openbadgekit.errors import BadgeError, Malformed, Unsafe
from tests.openbadgekit import sample


def by_pyld(document):
    def loader(url, _options):
        return {"document": contexts.context(url), "documentUrl": url, "contextUrl": None, "contentType": "text/json"}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": loader}
    return jsonld.normalize(deepcopy(document), options).encode()


def minimal(**members):
    return {
        "@context": [contexts.VC_2, contexts.OB_3],
        "id": "https://example.org/badge",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": "did:web:example.org",
        **members,
    }


@pytest.mark.conformance
def test_it_gives_the_published_form_of_the_published_document(official, conformance):
    examples = official("contexts/credentials-examples-v2.json")

    def load(url):
        return examples if url == "https://www.w3.org/ns/credentials/examples/v2" else contexts.context(url)

    folder = conformance / "vectors" / "vc-di-eddsa"
    form = rdf_canonical(official("vectors/vc-di-eddsa/unsigned.json"), load=load)
    assert form == (folder / "eddsa-rdfc-2022" / "canonDocDataInt.txt").read_bytes()
    assert hashlib.sha256(form).hexdigest() == (folder / "eddsa-rdfc-2022" / "docHashDataInt.txt").read_text().strip()


def test_a_second_engine_agrees_on_our_badge():
    document = ob3.credential(sample.CREDENTIAL)
    assert rdf_canonical(document) == by_pyld(document)


@pytest.mark.conformance
def test_a_second_engine_agrees_on_the_official_example(official):
    document = official("examples/ob30/simple.json")
    assert rdf_canonical(document) == by_pyld(document)


# pyld leaves control characters unescaped, so it is no oracle for them; the next test is.
PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=15)


@settings(max_examples=60, deadline=None)
@given(st.lists(PLAIN, min_size=1, max_size=4), st.lists(PLAIN, max_size=3), PLAIN)
def test_a_second_engine_agrees_on_any_text(names, tags, words):
    document = minimal(
        name=names[0],
        credentialSubject={
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://example.org/a",
                "type": ["Achievement"],
                "name": words,
                "tag": tags,
                "resultDescription": [{"type": ["ResultDescription"], "name": name} for name in names],
            },
        },
        evidence=[{"type": ["Evidence"], "name": name, "narrative": words} for name in names],
    )
    assert rdf_canonical(document) == by_pyld(document)


HOSTILE = [
    *(None, True, 0, 1.5, "", "x", "_:b", "https://a.example/", "did:web:uni.example", [], {}, [[]], {"type": []}),
    *(
        {"@value": "x"},
        {"@value": "x", "@language": "de"},
        {"@id": "x"},
        {"@list": ["a"]},
        {"id": "https://a.example/"},
    ),
    *({"@context": contexts.VC_2}, {"@context": []}, {"type": "Profile", "id": "did:web:uni.example"}, "Evidence"),
    *(
        "VerifiableCredential",
        "EndorsementSubject",
        ["VerifiableCredential", "Evidence"],
        {"type": "DataIntegrityProof"},
    ),
]
NAMES = [
    "@context",
    "@id",
    "@graph",
    "@type",
    "id",
    "type",
    "proof",
    "issuer",
    "cnf",
    "_sd",
    "statusMessage",
    "tag",
    "x",
]


def places(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value, *(place for item in inner for place in places(item))] if isinstance(value, dict | list) else []


def spoil(document, choose):
    for _ in range(choose.choice([1, 1, 2, 3])):
        place = choose.choice(places(document))
        value = deepcopy(choose.choice([*HOSTILE, choose.choice(places(document))]))
        if isinstance(place, dict):
            place[choose.choice([*place, *NAMES])] = value
        else:
            place.insert(choose.randrange(len(place) + 1), value)


@pytest.mark.parametrize("seed", range(12))
def test_a_second_engine_agrees_on_whatever_is_not_refused(seed):
    """The one thing that must never be: that a document passes safe mode, and engines sign different things."""
    choose = random.Random(seed)
    accepted = 0
    for _ in range(60):
        document = json.loads(json.dumps(sample.signed_badge()))
        spoil(document, choose)
        try:
            form = rdf_canonical(document)
        except BadgeError:
            continue
        accepted += 1
        assert form == by_pyld(document)
    assert accepted > 0


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("\b\t\n\f\r", r"\b\t\n\f\r"),
        ('"\\', r"\"\\"),
        ("\x01\x1f\x7f", r"\u0001\u001F\u007F"),
        ("\x80\u2028\U0001f600é", "\x80\u2028\U0001f600é"),
    ],
)
def test_it_escapes_as_rdfc_1_0_says(text, escaped):
    assert f'<https://schema.org/name> "{escaped}" .' in rdf_canonical(minimal(name=text)).decode()


def test_the_order_of_members_and_lists_changes_nothing():
    document = ob3.credential(sample.CREDENTIAL)
    turned = dict(reversed(document.items()))
    turned["evidence"] = list(reversed(document["evidence"]))
    assert rdf_canonical(turned) == rdf_canonical(document)


def test_nested_contexts_that_say_the_same_change_nothing():
    document = ob3.credential(sample.CREDENTIAL)
    bare = deepcopy(document)
    for holder in (bare["issuer"], bare["credentialSubject"]["achievement"]):
        del holder["endorsement"][0]["@context"]
    assert rdf_canonical(bare) == rdf_canonical(document)


def test_alike_parts_that_share_a_parent_are_accepted():
    two = [{"type": ["Result"], "value": "12"}, {"type": ["Result"], "value": "12"}]
    subject = {"id": "urn:uuid:0", "type": ["AchievementSubject"], "result": two}
    assert rdf_canonical(minimal(credentialSubject=subject)).count(b"#Result>") == 2


def test_alike_parts_with_alike_parts_inside_are_accepted_up_to_the_limit():
    def result(width):
        alignment = {"type": ["Alignment"], "targetName": "a", "targetUrl": "https://example.org"}
        return {"type": ["Result"], "value": "12", "alignment": [deepcopy(alignment) for _ in range(width)]}

    def badge(width):
        return minimal(credentialSubject={"type": ["AchievementSubject"], "result": [result(width), result(width)]})

    assert rdf_canonical(badge(3))
    with pytest.raises(Unsafe):
        rdf_canonical(badge(9))


@pytest.mark.conformance
def test_it_gives_the_published_json_form(official, conformance):
    folder = conformance / "vectors" / "vc-di-eddsa" / "eddsa-jcs-2022"
    assert json_canonical(official("vectors/vc-di-eddsa/unsigned.json")).decode() == (
        folder / "canonDocJCS.txt"
    ).read_text("utf-8")


def test_json_is_sorted_by_utf_16_and_numbers_are_short():
    value = {"\U0001f600": 1.0, "\ufb33": 1e21, "a": [1e-7, -0.0, "\u2028\x7f\x01"]}
    assert json_canonical(value).decode() == ('{"a":[1e-7,0,"\u2028\x7f\\u0001"],"\U0001f600":1,"\ufb33":1e+21}')


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**60, "\ud800", {"\ud800": 1}])
def test_what_has_no_json_form_is_refused(value):
    with pytest.raises(Malformed):
        json_canonical(value)


def test_a_digest_is_that_of_the_canonical_form():
    expected = hashlib.sha256(b'{"a":1,"b":2}').digest()
    assert digest_sri({"b": 2, "a": 1}).startswith("sha256-")
    assert json.loads(json_canonical({"b": 2, "a": 1})) == {"a": 1, "b": 2}
    assert digest_sri({"b": 2, "a": 1}) == digest_sri({"a": 1, "b": 2})
    assert len(expected) == 32
    assert digest_sri({}, "sha384").startswith("sha384-")


JSON_TEXT = st.text(max_size=12)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | JSON_TEXT
KEYS = JSON_TEXT | st.sampled_from(["@context", "@id", "@graph", "id", "type", "proof", "credentialSubject", "issuer"])
WILD = st.recursive(LEAVES, lambda v: st.lists(v, max_size=3) | st.dictionaries(KEYS, v, max_size=4), max_leaves=15)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(KEYS, WILD, max_size=5))
def test_nothing_but_a_badge_error_comes_out(members):
    try:
        rdf_canonical({**minimal(), **members})
    except BadgeError as error:
        assert error.message
