"""Verifies Open Badges 2.0 (hosted) and 3.0 (eddsa-rdfc-2022) with openbadgeslib.

Reads one JSON object from standard input: {origin, listen, tasks: [{name, standard, kind, value}]}; the kind is "text",
"png" or "svg", and the value of a picture is a file's path. Writes one JSON object:
{name: {verdict: "valid" | "refused", why, text}}, where `text` is what it found in the picture.
"""

import functools
import json
import pathlib
import sys
import urllib.request
from typing import Any

from openbadgeslib import baking
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob2 import OB2Verifier
from openbadgeslib.ob3.did import resolve_verification_method
from openbadgeslib.ob3.ldp import OB3LdpVerifier, verify_data_integrity_proof

ACCEPT = "application/vc+ld+json, application/ld+json, application/json"


class Host:
    """Plays the public host from the server on the loopback."""

    def __init__(self, origin: str, listen: str) -> None:
        self.origin, self.listen = origin, listen

    def download(self, url: str) -> bytes:
        """The bytes at an address of the public host; openbadgeslib asks for did:web of http hosts by https."""
        host = self.origin.split("://")[1]
        for public in (self.origin, f"https://{host}"):
            if url == public or url.startswith(f"{public}/"):
                address = self.listen + url[len(public) :]
                request = urllib.request.Request(address, headers={"Accept": ACCEPT, "Host": host})  # noqa: S310
                with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 (loopback alone)
                    return answer.read()
        raise ValueError(f"{url} is not of this host")


def text_of(task: dict[str, Any]) -> str:
    """The badge's text, taken out of its picture by openbadgeslib's own reader."""
    if task["kind"] == "text":
        return task["value"]
    picture = pathlib.Path(task["value"]).read_bytes()
    third = task["standard"] == "3.0"
    if task["kind"] == "png":
        found = baking.extract_png(picture, keyword=baking.ITXT_KEYWORD_OB3 if third else baking.ITXT_KEYWORD)
    else:
        element = baking.SVG_ELEMENT_OB3 if third else baking.SVG_ELEMENT
        found = baking.extract_svg(picture, element=element, text_fallback=True)
    if found is None:
        raise ValueError("there is no badge in this picture")
    return found


def verify_third(text: str, host: Host) -> None:
    """Proof, key of the issuer, dates, status list with its own proof, and both endorsements."""
    download = functools.cache(host.download)
    credential = json.loads(text)
    # It reads a status list as JSON, but checks the list's own proof only on a JWT: so the proof is checked here.
    OB3LdpVerifier().verify(text, check_status=True, download=download, verify_status_list=False)
    status_list = json.loads(download(credential["credentialStatus"]["statusListCredential"]))
    endorsements = [
        *credential["issuer"].get("endorsement", []),
        *credential["credentialSubject"]["achievement"].get("endorsement", []),
    ]
    for document in (status_list, *endorsements):
        issuer = document["issuer"] if isinstance(document["issuer"], str) else document["issuer"]["id"]
        method = document["proof"]["verificationMethod"]
        if method.split("#")[0] != issuer:
            raise ValueError(f"the key {method} is not of {issuer}")
        verify_data_integrity_proof(document, resolve_verification_method(method, download=download))


def verify_second(text: str, host: Host) -> None:
    """The hosted copy, its badge class, its issuer and its dates."""
    if text.startswith(("http://", "https://")):
        text = host.download(text).decode()
    OB2Verifier(download=host.download).verify_hosted(text, check_revocation=True)


def judged(task: dict[str, Any], host: Host) -> dict[str, str]:
    """The verdict on one badge."""
    text = ""
    try:
        text = text_of(task)
        (verify_third if task["standard"] == "3.0" else verify_second)(text, host)
    except (LibOpenBadgesException, ValueError, KeyError, OSError) as error:
        return {"verdict": "refused", "why": f"{error}"[:300], "text": text}
    return {"verdict": "valid", "why": "", "text": text}


def main() -> None:
    """Judge every task."""
    given = json.load(sys.stdin)
    host = Host(given["origin"], given["listen"])
    json.dump({task["name"]: judged(task, host) for task in given["tasks"]}, sys.stdout)


if __name__ == "__main__":
    main()
