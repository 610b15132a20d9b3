"""A keyed permutation of the numbers below a size: status indexes that are unique without retry and cannot be guessed.

A Feistel network over the next power of four, walked until it lands below the size (cycle walking). Neighbours of one
roster do not lie side by side in the list, and the list does not tell how many badges there are.
"""

import hashlib

_ROUNDS = 8


def index_of(counter: int, size: int, secret: bytes) -> int:
    """The status index that the counter leads to: a bijection of 0 … size - 1 for each secret."""
    if not 0 <= counter < size:
        raise ValueError(f"The counter {counter} is not below {size}.")
    half = ((size - 1).bit_length() + 1) // 2
    place = _shuffled(counter, half, secret)
    while place >= size:
        place = _shuffled(place, half, secret)
    return place


def _shuffled(number: int, half: int, secret: bytes) -> int:
    mask = (1 << half) - 1
    left, right = number >> half, number & mask
    for turn in range(_ROUNDS):
        digest = hashlib.blake2b(turn.to_bytes(1) + right.to_bytes(8), key=secret, digest_size=8).digest()
        left, right = right, left ^ (int.from_bytes(digest) & mask)
    return left << half | right
