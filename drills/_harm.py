"""Ways to harm an input: by bytes, by JSON, by chunks of a PNG, by the markup of an SVG, by the header of a token."""

import base64
import json
import random
import struct
import zlib
from collections.abc import Callable, Sequence
from typing import Any

Harm = Callable[[random.Random, bytes], bytes]

DEEP = "[" * 300 + "]" * 300
_BOMBS = [zlib.compress(b"0" * size, 9) for size in (1000, 20_000_000)]
_URL_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
_BYTES = (b'"', b"\\", b"{", b"]", b"\xff", b"\x00", b"<!", b"&", b".")
NASTY: Sequence[Any] = (
    *(None, True, False, 0, -1, 1.5, 1e308, 10**400, [], {}, [[]], [None], [{}]),
    *("", " ", "\u0000", "\ud800", "\u202e", "%ff", "a" * 5000, "\N{SNOWMAN}" * 300, "_:b0", "@id", "@type"),
    *("https://", "https://[", "http://127.0.0.1/", "file:///etc/passwd", "javascript:alert(1)"),
    *("did:web:", "did:web:%", "did:key:z", "urn:uuid:", "uH4sIAAAAAAAAA", "sha256$", "z" * 90),
    *("2027-13-01T00:00:00Z", "9999-12-31T23:59:59Z", "0000-00-00"),
    *({"@id": "x"}, {"@value": "x"}, {"@graph": []}, {"@list": [1]}, {"@context": {}}, {"id": "x", "type": "x"}),
    *(["VerifiableCredential"] * 50, {"a": {"b": {"c": {"d": {}}}}}),
)
NAMES = (
    *("@context", "@id", "@graph", "@vocab", "@type", "id", "type", "proof", "proofValue", "issuer", "evidence"),
    *("credentialStatus", "credentialSubject", "endorsement", "verification", "recipient", "badge"),
    *("verifiableCredential", "association", "__proto__", "", "ſ"),
)


def harm(choose: random.Random, given: bytes, others: Sequence[bytes]) -> bytes:
    """One to three harms, each of a kind that fits what it meets."""
    harmed = given
    for _ in range(choose.choice((1, 1, 1, 2, 3))):
        if choose.random() < 0.05:
            harmed = _spliced(choose, harmed, choose.choice(others))
        else:
            harmed = choose.choice(_fitting(harmed))(choose, harmed)
    return harmed[:1_200_000]


def _fitting(given: bytes) -> Sequence[Harm]:
    start = given.lstrip()[:1]
    if start == b"{":
        return (_bytes, _json, _json, _json, _json, _text)
    if given.startswith(b"\x89PNG"):
        return (_bytes, _chunk, _chunk, _chunk)
    if start == b"<":
        return (_bytes, _markup, _markup)
    if given.startswith(b"ey"):
        return (_bytes, _token, _token, _token)
    return (_bytes,)


def _bytes(choose: random.Random, given: bytes) -> bytes:
    """Flip, insert, delete, repeat or cut."""
    at = choose.randrange(len(given) + 1)
    length = choose.choice((1, 1, 2, 8, 64))
    match choose.randrange(6):
        case 0:
            return given[:at] + bytes([choose.randrange(256)]) + given[at + 1 :]
        case 1:
            return given[:at] + choose.randbytes(length) + given[at:]
        case 2:
            return given[:at] + given[at + length :]
        case 3:
            return given[:at] + given[at : at + length] * choose.choice((2, 50)) + given[at + length :]
        case 4:
            return given[:at]
        case _:
            return given[:at] + choose.choice(_BYTES) + given[at:]


def _spliced(choose: random.Random, left: bytes, right: bytes) -> bytes:
    return left[: choose.randrange(len(left) + 1)] + right[choose.randrange(len(right) + 1) :]


def _text(choose: random.Random, given: bytes) -> bytes:
    """What JSON text can be that no value is: members that stand twice, huge numbers, depth, other encodings."""
    at = given.find(b"{", choose.randrange(len(given))) + 1
    match choose.randrange(6):
        case 0:
            return given[:at] + b'"id":1,"id":2,' + given[at:]
        case 1:
            return given[:at] + b'"n":' + b"9" * choose.choice((20, 5000)) + b"," + given[at:]
        case 2:
            return given[:at] + b'"d":' + DEEP.encode() + b"," + given[at:]
        case 3:
            return given[:at] + b'"n":NaN,"s":"\\ud800",' + given[at:]
        case 4:
            return given.decode("utf-8", "replace").encode(choose.choice(("utf-16", "utf-32", "utf-8-sig")))
        case _:
            return given[:at] + b'"w":[' + b"0," * 20_000 + b"0]," + given[at:]


