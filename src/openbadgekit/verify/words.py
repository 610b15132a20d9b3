"""The verdict in words: one sentence, and what to do with it."""

from collections.abc import Sequence
from typing import Final

from .reading import brief, day
from .report import DATES, FORM, KEY, POLICY, PROOF, READABLE, REVOCATION, Claims, Finding, Verdict
from .signature import NOTHING_TO_CHECK

_ASK: Final = "Ask the holder for the badge's address."
_WAIT: Final = "What could be checked is in order. Try again, or ask the issuer. Do not rely on it until then."


def verdict_words(verdict: Verdict, findings: Sequence[Finding], claims: Claims | None, named: str) -> tuple[str, str]:
    """Return the sentence of a verdict and the one below it. `named` is the issuer's domain as the badge names it."""
    if verdict == "valid" and claims is not None:
        return _valid(claims, any(one.check == REVOCATION for one in findings))
    if verdict == "invalid":
        return _invalid([one for one in findings if one.outcome == "failed"], claims, named or "its issuer")
    return _unknown([one for one in findings if one.outcome == "unknown"], named or "its issuer")


def _valid(claims: Claims, status_known: bool) -> tuple[str, str]:
    since = f" since {day(claims.valid_from)}" if claims.valid_from else ""
    if claims.known_as:
        revoked = ", not revoked" if status_known else ""
        return f"Valid. Signed by {claims.domain}, which we know as {claims.known_as}.", f"Unchanged{since}{revoked}."
    name = f"It calls itself “{claims.issuer_name}”; that is its own word. " if claims.issuer_name else ""
    return (
        f"Valid. Signed by {claims.domain}.",
        f"{name}Make sure that {claims.domain} is theirs before you rely on it.",
    )


def _invalid(found: list[Finding], claims: Claims | None, named: str) -> tuple[str, str]:
    checks = {one.check: one for one in found}
    first = found[0]
    if READABLE in checks:
        return "Not valid. This cannot be read as a badge.", first.message
    if FORM in checks:
        return "Not valid. This badge is not well-formed.", first.message
    if PROOF in checks:
        return _unproved(checks[PROOF], named)
    if KEY in checks:
        return f"Not valid. {checks[KEY].message}", f"Nothing in it can be relied on. {_ASK}"
    if REVOCATION in checks or DATES in checks:
        return _ended(checks, claims, named)
    if POLICY in checks and len(checks) == 1:
        return f"Not accepted. {first.message}", "It is genuine, but not what is asked for here."
    return f"Not valid. {first.message}", "Do not rely on it. Ask the issuer."


def _unproved(finding: Finding, named: str) -> tuple[str, str]:
    if finding.message == NOTHING_TO_CHECK:
        return "Not valid. Nothing in this badge can be checked.", NOTHING_TO_CHECK
    if finding.message.startswith("Its content"):
        below = (
            f"It was changed after it was signed, or {named} never signed it. Nothing in it can be relied on. {_ASK}"
        )
        return "Not valid. The signature does not fit this badge.", below
    return f"Not valid. {finding.message}", f"Nothing in it can be relied on. {_ASK}"


def _ended(checks: dict[str, Finding], claims: Claims | None, named: str) -> tuple[str, str]:
    issuer = (claims.known_as or claims.domain) if claims else named
    if REVOCATION in checks:
        if claims is None or not claims.revoked:
            return f"Not valid at present. {issuer} suspended it.", "It is genuine."
        on = f" on {day(claims.revoked_on)}" if claims.revoked_on else ""
        if claims.replaced_by:
            return (
                f"Not valid any more. {issuer} replaced this badge{on}.",
                f"Another holds in its place: {brief(claims.replaced_by)}. Until then it was true.",
            )
        why = (
            f"Reason given: {claims.reason.rstrip('.')}. Until then it was true." if claims.reason else "It is genuine."
        )
        return f"Not valid any more. {issuer} revoked this badge{on}.", why
    if checks[DATES].message.startswith("Expired"):
        return f"Not valid any more. It e{checks[DATES].message[1:]}", "It is genuine."
    since = f" It holds from {day(claims.valid_from)}." if claims and claims.valid_from else ""
    return f"Not valid yet.{since}", "It is genuine."


def _unknown(found: list[Finding], named: str) -> tuple[str, str]:
    checks = {one.check: one for one in found}
    if READABLE in checks:
        return "Cannot be told. The badge could not be read.", checks[READABLE].message
    if FORM in checks:
        return f"Cannot be told. {checks[FORM].message}", "Do not rely on it. Ask the issuer."
    if KEY in checks:
        return "Cannot be told. We could not check the signature.", checks[KEY].message
    if PROOF in checks:
        return "Cannot be told. We could not check the signature.", checks[PROOF].message
    if REVOCATION in checks:
        return f"Cannot be told. We cannot say whether {named} has revoked it. {checks[REVOCATION].message}", _WAIT
    first = found[0].message if found else "The check did not come to an end."
    return f"Cannot be told. {first}", _WAIT
