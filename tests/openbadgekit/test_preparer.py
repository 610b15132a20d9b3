"""Preparing many documents: as `prepare`, document for document; signing into bytes and checking those."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadgekit import issue
from openbadgekit.errors import BadgeError, Malformed, Unsafe
from openbadgekit.keys import Key
from openbadgekit.templates.form import Template
from tests.openbadgekit import sample
from tests.openbadgekit.many import badge
from tests.openbadgekit.test_templates import PLACES, UNSOUND, put

AT = datetime(2025, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def preparer():
    preparer = issue.Preparer()
    for number in range(3):
        preparer.prepare(badge(number))
    return preparer


def outcome(prepare, document):
    try:
        prepared = prepare(document)
    except BadgeError as error:
        return type(error), error.message, error.pointer
    return prepared.body, prepared.digest, prepared.issuer, prepared.contexts


def test_it_gives_what_prepare_gives(preparer):
    for number in range(10, 20):
        assert outcome(preparer.prepare, badge(number)) == outcome(issue.prepare, badge(number))
    assert (preparer.by_engine, preparer.by_template) == (2, 11)


@pytest.mark.parametrize("case", UNSOUND)
def test_what_is_not_certain_goes_the_whole_way(preparer, case):
    document = badge(4)
    UNSOUND[case](document)
    assert outcome(preparer.prepare, document) == outcome(issue.prepare, document)
    assert preparer.by_template == 1


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(PLACES), st.one_of(st.text(), st.sampled_from([5, True, None, [], {}, ["x"], 0.5, float("nan")]))
)
def test_whatever_stands_there_it_does_what_prepare_does(path, value):
    document = put(badge(5), path, value)
    assert outcome(LEARNED.prepare, document) == outcome(issue.prepare, document)


LEARNED = issue.Preparer()
for _number in range(3):
    LEARNED.prepare(badge(_number))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("id",), "https://a.example/b c"),
        (("credentialStatus", "statusListIndex"), "017"),
        (("credentialStatus", "statusListIndex"), "-1"),
        (("credentialStatus", "statusListIndex"), ""),
        (("credentialSubject", "identifier", 0, "identityHash"), ""),
        (("credentialSubject", "result", 1, "value"), ""),
    ],
)
def test_the_shape_of_every_document_is_checked(preparer, path, value):
    with pytest.raises(Malformed) as refusal:
        preparer.prepare(put(badge(6), path, value))
    assert refusal.value.pointer == "/" + "/".join(map(str, path))


@pytest.mark.parametrize("value", [object(), {1, 2}, ("a", "b"), b"x"])
def test_what_is_no_json_is_refused(preparer, value):
    with pytest.raises(Malformed):
        preparer.prepare({**badge(6), "description": value})


def test_a_document_without_end_is_refused(preparer):
    document = badge(6)
    document["issuer"]["parentOrg"] = document["issuer"]
    with pytest.raises(Unsafe):
        preparer.prepare(document)


def test_documents_of_one_template_can_be_told(preparer):
    assert issue.prepare(badge(7)).template is None
    assert preparer.prepare(badge(7)).template == preparer.prepare(badge(8)).template != None  # noqa: E711
    assert preparer.prepare(put(badge(8), ("description",), "More")).template is None


def test_nothing_is_learned_from_what_is_refused():
    preparer = issue.Preparer()
    for number in range(4):
        with pytest.raises(Malformed):
            preparer.prepare(put(badge(number), ("validFrom",), "yesterday"))
    assert (preparer.by_engine, preparer.by_template) == (0, 0)
    assert preparer._templates.fill(json.dumps(badge())) is None


def test_one_in_a_hundred_is_compared_with_the_engine(preparer, monkeypatch):
    preparer.by_template = 98
    monkeypatch.setattr(Template, "fill", lambda _self, _text: b"<a:b> <c:d> <e:f> .\n")
    preparer.prepare(badge(7))
    with pytest.raises(Unsafe, match="another canonical form"):
        preparer.prepare(badge(8))
    assert outcome(preparer.prepare, badge(9)) == outcome(issue.prepare, badge(9))


def test_what_was_prepared_is_what_is_signed(preparer):
    document = badge(7)
    prepared = preparer.prepare(document)
    document["name"] = "Another name"
    document["@context"].append("https://a.example/")
    prepared.contexts.append("https://a.example/")
    signed = issue.sign(prepared, sample.UNIT_SIGNER, created=AT)
    assert signed == issue.sign(issue.prepare(badge(7)), sample.UNIT_SIGNER, created=AT)
    issue.checked(signed, sample.UNIT_KEY.public)


def test_the_bytes_are_those_of_the_signed_document(preparer):
    for number in range(20):
        prepared = preparer.prepare(badge(number))
        signed = issue.sign_bytes(prepared, sample.UNIT_SIGNER, created=AT)
        assert signed == issue.serialise(issue.sign(prepared, sample.UNIT_SIGNER, created=AT))
        issue.checked_bytes(signed, prepared, sample.UNIT_KEY.public)
        issue.checked(json.loads(signed), sample.UNIT_KEY.public)


class Fixed(issue.LocalSigner):
    """A signer whose signature is known beforehand."""

    def __init__(self, signature):
        super().__init__(sample.UNIT_KEY, sample.UNIT_SIGNER.verification_method)
        self.signature = signature

    def sign(self, _data):
        return self.signature


@pytest.mark.parametrize("zeros", range(4))
def test_a_signature_that_begins_with_zero_bytes_keeps_them(preparer, zeros):
    signed = issue.sign_bytes(preparer.prepare(badge(1)), Fixed(bytes(zeros) + bytes(range(1, 65 - zeros))), created=AT)
    value = json.loads(signed)["proof"]["proofValue"]
    assert value.startswith("z" + "1" * zeros)
    assert not value.startswith("z" + "1" * (zeros + 1))


def test_a_true_signature_that_begins_with_a_zero_byte_holds(preparer):
    """One signature in 256 begins so; badges are signed until one does."""
    for number in range(5000):
        prepared = preparer.prepare(badge(number))
        signed = issue.sign_bytes(prepared, sample.UNIT_SIGNER, created=AT)
        if json.loads(signed)["proof"]["proofValue"].startswith("z1"):
            issue.checked_bytes(signed, prepared, sample.UNIT_KEY.public)
            issue.checked(json.loads(signed), sample.UNIT_KEY.public)
            return
    pytest.fail("None of them began with a zero byte.")


def test_it_refuses_a_key_that_is_not_the_issuers(preparer):
    other = issue.LocalSigner(Key.generate(), "did:web:elsewhere.example#key-1")
    with pytest.raises(Malformed, match="not one of the issuer"):
        issue.sign_bytes(preparer.prepare(badge(1)), other, created=AT)


def changed(signed, **members):
    document = json.loads(signed)
    document["proof"] |= members
    return issue.serialise(document)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda signed: signed.replace(b'"name"', b'"nome"', 1),
        lambda signed: signed[:-1],
        lambda signed: signed[:-1] + b"x}",
        lambda signed: changed(signed, created="2025-05-01T12:00:01Z"),
        lambda signed: changed(signed, cryptosuite="eddsa-jcs-2022"),
        lambda signed: changed(signed, cryptosuite="other"),
        lambda signed: changed(signed, proofPurpose="authentication"),
        lambda signed: changed(signed, proofValue=None),
        lambda signed: changed(signed, proofValue="z1"),
        lambda signed: changed(signed, proofValue="z" + "1" * 64),
        lambda signed: changed(signed, verificationMethod="did:web:uni.example#key-2"),
        lambda signed: changed(signed, more="x"),
    ],
)
def test_spoilt_bytes_are_noticed(preparer, spoil):
    prepared = preparer.prepare(badge(1))
    signed = issue.sign_bytes(prepared, sample.UNIT_SIGNER, created=AT)
    with pytest.raises(BadgeError):
        issue.checked_bytes(spoil(signed), prepared, sample.UNIT_KEY.public)
    with pytest.raises(Malformed):
        issue.checked_bytes(signed, prepared, Key.generate().public)
