"""What the library signs, for verifiers that we did not write: each standard, each kind of proof, and harmed copies."""

import base64
import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from openbadgekit import (
    Achievement,
    AchievementSubject,
    Credential,
    CredentialStatus,
    Criteria,
    IdentityObject,
    Image,
    Key,
    LocalSigner,
    Profile,
    did_document,
    did_key,
    did_web,
    issue,
    ob2,
    ob3,
    status,
)
from openbadgekit.documents.contexts import CLR_2, OB_3, VC_2
from openbadgekit.proofs.data_integrity import hash_data, secured

HOST = "https://issuer.example"
LIST = f"{HOST}/status/1"
CREATOR = f"{HOST}/ob2/key"
REVOKED = f"{HOST}/ob2/revoked"
GIVEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ALGORITHMS = ("EdDSA", "ES256", "RS256")
JSON, TOKEN, HOSTED, SIGNED = "3.0", "3.0 token", "2.0 hosted", "2.0 signed"
Document = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """One thing to verify: its text, its form, the suite of its proof, and whether it is to be accepted."""

    name: str
    form: str
    text: str
    good: bool
    suite: str = ""
    status: bool = False


@dataclass
class Signer:
    """An issuer at HOST with a key of each kind, and all pages that it publishes."""

    keys: dict[str, Key] = field(default_factory=lambda: {name: Key.generate(name) for name in ALGORITHMS})
    pages: dict[str, Document] = field(default_factory=dict)
    issuers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, key in self.keys.items():
            did = did_web(HOST, name.lower())
            self.issuers[name] = did
            self.pages[f"{HOST}/{name.lower()}/did.json"] = did_document(
                did, [("key-1", key.public_key)], jwk=name != "EdDSA"
            )
        self._publish_list()

    def local(self, algorithm: str = "EdDSA") -> LocalSigner:
        """The signer of this algorithm under its did:web."""
        return LocalSigner(self.keys[algorithm], f"{self.issuers[algorithm]}#key-1")

    def sign(self, document: Document, suite: str = "eddsa-rdfc-2022") -> Document:
        """The document with a proof; for a learner record the proof is put on by the parts of the library."""
        if "ClrCredential" in document["type"]:
            local = self.local()
            options = {
                "type": "DataIntegrityProof",
                "cryptosuite": suite,
                "created": GIVEN.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "verificationMethod": local.verification_method,
                "proofPurpose": "assertionMethod",
            }
            return secured(document, options, local.sign(hash_data(document, options)))
        return issue.sign(issue.prepare(document), self.local(), created=GIVEN, suite=suite)  # type: ignore[arg-type]

    def badge(self, issuer: str, place: int | None = None, **more: Any) -> Document:
        """A badge of 3.0 without a proof."""
        course = Achievement(
            f"{HOST}/cooking",
            "Whole-Food Cooking",
            "Cooks whole food.",
            Criteria(narrative="A week plan that an assessor has seen."),
            image=Image(f"{HOST}/wreath.png"),
            **more,
        )
        ada = AchievementSubject(
            course, "urn:uuid:40000000-0000-4000-8000-000000000001", identifier=(IdentityObject.of("ada@example.org"),)
        )
        entry = None if place is None else CredentialStatus(f"{LIST}#{place}", "revocation", str(place), LIST)
        return ob3.credential(
            Credential(
                f"{HOST}/badges/{place or 0}", Profile(issuer, "Cooking School"), GIVEN, ada, credential_status=entry
            )
        )

    def _publish_list(self) -> None:
        bits = status.with_bit(bytes(status.LEAST_BITS // 8), 17)
        ends = datetime.now(UTC) + timedelta(days=30)
        made = status.status_list_credential(LIST, self.issuers["EdDSA"], bits, GIVEN, ends)
        self.pages[LIST] = self.sign(made)


def examples(signer: Signer) -> Iterator[Example]:
    """Everything signed, each followed by its harmed copies."""
    for name, document in _documents(signer):
        yield from _with_harmed(f"{name}, rdfc", signer.sign(document), "eddsa-rdfc-2022")
    for name, document in _documents(signer):
        if name != "record of learning":
            yield from _with_harmed(f"{name}, jcs", signer.sign(document, "eddsa-jcs-2022"), "eddsa-jcs-2022")
    own = Key.generate()
    by_key = issue.prepare(signer.badge(did_key(own.public_key)))
    alone = issue.sign(by_key, LocalSigner(own, f"{did_key(own.public_key)}#{own.public}"), created=GIVEN)
    yield from _with_harmed("badge by did:key, rdfc", alone, "eddsa-rdfc-2022")
    revoked = signer.sign(signer.badge(signer.issuers["EdDSA"], 17))
    yield Example("revoked badge, rdfc", JSON, json.dumps(revoked), False, "eddsa-rdfc-2022", status=True)
    for algorithm in ALGORITHMS:
        prepared = issue.prepare(signer.badge(signer.issuers[algorithm]))
        token = issue.sign_jwt(prepared, signer.local(algorithm))
        yield from _tokens(f"badge as token, {algorithm}", TOKEN, token, "credentialSubject")
    yield from _second(signer)


def _documents(signer: Signer) -> Iterator[tuple[str, Document]]:
    issuer = signer.issuers["EdDSA"]
    yield "badge", signer.badge(issuer)
    yield "badge with status", signer.badge(issuer, 5)
    endorsement: Document = {
        "@context": [VC_2, OB_3],
        "id": f"{HOST}/endorsements/1",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": issuer, "type": ["Profile"], "name": "Cooking School"},
        "name": "Approval",
        "validFrom": GIVEN.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "credentialSubject": {
            "id": f"{HOST}/cooking",
            "type": ["EndorsementSubject"],
            "endorsementComment": "We have seen it.",
        },
    }
    yield "endorsement", endorsement
    endorsed = copy.deepcopy(signer.badge(issuer))
    endorsed["credentialSubject"]["achievement"]["endorsement"] = [signer.sign(endorsement)]
    yield "badge with endorsement", endorsed
    yield (
        "record of learning",
        {
            "@context": [VC_2, CLR_2, OB_3],
            "id": f"{HOST}/records/1",
            "type": ["VerifiableCredential", "ClrCredential"],
            "issuer": {"id": issuer, "type": ["Profile"], "name": "Cooking School"},
            "name": "Record",
            "validFrom": GIVEN.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "credentialSubject": {
                "id": "urn:uuid:40000000-0000-4000-8000-000000000001",
                "type": ["ClrSubject"],
                "verifiableCredential": [signer.sign(signer.badge(issuer))],
            },
        },
    )


def _with_harmed(name: str, signed: Document, suite: str) -> Iterator[Example]:
    yield Example(name, JSON, json.dumps(signed), True, suite)
    changes: dict[str, Callable[[Document], object]] = {
        "another issuer's name": lambda d: d["issuer"].update(name="Elsewhere"),
        "another beginning": lambda d: d.update(validFrom="2025-01-01T00:00:00Z"),
        "another holder": lambda d: d["credentialSubject"].update(id="urn:uuid:40000000-0000-4000-8000-000000000002"),
        "a term of nobody": lambda d: d["credentialSubject"].update(grade="A"),
        "the proof's date": lambda d: d["proof"].update(created="2026-01-02T03:04:06Z"),
        "the proof's value": lambda d: d["proof"].update(proofValue=_turned(d["proof"]["proofValue"])),
        "no proof": lambda d: d.pop("proof"),
    }
    for words, change in changes.items():
        document = copy.deepcopy(signed)
        change(document)
        yield Example(f"{name}: {words}", JSON, json.dumps(document), False, suite)


def _turned(value: str) -> str:
    return value[:20] + ("3" if value[20] == "2" else "2") + value[21:]


def _tokens(name: str, form: str, token: str, member: str) -> Iterator[Example]:
    yield Example(name, form, token, True)
    head, body, end = token.split(".")
    payload = json.loads(_decoded(body))
    changed = {**payload, member: "urn:uuid:40000000-0000-4000-8000-000000000009"}
    unsigned = _encoded(json.dumps({"alg": "none"}).encode())
    for words, parts in {
        "another payload": (head, _encoded(json.dumps(changed).encode()), end),
        "no algorithm": (unsigned, body, ""),
        "another signature": (head, body, _turned(end)),
        "the payload's order": (head, _encoded(json.dumps(dict(sorted(payload.items()))).encode() + b" "), end),
    }.items():
        yield Example(f"{name}: {words}", form, ".".join(parts), False)


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _second(signer: Signer) -> Iterator[Example]:
    """Hosted and signed assertions of 2.0; what the pages are is what their issuer hosts."""
    host = Profile(f"{HOST}/ob2/issuer", "Cooking School", HOST, email="cook@issuer.example")
    course = Achievement(
        f"{HOST}/ob2/cooking",
        "Whole-Food Cooking",
        "Cooks whole food.",
        Criteria(f"{HOST}/cooking"),
        creator=host,
        image=Image(f"{HOST}/wreath.png"),
    )
    key = signer.keys["RS256"]
    context = "https://w3id.org/openbadges/v2"
    profile = {**ob2.profile(host), "publicKey": CREATOR, "revocationList": REVOKED}
    signer.pages |= {
        host.id: profile,
        course.id: ob2.badge_class(course),
        CREATOR: {
            "@context": context,
            "id": CREATOR,
            "type": "CryptographicKey",
            "owner": host.id,
            "publicKeyPem": key.public_key.pem,
        },
        REVOKED: {
            "@context": context,
            "id": REVOKED,
            "type": "RevocationList",
            "issuer": host.id,
            "revokedAssertions": [{"id": f"urn:uuid:40000000-0000-4000-8000-00000000000{n}"} for n in (7, 8)],
        },
    }
    recipient = {"type": "email", "hashed": False, "identity": "ada@example.org"}
    plain = {"@context": context, "type": "Assertion", "recipient": recipient, "badge": course.id}
    plain["issuedOn"] = GIVEN.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    hosted = {**plain, "id": f"{HOST}/ob2/badges/1", "verification": {"type": "HostedBadge"}}
    signer.pages[hosted["id"]] = hosted
    yield Example("hosted assertion", HOSTED, json.dumps(hosted), True)
    absent = {**hosted, "id": f"{HOST}/ob2/badges/2"}
    yield Example("hosted assertion: an address that hosts nothing", HOSTED, json.dumps(absent), False)
    for name, number in (("signed assertion", 1), ("revoked signed assertion", 7)):
        body = {**plain, "id": f"urn:uuid:40000000-0000-4000-8000-00000000000{number}"}
        body["verification"] = {"type": "SignedBadge", "creator": CREATOR}
        token = issue.sign_assertion(issue.prepare_assertion(body), LocalSigner(key, CREATOR))
        if number == 1:
            yield from _tokens(name, SIGNED, token, "badge")
        else:
            yield Example(name, SIGNED, token, False, status=True)
