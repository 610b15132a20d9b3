"""Does every proof of a document hold, and is each made with a key of its issuer?

VC Data Integrity 1.0 §4.4 and §4.5 (proofs in the document), Open Badges 3.0 §8.2 (the token around it).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from ..documents.contexts import is_shipped
from ..errors import Malformed, Unsafe, Unsupported
from ..jsontype import JsonObject
from ..proofs.data_integrity import MOST_PROOFS, RDFC, check_proof, verify_proof
from ..proofs.jws import Compact, check
from ..proofs.vc_jwt import VC_1, ends
from ..safe_mode import problems
from .keyring import issuer_key, token_key
from .reading import as_list, as_object, brief, identifier, moment_or_none
from .report import PROOF, Finding, failed, passed, unknown
from .session import Answer, Session

NOTHING_TO_CHECK: Final = "It has no signature, and no address where its issuer shows it."
CHANGED: Final = "Its content is not what was signed."
_HOLDS: Final = "Its content is exactly what was signed."
_ALGORITHM: Final = frozenset({"/alg", "/cryptosuite"})
_ENDS: Final = frozenset({"validUntil", "expirationDate"})
"""With one of these the dates tell that it is over, and the token must agree with them."""

_OLDER: Final = "It is signed in a form of the older data model (1.1) that we cannot check."
_ORDER: Final = ("failed", "unknown", "passed")


@dataclass(frozen=True, slots=True)
class Signature:
    """The finding on the proofs, and the one on their keys; None when it did not come to that."""

    proof: Finding
    key: Finding | None

    @property
    def holds(self) -> bool:
        """Whether every proof is true and every key the issuer's: the only door to what the document says."""
        return self.proof.outcome == "passed" and self.key is not None and self.key.outcome == "passed"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings there are."""
        return (self.proof,) if self.key is None else (self.proof, self.key)

    @property
    def worst(self) -> Finding:
        """The finding that decides."""
        return _worst(list(self.findings))


def check_signature(session: Session, document: JsonObject, token: Compact | None = None) -> Signature:
    """Check every proof of a document, and the token that it came in; each must hold, and the worst one is told."""
    proofs = as_list(document.get("proof"))
    issuer = identifier(document.get("issuer"))
    if issuer is None or not (proofs or token):
        return Signature(failed(PROOF, NOTHING_TO_CHECK), None)
    if len(proofs) > MOST_PROOFS:
        return Signature(failed(PROOF, f"It has more than {MOST_PROOFS} proofs."), None)
    found = [_one(session, document, as_object(proof), issuer) for proof in proofs]
    if token is not None:
        found.append(_token(session, document, token, issuer))
    keys = [signature.key for signature in found if signature.key is not None]
    return Signature(
        _worst([signature.proof for signature in found]), _worst(keys) if len(keys) == len(found) else None
    )


def unknown_way(document: JsonObject) -> Finding | None:
    """Return the finding that a document is signed in a way that is not known here; None when all ways are known."""
    for proof in map(as_object, as_list(document.get("proof"))):
        try:
            check_proof(proof)
        except Unsupported:
            return _strange(proof)
        except Malformed:
            continue
    return None


def _strange(proof: JsonObject) -> Finding:
    if "previousProof" in proof:
        return unknown(PROOF, "It is signed in a way we do not know: a chain of proofs.")
    method = brief(proof.get("cryptosuite") or proof.get("type"))
    return unknown(PROOF, f"It is signed in a way we do not know: {method}.")


def _one(session: Session, document: JsonObject, proof: JsonObject, issuer: str) -> Signature:
    try:
        session.check_time()
        check_proof(proof)
    except Unsupported:
        return Signature(_strange(proof), None)
    except Malformed as error:
        return Signature(failed(PROOF, error.message), None)
    except Unsafe as error:
        return Signature(unknown(PROOF, f"The signature could not be checked: {error.message}"), None)
    if proof.get("cryptosuite") == RDFC and as_list(document.get("@context"))[:1] == [VC_1]:
        refused = _older(document)
        if refused is not None:
            return Signature(refused, None)
    if "expires" in proof:
        end = moment_or_none(proof["expires"])
        if end is None or end <= session.now:
            return Signature(failed(PROOF, "The signature holds no longer."), None)
    answer = issuer_key(session, issuer, str(proof["verificationMethod"]))
    if answer.key is None:
        return _without_key(answer)
    return Signature(mathematics(partial(verify_proof, document, proof, answer.key)), answer.finding)


def _older(document: JsonObject) -> Finding | None:
    """Why a document of the data model 1.1 cannot be checked over its statements: its form was not asked for them."""
    contexts = [one for one in as_list(document.get("@context")) if isinstance(one, str)]
    if not all(map(is_shipped, contexts)):
        return unknown(PROOF, _OLDER)
    found = problems(document)
    return failed(PROOF, f"{found[0].message} (at {found[0].pointer})") if found else None


def _token(session: Session, document: JsonObject, token: Compact, issuer: str) -> Signature:
    try:
        session.check_time()
        end = ends(token)
    except Unsafe as error:
        return Signature(unknown(PROOF, f"The signature could not be checked: {error.message}"), None)
    if end is not None and end <= session.now.timestamp() and not _ENDS & set(document):
        return Signature(failed(PROOF, "The signature holds no longer."), None)
    answer = token_key(session, issuer, token.header)
    if answer.key is None:
        return _without_key(answer)
    return Signature(mathematics(partial(check, token, answer.key)), answer.finding)


def _without_key(answer: Answer) -> Signature:
    return Signature(unknown(PROOF, f"The signature could not be checked: {answer.finding.message}"), answer.finding)


def mathematics(verify: Callable[[], None]) -> Finding:
    """Return the finding on one signature; `verify` returns when it holds and raises when it does not."""
    try:
        verify()
    except Malformed as error:
        return failed(PROOF, error.message if error.pointer in _ALGORITHM else CHANGED)
    except Unsupported as error:
        return unknown(PROOF, f"The signature could not be checked: {error.message}")
    except Unsafe as error:
        return failed(PROOF, f"The signature cannot be checked: {error.message}")
    return passed(PROOF, _HOLDS)


def _worst(findings: list[Finding]) -> Finding:
    return min(findings, key=lambda finding: _ORDER.index(finding.outcome))
