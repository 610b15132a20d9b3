"""Bitstring status lists: packing, reading, limits."""

import base64
import gzip
import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbadgekit import issue, status
from openbadgekit.errors import Malformed, Unsafe
from tests.openbadgekit.sample import BASE, UNIT, UNIT_DID, UNIT_KEY, UNIT_SIGNER

SIZE = status.LEAST_BITS // 8
NOW = datetime(2025, 5, 1, tzinfo=UTC)


def packed(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(data, mtime=0)).rstrip(b"=").decode()


@given(st.sets(st.integers(0, status.LEAST_BITS - 1), max_size=20))
def test_the_bits_that_were_set_are_read_again(indices):
    bits = bytes(SIZE)
    for index in indices:
        bits = status.with_bit(bits, index)
    read = status.decode(status.encode(bits))
    assert read == bits
    assert all(status.bit(read, index) for index in indices)
    assert sum(byte.bit_count() for byte in read) == len(indices)


def test_index_0_is_the_left_most_bit():
    assert status.with_bit(bytes(SIZE), 0)[0] == 0x80
    assert status.with_bit(bytes(SIZE), 7)[0] == 0x01
    assert status.with_bit(bytes(SIZE), 8)[1] == 0x80


def test_the_same_bits_give_the_same_text():
    assert status.encode(bytes(SIZE)) == status.encode(bytearray(SIZE))


@pytest.mark.parametrize("index", [-1, status.LEAST_BITS])
def test_an_index_out_of_range_is_refused(index):
    with pytest.raises(Malformed, match="no entry"):
        status.bit(bytes(SIZE), index)


def test_a_short_list_is_refused():
    with pytest.raises(Malformed, match="at least 131072"):
        status.encode(bytes(SIZE - 1))
    with pytest.raises(Malformed, match="too short"):
        status.decode(packed(bytes(SIZE - 1)))


def test_a_bomb_is_stopped():
    with pytest.raises(Unsafe, match="larger than"):
        status.decode(packed(bytes(status.MAX_BYTES + 1)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "u",
        packed(bytes(SIZE))[1:],
        packed(bytes(SIZE)) + "=",
        packed(bytes(SIZE)) + "A",
        packed(bytes(SIZE))[:-8],
        "u" + base64.urlsafe_b64encode(b"not gzip").decode().rstrip("="),
        "u" + base64.urlsafe_b64encode(gzip.compress(bytes(SIZE), mtime=0) + b"more").rstrip(b"=").decode(),
        "u" + base64.b64encode(gzip.compress(bytes(range(256)) * 64, mtime=0)).decode().rstrip("="),
    ],
)
def test_what_is_no_encoded_list_is_refused(text):
    with pytest.raises(Malformed):
        status.decode(text)


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("17", 17), ("131071", 131071)])
def test_a_strict_index(text, number):
    assert status.strict_index(text) == number


@pytest.mark.parametrize("text", ["", "-1", "+1", "01", "1.0", " 1", "1\n", "1e3", "٣", "99999999999"])
def test_another_way_to_write_an_index_is_refused(text):
    with pytest.raises(Malformed):
        status.strict_index(text)


def test_a_status_list_can_be_signed():
    document = status.status_list_credential(
        f"{BASE}/units/food-as-medicine/status/2", UNIT, status.with_bit(bytes(SIZE), 17), NOW, NOW.replace(day=2)
    )
    signed = issue.sign(issue.prepare(document), UNIT_SIGNER, created=NOW)
    issue.checked(signed, UNIT_KEY.public)
    assert signed["issuer"] == UNIT_DID
    assert status.bit(status.decode(signed["credentialSubject"]["encodedList"]), 17)


@pytest.mark.parametrize("left", [2, 3])
def test_the_bits_that_base64url_leaves_over_are_zero(left):
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    texts = (packed(random.Random(number).randbytes(SIZE + number)) for number in range(40))
    text = next(text for text in texts if len(text[1:]) % 4 == left)
    assert status.decode(text)
    with pytest.raises(Malformed, match="not canonical"):
        status.decode(text[:-1] + alphabet[alphabet.index(text[-1]) + 1])
