"""`python -m interop library`: what the library signs, before foreign verifiers; what foreigners sign, before ours.

Every good example must be valid, and every harmed copy refused, for each verifier that covers its form.
"""

import copy
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import rich
from openbadgeslib.ob3.contexts import bundled_contexts
from rich.console import Console
from rich.table import Table

from interop import verifiers
from interop.signed_here import CREATOR, GIVEN, HOSTED, JSON, SIGNED, TOKEN, Example, Signer, examples
from interop.site import ROOT, VAR
from openbadgekit.documents import contexts
from openbadgekit.documents.contexts import CLR_2
from openbadgekit.errors import NotFetched
from openbadgekit.fetch import Fetched
from openbadgekit.keys import Key
from openbadgekit.verify import verify

NODE_HOME = VAR / "library"
OPENVC_HOME = VAR / "openvc"
OURS = "ours"
Verdicts = dict[str, dict[str, dict[str, str]]]

LIMITS = {
    ("openvc", "badge with endorsement, rdfc"): "openvc-core takes no credential with a context of its own inside",
    ("openvc", "record of learning, rdfc"): "openvc-core takes no credential with a context of its own inside",
    ("openbadgeslib", "endorsement, rdfc: a term of nobody"): "openbadgeslib judges the proof of an endorsement alone,"
    " and drops what no context defines",
    ("openbadgeslib", "record of learning, rdfc: a term of nobody"): "the same of a learner record",
}
"""Where a verifier says something else, and why that is right so. A test of the limit: it must say something else."""


def main() -> int:
    """Judge everything, show each form in a row, and say every disagreement."""
    verifiers.prepare()
    verifiers.install_node(NODE_HOME, verifiers.HERE / "package-library.json", "npm's verifiers for the library")
    verifiers.install_python(OPENVC_HOME, verifiers.HERE / "openvc.txt", "openvc-core and awr")
    signer = Signer()
    listed = list(examples(signer))
    to_sign = _to_sign(signer)
    verdicts, signed = _foreign(signer, listed, to_sign)
    verdicts["openbadges"] = _official(signer, listed)
    verdicts[OURS] = _ours(signer, [one for one in listed if not one.name.startswith("endorsement, ")])
    right, words = _show(listed, verdicts)
    back = list(_foreign_examples(signed))
    ours = _ours(signer, back)
    right_back, words_back = _show(back, {OURS: ours})
    console = Console(width=None if sys.stdout.isatty() else 150)
    for limit in dict.fromkeys(LIMITS.values()):
        console.print(f"Known and expected: {limit}.", style="dim")
    for line in (*words, *words_back):
        console.print(line, style="red", markup=False)
    wrong = len(words) + len(words_back)
    rich.print(f"{right + right_back} passed, {wrong} failed")
    return 1 if wrong else 0


def _to_sign(signer: Signer) -> dict[str, Any]:
    """What foreigners sign: with our keys, so that the pages stay the same."""
    ed, p256, rsa = (signer.keys[name] for name in ("EdDSA", "ES256", "RS256"))
    did, other = signer.issuers["EdDSA"], signer.issuers["ES256"]
    assertion = copy.deepcopy(signer.pages["https://issuer.example/ob2/badges/1"])
    assertion["id"] = "urn:uuid:40000000-0000-4000-8000-00000000000a"
    assertion["verification"] = {"type": "SignedBadge", "creator": CREATOR}
    return {
        "badge": signer.badge(did),
        "pem": ed.pem,
        "multikey": {
            "@context": "https://w3id.org/security/multikey/v1",
            "id": f"{did}#key-1",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": ed.public,
            "secretKeyMultibase": _secret(ed),
        },
        "token": {
            "badge": signer.badge(other),
            "jwk": p256.private_jwk,
            "pem": p256.pem,
            "kid": f"{other}#key-1",
            "nbf": int(GIVEN.timestamp()),
        },
        "assertion": assertion,
        "assertionPem": rsa.pem,
    }


def _secret(key: Key) -> str:
    """Multikey's form of an Ed25519 secret: its header 0x8026, the seed, in base58."""
    number, text = int.from_bytes(b"\x80\x26" + key.seed), ""
    while number:
        number, rest = divmod(number, 58)
        text = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[rest] + text
    return f"z{text}"


def _foreign(signer: Signer, listed: list[Example], to_sign: dict[str, Any]) -> tuple[Verdicts, dict[str, str]]:
    tasks = [_task(one) for one in listed]
    given = {"pages": signer.pages, "contexts": _contexts(), "tasks": tasks, "toSign": to_sign}
    script = NODE_HOME / "library.mjs"
    shutil.copy(verifiers.HERE / "library.mjs", script)
    verdicts: Verdicts = {}
    signed: dict[str, str] = {}
    for command in (
        ["node", str(script)],
        [sys.executable, str(verifiers.HERE / "library_python.py")],
        [str(OPENVC_HOME / "bin" / "python"), str(verifiers.HERE / "library_openvc.py")],
    ):
        answer = _run(command, given)
        verdicts |= answer["verdicts"]
        signed |= answer["signed"]
    return verdicts, signed


