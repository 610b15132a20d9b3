"""openvc-core on what the library signs, in an environment of its own: embedded proofs of both suites; awr on jcs.

Reads {pages, contexts, tasks} and writes {verdicts: {"openvc": {name: {verdict, why}}, "awr": …}, signed: {}}.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

from awr.multibase import multibase_decode_base58btc
from awr.proof import verify_document_signature
from openvc.did.base import DidResolverRegistry
from openvc.did.did_key import DidKeyResolver
from openvc.did.did_web import DidWebResolver
from openvc.resolvers import default_status_list_resolver
from openvc.verify import VerificationPolicy, verify_credential


def main() -> None:
    """Judge every task of 3.0."""
    given = json.load(sys.stdin)
    pages = given["pages"]
    resolver = DidResolverRegistry([DidKeyResolver(), DidWebResolver(lambda url: pages[url])])
    lists = default_status_list_resolver(
        resolver=resolver, fetch=lambda url, **_: json.dumps(pages[url]), extra_contexts=given["contexts"]
    )

    def by_openvc(document: dict[str, Any]) -> None:
        verify_credential(
            document,
            policy=VerificationPolicy(require_status_issuer_binding=True),
            resolver=resolver,
            resolve_status_list=lists,
            extra_contexts=given["contexts"],
        )

    def by_awr(document: dict[str, Any]) -> None:
        """The proof alone; that the key is the issuer's is seen to here."""
        issuer, proof = document["issuer"]["id"], document["proof"]
        methods = pages[_address(issuer)]["verificationMethod"]
        key = next(one["publicKeyMultibase"] for one in methods if one["id"] == proof["verificationMethod"])
        if not verify_document_signature(document, proof, multibase_decode_base58btc(key)[2:]):
            raise ValueError("the signature does not fit")

    tasks = [task for task in given["tasks"] if task["form"] == "3.0"]
    verdicts = {
        "openvc": {task["name"]: _verdict(by_openvc, task) for task in tasks},
        "awr": {task["name"]: _verdict(by_awr, task) for task in tasks if task["suite"] == "eddsa-jcs-2022"},
    }
    json.dump({"verdicts": verdicts, "signed": {}}, sys.stdout)


def _address(did: str) -> str:
    """Where did:web:HOST:PATH shows its keys."""
    host, *path = did.removeprefix("did:web:").split(":")
    return "/".join(["https:/", host, *(path or [".well-known"]), "did.json"])


def _verdict(verify: Callable[[dict[str, Any]], None], task: dict[str, Any]) -> dict[str, str]:
    try:
        verify(json.loads(task["text"]))
    except Exception as error:  # noqa: BLE001 (a foreign library may fail in any way; that is a refusal)
        return {"verdict": "refused", "why": f"{type(error).__name__}: {error}"[:300]}
    return {"verdict": "valid", "why": ""}


if __name__ == "__main__":
    main()
