"""Goal 10, first half: signing a status list of 2^20 bits anew after one revocation, against one gzip of its bits."""

import gzip
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from bench import rounds
from openbadgekit import Key, LocalSigner, issue, status
from openbadgekit.proofs.data_integrity import verify_proof
from openbadgekit.strict import parse_object

BITS: Final = 2**20
LEVEL: Final = 6
ISSUER: Final = "did:web:uni.example"
ADDRESS: Final = "https://uni.example/status/1"
KEY: Final = Key.from_seed(bytes(range(32)))
NOW: Final = datetime(2026, 11, 24, 10, tzinfo=UTC)
REVOKED: Final = {"100 revoked": 100, "1 in 100 revoked": BITS // 100, "half revoked": BITS // 2}


def measure() -> Iterator[rounds.Row]:
    """Yield the lines of goal 10, first half."""
    signer = LocalSigner(KEY, f"{ISSUER}#key-1")
    for words, count in REVOKED.items():
        bits, free = _bits(count)

        packed = partial(_packed, bits)
        signed = partial(_signed, bits, free, signer)
        _check(bits, signed(0), free[0])
        what = f"gzip, and sign anew, a status list of 2^20 bits, {words}"
        yield rounds.compare("10", what, rounds.Here(packed), rounds.Here(signed), at_most=5)


def _packed(bits: bytes, _number: int) -> bytes:
    return gzip.compress(bits, compresslevel=LEVEL, mtime=0)


def _signed(bits: bytes, free: tuple[int, ...], signer: LocalSigner, number: int) -> bytes:
    changed = status.with_bit(bits, free[number % len(free)])
    document = status.status_list_credential(ADDRESS, ISSUER, changed, NOW, NOW + timedelta(days=1))
    return issue.serialise(issue.sign(issue.prepare(document), signer, created=NOW))


def _check(bits: bytes, body: bytes, place: int) -> None:
    """The signature holds, and the list says what it said before and of one place more."""
    document = parse_object(body)
    proof, subject = document["proof"], document["credentialSubject"]
    assert isinstance(proof, dict) and isinstance(subject, dict)
    verify_proof(document, proof, KEY.public)
    if status.decode(str(subject["encodedList"])) != status.with_bit(bits, place):
        raise SystemExit("The signed list does not hold the bits.")


def _bits(count: int) -> tuple[bytes, tuple[int, ...]]:
    """So many bits at random, and some places that are free."""
    places = random.Random(10).sample(range(BITS), count + 64)
    bits = bytearray(BITS // 8)
    for place in places[64:]:
        bits[place >> 3] |= 0x80 >> (place & 7)
    return bytes(bits), tuple(places[:64])
