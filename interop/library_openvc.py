"""openvc-core on what the library signs, in an environment of its own: embedded proofs of both suites.

Reads {pages, contexts, tasks} and writes {verdicts: {"openvc": {name: {verdict, why}}}, signed: {}}.
"""

import json
import sys
from typing import Any

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

    def verdict(task: dict[str, Any]) -> dict[str, str]:
        try:
            verify_credential(
                json.loads(task["text"]),
                policy=VerificationPolicy(require_status_issuer_binding=True),
                resolver=resolver,
                resolve_status_list=lists,
                extra_contexts=given["contexts"],
            )
        except Exception as error:  # noqa: BLE001 (a foreign library may fail in any way; that is a refusal)
            return {"verdict": "refused", "why": f"{type(error).__name__}: {error}"[:300]}
        return {"verdict": "valid", "why": ""}

    tasks = [task for task in given["tasks"] if task["form"] == "3.0"]
    json.dump({"verdicts": {"openvc": {task["name"]: verdict(task) for task in tasks}}, "signed": {}}, sys.stdout)


if __name__ == "__main__":
    main()
