"""Does every proof of a document hold, and is each made with a key of its issuer? (VC Data Integrity 1.0 §4.4, §4.5)"""

from dataclasses import dataclass
from typing import Final

from ..errors import Malformed, Unsafe, Unsupported
from ..jsontype import JsonObject
from ..proofs.data_integrity import check_proof, verify_proof
from .keyring import issuer_key
from .reading import as_list, as_object, brief, identifier, moment_or_none
from .report import PROOF, Finding, failed, passed, unknown
from .session import Session

NOTHING_TO_CHECK: Final = "It has no signature, and no address where its issuer shows it."
_HOLDS: Final = "Its content is exactly what was signed."
_MOST_PROOFS: Final = 4
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


def check_signature(session: Session, document: JsonObject) -> Signature:
    """Check every proof of a document; of several, each must hold, and the worst one is told."""
    proofs = as_list(document.get("proof"))
    issuer = identifier(document.get("issuer"))
    if not proofs or issuer is None:
        return Signature(failed(PROOF, NOTHING_TO_CHECK), None)
    if len(proofs) > _MOST_PROOFS:
        return Signature(failed(PROOF, f"It has more than {_MOST_PROOFS} proofs."), None)
    found = [_one(session, document, as_object(proof), issuer) for proof in proofs]
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
    if "expires" in proof:
        ends = moment_or_none(proof["expires"])
        if ends is None or ends <= session.now:
            return Signature(failed(PROOF, "The signature holds no longer."), None)
    answer = issuer_key(session, issuer, str(proof["verificationMethod"]))
    if answer.key is None:
        return Signature(
            unknown(PROOF, f"The signature could not be checked: {answer.finding.message}"), answer.finding
        )
    return Signature(_mathematics(document, proof, answer.key), answer.finding)


def _mathematics(document: JsonObject, proof: JsonObject, key: bytes) -> Finding:
    try:
        verify_proof(document, proof, key)
    except Malformed:
        return failed(PROOF, "Its content is not what was signed.")
    except Unsupported as error:
        return unknown(PROOF, f"The signature could not be checked: {error.message}")
    except Unsafe as error:
        return failed(PROOF, f"The signature cannot be checked: {error.message}")
    return passed(PROOF, _HOLDS)


def _worst(findings: list[Finding]) -> Finding:
    return min(findings, key=lambda finding: _ORDER.index(finding.outcome))
