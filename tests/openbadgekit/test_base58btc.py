"""Base58-btc in multibase form, against another implementation."""

import base58
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbadgekit.base58btc import decode, decode_any, encode
from openbadgekit.errors import Malformed


@given(st.binary(max_size=80), st.integers(0, 4))
def test_it_writes_and_reads_what_another_one_does(data, zeros):
    data = bytes(zeros) + data
    text = encode(data)
    assert text == "z" + base58.b58encode(data).decode()
    assert decode_any(text, longest=200) == data
    assert decode(text, length=len(data)) == data


@given(st.text("123ABCxyzm", max_size=30))
def test_each_text_stands_for_bytes_of_its_own(text):
    assert encode(decode_any("z" + text, longest=40)) == "z" + text


@pytest.mark.parametrize("text", ["", "z0", "zI", "z ", "z\n", "z1 ", "zé", "m111", "Z1", "z" + "1" * 40])
def test_what_is_no_base58_is_refused(text):
    with pytest.raises(Malformed):
        decode_any(text, longest=40)


def test_another_length_is_refused():
    with pytest.raises(Malformed, match="exactly 3 bytes"):
        decode(encode(b"four"), length=3)
