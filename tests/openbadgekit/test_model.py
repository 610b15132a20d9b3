"""One model for every standard: what is read is written again without loss, what does not fit is told where."""

import copy
import json
import pickle
from dataclasses import replace
from datetime import UTC, date

import pytest

from openbadgekit import Achievement, Criteria, IdentityObject, Image, Profile, ob2, ob3
from openbadgekit.documents import clr, forms, lists
from openbadgekit.errors import Malformed
from openbadgekit.model import CryptographicKey
from openbadgekit.model.node import Moment, neutral
from tests.openbadgekit.test_verify_clr import record
from tests.openbadgekit.world import World

VC_1 = "https://www.w3.org/2018/credentials/v1"
OB_2 = "https://w3id.org/openbadges/v2"
AT = "https://uni.example"


@pytest.fixture(scope="module")
def world():
    return World()


def other(document, **changes):
    found = {**json.loads(json.dumps(document)), **changes}
    return {name: value for name, value in found.items() if value is not None}


def page(world, address):
    return json.loads(world.pages[address].body)


def _key():
    return {"@context": OB_2, "id": f"{AT}/key", "type": "CryptographicKey", "owner": AT, "publicKeyPem": "-----BEGIN"}


def _revoked():
    reason = "By mistake."
    return {"@context": OB_2, "id": f"{AT}/1", "type": "Assertion", "revoked": True, "revocationReason": reason}


def _list():
    entries = ["urn:uuid:1", {"id": "urn:uuid:2", "revocationReason": "By mistake."}]
    return {
        "@context": OB_2,
        "id": f"{AT}/list",
        "type": "RevocationList",
        "issuer": AT,
        "revokedAssertions": entries,
    }


def _edtech():
    entry = {"id": f"{AT}/1", "revoked": True, "revocationReason": "By mistake."}
    return {"id": f"{AT}/list", "issuer": AT, "revokedCredential": [entry]}


def round_trips(world):
    third = world.document
    yield "credential", ob3.read_credential, ob3.credential, third
    yield "credential with words of its own", ob3.read_credential, ob3.credential, other(third, ours=[1, None, {}])
    once = other(third, validFrom=None, issuanceDate=third["validFrom"])
    once["@context"] = [VC_1, *third["@context"][1:]]
    yield "credential of the older data model", ob3.read_credential, ob3.credential, once
    yield "its issuer alone", ob3.read_credential, ob3.credential, other(third, issuer=world.unit.id)
    achievement = third["credentialSubject"]["achievement"]
    yield "achievement", ob3.read_achievement, ob3.achievement, achievement
    yield "tag that is one", ob3.read_achievement, ob3.achievement, other(achievement, tag="cooking")
    yield "profile", ob3.read_profile, ob3.profile, other(third["issuer"], dateOfBirth="2001-02-03")
    yield "endorsement", ob3.read_endorsement, ob3.endorsement, third["issuer"]["endorsement"][0]
    listed = page(world, world.list_address)
    yield "status list", lists.read_status_list, lists.status_list, listed
    two = other(listed)
    two["credentialSubject"]["statusPurpose"] = ["revocation", "suspension"]
    yield "status list of two purposes", lists.read_status_list, lists.status_list, two
    yield "list of 1EdTech", lists.read_revocation_list, lists.revocation_list, _edtech()
    yield "record", clr.read_credential, clr.credential, record(world)
    unlike = {"type": ["VerifiableCredential", "Other"], "x": 1}
    vouched = third["issuer"]["endorsement"][0]
    more = record(world, world.document, unlike, vouched, record(world, {"type": "Other"}))
    yield "record of all kinds", clr.read_credential, clr.credential, more
    association = {"type": "Association", "associationType": "isChildOf", "sourceId": "urn:1", "targetId": "urn:2"}
    linked = record(world, name={"@value": "Record", "@language": "en"}, partial=True)
    linked["credentialSubject"]["association"] = [association]
    yield "record with associations", clr.read_credential, clr.credential, linked
    yield "assertion", ob2.read_assertion, ob2.assertion, world.assertion
    identity = {"type": ["email"], "hashed": False, "identity": "ana@uni.example"}
    yield "recipient in a list", ob2.read_assertion, ob2.assertion, other(world.assertion, recipient=identity)
    inside = other(world.assertion, badge=page(world, world.achievement.badge_class))
    yield "assertion with its class", ob2.read_assertion, ob2.assertion, inside
    contexts = other(world.assertion)
    contexts["@context"] = [OB_2, "https://uni.example/context"]
    yield "assertion with a context more", ob2.read_assertion, ob2.assertion, contexts
    yield "badge class", ob2.read_badge_class, ob2.badge_class, page(world, world.achievement.badge_class)
    yield "2.0 profile", ob2.read_profile, ob2.profile, page(world, world.unit.profile)
    claim = page(world, f"{AT}/endorsements/1/ob2.json")
    yield "2.0 endorsement", ob2.read_endorsement, ob2.endorsement, claim
    yield "key", ob2.read_cryptographic_key, ob2.cryptographic_key, _key()
    yield "2.0 list", ob2.read_revocation_list, ob2.revocation_list, _list()


