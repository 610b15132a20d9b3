"""Whatever is done to a token, the answer is a report, and never that it is valid."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from openbadgekit import base64url
from openbadgekit.errors import BadgeError
from openbadgekit.keys import Key
from openbadgekit.proofs import jws
from openbadgekit.proofs.vc_jwt import credential_in
from tests.openbadgekit.tokens import signed, token_of
from tests.openbadgekit.world import World

WORLD = World()
TOKEN = token_of(WORLD)
KEY = Key.from_seed(b"t" * 32)

leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
names = st.sampled_from(["alg", "kid", "jwk", "typ", "crit", "b64", "jku", "x5c", "zip", "p2c"])
claims = st.sampled_from(["iss", "jti", "sub", "nbf", "exp", "vc", "vp", "@context", "type", "issuer", "id"])
members = st.sampled_from(["credentialSubject", "validFrom", "validUntil", "proof", "issuanceDate", "expirationDate"])


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*", fullmatch=True))
def test_a_text_is_read_as_a_token_or_refused(text):
    try:
        parts = jws.parse(text)
    except BadgeError:
        return
    assert isinstance(parts.header, dict)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(TOKEN) - 1), st.sampled_from("ABz09-_.=+ \n\x00é"))
def test_a_token_with_another_character_is_never_valid(place, character):
    changed = TOKEN[:place] + character + TOKEN[place + 1 :]
    report = WORLD.verify(changed)
    assert report.verdict != "valid" or changed == TOKEN


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(names, values, max_size=4), st.dictionaries(claims | members, values, max_size=4))
def test_any_header_and_payload_give_a_report(header, payload):
    whole = {"alg": "EdDSA", "kid": f"{WORLD.unit.id}#key-1", **header}
    body = {**jws.parse(TOKEN).payload, **payload}
    try:
        token = signed(KEY, whole, body)
    except (ValueError, UnicodeError):
        token = ".".join([*(base64url.encode(json.dumps(part).encode()) for part in (whole, body)), "AAAA"])
    assert WORLD.verify(token).verdict != "valid"


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(claims | members, values, max_size=5))
def test_any_payload_is_a_credential_or_refused(payload):
    whole = {**jws.parse(TOKEN).payload, **payload}
    for body in (whole, payload, {"vc": payload}):
        try:
            found = credential_in(jws.Compact({"alg": "EdDSA"}, body, b"", b""))
        except BadgeError:
            continue
        assert isinstance(found, dict)
