"""One badge of the shape that foreign verifiers accepted, with everything in it, and the keys that sign it."""

import dataclasses
from datetime import UTC, datetime
from decimal import Decimal

from openbadgekit import issue
from openbadgekit.canonical import digest_sri
from openbadgekit.documents import ob3
from openbadgekit.keys import Key
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
from openbadgekit.model import Alignment, Image

BASE = "https://uni.example"
UNIVERSITY_DID = "did:web:uni.example"
UNIT_DID = "did:web:uni.example:units:food-as-medicine"
UNIVERSITY_KEY = Key.from_seed(bytes(range(32)))
UNIT_KEY = Key.from_seed(bytes(range(1, 33)))
UNIVERSITY_SIGNER = issue.LocalSigner(UNIVERSITY_KEY, f"{UNIVERSITY_DID}#key-1")
UNIT_SIGNER = issue.LocalSigner(UNIT_KEY, f"{UNIT_DID}#key-1")
GRANTED = datetime(2025, 5, 1, tzinfo=UTC)
DECIDED = datetime(2025, 3, 1, tzinfo=UTC)
VERSION = f"{BASE}/micro-credentials/whole-food-cooking/versions/1.0.0"

UNIVERSITY = Issuer(
    UNIVERSITY_DID,
    "University of Examples",
    f"{BASE}/",
    profile=f"{BASE}/ob2.json",
    email="registrar@uni.example",
)
UNIT = Issuer(
    UNIT_DID,
    "Food as Medicine Institute",
    f"{BASE}/units/food-as-medicine",
    profile=f"{BASE}/units/food-as-medicine/ob2.json",
    email="food@uni.example",
    parent=UNIVERSITY,
    endorsements_ob2=(f"{BASE}/endorsements/22222222-2222-4222-8222-222222222222",),
)
COMPETENCY = Competency(
    "urn:uuid:00000000-0000-4000-8000-000000000001",
    "Plan a week of whole-food meals for a household",
    (
        Level("urn:uuid:10000000-0000-4000-8000-000000000001", "Foundational", 1),
        Level("urn:uuid:10000000-0000-4000-8000-000000000002", "Proficient", 2),
    ),
    required="urn:uuid:10000000-0000-4000-8000-000000000001",
)
ACHIEVEMENT = Achievement(
    id=VERSION,
    badge_class=f"{VERSION}/ob2.json",
    name="Whole-Food Cooking Foundations",
    description="Cooks plain whole food, and says why. “Café”, naïve, 食.",
    criteria="Twelve hours in a teaching kitchen, and a week plan that an assessor has seen.",
    criteria_url=f"{BASE}/micro-credentials/whole-food-cooking",
    version="1.0.0",
    creator=UNIT,
    picture=Image(f"{VERSION}/image.png", "A wreath with one pair of leaves: one block of twelve hours"),
    competencies=(COMPETENCY,),
    hours_required=Decimal(12),
    blocks=1,
    hours_id="urn:uuid:20000000-0000-4000-8000-000000000001",
    informal_id="urn:uuid:20000000-0000-4000-8000-000000000002",
    informal_most=Decimal(12),
    approval="Approved by the University of Examples: decision 2025-014 of 1 March 2025.",
    alignments=(
        Alignment(
            "Dietitians and Nutritionists",
            "https://www.onetonline.org/link/summary/29-1031.00",
            target_code="29-1031.00",
            target_framework="O*NET-SOC",
            target_type="ext:Occupation",
        ),
    ),
    tags=("nutrition", "cooking"),
    endorsements_ob2=(f"{BASE}/endorsements/33333333-3333-4333-8333-333333333333",),
)
UNIT_ENDORSEMENT = Endorsement(
    id=f"{BASE}/endorsements/22222222-2222-4222-8222-222222222221",
    id_ob2=f"{BASE}/endorsements/22222222-2222-4222-8222-222222222222",
    issuer=UNIVERSITY,
    subject=UNIT_DID,
    subject_ob2=UNIT.profile,
    name="Issuing authority of the Food as Medicine Institute",
    comment="The University of Examples gave issuing authority: decision 2025-002, 1 March 2025 to 28 February 2028.",
    valid_from=DECIDED,
)
VERSION_ENDORSEMENT = Endorsement(
    id=f"{BASE}/endorsements/33333333-3333-4333-8333-333333333332",
    id_ob2=f"{BASE}/endorsements/33333333-3333-4333-8333-333333333333",
    issuer=UNIVERSITY,
    subject=VERSION,
    subject_ob2=ACHIEVEMENT.badge_class,
    name="Approval of Whole-Food Cooking Foundations 1.0.0",
    comment="The University of Examples approved version 1.0.0: decision 2025-014 of 1 March 2025, rubric 1.",
    valid_from=DECIDED,
    digest=Digest(VERSION, digest_sri(ob3.achievement(ACHIEVEMENT, with_endorsements=False))),
)


def signed_endorsement(claim):
    return issue.sign(issue.prepare(ob3.endorsement(claim)), UNIVERSITY_SIGNER, created=DECIDED)


ENDORSED_UNIT = dataclasses.replace(UNIT, endorsements=(signed_endorsement(UNIT_ENDORSEMENT),))
ENDORSED_ACHIEVEMENT = dataclasses.replace(ACHIEVEMENT, endorsements=(signed_endorsement(VERSION_ENDORSEMENT),))
CREDENTIAL = Credential(
    id=f"{BASE}/badges/0123456789abcdef0123456789abcdef/ob3.json",
    assertion=f"{BASE}/badges/0123456789abcdef0123456789abcdef/ob2.json",
    achievement=ENDORSED_ACHIEVEMENT,
    issuer=ENDORSED_UNIT,
    recipient=Recipient(
        "urn:uuid:40000000-0000-4000-8000-000000000001", "ada@learner.example", "00112233445566778899aabbccddeeff"
    ),
    granted=GRANTED,
    results=(Result(COMPETENCY.id, COMPETENCY.levels[1].id),),
    hours=Decimal("12.50"),
    informal=Decimal("3.5"),
    valid_until=datetime(2125, 5, 2, 6, 59, 59, tzinfo=UTC),
    started_on=datetime(2025, 4, 1, tzinfo=UTC),
    ended_on=datetime(2025, 4, 28, tzinfo=UTC),
    evidence=(
        Evidence(f"{BASE}/evidence/1", "Week plan", "A plan for a household of four.", "Portfolio", "ab" * 32),
        Evidence("https://elsewhere.example/2"),
    ),
    status=Status(f"{BASE}/units/food-as-medicine/status/2", 17),
    attested="Attested by the unit.",
    baked_ob2=f"{BASE}/badges/0123456789abcdef0123456789abcdef/ob2.png",
)


def signed_badge(credential=CREDENTIAL):
    return issue.sign(issue.prepare(ob3.credential(credential)), UNIT_SIGNER, created=GRANTED)