def test_what_is_read_is_written_again_without_loss(world):
    for words, read, write, document in round_trips(world):
        kept = copy.deepcopy(document)
        assert write(read(document)) == document, words
        assert document == kept, words
        assert read(write(read(document))) == read(document), words


def test_every_member_that_is_taken_out_is_missed_or_was_free(world):
    for words, read, write, document in round_trips(world):
        for name in document:
            less = other(document, **{name: None})
            try:
                found = read(less)
            except Malformed as error:
                assert name.lstrip("@") in error.message or "type" in error.message, (words, name, error)
                continue
            written = write(found)
            assert {n: v for n, v in written.items() if n in less} == less, (words, name)


def test_every_member_of_another_kind_is_told_with_its_place_or_kept(world):
    for words, read, write, document in round_trips(world):
        for name in document:
            for value in (5, True, "", [5], {"x": 5}, [[]]):
                changed = other(document)
                changed[name] = value
                try:
                    found = read(changed)
                except Malformed as error:
                    assert error.pointer.startswith((f"/{name}", "/type")) or not error.pointer, (words, name, value)
                    continue
                assert write(found)[name] == value, (words, name, value)


def test_what_was_revoked_is_read_too():
    assert ob2.read_revoked(_revoked()).revocation_reason == "By mistake."
    assert ob2.revoked(f"{AT}/1", "By mistake.") == _revoked()
    assert "revocationReason" not in ob2.revoked(f"{AT}/1", "")


def test_an_assertion_is_read_with_its_class_and_issuer(world):
    badge_class, profile = page(world, world.achievement.badge_class), page(world, world.unit.profile)
    whole = ob2.read_assertion(world.assertion, badge_class, profile)
    assert (whole.issuer.name, whole.credential_subject.achievement.name) == ("Food Institute", "Whole-Food Cooking")
    assert ob2.assertion(whole) == world.assertion
    assert ob2.read_badge_class(badge_class, profile).creator.email == "food@uni.example"
    inside = other(world.assertion, badge=badge_class)
    assert ob2.read_assertion(inside, None, profile).issuer.name == "Food Institute"
    assert ob2.read_assertion(world.assertion, None, profile).issuer.name == "Food Institute"
    with pytest.raises(Malformed) as raised:
        ob2.read_assertion(world.assertion, other(badge_class, id=f"{AT}/x"), profile)
    assert raised.value.pointer == "/badge"
    with pytest.raises(Malformed) as raised:
        ob2.read_badge_class(badge_class, other(profile, id=f"{AT}/x"))
    assert raised.value.pointer == "/issuer"


def test_what_one_standard_says_another_can_write(world):
    badge = neutral(ob3.read_credential(world.document))
    assert (badge.types, badge.extra, badge.context, badge.single) == (None, {}, None, frozenset())
    assert ob3.credential(badge)["credentialSubject"]["achievement"]["name"] == "Whole-Food Cooking"
    with_class = neutral(ob2.read_badge_class(page(world, world.achievement.badge_class)))
    # What endorses it in 2.0 is an address, which 3.0 cannot say.
    assert ob3.achievement(with_class, with_endorsements=False)["type"] == ["Achievement"]


def test_without_endorsements_there_are_none(world):
    achievement = ob3.read_achievement(world.document["credentialSubject"]["achievement"])
    assert "endorsement" in ob3.achievement(achievement)
    assert "endorsement" not in ob3.achievement(achievement, with_endorsements=False)
    issuer = ob3.read_profile(world.document["issuer"])
    assert "endorsement" not in ob3.profile(issuer, with_endorsements=False)


