"""A unit with keys, an endorsed achievement and badges that wait: what signing needs, without catalogue and awards."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

from laurels import clock
from laurels.badges import actions, addresses, issuers, signing, statuslists
from laurels.badges.models import Badge, SigningKey
from laurels.badges.signing import Draft, Signed
from laurels.badges.verification import Storage, own_path, policy
from laurels.people.models import Unit
from laurels.people.system import system
from openbadgekit.canonical import digest_sri
from openbadgekit.documents import ob2, ob3
from openbadgekit.errors import NotFetched
from openbadgekit.fetch import Fetched
from openbadgekit.issue import serialise
from openbadgekit.jsontype import JsonObject
from openbadgekit.microcredential import (
    Achievement,
    Competency,
    Credential,
    Digest,
    Endorsement,
    Issuer,
    Level,
    Recipient,
    Result,
    Status,
)
from openbadgekit.model import Image
from openbadgekit.strict import parse_object
from tests import factories

APPROVED = datetime(2026, 9, 1, tzinfo=UTC)
VERSION = "/micro-credentials/cooking/versions/1.0.0"
LEARNER = "ada@example.org"


class Nowhere:
    """A network without anybody in it."""

    def fetch(self, url: str, *, accept: str, deadline: float) -> Fetched:
        raise NotFetched(f"{url} is not ours.")


@dataclass
class Published:
    """An issuer and an achievement, both endorsed, with every document stored that a verifier asks for."""

    unit: Unit
    issuer: Issuer
    achievement: Achievement

    def draft(self, badge: Badge, address: str = LEARNER) -> Draft:
        """What a badge shall say."""
        competency = self.achievement.competencies[0]
        at = addresses.absolute
        return Draft(
            badge.pk,
            Credential(
                id=at(addresses.ob3(badge.pk)),
                assertion=at(addresses.ob2(badge.pk)),
                achievement=self.achievement,
                issuer=self.issuer,
                recipient=Recipient(f"urn:uuid:{uuid4()}", address, "5a17" * 8),
                granted=clock.now(),
                results=(Result(competency.id, competency.levels[1].id),),
                hours=Decimal("12.5"),
                informal=Decimal("2"),
                status=Status(at(addresses.status_list(self.unit, badge.status_list.number)), badge.status_index),
                attested=f"Attested by the unit: {self.unit.name}.",
            ),
        )

    def badges(self, count: int) -> list[Badge]:
        """Badges that wait for their signature, with their status list signed."""
        opened = actions.open_badges(self.unit, count, by=system())
        statuslists.sign_missing({badge.status_list_id for badge in opened})
        return opened

    def sign(self, badges: list[Badge]) -> list[Signed]:
        """Sign badges, without storing them."""
        drafts = [self.draft(badge) for badge in badges]
        key = issuers.current_key(self.unit)
        return signing.sign_batch(drafts, key, at=clock.now(), fetcher=Storage(Nowhere()), policy=policy())

    def live(self, count: int = 1) -> list[Badge]:
        """Badges that are signed and stored."""
        badges = self.badges(count)
        actions.store_signed(self.sign(badges), by=system())
        for badge in badges:
            badge.refresh_from_db()
        return badges


def published() -> Published:
    """Everything up to the first badge."""
    university, unit = factories.university().unit, factories.unit(slug=f"unit-{uuid4().hex[:8]}")
    for one in (university, unit):
        if not SigningKey.objects.filter(unit=one).exists():
            actions.create_key(one, by=system())
    parent = issuers.issuer(university)
    bare = issuers.issuer(unit, parent=parent)
    achievement = _achievement(bare)
    unit_claim = Endorsement(
        **_places(),
        issuer=parent,
        subject=bare.id,
        name="Issuing authority",
        comment=f"Issuing authority approved for {unit.name}: decision 2026-001 of 2026-09-01, Committee of "
        f"{university.name}, rubric 1, in force from 2026-09-01 until 2036-08-31, scope: cooking.",
        valid_from=APPROVED,
        subject_ob2=bare.profile,
    )
    version_claim = Endorsement(
        **_places(),
        issuer=parent,
        subject=achievement.id,
        name="Approved version",
        comment=f"Version 1.0.0 of “{achievement.name}” approved for {unit.name}: decision 2026-002 of 2026-09-02, "
        f"Committee of {university.name}, rubric 1.",
        valid_from=APPROVED,
        digest=Digest(achievement.id, digest_sri(ob3.achievement(achievement, with_endorsements=False))),
        subject_ob2=achievement.badge_class,
    )
    of_unit, of_unit_ob2 = endorse(unit_claim)
    of_version, of_version_ob2 = endorse(version_claim)
    issuer = replace(bare, endorsements=(of_unit,), endorsements_ob2=(of_unit_ob2,))
    achievement = replace(achievement, endorsements=(of_version,), endorsements_ob2=(of_version_ob2,))
    actions.publish_profile(unit, by=system(), endorsements=[of_unit_ob2])
    actions.store_document(f"{VERSION}/ob2.json", serialise(ob2.badge_class(achievement)), by=system())
    return Published(unit, issuer, achievement)


def _achievement(creator: Issuer) -> Achievement:
    at = addresses.absolute(VERSION)
    levels = tuple(
        Level(f"urn:uuid:{uuid4()}", name, rank)
        for rank, name in enumerate(("foundational", "proficient", "mastery"), 1)
    )
    return Achievement(
        id=at,
        badge_class=f"{at}/ob2.json",
        name="Whole-Food Cooking Foundations",
        description="Cook for a household.",
        criteria="Twelve hours in the teaching kitchen.",
        criteria_url=f"{addresses.absolute('/micro-credentials/cooking')}#version-1.0.0",
        version="1.0.0",
        creator=creator,
        picture=Image(f"{at}/image.png", "A wreath"),
        competencies=(Competency(f"urn:uuid:{uuid4()}", "Plan a week of meals", levels, levels[0].id),),
        hours_required=Decimal(12),
        blocks=1,
        hours_id=f"urn:uuid:{uuid4()}",
        informal_id=f"urn:uuid:{uuid4()}",
        informal_most=Decimal(4),
    )


def _places() -> dict[str, str]:
    one, other = (addresses.absolute(addresses.endorsement(uuid4())) for _ in range(2))
    return {"id": one, "id_ob2": other}


def endorse(claim: Endorsement) -> tuple[JsonObject, str]:
    """Sign a claim with the university's key and store both its forms; the signed one, and the address of the other."""
    body = signing.sign_document(
        ob3.endorsement(claim), issuers.current_key(factories.university().unit), at=clock.now()
    )
    hosted = str(claim.id_ob2)
    actions.store_document(str(own_path(claim.id)), body, by=system(), media_type=signing.CREDENTIAL)
    actions.store_document(str(own_path(hosted)), serialise(ob2.endorsement(claim)), by=system())
    return parse_object(body), hosted
