import base58
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwk as jose_jwk
from joserfc import jws

from openbadgekit import base64url
from openbadgekit.errors import BadgeError, Malformed, Unsupported
from openbadgekit.keys import Key, did_document, did_key, did_key_public
from openbadgekit.publickey import Algorithm, PublicKey, names_of

KEYS = {name: Key.generate(name) for name in ("EdDSA", "ES256", "RS256")}
EVERY = pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)


@EVERY
def test_every_form_of_a_public_key_is_read_as_it_was_written(key):
    public = key.public_key
    forms = [PublicKey.from_multikey(public.multikey), PublicKey.from_jwk(public.jwk), PublicKey.from_pem(public.pem)]
    assert forms == [public] * 3
    assert {hash(form) for form in forms} == {hash(public)}
    assert did_key_public(did_key(public)) == public
    assert public.multikey in repr(public)
    assert public != public.multikey


@EVERY
def test_every_form_of_a_key_pair_is_read_as_it_was_written(key):
    assert Key.from_jwk(key.private_jwk).public == key.public
    assert Key.from_pem(key.pem).public == key.public
    assert "d" not in key.public_key.jwk
    assert Key.from_pem(key.pem).algorithm == key.algorithm


@EVERY
def test_a_signature_holds_for_its_data_and_its_key_alone(key):
    signature = key.sign(b"data")
    assert key.public_key.holds(b"data", signature)
    assert not key.public_key.holds(b"date", signature)
    assert not key.public_key.holds(b"data", signature[:-1])
    assert not key.public_key.holds(b"data", bytes(len(signature)))
    assert not Key.generate(key.algorithm).public_key.holds(b"data", signature)
    assert all(not other.public_key.holds(b"data", signature) for other in KEYS.values() if other is not key)


@EVERY
def test_another_library_signs_what_holds_here(key):
    name = key.algorithm.value
    registry = jws.JWSRegistry(algorithms=[name])
    token = jws.serialize_compact({"alg": name}, b"data", jose_jwk.import_key(dict(key.private_jwk)), registry=registry)
    signed, _, signature = token.rpartition(".")
    assert key.public_key.holds(signed.encode(), base64url.decode(signature))


def test_the_forms_are_those_of_did_key():
    assert [KEYS[name].public[:4] for name in KEYS] == ["z6Mk", "zDna", "z4MX"]


def test_a_known_key_of_each_other_kind_is_read():
    public = did_key_public("did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169")
    assert public.algorithm is Algorithm.ES256
    with pytest.raises(Unsupported):
        public.raw  # noqa: B018
    with pytest.raises(Unsupported):
        did_key_public("did:web:uni.example")


def test_only_an_ed25519_key_has_a_seed():
    with pytest.raises(Unsupported):
        KEYS["ES256"].seed  # noqa: B018
    assert len(KEYS["EdDSA"].seed) == 32


def test_keys_for_an_unknown_algorithm_are_not_made():
    with pytest.raises(Unsupported):
        Key.generate("HS256")


def test_the_name_of_an_algorithm_is_fixed_by_the_key():
    assert names_of(Algorithm.EDDSA) == {"EdDSA", "Ed25519"}
    assert names_of(Algorithm.RS256) == {"RS256"}


@pytest.mark.parametrize(
    "change",
    [
        {"d": "AA"},
        {"x": 1},
        {"x": ""},
        {"x": "AA"},
        {"x": "AAAA"},
        {"x": "a b"},
        {"x": "AB"},
        {"alg": "ES512"},
        {"alg": "none"},
        {"use": "enc"},
    ],
)
@pytest.mark.parametrize("name", ["EdDSA", "ES256"])
def test_an_ill_formed_jwk_is_refused(name, change):
    with pytest.raises(Malformed):
        PublicKey.from_jwk({**KEYS[name].public_key.jwk, **change})


@pytest.mark.parametrize(
    "change", [{"n": "AQAB"}, {"e": ""}, {"e": "AQ"}, {"n": "AAAA"}, {"alg": "PS256"}, {"p": "AA"}, {"n": "f" * 2000}]
)
def test_an_ill_formed_rsa_jwk_is_refused(change):
    with pytest.raises(BadgeError):
        PublicKey.from_jwk({**KEYS["RS256"].public_key.jwk, **change})


def test_a_huge_number_in_a_jwk_is_not_even_read():
    with pytest.raises(Malformed, match="well-formed"):
        PublicKey.from_jwk({"kty": "RSA", "n": "f" * 1_000_000, "e": "AQAB"})


def test_a_jwk_with_leading_zeros_is_not_its_one_form():
    jwk = KEYS["RS256"].public_key.jwk
    with pytest.raises(Malformed):
        PublicKey.from_jwk({**jwk, "n": base64url.encode(b"\x00" + base64url.decode(str(jwk["n"])))})