def test_a_moment_keeps_its_words_in_copies():
    moment = Moment.read("2027-05-01T09:30:00.500+02:00")
    for same in (copy.deepcopy(moment), pickle.loads(pickle.dumps(moment))):
        assert (same, same.text) == (moment, "2027-05-01T09:30:00.500+02:00")
    plain = Moment(2027, 5, 1, tzinfo=UTC)
    assert (copy.deepcopy(plain), copy.deepcopy(plain).text) == (plain, "")
    for wrong in ("2027-05-01", "2027-05-01T09:30:00", "2027-13-01T09:30:00Z", "x"):
        with pytest.raises(Malformed, match="not a moment"):
            Moment.read(wrong)


def test_days_moments_and_texts_of_another_kind_are_refused():
    assert forms.DAY.write(date(2001, 2, 3)) == "2001-02-03"
    assert forms.TEXTS.write(("a", "b")) == ["a", "b"]
    assert forms.TEXTS.read("a") == "a"
    for form, value, words in (
        (forms.DAY, "2001-02-03", "must be a day"),
        (forms.MOMENT, "2001", "must be a moment"),
        (forms.TEXTS, (5,), "must be text"),
        (forms.TEXTS, 5, "must be text"),
        (forms.NUMBER, True, "must be a number"),
    ):
        with pytest.raises(Malformed, match=words):
            form.write(value)
    for value in ("20010203", "2001-02-31", "x"):
        with pytest.raises(Malformed, match="must be a day"):
            forms.DAY.read(value)


def test_the_model_is_refused_with_the_place_of_what_is_wrong(world):
    badge = ob3.read_credential(world.document)
    subject = badge.credential_subject
    for wrong, pointer in (
        (replace(badge, issuer=None), ""),
        (replace(badge, valid_from="2027"), "/validFrom"),
        (replace(badge, credential_subject=replace(subject, achievement=5)), "/credentialSubject/achievement"),
        (replace(badge, evidence=[]), "/evidence"),
        (replace(badge, credential_subject=replace(subject, identifier=(5,))), "/credentialSubject/identifier/0"),
    ):
        with pytest.raises(Malformed) as raised:
            ob3.credential(wrong)
        assert raised.value.pointer == pointer, raised.value


def test_a_type_that_does_not_fit_is_not_written(world):
    badge = ob3.read_credential(world.document)
    own = ["VerifiableCredential", "OpenBadgeCredential"]
    assert ob3.credential(replace(badge, types=()))["type"] == own
    assert ob3.credential(replace(badge, types=("Other",)))["type"] == own
    more = (*own, "https://uni.example/Other")
    assert ob3.credential(replace(badge, types=more))["type"] == list(more)


def test_a_badge_of_2_0_needs_to_say_for_whom():
    host = Profile(f"{AT}/ob2.json", "School", f"{AT}/", email="a@uni.example")
    course = Achievement(f"{AT}/c", "Cooking", "Cooks.", Criteria(f"{AT}/c"), creator=host, image=Image(f"{AT}/i.png"))
    key = CryptographicKey(f"{AT}/key", owner=AT, public_key_pem="x")
    assert ob2.cryptographic_key(key)["owner"] == AT
    badge = ob3.read_credential(World().document)
    bare = replace(badge, credential_subject=replace(badge.credential_subject, achievement=course, identifier=()))
    with pytest.raises(Malformed) as raised:
        ob2.assertion(bare)
    assert raised.value.pointer == "/recipient"
    named = replace(bare.credential_subject, identifier=(IdentityObject.of("ana@uni.example"),))
    assert ob2.assertion(replace(bare, credential_subject=named))["recipient"]["type"] == "email"


def test_the_official_examples_lose_nothing(official, conformance):
    tried = 0
    for path in sorted((conformance / "examples" / "ob30").rglob("*.json")):
        document = json.loads(path.read_text("utf-8"))
        types = document.get("type", [])
        for name, read, write in (
            ("OpenBadgeCredential", ob3.read_credential, ob3.credential),
            ("AchievementCredential", ob3.read_credential, ob3.credential),
            ("EndorsementCredential", ob3.read_endorsement, ob3.endorsement),
        ):
            if name in types:
                assert write(read(document)) == document, path.name
                tried += 1
    assert tried
