"""Multibase base58-btc, canonical only: one text for each sequence of bytes (Multibase, prefix "z")."""

from typing import Final

from .errors import Malformed

_LONGEST: Final = 200
_ALPHABET: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_DIGITS: Final = {character: digit for digit, character in enumerate(_ALPHABET)}


def encode(data: bytes) -> str:
    """Return "z" and the base58-btc form of the bytes; leading zero bytes are kept (as "1")."""
    number = int.from_bytes(data, "big")
    characters = []
    while number:
        number, digit = divmod(number, 58)
        characters.append(_ALPHABET[digit])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + "1" * zeros + "".join(reversed(characters))


def decode(text: str, *, length: int) -> bytes:
    """Return the bytes of a multibase text, which must be `length` many. Raises Malformed when it is anything else."""
    data = decode_any(text, longest=_LONGEST)
    if len(data) != length:
        raise Malformed(f"The value does not hold exactly {length} bytes.")
    return data


def decode_any(text: str, *, longest: int) -> bytes:
    """Return the bytes of a multibase text of at most `longest` characters. Raises Malformed for anything else."""
    if not text.startswith("z") or len(text) > longest:
        raise Malformed("The value is not base58-btc in multibase form (it must begin with z).")
    number = 0
    try:
        for character in text[1:]:
            number = number * 58 + _DIGITS[character]
    except KeyError:
        raise Malformed("The value has a character that base58-btc does not know.") from None
    zeros = len(text) - 1 - len(text[1:].lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
