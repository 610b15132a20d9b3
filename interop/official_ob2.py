"""Verifies Open Badges 2.0 with the official validator, in a virtual environment of its own.

Reads one JSON object from standard input: {origin, listen, tasks: [{name, kind: "text" | "file", value}]}.
Writes one JSON object: {name: {verdict: "valid" | "refused", why}}.
"""

import io
import json
import logging
import pathlib
import sys
import warnings

warnings.simplefilter("ignore")

import requests  # noqa: E402
from openbadges import verify  # noqa: E402
from openbadges.verifier.openbadges_context import OPENBADGES_CONTEXT_V2_DICT  # noqa: E402

CONTEXT = "https://w3id.org/openbadges/v2"
logging.disable(logging.CRITICAL)


def play_the_host(origin: str, listen: str) -> None:
    """Answer requests for the public host from the loopback, and for the context from the package's own copy."""
    original = requests.Session.send

    def send(self, request, **options):
        if request.url == CONTEXT:
            answer = requests.Response()
            answer.status_code, answer.url, answer.encoding = 200, request.url, "utf-8"
            answer.headers["Content-Type"] = "application/ld+json"
            answer._content = json.dumps(OPENBADGES_CONTEXT_V2_DICT).encode()
            return answer
        if request.url != origin and not request.url.startswith(f"{origin}/"):
            raise requests.ConnectionError(f"{request.url} is not of this host")
        public = request.url
        request.headers["Host"] = origin.split("://")[1]
        request.url = listen + public[len(origin) :]
        options["allow_redirects"] = False
        answer = original(self, request, **options)
        answer.url = public
        return answer

    requests.Session.send = send


def judged(task: dict) -> dict:
    """The validator's verdict on one badge, and its first words against it."""
    given = task["value"]
    if task["kind"] == "file":
        path = pathlib.Path(given)
        given = io.BytesIO(path.read_bytes())
        given.name = path.name
    try:
        report = verify(given, use_cache=False, cache_backend=None)["report"]
    except Exception as error:  # noqa: BLE001 (a foreign tool may fail in any way; that is a refusal)
        return {"verdict": "refused", "why": f"{type(error).__name__}: {error}"}
    words = [message["result"] for message in report["messages"] if message["messageLevel"] == "ERROR"]
    return {"verdict": "valid" if report["valid"] else "refused", "why": "; ".join(words)[:300]}


def main() -> None:
    """Judge every task."""
    given = json.load(sys.stdin)
    play_the_host(given["origin"], given["listen"])
    results = {task["name"]: judged(task) for task in given["tasks"]}
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