def _task(example: Example) -> dict[str, Any]:
    """The example as JSON."""
    return {
        "name": example.name,
        "form": example.form,
        "text": example.text,
        "suite": example.suite,
        "status": example.status,
    }


def _run(command: list[str], given: dict[str, Any]) -> dict[str, Any]:
    """The JSON that a verifier's process answers."""
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(  # noqa: S603 (our own command)
        command, input=json.dumps(given), capture_output=True, text=True, cwd=ROOT, env=environment, timeout=900
    )
    if done.returncode != 0:
        raise SystemExit(f"{command[-1]} ended with status {done.returncode}:\n{done.stderr[-3000:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _contexts() -> dict[str, Any]:
    """Those that openbadgeslib has for badges, and the one for learner records."""
    return {**bundled_contexts(), CLR_2: contexts.context(CLR_2)}


class _Pages:
    """Our verifier's way out: the pages in memory."""

    def __init__(self, pages: dict[str, Any]) -> None:
        self._pages = pages

    def fetch(self, url: str, *, accept: str, deadline: float) -> Fetched:
        """What stands at an address."""
        if url not in self._pages:
            raise NotFetched("It is nowhere.")
        return Fetched(url, 200, "application/ld+json", json.dumps(self._pages[url]).encode())


def _ours(signer: Signer, listed: list[Example]) -> dict[str, dict[str, str]]:
    found = {}
    for one in listed:
        report = verify(one.text, fetcher=_Pages(signer.pages))
        why = "; ".join(f.message for f in report.findings if f.outcome != "passed")
        found[one.name] = {"verdict": "valid" if report.verdict == "valid" else "refused", "why": why}
    return found


def _official(signer: Signer, listed: list[Example]) -> dict[str, dict[str, str]]:
    """The official validator of 2.0, with the pages on the loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = signer.pages.get(f"https://issuer.example{self.path}")
            self.send_response(404 if page is None else 200)
            self.send_header("Content-Type", "application/ld+json")
            self.end_headers()
            self.wfile.write(json.dumps(page).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    tasks = [{"name": o.name, "kind": "text", "value": o.text} for o in listed if o.form in (HOSTED, SIGNED)]
    given = {
        "origin": "https://issuer.example",
        "listen": f"http://127.0.0.1:{server.server_address[1]}",
        "tasks": tasks,
    }
    python = str(verifiers.OFFICIAL_HOME / "bin" / "python")
    try:
        return _run([python, "-W", "ignore", str(Path(verifiers.HERE) / "official_ob2.py")], given)
    finally:
        server.shutdown()


def _foreign_examples(signed: dict[str, str]) -> Iterator[Example]:
    for name, text in signed.items():
        form = SIGNED if "2.0" in name else TOKEN if "token" in name else JSON
        yield Example(f"signed by {name}", form, text, True)
        if form == JSON:
            document = json.loads(text)
            document["credentialSubject"]["achievement"]["name"] = "Doctor of Natural Medicine"
            yield Example(f"signed by {name}: another title", form, json.dumps(document), False)
        else:
            yield Example(f"signed by {name}: a letter of it", form, _turned(text), False)


def _turned(text: str) -> str:
    at = text.rindex(".") + 20
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]


def _show(listed: list[Example], verdicts: Verdicts) -> tuple[int, list[str]]:
    """One row for each good example: how many of it and its copies each verifier judged rightly."""
    table = Table(title=f"{len(listed)} examples, {datetime.now(UTC):%Y-%m-%d}", title_justify="left")
    table.add_column("example and its harmed copies")
    for name in verdicts:
        table.add_column(name)
    rows: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    words = []
    for one in listed:
        for name, found in verdicts.items():
            if one.name not in found:
                continue
            given, wanted = found[one.name], "valid" if one.good else "refused"
            limit = LIMITS.get((name, one.name))
            agrees = (given["verdict"] == wanted) is (limit is None)
            rows[one.name.split(":")[0]][name].append(agrees)
            if not agrees:
                words.append(f"{one.name}: {name} says {given['verdict']}: {given['why'] or 'no reason'}")
    right = 0
    for row, cells in rows.items():
        right += sum(sum(marks) for marks in cells.values())
        table.add_row(row, *(f"{sum(cells[v])}/{len(cells[v])}" if cells[v] else "–" for v in verdicts))
    Console(width=None if sys.stdout.isatty() else 150).print(table)
    return right, words