@pytest.mark.parametrize(
    "jwk", [{}, {"kty": "oct", "k": "AA"}, {"kty": "EC", "crv": "P-384"}, {"kty": "OKP", "crv": "X25519"}, {"kty": []}]
)
def test_another_kind_of_jwk_is_not_supported(jwk):
    with pytest.raises(BadgeError):
        PublicKey.from_jwk(jwk)


def test_a_short_rsa_key_is_refused():
    with pytest.raises(Malformed, match="1024"):
        PublicKey(rsa.generate_private_key(65537, 1024).public_key())


def test_an_rsa_key_with_a_huge_exponent_is_refused():
    numbers = KEYS["RS256"].public_key._native.public_numbers()
    with pytest.raises(Malformed, match="exponent"):
        PublicKey(rsa.RSAPublicNumbers((1 << 40) + 1, numbers.n).public_key())


@pytest.mark.parametrize(
    "data",
    [b"\x80\x24" + bytes(33), b"\x85\x24" + b"x" * 40, b"\x12\x34" + bytes(33), b"\xed\x01" + bytes(31), b"", b"\x80"],
)
def test_an_ill_formed_multikey_is_refused(data):
    with pytest.raises(BadgeError):
        PublicKey.from_multikey("z" + base58.b58encode(data).decode())


def test_a_multikey_has_one_form():
    native = ec.generate_private_key(ec.SECP256R1()).public_key()
    whole = native.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    with pytest.raises(Malformed):
        PublicKey.from_multikey("z" + base58.b58encode(b"\x80\x24" + whole).decode())


def test_a_key_of_another_curve_is_not_supported():
    native = ec.generate_private_key(ec.SECP384R1())
    other = Ed448PrivateKey.generate()
    pem = native.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    with pytest.raises(Unsupported):
        PublicKey.from_pem(pem)
    with pytest.raises(Unsupported):
        Key.from_pem(native.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())
    with pytest.raises(Unsupported):
        Key.from_pem(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no key",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----",
        KEYS["RS256"].public_key.pem + KEYS["RS256"].public_key.pem,
        KEYS["RS256"].pem,
        "é" * 9,
    ],
)
def test_what_is_no_public_pem_is_refused(text):
    with pytest.raises(Malformed):
        PublicKey.from_pem(text)


def test_the_older_pem_of_rsa_is_read():
    native = KEYS["RS256"].public_key._native
    assert (
        PublicKey.from_pem(native.public_bytes(Encoding.PEM, PublicFormat.PKCS1).decode()) == KEYS["RS256"].public_key
    )


@pytest.mark.parametrize("text", ["", "x", "é", KEYS["RS256"].public_key.pem])
def test_what_is_no_private_pem_is_refused(text):
    with pytest.raises(Malformed):
        Key.from_pem(text)


@pytest.mark.parametrize(
    "jwk",
    [
        {},
        KEYS["ES256"].public_key.jwk,
        {**KEYS["ES256"].private_jwk, "d": "%"},
        {**KEYS["EdDSA"].private_jwk, "x": Key.generate().public_key.jwk["x"]},
        {**KEYS["EdDSA"].private_jwk, "kty": 7},
    ],
)
def test_what_is_no_private_jwk_is_refused(jwk):
    with pytest.raises(BadgeError):
        Key.from_jwk(jwk)


def test_a_did_document_shows_keys_of_all_kinds():
    keys = [(f"key-{name}", key.public_key) for name, key in KEYS.items()]
    document = did_document("did:web:uni.example", keys)
    kinds = [method["type"] for method in document["verificationMethod"]]
    assert kinds == ["Multikey", "Multikey", "JsonWebKey"]
    assert len(document["@context"]) == 3
    everything = did_document("did:web:uni.example", keys, jwk=True)
    assert [PublicKey.from_jwk(method["publicKeyJwk"]) for method in everything["verificationMethod"]] == [
        key.public_key for key in KEYS.values()
    ]


@given(st.binary(max_size=40))
def test_base64url_is_read_as_it_was_written(data):
    assert base64url.decode(base64url.encode(data)) == data


@pytest.mark.parametrize("text", ["A", "AA==", "AB", "A A", "AA+A", "AA/A", "AA\n", "é", "AAAAA"])
def test_base64url_has_one_form(text):
    with pytest.raises(Malformed):
        base64url.decode(text)


@pytest.mark.parametrize("name", ["ES256", "EdDSA", "RS256"])
def test_a_private_key_with_any_member_of_another_kind_is_refused_in_our_words(name):
    jwk = KEYS[name].private_jwk
    for member in jwk:
        for value in ("https://", "", 5, None, ["P-256"], {}, "P-521", "AA"):
            with pytest.raises(BadgeError):
                Key.from_jwk({**jwk, member: value})
