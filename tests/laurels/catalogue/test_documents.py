from decimal import Decimal

import pytest

from laurels.catalogue import actions, addresses
from laurels.catalogue.documents import achievement, content_hash
from laurels.errors import WrongState
from laurels.people.models import Unit
from laurels.people.system import university
from openbadgekit.documents import ob2, ob3
from openbadgekit.documents.schema import Kind, check
from openbadgekit.microcredential import Issuer
from tests.laurels.catalogue import drafts

pytestmark = pytest.mark.django_db

CREATOR = Issuer(
    id="did:web:localhost%3A8000:units:food",
    name="Food as Medicine",
    url="http://localhost:8000/units/food",
    profile="http://localhost:8000/units/food/ob2.json",
    email="food@university.example",
)
OWN = "http://localhost:8000/micro-credentials/whole-food-cooking-foundations/versions/1.0.0"


def test_a_version_is_an_achievement() -> None:
    version = drafts.published(drafts.lead())
    found = achievement(version, CREATOR)
    assert (found.id, found.badge_class) == (OWN, f"{OWN}/ob2.json")
    assert found.picture.id == f"{OWN}/image.png"
    assert found.criteria_url == "http://localhost:8000/micro-credentials/whole-food-cooking-foundations#version-1.0.0"
    assert (found.hours_required, found.informal_most, found.blocks) == (Decimal(12), Decimal(2), 1)
    assert (found.name, found.version, found.language) == ("Whole-Food Cooking Foundations", "1.0.0", "en")
    assert found.tags == ("nutrition", "cooking")


def test_competencies_carry_the_whole_scale_and_the_level_asked_for() -> None:
    version = drafts.published(drafts.lead())
    first, second = achievement(version, CREATOR).competencies
    assert first.id == f"urn:uuid:{version.competencies.all()[0].key}"
    assert [(level.name, level.rank) for level in first.levels] == [
        ("Foundational", 1),
        ("Proficient", 2),
        ("Mastery", 3),
    ]
    assert (first.required, second.required) == (first.levels[1].id, second.levels[0].id)
    ids = [level.id for one in (first, second) for level in one.levels]
    assert len(set(ids)) == 6 and all(one.startswith("urn:uuid:") for one in ids)


def test_links_are_alignments_once() -> None:
    (link,) = achievement(drafts.published(drafts.lead()), CREATOR).alignments
    assert (link.target_url, link.target_code, link.target_framework, link.target_type) == (
        drafts.LINK["url"],
        "29-1031.00",
        "O*NET-SOC",
        "ext:Occupation",
    )


def test_the_criteria_say_what_it_takes_and_the_approval_who_decided() -> None:
    found = achievement(drafts.published(drafts.lead()), CREATOR)
    assert "Training: 4 h contact, 6 h 30 min practice, 1 h 30 min independent." in found.criteria
    assert "At most 2 h of it may be informal learning." in found.criteria
    assert "Assessment: practical (60 %), portfolio (40 %)." in found.criteria
    assert "Quality assurance: The committee looks at it each year." in found.criteria
    assert found.approval == (
        f"Approved by {university().unit.name}, Committee on Micro-credentials: "
        "decision 2027-014 of 12 March 2027, by rubric 1."
    )


def test_the_picture_is_said_in_words() -> None:
    by = drafts.lead()
    found = achievement(drafts.published(by), CREATOR)
    assert found.picture.caption == (
        "Badge. Whole-Food Cooking Foundations. 1 block (12 hours), level foundational. "
        f"{drafts.unit_of(by).name}, {university().unit.name}."
    )


def test_it_never_changes_whatever_is_renamed_or_retired_later() -> None:
    by = drafts.lead()
    version = drafts.published(by)
    before = ob3.achievement(achievement(version, CREATOR))
    Unit.objects.filter(pk=drafts.unit_of(by).pk).update(name="Renamed")
    Unit.objects.filter(slug="").update(name="Renamed University")
    version = actions.retire_version(version, drafts.NOW.date(), "", by=by)
    renamed = Issuer(id=CREATOR.id, name="Renamed", url=CREATOR.url, profile=CREATOR.profile, email=CREATOR.email)
    assert ob3.achievement(achievement(version, renamed)) == before


def test_both_standards_accept_it() -> None:
    found = achievement(drafts.published(drafts.lead()), CREATOR)
    written = ob3.achievement(found)
    assert {one["id"] for one in written["resultDescription"]} >= {found.hours_id, found.informal_id}  # type: ignore[index,union-attr]
    assert check(written, Kind.ACHIEVEMENT) == []
    assert check(ob2.badge_class(found), Kind.BADGE_CLASS) == []


def test_the_hash_is_of_the_canonical_form() -> None:
    version = drafts.published(drafts.lead())
    assert content_hash(dict(reversed(list(version.frozen.items())))) == version.content_hash
    assert content_hash({**version.frozen, "title": "Another"}) != version.content_hash


def test_a_draft_is_no_achievement() -> None:
    with pytest.raises(WrongState, match="not approved"):
        achievement(drafts.complete(drafts.lead()), CREATOR)


def test_addresses_are_a_promise() -> None:
    place = ("herbal-tea", "1.0.0")
    assert addresses.micro_credential("herbal-tea") == "/micro-credentials/herbal-tea"
    assert addresses.version(*place) == "/micro-credentials/herbal-tea/versions/1.0.0"
    assert addresses.badge_class(*place) == "/micro-credentials/herbal-tea/versions/1.0.0/ob2.json"
    assert addresses.picture_png(*place) == "/micro-credentials/herbal-tea/versions/1.0.0/image.png"
    assert addresses.picture_svg(*place) == "/micro-credentials/herbal-tea/versions/1.0.0/image.svg"
    assert addresses.criteria(*place) == "/micro-credentials/herbal-tea#version-1.0.0"
