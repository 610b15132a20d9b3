"""Addresses: one folded form, hashes, and who is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbadgekit.errors import Malformed
from openbadgekit.identity import fold_address, hash_identity, matches

PUBLISHED_HASH = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"


@pytest.mark.parametrize(
    ("given_form", "folded"),
    [
        (" Ada.Lovelace+Badges@Example.ORG ", "ada.lovelace+badges@example.org"),
        ("JOSÉ@bücher.example", "josé@xn--bcher-kva.example"),
        ("jose\u0301@example.org", "jos\u00e9@example.org"),
        ("straße@example.org", "strasse@example.org"),
        ("a@example.org.", "a@example.org"),
        ("用户@例子.广告", "用户@xn--fsqu00a.xn--4rr70v"),
    ],
)
def test_it_folds_an_address(given_form, folded):
    assert fold_address(given_form) == folded
    assert fold_address(folded) == folded


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@",
        "@example.org",
        "a@localhost",
        "a b@example.org",
        "a@exa mple.org",
        "a@b@example.org",
        ".a@example.org",
        "a..b@example.org",
        "a@-example.org",
        "a@example..org",
        "a\n@example.org",
        "a\x00@example.org",
        '"a"@example.org',
        "a,b@example.org",
        "=cmd@example.org\r\nBcc: x@y.z",
        "a" * 65 + "@example.org",
        "a@" + "b" * 64 + ".org",
    ],
)
def test_it_refuses_what_is_no_address(text):
    with pytest.raises(Malformed):
        fold_address(text)


@given(st.text(max_size=30), st.text(max_size=30))
def test_folding_twice_is_folding_once(local, domain):
    try:
        once = fold_address(f"{local}@{domain}.example")
    except Malformed:
        return
    assert fold_address(once) == once


def test_the_hash_is_the_published_one():
    assert hash_identity("a@example.com", "Kosher") == PUBLISHED_HASH


@pytest.mark.parametrize("spelling", ["a@example.com", "A@Example.com", " a@EXAMPLE.com "])
def test_it_knows_the_recipient_of_both_standards(spelling):
    third = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": PUBLISHED_HASH,
        "identityType": "emailAddress",
        "salt": "Kosher",
    }
    second = {
        "type": "email",
        "hashed": True,
        "identity": PUBLISHED_HASH.upper().replace("SHA256", "sha256"),
        "salt": "Kosher",
    }
    assert matches(third, spelling)
    assert matches(second, spelling)
    assert not matches(third, "b@example.com")
    assert not matches(second | {"salt": "Salt"}, spelling)


def test_it_knows_an_unhashed_and_an_md5_recipient():
    assert matches({"type": ["email"], "hashed": False, "identity": "A@example.com"}, "a@example.com")
    assert (
        matches(
            {"type": "email", "hashed": True, "identity": "md5$d8e2ffc77f63d14a1d5d5b72a9fd9b9f", "salt": ""}, "x@y.z"
        )
        is False
    )
    assert (
        matches({"type": "email", "hashed": True, "identity": "md5$10b3b6bba9e9c1f4b2a4ab27f9ad91d2"}, "no address")
        is False
    )


@pytest.mark.parametrize(
    "identity",
    [
        {},
        {"type": "url", "hashed": False, "identity": "a@example.com"},
        {"type": "email", "hashed": True, "identity": "a@example.com"},
        {"type": "email", "hashed": True, "identity": 5},
        {"type": "email", "hashed": "true", "identity": PUBLISHED_HASH, "salt": "Kosher"},
        {"type": "email", "hashed": True, "identity": "sha1$00", "salt": ""},
        {"identityType": "name", "hashed": True, "identityHash": PUBLISHED_HASH, "salt": "Kosher"},
        {"identityType": "emailAddress", "hashed": True, "identityHash": PUBLISHED_HASH, "salt": ["Kosher"]},
    ],
)
def test_what_cannot_be_read_is_nobody(identity):
    assert matches(identity, "a@example.com") is False
