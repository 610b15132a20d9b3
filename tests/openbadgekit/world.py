"""A small university for tests: two issuers with keys, one badge in both standards, and where all of it is hosted."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from openbadgekit import issue
from openbadgekit.canonical import digest_sri
from openbadgekit.documents import ob2, ob3
from openbadgekit.errors import NotFetched
from openbadgekit.fetch import Fetched
from openbadgekit.keys import Key, did_document, did_web
from openbadgekit.microcredential import (
    Achievement,
    Competency,
    Credential,
    Digest,
    Endorsement,
    Evidence,
    Issuer,
    Level,
    Recipient,
    Result,
    Status,
)
from openbadgekit.model import Image
from openbadgekit.status import status_list_credential, with_bit
from openbadgekit.verify import Policy, Report, verify

NOW = datetime(2027, 5, 2, 12, tzinfo=UTC)
GRANTED = datetime(2027, 5, 1, 9, 30, tzinfo=UTC)
APPROVED = datetime(2027, 1, 2, tzinfo=UTC)
HOLDER = "ana@uni.example"
BITS = bytes(16_384)
_COMPETENCY = "urn:uuid:11111111-1111-4111-8111-111111111111"
_LEVEL_1 = "urn:uuid:22222222-2222-4222-8222-222222222221"
_LEVEL_2 = "urn:uuid:22222222-2222-4222-8222-222222222222"

Change = Callable[[dict[str, Any]], None]


@dataclass
class MapFetcher:
    """Answers from a mapping of addresses; everything else cannot be had."""

    pages: Mapping[str, Fetched]
    asked: list[str] = field(default_factory=list)

    def fetch(self, url: str, *, accept: str, deadline: float) -> Fetched:
        self.asked.append(url)
        if url not in self.pages:
            raise NotFetched("somewhere did not answer.")
        return self.pages[url]


class World:
    """Everything that is published under one base address, and one signed badge."""

    def __init__(
        self, base: str = "https://uni.example", elsewhere: str | None = None, approved: datetime = APPROVED
    ) -> None:
        self.base = base
        self.approved = approved
        self.pages: dict[str, Fetched] = {}
        self.key, self.university_key = Key.from_seed(b"u" * 32), Key.from_seed(b"U" * 32)
        home = elsewhere or base
        self.university = Issuer(
            did_web(home), "University of Examples", f"{home}/", profile=f"{home}/ob2.json", email="u@uni.example"
        )
        unit = Issuer(
            did_web(base, "units", "food"),
            "Food Institute",
            f"{base}/units/food",
            profile=f"{base}/units/food/ob2.json",
            email="food@uni.example",
            parent=self.university,
        )
        vouched = self._endorse(unit.id, unit.profile or "", "1", "Decision 7 of 2 January 2027.")
        self.unit = replace(unit, endorsements=(vouched,), endorsements_ob2=(f"{home}/endorsements/1/ob2.json",))
        self.achievement = self._achievement(home)
        self.credential = self._credential()
        self.document = self.sign(ob3.credential(self.credential))
        self.assertion = ob2.assertion(self.credential)
        self._publish(home)

    def _achievement(self, home: str) -> Achievement:
        at = f"{self.base}/micro-credentials/cooking/versions/1.0.0"
        plain = Achievement(
            id=at,
            badge_class=f"{at}/ob2.json",
            name="Whole-Food Cooking",
            description="Plan and cook.",
            criteria="Cook a week.",
            criteria_url=at,
            version="1.0.0",
            creator=self.unit,
            picture=Image(f"{at}/image.png", "A wreath"),
            competencies=(
                Competency(
                    _COMPETENCY,
                    "Plan a week",
                    (Level(_LEVEL_1, "Foundational", 1), Level(_LEVEL_2, "Proficient", 2)),
                    required=_LEVEL_1,
                ),
            ),
            hours_required=Decimal(12),
            blocks=1,
            hours_id="urn:uuid:33333333-3333-4333-8333-333333333331",
            informal_id="urn:uuid:33333333-3333-4333-8333-333333333332",
            informal_most=Decimal(6),
        )
        digest = Digest(at, digest_sri(ob3.achievement(plain, with_endorsements=False)))
        vouched = self._endorse(at, plain.badge_class, "2", "Decision 8, rubric 1.", digest)
        return replace(plain, endorsements=(vouched,), endorsements_ob2=(f"{home}/endorsements/2/ob2.json",))

    def _credential(self) -> Credential:
        at = f"{self.base}/badges/abc"
        return Credential(
            id=f"{at}/ob3.json",
            assertion=f"{at}/ob2.json",
            achievement=self.achievement,
            issuer=self.unit,
            recipient=Recipient("urn:uuid:44444444-4444-4444-8444-444444444444", HOLDER, "a-long-random-salt"),
            granted=GRANTED,
            results=(Result(_COMPETENCY, _LEVEL_2),),
            hours=Decimal("12.5"),
            informal=Decimal("3.5"),
            evidence=(Evidence(f"{self.base}/evidence/1", "Week plan", sha256="ab" * 32),),
            status=Status(f"{self.base}/units/food/status/1", 17),
            attested="Attested by the unit.",
        )

    def _endorse(
        self, subject: str, subject_ob2: str, number: str, words: str, digest: Digest | None = None
    ) -> Mapping[str, Any]:
        home = self.university.url.rstrip("/")
        claim = Endorsement(
            id=f"{home}/endorsements/{number}",
            issuer=self.university,
            subject=subject,
            name="Approval",
            comment=words,
            valid_from=self.approved,
            digest=digest,
            id_ob2=f"{home}/endorsements/{number}/ob2.json",
            subject_ob2=subject_ob2,
        )
        self.put(f"{home}/endorsements/{number}/ob2.json", ob2.endorsement(claim))
        return self.sign(ob3.endorsement(claim), by_university=True)

    def _publish(self, home: str) -> None:
        self.put_keys(self.unit.id, f"{self.base}/units/food/did.json", self.key)
        self.put_keys(self.university.id, f"{home}/.well-known/did.json", self.university_key)
        self.put(self.unit.profile or "", ob2.profile(self.unit))
        self.put(self.university.profile or "", ob2.profile(self.university))
        self.put(self.achievement.badge_class, ob2.badge_class(self.achievement))
        self.put(self.credential.id, self.document)
        self.put(self.credential.assertion, self.assertion)
        self.put_list()

    def sign(
        self, document: Mapping[str, Any], *, by_university: bool = False, key: Key | None = None
    ) -> dict[str, Any]:
        """Sign as the unit or the university; with `key`, under the same name with another key."""
        issuer = self.university if by_university else self.unit
        own = self.university_key if by_university else self.key
        signer = issue.LocalSigner(key or own, f"{issuer.id}#key-1")
        return dict(issue.sign(issue.prepare(document), signer, created=GRANTED))

    def put(self, url: str, document: Mapping[str, Any], status: int = 200) -> None:
        """Host a document."""
        body = json.dumps(document).encode()
        self.pages[url] = Fetched(url, status, "application/ld+json", body)

    def put_keys(self, did: str, url: str, key: Key, change: Change = lambda _: None) -> None:
        document = json.loads(json.dumps(did_document(did, [("key-1", key.public)])))
        change(document)
        self.put(url, document)

    @property
    def unit_keys(self) -> str:
        """The address of the unit's DID document."""
        return f"{self.base}/units/food/did.json"

    @property
    def list_address(self) -> str:
        """The address of the status list."""
        return f"{self.base}/units/food/status/1"

    def put_list(
        self,
        *,
        revoked: bool = False,
        change: Change = lambda _: None,
        after: Change = lambda _: None,
        by_university: bool = False,
    ) -> None:
        """Host the status list, changed before and after it is signed."""
        bits = with_bit(BITS, 17) if revoked else BITS
        document = status_list_credential(
            self.list_address,
            self.university.id if by_university else self.unit.id,
            bits,
            NOW - timedelta(hours=1),
            NOW + timedelta(hours=23),
        )
        change(document)
        signed = self.sign(document, by_university=by_university)
        after(signed)
        self.put(self.list_address, signed)

    def issued(self, change: Change = lambda _: None, **fields: Any) -> dict[str, Any]:
        """Sign a badge like the one at hand, but changed: fields of the model, then the document before signing."""
        document = json.loads(json.dumps(ob3.credential(replace(self.credential, **fields))))
        change(document)
        return self.sign(document)

    @property
    def policy(self) -> Policy:
        """Knows the university and the unit, and judges by NOW."""
        known = {
            self.university.id: self.university.name,
            self.university.profile or "": self.university.name,
            self.unit.id: self.unit.name,
            self.unit.profile or "": self.unit.name,
        }
        return Policy(trusted=known, at=NOW)

    def verify(self, source: Any, *, policy: Policy | None = None, recipient: str | None = None) -> Report:
        """Verify with this world's pages alone; a document is given as JSON."""
        data = json.dumps(source).encode() if isinstance(source, Mapping) else source
        return verify(data, policy=policy or self.policy, fetcher=MapFetcher(self.pages), recipient=recipient)


def outcomes(report: Report) -> dict[str, str]:
    """The outcome by check."""
    return {finding.check: finding.outcome for finding in report.findings}
