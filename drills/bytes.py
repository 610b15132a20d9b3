"""Is there a byte that can change unseen? 10,000 signed badges, each of its own recipient, one byte of each changed.

Embedded proofs, JSON Web Tokens and signed 2.0 assertions in turn. A changed badge must not be valid, unless the change
is provably harmless: the JSON says the very same as before (white space, an escape), or the token is the same text.
"""

import argparse
import json
import multiprocessing
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from openbadgekit import Key, LocalSigner, issue, ob2, ob3
from openbadgekit.keys import did_document
from openbadgekit.microcredential import Recipient
from openbadgekit.verify import verify
from tests.openbadgekit.test_verify_signed import CREATOR, Signed
from tests.openbadgekit.world import GRANTED, MapFetcher

BATCH = 250
FORMS = ("embedded", "token", "signed 2.0")


def main(arguments: Sequence[str]) -> dict[str, Any]:
    """Change one byte of each of so many badges."""
    parser = argparse.ArgumentParser(prog="drills/run bytes")
    parser.add_argument("--badges", type=int, default=10_000, help="how many (default: 10000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other bytes")
    options = parser.parse_args(arguments)
    starts = range(options.seed * 10_000_000, options.seed * 10_000_000 + options.badges, BATCH)
    tally: Counter[str] = Counter()
    passed_unseen: list[dict[str, Any]] = []
    with multiprocessing.Pool(2, _prepare) as pool:
        for counted, unseen in pool.imap_unordered(_batch, starts):
            tally += counted
            passed_unseen.extend(unseen)
    total = sum(tally[name] for name in ("refused", "cannot be told", "harmless")) + len(passed_unseen)
    return {
        "passed": total >= options.badges and not passed_unseen and tally["good before"] == total,
        "badges": total,
        "seed": options.seed,
        **tally,
        "passed_unseen": len(passed_unseen),
        "first": passed_unseen[:3],
    }


_state: dict[str, Any] = {}


def _prepare() -> None:
    world, key = Signed(), Key.generate("ES256")
    world.put(world.unit_keys, did_document(world.unit.id, [("key-1", world.key.public), ("key-2", key.public_key)]))
    _state.update(world=world, key=key, preparer=issue.Preparer())


def _batch(start: int) -> tuple[Counter[str], list[dict[str, Any]]]:
    world: Signed = _state["world"]
    tally: Counter[str] = Counter()
    unseen = []
    for number in range(start, start + BATCH):
        choose = random.Random(number)
        form = FORMS[number % len(FORMS)]
        badge = _badge(world, form, choose)
        tally["good before"] += _verdict(world, badge) == "valid"
        at = choose.randrange(len(badge))
        other = choose.choice([byte for byte in range(256) if byte != badge[at]])
        changed = badge[:at] + bytes([other]) + badge[at + 1 :]
        verdict = _verdict(world, changed)
        if verdict != "valid":
            tally["refused" if verdict == "invalid" else "cannot be told"] += 1
        elif (form == "embedded" and json.loads(changed) == json.loads(badge)) or changed.split() == badge.split():
            tally["harmless"] += 1
        else:
            unseen.append({"form": form, "number": number, "at": at, "byte": other})
    return tally, unseen


def _badge(world: Signed, form: str, choose: random.Random) -> bytes:
    subject, address = UUID(int=choose.getrandbits(128)).urn, f"{choose.getrandbits(40):x}@uni.example"
    credential = replace(world.credential, recipient=Recipient(subject, address, f"{choose.getrandbits(128):032x}"))
    if form == "embedded":
        prepared = _state["preparer"].prepare(ob3.credential(credential))
        return issue.sign_bytes(prepared, LocalSigner(world.key, f"{world.unit.id}#key-1"), created=GRANTED)
    if form == "token":
        signer = LocalSigner(_state["key"], f"{world.unit.id}#key-2")
        return issue.sign_jwt(issue.prepare(ob3.credential(credential)), signer).encode()
    verification = {"type": "SignedBadge", "creator": CREATOR}
    document = {**ob2.assertion(credential), "id": subject, "verification": verification}
    return issue.sign_assertion(issue.prepare_assertion(document), LocalSigner(world.signing, CREATOR)).encode()


def _verdict(world: Signed, badge: bytes) -> str:
    return str(verify(badge, policy=world.policy, fetcher=MapFetcher(world.pages)).verdict)
