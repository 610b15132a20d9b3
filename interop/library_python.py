"""openbadgeslib and joserfc on what the library signs, and what openbadgeslib signs.

Reads {pages, contexts, tasks, toSign} and writes {verdicts: {verifier: {name: {verdict, why}}}, signed: {name: text}}.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

from joserfc import jws, jwt
from joserfc.jwk import JWKRegistry
from openbadgeslib.ob2 import OB2Signer, OB2Verifier
from openbadgeslib.ob2.models import Assertion
from openbadgeslib.ob3.did import resolve_verification_method
from openbadgeslib.ob3.ldp import OB3LdpVerifier, add_data_integrity_proof, verify_data_integrity_proof
from openbadgeslib.ob3.signer import OB3Signer
from openbadgeslib.ob3.verifier import OB3Verifier

Task = dict[str, Any]


class Judges:
    """The two libraries, with pages from memory."""

    def __init__(self, pages: dict[str, Any], contexts: dict[str, Any]) -> None:
        self.pages, self.contexts = pages, contexts

    def download(self, url: str) -> bytes:
        """The page at an address."""
        if url not in self.pages:
            raise ValueError(f"{url} is nowhere")
        return json.dumps(self.pages[url]).encode()

    def openbadgeslib(self, task: Task) -> None:
        """Raise when openbadgeslib refuses it."""
        text = task["text"]
        if task["form"] == "2.0 hosted":
            OB2Verifier(download=self.download).verify_hosted(text, check_revocation=True)
        elif task["form"] == "2.0 signed":
            OB2Verifier(download=self.download).verify(text, check_revocation=True)
        elif task["form"] == "3.0 token":
            issuer = _payload(text)["iss"]
            OB3Verifier.for_issuer_did(issuer, download=self.download).verify(text)
        else:
            self._embedded(json.loads(text))

    def _embedded(self, document: dict[str, Any]) -> None:
        if "OpenBadgeCredential" in document["type"]:
            # It reads a status list as JSON, but checks the list's own proof only on a token: so that is checked here.
            has = "credentialStatus" in document
            OB3LdpVerifier().verify(document, check_status=has, download=self.download, verify_status_list=False)
            if has:
                self._proof(json.loads(self.download(document["credentialStatus"]["statusListCredential"])))
        self._proof(document)

    def _proof(self, document: dict[str, Any]) -> None:
        method = document["proof"]["verificationMethod"]
        issuer = document["issuer"] if isinstance(document["issuer"], str) else document["issuer"]["id"]
        if method.split("#")[0] != issuer:
            raise ValueError(f"the key {method} is not of {issuer}")
        key = resolve_verification_method(method, download=self.download)
        verify_data_integrity_proof(document, key, extra_contexts=self.contexts)

    def joserfc(self, task: Task) -> None:
        """Raise when the signature or a claim does not hold."""
        text = task["text"]
        payload = _payload(text)
        header = jws.extract_compact(text.encode()).protected
        algorithm = header["alg"]
        if task["form"] == "2.0 signed":
            document = self.pages[payload["verification"]["creator"]]
            key = JWKRegistry.import_key(document["publicKeyPem"], "RSA")
            jws.deserialize_compact(text, key, algorithms=["RS256"])
            return
        did = header["kid"].split("#")[0]
        methods = self.pages[f"https://{did.removeprefix('did:web:').replace(':', '/')}/did.json"]["verificationMethod"]
        method = next(one for one in methods if one["id"] == header["kid"])
        if "publicKeyJwk" in method:
            key = JWKRegistry.import_key(method["publicKeyJwk"])
        else:
            pem = resolve_verification_method(header["kid"], download=self.download)
            key = JWKRegistry.import_key(pem, "OKP")
        claims = jwt.decode(text, key, algorithms=[algorithm]).claims
        pairs = (("iss", claims["issuer"]["id"]), ("jti", claims["id"]), ("sub", claims["credentialSubject"]["id"]))
        if any(claims[name] != value for name, value in pairs) or claims["iss"] != did:
            raise ValueError("a claim says something else than the badge")


def _payload(text: str) -> dict[str, Any]:
    return json.loads(jws.extract_compact(text.encode()).payload)


def _covers(name: str, task: Task) -> bool:
    if name == "joserfc":
        return task["form"] in ("3.0 token", "2.0 signed") and not task["status"]
    return task["suite"] != "eddsa-jcs-2022"


def _verdict(judge: Callable[[Task], None], task: Task) -> dict[str, str]:
    try:
        judge(task)
    except Exception as error:  # noqa: BLE001 (a foreign library may fail in any way; that is a refusal)
        return {"verdict": "refused", "why": f"{type(error).__name__}: {error}"[:300]}
    return {"verdict": "valid", "why": ""}


def _signed(given: dict[str, Any]) -> dict[str, str]:
    token = given["token"]
    claims = {**token["badge"], "iss": token["badge"]["issuer"]["id"], "jti": token["badge"]["id"]}
    claims |= {"sub": token["badge"]["credentialSubject"]["id"], "nbf": token["nbf"]}
    return {
        "openbadgeslib, rdfc": json.dumps(
            add_data_integrity_proof(given["badge"], given["pem"].encode(), given["multikey"]["id"])
        ),
        "openbadgeslib, 2.0 signed": OB2Signer(given["assertionPem"].encode(), "RS256").sign(
            Assertion.from_dict(given["assertion"])
        ),
        "openbadgeslib, token": OB3Signer(token["pem"].encode(), algorithm="ES256").sign_payload(claims),
    }


def main() -> None:
    """Judge and sign."""
    given = json.load(sys.stdin)
    judges = Judges(given["pages"], given["contexts"])
    verdicts = {
        name: {task["name"]: _verdict(judge, task) for task in given["tasks"] if _covers(name, task)}
        for name, judge in (("openbadgeslib", judges.openbadgeslib), ("joserfc", judges.joserfc))
    }
    json.dump({"verdicts": verdicts, "signed": _signed(given["toSign"])}, sys.stdout)


if __name__ == "__main__":
    main()
