"""Can anything that is given raise, hang or bloat? Harmed pictures, documents and tokens into every door.

The doors: verify (the harmed thing as the badge, and as each document that a good badge leads to, a status list as a
token among them), unbake and bake, the readers of documents, tokens and keys, the status list, the page and the JSON of
inspect, the answer of a web server. Only `BadgeError` may come out of a door, and out of verify nothing at all. No
input may take a second of the processor, and no process may grow by 200 MB.
"""

import argparse
import contextlib
import hashlib
import io
import json
import multiprocessing
import os
import random
import resource
import time
import traceback
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from drills._harm import harm
from openbadgekit import Key, LocalSigner, bake, base58btc, issue, ob2, ob3, unbake
from openbadgekit.cli import main as command
from openbadgekit.documents import clr, lists
from openbadgekit.errors import BadgeError
from openbadgekit.fetch import NO_ANSWER, Fetched, exchange
from openbadgekit.keys import did_key_public
from openbadgekit.network import Line
from openbadgekit.proofs.jws import parse
from openbadgekit.proofs.vc_jwt import credential_in
from openbadgekit.publickey import PublicKey
from openbadgekit.status import decode
from openbadgekit.strict import parse_object
from openbadgekit.verify import verify
from tests.openbadgekit.pictures import SVG, png
from tests.openbadgekit.test_verify_clr import record
from tests.openbadgekit.tokens import signed as token_signed
from tests.openbadgekit.world import MapFetcher, World

SECOND = 1.0
MEGABYTES = 200
FOUND = Path("var/fuzz")
BATCH = 500

Door = Callable[[bytes], object]


