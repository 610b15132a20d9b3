"""Keys, multikeys, and did:web."""

import base58
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbadgekit import base58btc
from openbadgekit.errors import BadgeError, Malformed, Unsupported
from openbadgekit.keys import (
    Key,
    did_document,
    did_web,
    did_web_url,
    multikey_decode,
    multikey_encode,
    signature_holds,
)

L = 2**252 + 27742317777372353535851937790883648493
SMALL_ORDER = [
    bytes(32),
    b"\x01" + bytes(31),
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    bytes.fromhex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    bytes.fromhex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    bytes.fromhex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
]


def test_a_key_is_made_again_from_its_seed():
    key = Key.generate()
    again = Key.from_seed(key.seed)
    assert again.public == key.public
    assert key.public.startswith("z6Mk")
    assert signature_holds(multikey_decode(key.public), b"data", again.sign(b"data"))
    assert key.seed.hex() not in repr(key)


def test_it_agrees_with_the_published_key_pair(official):
    pair = official("vectors/vc-di-eddsa/keyPair.json")
    secret = base58.b58decode(pair["privateKeyMultibase"][1:])[2:]
    assert Key.from_seed(secret).public == pair["publicKeyMultibase"]


def test_a_seed_has_32_bytes():
    with pytest.raises(Malformed):
        Key.from_seed(b"short")


def test_a_signature_with_another_s_does_not_hold():
    key = Key.from_seed(bytes(32))
    signature = key.sign(b"data")
    s = int.from_bytes(signature[32:], "little") + L
    assert signature_holds(multikey_decode(key.public), b"data", signature)
    assert not signature_holds(multikey_decode(key.public), b"data", signature[:32] + s.to_bytes(32, "little"))


@pytest.mark.parametrize("public", SMALL_ORDER)
@pytest.mark.parametrize("message", [b"", b"a", b"b", b"c"])
def test_a_key_of_small_order_signs_nothing(public, message):
    for r in SMALL_ORDER:
        assert not signature_holds(public, message, r + bytes(32))


@pytest.mark.parametrize("signature", [b"", bytes(63), bytes(65)])
def test_a_signature_of_another_length_does_not_hold(signature):
    assert not signature_holds(multikey_decode(Key.generate().public), b"", signature)


@given(st.binary(min_size=32, max_size=32))
def test_a_multikey_is_read_as_it_was_written(public):
    assert multikey_decode(multikey_encode(public)) == public


@pytest.mark.parametrize("data", [bytes(64), b"\x00" + b"\x01" * 63, b"\x00\x00" + b"\xff" * 62])
def test_base58_keeps_leading_zero_bytes(data):
    assert base58btc.decode(base58btc.encode(data), length=64) == data


@pytest.mark.parametrize(
    "text",
    ["", "z", "6Mk", "z6Mk0", "z6MkO", "z6Mk" + "1" * 500, "z6Mk é", "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ"],
)
def test_it_refuses_what_is_no_multikey(text):
    with pytest.raises(BadgeError):
        multikey_decode(text)


@pytest.mark.parametrize("spoil", [lambda t: "z1" + t[1:], lambda t: t + "11", lambda t: t + " ", lambda t: t[:-1]])
def test_base58_has_one_form(spoil):
    with pytest.raises(BadgeError):
        base58btc.decode(spoil(base58btc.encode(b"\x01" * 64)), length=64)


def test_another_kind_of_key_is_not_supported():
    with pytest.raises(Unsupported):
        multikey_decode("zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169")


@pytest.mark.parametrize(
    ("base", "segments", "did", "url"),
    [
        ("https://uni.example", (), "did:web:uni.example", "https://uni.example/.well-known/did.json"),
        (
            "https://uni.example/",
            ("units", "food-as-medicine"),
            "did:web:uni.example:units:food-as-medicine",
            "https://uni.example/units/food-as-medicine/did.json",
        ),
        ("https://uni.example:8443", ("u",), "did:web:uni.example%3A8443:u", "https://uni.example:8443/u/did.json"),
        ("http://localhost:8000", (), "did:web:localhost%3A8000", "https://localhost:8000/.well-known/did.json"),
    ],
)
def test_did_web_and_its_address(base, segments, did, url):
    assert did_web(base, *segments) == did
    assert did_web_url(did) == url


def test_http_is_for_loopback_hosts_that_were_allowed():
    assert did_web_url("did:web:localhost%3A8000:u", allow_http_loopback=True) == "http://localhost:8000/u/did.json"
    assert did_web_url("did:web:127.0.0.1%3a80", allow_http_loopback=True).startswith("http://127.0.0.1:80/")
    assert did_web_url("did:web:uni.example", allow_http_loopback=True).startswith("https://")
    assert did_web_url("did:web:localhost.evil.example", allow_http_loopback=True).startswith("https://")


@pytest.mark.parametrize(
    "base",
    [
        "uni.example",
        "ftp://uni.example",
        "https://uni.example/path",
        "https://u:p@uni.example",
        "https://a_b",
        "https://x:y",
    ],
)
def test_a_base_must_be_an_origin(base):
    with pytest.raises(Malformed):
        did_web(base)


@pytest.mark.parametrize(
    "did",
    [
        "did:web:",
        "did:web::a",
        "did:web:uni.example:",
        "did:web:uni.example:..",
        "did:web:uni.example:a%2Fb",
        "did:web:user@uni.example",
        "did:web:uni.example/path",
        "did:web:uni.example%3A",
        "did:web:uni.example%3A99999",
        "did:web:uni.example%3A0",
        "did:web:uni.example%2Fevil",
        "did:web:UNI.example",
        "did:web:uni.example?x=y",
        "did:web:uni.example#key",
        "did:web:uni.example\n",
    ],
)
def test_it_refuses_a_did_that_could_lead_elsewhere(did):
    with pytest.raises(Malformed):
        did_web_url(did)


def test_another_method_is_not_supported():
    with pytest.raises(Unsupported):
        did_web_url("did:key:z6Mk")


def test_the_did_document_lists_the_current_key_first():
    new, old = Key.generate().public, Key.generate().public
    document = did_document("did:web:uni.example", [("key-2", new), ("key-1", old)])
    assert [method["publicKeyMultibase"] for method in document["verificationMethod"]] == [new, old]
    assert document["assertionMethod"] == ["did:web:uni.example#key-2", "did:web:uni.example#key-1"]
    assert {method["controller"] for method in document["verificationMethod"]} == {"did:web:uni.example"}


@pytest.mark.parametrize(
    "keys", [[], [("a", "z6Mk"), ("b", "x")], [("a#b", Key.generate().public)], [("a", Key.generate().public)] * 2]
)
def test_a_did_document_needs_proper_keys(keys):
    with pytest.raises(BadgeError):
        did_document("did:web:uni.example", keys)
