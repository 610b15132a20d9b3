"""Goal 5: baking a PNG picture of 300 KB, against openbadges-bakery of PyPI. Pixel chunks stay identical."""

import base64
import json
import random
import struct
import zlib
from collections.abc import Iterator

from bench import rounds
from bench.peers import Peer
from openbadgekit import bake, png, unbake
from openbadgekit.baking import prepare_picture

BADGE = json.dumps(
    {
        "@context": "https://w3id.org/openbadges/v2",
        "id": "https://uni.example/b/1/ob2.json",
        "type": "Assertion",
        "recipient": {"type": "email", "hashed": True, "salt": "salt", "identity": "sha256$" + "a" * 64},
        "badge": "https://uni.example/m/1/ob2.json",
        "verification": {"type": "HostedBadge"},
        "issuedOn": "2026-11-24T10:00:00+00:00",
        "evidence": [{"id": "https://uni.example/e/1", "narrative": "What was done, in some words. " * 10}],
    },
    separators=(",", ":"),
)


def picture(seed: int = 8, side: int = 318) -> bytes:
    """A PNG picture of about 300 KB: noise that cannot be compressed, in chunks of 8 KB as most programs write them."""
    noise = random.Random(seed)
    lines = b"".join(b"\x00" + noise.randbytes(side * 3) for _ in range(side))
    pixels = zlib.compress(lines)
    parts = [pixels[start : start + 8192] for start in range(0, len(pixels), 8192)]
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return png.SIGNATURE + b"".join(
        _chunk(*one) for one in [(b"IHDR", header), *((b"IDAT", p) for p in parts), (b"IEND", b"")]
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def measure() -> Iterator[rounds.Row]:
    """Yield the lines of goal 5."""
    plain = picture()
    given = {"picture": base64.b64encode(plain).decode(), "badge": BADGE, "show": False}
    with Peer("openbadges") as peer:
        foreign = base64.b64decode(str(peer.act("bake", given | {"show": True}).turn(1).answer))
        ready = prepare_picture(plain)
        for baked in (bake(plain, BADGE, "2.0"), ready.bake(BADGE, "2.0"), foreign):
            if _pixels(baked) != _pixels(plain) or unbake(baked).text != BADGE:
                raise SystemExit("A baked picture lost its pixels or its badge.")
        theirs = peer.act("bake", given)
        for what, act in (
            ("many badges in one 300 KB PNG", lambda _: bake(plain, BADGE, "2.0")),
            ("a 300 KB PNG prepared once, streamed", lambda _: ready.stream(BADGE, "2.0")),
        ):
            words = f"bake {what}: openbadgekit, openbadges-bakery"
            yield rounds.compare("5", words, rounds.Here(act), theirs, at_least=8)
        strangers = [picture(seed) for seed in range(8)]
        first = rounds.Here(lambda number: bake(strangers[number % len(strangers)], BADGE, "2.0"))
        words = "bake 300 KB PNGs, each seen for the first time: openbadgekit, openbadges-bakery"
        yield rounds.compare("5", words, first, theirs)


def _pixels(whole: bytes) -> list[bytes]:
    return [chunk.data for chunk in png.chunks(whole) if chunk.type != b"iTXt"]
