"""Prepare, sign, verify: no database, no transaction. The one place that has private keys opened for it.

Nothing leaves here before its shape and its signature were checked. The whole verifier runs on a badge that is signed
alone, and in a batch on the first of each version and document shape and on one in a hundred.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from laurels.badges import addresses, keys
from laurels.badges.keys import NewKey
from openbadgekit import issue
from openbadgekit.documents import ob2, ob3
from openbadgekit.documents.schema import Kind, check
from openbadgekit.errors import BadgeError, Malformed, refuse
from openbadgekit.fetch import Fetched, Fetcher
from openbadgekit.jsontype import Json, JsonObject
from openbadgekit.microcredential import Credential
from openbadgekit.verify import Policy, verify

LINKED_DATA = "application/ld+json"
CREDENTIAL = "application/vc+ld+json"
_ONE_IN = 100
_ALIKE = issue.Preparer()  # what badges have in common stays known for as long as the process lives


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A unit's key as it lies in storage, and the name that verifiers know it by."""

    unit: int
    number: int
    public: str
    sealed: bytes
    verification_method: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A badge that waits for its signature: its id, and what it shall say."""

    badge: str
    credential: Credential


@dataclass(frozen=True, slots=True)
class Made:
    """One finished document: the path it is served at, its media type, its bytes."""

    address: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed and checked badge: its 3.0 credential and its 2.0 assertion."""

    badge: str
    ob3: Made
    ob2: Made


def make_key(unit: int, number: int) -> NewKey:
    """Draw and seal a new key for a unit."""
    return keys.make(unit, number)


def sign_document(document: JsonObject, key: SealedKey, *, at: datetime) -> bytes:
    """Sign one credential (an endorsement, a status list) and return its checked bytes."""
    return _sign(document, _signer(key), key, at)


def sign_batch(
    drafts: Sequence[Draft],
    key: SealedKey,
    *,
    at: datetime,
    fetcher: Fetcher,
    policy: Policy,
    after_each: Callable[[], None] = lambda: None,
) -> list[Signed]:
    """Sign badges of one unit; BadgeError, naming the badge, when one of them does not pass its checks.

    `fetcher` answers for what is published already: issuers, status lists, badge classes, endorsements.
    """
    signer = _signer(key)
    seen: set[Hashable] = set()
    batch = []
    for place, draft in enumerate(drafts):
        try:
            signed, shape = _signed(draft, signer, key, at)
            kind = (draft.credential.achievement.id, shape)
            if kind not in seen or place % _ONE_IN == 0:
                _verify(signed, draft.credential, fetcher, policy)
                seen.add(kind)
        except BadgeError as error:
            raise Malformed(f"Badge {draft.badge} was not signed: {error.message}", error.pointer) from error
        batch.append(signed)
        after_each()
    return batch


def _signed(draft: Draft, signer: issue.Signer, key: SealedKey, at: datetime) -> tuple[Signed, Hashable]:
    """Both forms of one badge, shape and signature checked, and the shape of the 3.0 one."""
    credential, assertion = ob3.credential(draft.credential), ob2.assertion(draft.credential)
    refuse(check(assertion, Kind.ASSERTION))
    prepared = _ALIKE.prepare(credential)
    body = issue.sign_bytes(prepared, signer, created=at)
    issue.checked_bytes(body, prepared, key.public)
    signed = Signed(
        draft.badge,
        Made(addresses.ob3(draft.badge), CREDENTIAL, body),
        Made(addresses.ob2(draft.badge), LINKED_DATA, issue.serialise(assertion)),
    )
    return signed, prepared.template or _shape(credential)


def _signer(key: SealedKey) -> issue.LocalSigner:
    return issue.LocalSigner(keys.unseal(key.sealed, key.unit, key.number), key.verification_method)


def _sign(document: JsonObject, signer: issue.Signer, key: SealedKey, at: datetime) -> bytes:
    signed = issue.sign(issue.prepare(document), signer, created=at)
    issue.checked(signed, key.public)
    return issue.serialise(signed)


def _shape(value: Json) -> Hashable:
    """What a document looks like without what it says: names and lengths, all the way down."""
    if isinstance(value, dict):
        return tuple((name, _shape(member)) for name, member in value.items())
    if isinstance(value, list):
        return tuple(_shape(member) for member in value)
    return type(value).__name__


def _verify(signed: Signed, credential: Credential, fetcher: Fetcher, policy: Policy) -> None:
    """Run our whole verifier on both forms, as a stranger would the moment after they are published."""
    published = Beside(fetcher, (signed.ob3, signed.ob2))
    for made in (signed.ob3, signed.ob2):
        report = verify(made.body, policy=policy, fetcher=published, recipient=credential.recipient.identity)
        wrong = [f"{finding.check}: {finding.message}" for finding in report.findings if finding.outcome != "passed"]
        if report.verdict != "valid" or wrong:
            raise Malformed(f"our own verifier says {report.verdict}. {' '.join(wrong)}")


class Beside:
    """A fetcher that also answers for documents that are about to be stored."""

    def __init__(self, fetcher: Fetcher, documents: Iterable[Made]) -> None:
        self._fetcher = fetcher
        self._documents = {addresses.absolute(made.address): made for made in documents}

    def fetch(self, url: str, *, accept: str, deadline: float) -> Fetched:
        """Answer from the documents at hand, else as the fetcher does."""
        made = self._documents.get(url)
        if made is None:
            return self._fetcher.fetch(url, accept=accept, deadline=deadline)
        return Fetched(url=url, status=200, media_type=made.media_type, body=made.body)
