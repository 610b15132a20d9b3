"""Goal 1: signing a badge of 7 KB with eddsa-rdfc-2022, against the Digital Credentials Consortium's packages of npm.

The very same documents, key and moment: Ed25519 is deterministic, so the signatures must be the same too. Beside it
pyld of PyPI, and our own way without templates. CPU seconds count.
"""

import hashlib
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from itertools import cycle
from typing import Any

from pyld import jsonld

from bench import rounds
from bench.peers import Peer
from openbadgekit import base58btc, issue
from openbadgekit.documents.contexts import CONTEXTS, context
from openbadgekit.jsontype import JsonObject
from tests.openbadgekit import sample
from tests.openbadgekit.many import badge

AT = datetime(2025, 5, 1, tzinfo=UTC)
CREATED = "2025-05-01T00:00:00Z"
DIFFERENT = 300
UNSEEN = 2000  # more than the engine remembers forms of


def measure() -> Iterator[rounds.Row]:
    """Yield the lines of goal 1 that are about signing."""
    documents = [badge(number) for number in range(DIFFERENT)]
    ours = rounds.Here(ByTemplate(documents))
    with Peer("dcc") as peer:
        theirs = peer.act("sign", given(documents))
        _agree(documents[0], theirs.turn(1).answer)
        words = "sign a 3.0 badge of 7 KB, CPU time: openbadgekit by template, "
        yield rounds.compare("1", words + "npm @digitalcredentials/vc", ours, theirs, at_least=60, cpu=True, seconds=1)
    python = rounds.Here(lambda number: by_pyld(documents[number % DIFFERENT]))
    yield rounds.compare("1", words + "PyPI pyld with PyNaCl", ours, python, cpu=True)
    unseen = cycle([badge(number) for number in range(DIFFERENT, DIFFERENT + UNSEEN)])
    engine = rounds.Here(lambda _: _sign(issue.prepare(next(unseen))))
    yield rounds.compare("1", words + "openbadgekit without", ours, engine, cpu=True)


def given(documents: list[Any]) -> dict[str, Any]:
    """What the peer is given, once."""
    return {
        "contexts": {url: context(url) for url in CONTEXTS},
        "documents": documents,
        "seed": sample.UNIT_KEY.seed.hex(),
        "method": sample.UNIT_SIGNER.verification_method,
        "created": CREATED,
    }


class ByTemplate:
    """Signing as an issuer of many badges does it."""

    def __init__(self, documents: list[Any]) -> None:
        self._documents = documents
        self._preparer = issue.Preparer()

    def __call__(self, number: int) -> bytes:
        """Sign the badge of so many, again and again from the first."""
        return _sign(self._preparer.prepare(self._documents[number % len(self._documents)]))


def _sign(prepared: issue.Prepared) -> bytes:
    return issue.sign_bytes(prepared, sample.UNIT_SIGNER, created=AT)


def by_pyld(document: JsonObject) -> dict[str, Any]:
    """Sign with pyld's canonical form; checks nothing."""
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": CREATED,
        "verificationMethod": sample.UNIT_SIGNER.verification_method,
        "proofPurpose": "assertionMethod",
    }
    hashes = [_hash({**options, "@context": document["@context"]}), _hash(document)]
    signature = sample.UNIT_KEY.sign(b"".join(hashes))
    return {**document, "proof": {**options, "proofValue": base58btc.encode(signature)}}


def _hash(document: JsonObject) -> bytes:
    settings = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _load}
    return hashlib.sha256(jsonld.normalize(document, settings).encode()).digest()


def _load(url: str, _options: object) -> dict[str, Any]:
    return {"document": context(url), "documentUrl": url, "contextUrl": None, "contentType": "application/ld+json"}


def _agree(document: Any, theirs: Any) -> None:
    """All candidates must have made the same signature."""
    ours = _sign(issue.prepare(document))
    value = theirs["proof"]["proofValue"]
    if value.encode() not in ours or by_pyld(deepcopy(document))["proof"]["proofValue"] != value:
        raise SystemExit("The candidates do not sign the same.")