def _json(choose: random.Random, given: bytes) -> bytes:
    """Put a nasty value somewhere in the document, take a member out, rename it, or move a part elsewhere."""
    try:
        document = json.loads(given)
    except (ValueError, RecursionError):
        return _bytes(choose, given)
    places = list(_places(document))
    if not places:
        return _bytes(choose, given)
    holder, key = choose.choice(places)
    match choose.randrange(6):
        case 0 | 1:
            holder[key] = choose.choice(NASTY)
        case 2:
            del holder[key]
        case 3:
            other, name = choose.choice(places)
            holder[key] = json.loads(json.dumps(other[name])) if _holds(other, name) else None
        case 4 if isinstance(holder, dict):
            holder[choose.choice(NAMES)] = choose.choice(NASTY)
        case _:
            holder[key] = [holder[key]] * choose.choice((1, 2, 40))
    return json.dumps(document, ensure_ascii=choose.random() < 0.5).encode("utf-8", "surrogatepass")


def _holds(holder: Any, key: Any) -> bool:
    return key in holder if isinstance(holder, dict) else key < len(holder)


def _places(value: Any) -> Any:
    found = [value]
    while found:
        one = found.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        for key in keys:
            yield one, key
            found.append(one[key])


def _chunk(choose: random.Random, given: bytes) -> bytes:
    """Write a chunk of a PNG anew with a right CRC: other length, type or text; a bomb; twice; elsewhere."""
    chunks, at = [], 8
    while at + 12 <= len(given):
        (length,) = struct.unpack(">I", given[at : at + 4])
        chunks.append((given[at + 4 : at + 8], given[at + 8 : at + 8 + length]))
        at += 12 + length
    if not chunks:
        return _bytes(choose, given)
    place = choose.randrange(len(chunks))
    kind, data = chunks[place]
    bomb = choose.choice(_BOMBS)
    match choose.randrange(7):
        case 0:
            chunks[place] = (kind, _bytes(choose, data))
        case 1:
            chunks.insert(place, (b"iTXt", b"openbadges\x00\x01\x00\x00\x00" + bomb))
        case 2:
            chunks.insert(place, (b"zTXt", b"openbadgecredential\x00\x00" + bomb))
        case 3:
            chunks.insert(choose.randrange(len(chunks)), chunks[place])
        case 4:
            chunks[place] = (choose.choice((b"iTXt", b"tEXt", b"IEND", b"\x00\x00\x00\x00", b"abcd")), data)
        case 5:
            del chunks[place]
        case _:
            chunks.insert(place, (b"tEXt", b"openbadges\x00https://uni.example/badges/abc/ob2.json"))
    written = [given[:8]]
    for name, body in chunks:
        length = len(body) if choose.random() < 0.95 else choose.choice((0, 2**31, 2**32 - 1))
        written.append(struct.pack(">I", length) + name + body + struct.pack(">I", zlib.crc32(name + body)))
    return b"".join(written)


def _markup(choose: random.Random, given: bytes) -> bytes:
    """Put markup into an SVG that no badge has."""
    at = given.find(b">", choose.randrange(len(given))) + 1
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    more = (
        *(b"<script>1</script>", b"<![CDATA[ ]]>", b"<!-- -- -->", b"&c;", b"<x " + b"a='1' " * 50 + b"/>"),
        *(b"<g>" * 2000, b"<openbadges:assertion verify='x'/>", b"<?xml version='1.1'?>"),
        b"<openbadges:credential>{}</openbadges:credential>",
    )
    return bomb + given if choose.random() < 0.1 else given[:at] + choose.choice(more) + given[at:]


def _token(choose: random.Random, given: bytes) -> bytes:
    """Write one part of a token anew: another header, a harmed payload, no signature."""
    parts = given.split(b".")
    place = choose.randrange(len(parts))
    headers = (
        {"alg": "none"}, {"alg": "HS256"}, {"alg": "RS256", "crit": ["b64"], "b64": False}, {"alg": ["RS256"]},
        {"alg": "EdDSA", "kid": "https://127.0.0.1/"}, {"alg": "EdDSA", "jwk": {}}, {"alg": "RS256", "zip": "DEF"},
    )  # fmt: skip
    if place == 0:
        parts[0] = base64.urlsafe_b64encode(json.dumps(choose.choice(headers)).encode()).rstrip(b"=")
    else:
        decoded = (
            base64.urlsafe_b64decode(parts[place] + b"=" * (-len(parts[place]) % 4))
            if _decodes(parts[place])
            else b"{}"
        )
        harmed = _json(choose, decoded) if decoded[:1] == b"{" else _bytes(choose, decoded)
        parts[place] = base64.urlsafe_b64encode(harmed).rstrip(b"=" if choose.random() < 0.9 else b"")
    return b".".join(parts[: choose.choice((2, 3, 3, 3, 3))])


def _decodes(part: bytes) -> bool:
    return (
        all(byte in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" for byte in part)
        and len(part) % 4 != 1
    )