def main(arguments: Sequence[str]) -> dict[str, Any]:
    """Push so many harmed inputs through the doors."""
    parser = argparse.ArgumentParser(prog="drills/run fuzz")
    parser.add_argument("--inputs", type=int, default=1_000_000, help="how many (default: 1000000)")
    parser.add_argument("--minutes", type=float, help="stop after so long, whatever was done")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other inputs")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args(arguments)
    ends = time.monotonic() + options.minutes * 60 if options.minutes else float("inf")
    seeds = range(options.seed * 1_000_000, options.seed * 1_000_000 + -(-options.inputs // BATCH))
    done, faults, slowest, grown = 0, [], 0.0, 0.0
    with multiprocessing.Pool(options.processes, _prepare) as pool:
        for count, found, slow, grew in pool.imap_unordered(_batch, seeds):
            done, slowest, grown = done + count, max(slowest, slow), max(grown, grew)
            faults.extend(found)
            if time.monotonic() > ends:
                pool.terminate()
                break
    complete = options.minutes is not None or done >= options.inputs
    return {
        "passed": complete and not faults and slowest < SECOND and grown < MEGABYTES,
        "inputs": done,
        "seed": options.seed,
        "faults": len(faults),
        "first": faults[:3],
        "slowest_cpu_seconds": round(slowest, 3),
        "grown_megabytes": round(grown),
    }


_state: dict[str, Any] = {}


def _prepare() -> None:
    """Build the good things once a process, and warm everything that is loaded when it is first used."""
    world = World()
    seeds, doors = _seeds(world), _doors(world)
    for seed in seeds:
        for door in doors.values():
            _through(door, seed)
    _state.update(seeds=seeds, doors=doors, names=sorted(doors), base=_megabytes())


def _batch(seed: int) -> tuple[int, list[dict[str, str]], float, float]:
    choose = random.Random(seed)
    faults, slowest = [], 0.0
    for _ in range(BATCH):
        given = harm(choose, choose.choice(_state["seeds"]), _state["seeds"])
        name = choose.choice(_state["names"])
        started = time.process_time()
        fault = _through(_state["doors"][name], given)
        took = time.process_time() - started
        slowest = max(slowest, took)
        if fault or took >= SECOND:
            faults.append({"door": name, "fault": fault or f"{took:.1f} s", "input": _keep(given)})
    return BATCH, faults, slowest, _megabytes() - _state["base"]


def _through(door: Door, given: bytes) -> str:
    """What came out that must not; "" when nothing did."""
    try:
        door(given)
    except BadgeError:
        return ""
    except Exception as error:  # noqa: BLE001 - any other exception is what the drill looks for
        return (
            "".join(traceback.format_exception_only(error)).strip()
            + " at "
            + traceback.format_tb(error.__traceback__)[-1].strip()
        )
    return ""


def _keep(given: bytes) -> str:
    FOUND.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(given).hexdigest()[:16]
    (FOUND / name).write_bytes(given)
    return name


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _seeds(world: World) -> list[bytes]:
    signed = json.dumps(world.document).encode()
    hosted = json.dumps(world.assertion).encode()
    address = world.assertion["id"]
    key = Key.generate("ES256")
    token = issue.sign_jwt(issue.prepare(ob3.credential(world.credential)), LocalSigner(key, f"{world.unit.id}#key-2"))
    pictures = [bake(png(), signed, "3.0"), bake(png(), hosted, "2.0"), bake(SVG, signed, "3.0")]
    pictures += [bake(SVG, hosted, "2.0", address=str(address)), bake(png(), token, "3.0")]
    documents = [world.document, record(world), _version_1(world), key.public_key.jwk, key.private_jwk]
    more = [*(json.dumps(one).encode() for one in documents), key.pem.encode(), key.public_key.pem.encode()]
    more += [world.key.public.encode(), _listed(world).encode()]
    badges = [signed, hosted, token.encode(), *pictures]
    return [*badges, *more, *_answers(signed), *(page.body for page in world.pages.values())]


def _answers(body: bytes) -> list[bytes]:
    """What a web server may send: whole, in parts, packed, and to another place."""
    kind, packed = b"Content-Type: application/ld+json\r\n", zlib.compress(body)
    parts = b"".join(
        b"%x\r\n%s\r\n" % (len(body[at : at + 900]), body[at : at + 900]) for at in range(0, len(body), 900)
    )
    return [
        b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s" % (kind, len(body), body),
        b"HTTP/1.1 200 OK\r\n%sTransfer-Encoding: chunked\r\n\r\n%s0\r\n\r\n" % (kind, parts),
        b"HTTP/1.1 410 Gone\r\nContent-Encoding: deflate\r\nContent-Length: %d\r\n\r\n%s" % (len(packed), packed),
        b"HTTP/1.1 302 Found\r\nLocation: https://uni.example/other\r\n\r\n",
    ]


def _version_1(world: World) -> dict[str, Any]:
    """The badge in the form of VC Data Model 1.1."""
    document = {name: value for name, value in world.document.items() if name != "validFrom"}
    first = "https://www.w3.org/2018/credentials/v1"
    return {**document, "@context": [first, *document["@context"][1:]], "issuanceDate": world.document["validFrom"]}


def _listed(world: World) -> str:
    """The status list as a token."""
    plain = {name: one for name, one in json.loads(world.pages[world.list_address].body).items() if name != "proof"}
    header = {"alg": "EdDSA", "kid": f"{world.unit.id}#key-1", "typ": "vc+jwt"}
    return token_signed(world.key, header, plain)


def _doors(world: World) -> dict[str, Door]:
    policy, pages = world.policy, world.pages
    good = json.dumps(world.document).encode()
    hosted = json.dumps(world.assertion).encode()

    def badge(given: bytes) -> object:
        return _whole(verify(given, policy=policy, fetcher=MapFetcher(pages), recipient="ana@uni.example"))

    def text(given: bytes) -> object:
        return _whole(verify(given.decode("utf-8", "surrogateescape"), policy=policy, fetcher=MapFetcher({})))

    def led_to(url: str, source: bytes) -> Door:
        def door(given: bytes) -> object:
            page = Fetched(url, pages[url].status, pages[url].media_type, given)
            return _whole(verify(source, policy=policy, fetcher=MapFetcher({**pages, url: page})))

        return door

    readers: Mapping[str, Callable[[Any], object]] = {
        "read 3.0": ob3.read_credential,
        "read achievement": ob3.read_achievement,
        "read profile": ob3.read_profile,
        "read endorsement": ob3.read_endorsement,
        "read badge class": ob2.read_badge_class,
        "read 2.0 profile": ob2.read_profile,
        "read 2.0 endorsement": ob2.read_endorsement,
        "read 2.0 list": ob2.read_revocation_list,
        "read 2.0 key": ob2.read_cryptographic_key,
        "read record": clr.read_credential,
        "read list": lists.read_status_list,
        "read revocation list": lists.read_revocation_list,
        "prepare": issue.prepare,
        "prepare assertion": issue.prepare_assertion,
    }
    found: dict[str, Door] = {f"{name}": _of_document(reader) for name, reader in readers.items()}
    found |= {"badge": badge, "badge again": badge, "badge once more": badge, "text": text, "unbake": unbake}
    found |= {"picture": lambda given: bake(given, good, "3.0"), "bits": lambda given: decode(given.decode("latin-1"))}
    found |= {
        "token": lambda given: credential_in(parse(given.decode("latin-1"))),
        "own key": _of_document(Key.from_jwk),
        "jwk": _of_document(PublicKey.from_jwk),
        "pem": lambda given: PublicKey.from_pem(given.decode("latin-1")),
        "own pem": lambda given: Key.from_pem(given.decode("latin-1")),
        "multikey": lambda given: PublicKey.from_multikey(given.decode("latin-1")),
        "did:key": lambda given: did_key_public(f"did:key:{given.decode('latin-1')}"),
        "base58": lambda given: base58btc.decode_any(given.decode("latin-1"), longest=100),
    }
    found |= {"inspect": _inspected, "inspect as JSON": lambda given: _inspected(given, "--json"), "answer": _answered}
    found |= {f"led to {url}": led_to(url, hosted if "ob2" in url else good) for url in pages}
    return found


class _Told(Line):
    """A connection over which just this is said."""

    def __init__(self, answer: bytes) -> None:
        self._said = io.BytesIO(answer)

    def sendall(self, data: bytes) -> None:
        """Hear the question."""

    def receive(self, most: int) -> bytes:
        """Say some more of it."""
        return self._said.read(min(most, 1_400))


def _answered(given: bytes) -> object:
    url = "https://uni.example/badges/abc/ob3.json"
    with contextlib.suppress(*NO_ANSWER):
        return exchange(_Told(given), urlsplit(url), url, "application/json", 1_000_000)
    return None


def _inspected(given: bytes, *options: str) -> object:
    """The page of a file; a command has no business with exceptions at all."""
    put = FOUND / f"given-{os.getpid()}"
    FOUND.mkdir(parents=True, exist_ok=True)
    put.write_bytes(given)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        status = command(["inspect", str(put), *options])
    if status not in (0, 1):
        raise AssertionError(f"inspect ended with {status}")
    return status


def _of_document(reader: Callable[[Any], object]) -> Door:
    return lambda given: reader(parse_object(given))


def _whole(report: Any) -> object:
    """A report can be told in full."""
    return json.dumps(report.to_json()), [str(finding) for finding in report.findings]
