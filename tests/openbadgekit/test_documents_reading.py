"""Reading a document and writing it again loses nothing, whatever the standard; what is wrong has its place."""

import copy
import dataclasses
import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openbadgekit import clr, lists, model, neutral, ob2, ob3
from openbadgekit.documents.schema import Kind, check
from openbadgekit.errors import Malformed
from tests.openbadgekit import complete
from tests.openbadgekit.test_documents import every_document

WAYS = {
    Kind.CREDENTIAL: (ob3.read_credential, ob3.credential),
    Kind.CREDENTIAL_VC1: (ob3.read_credential, ob3.credential),
    Kind.ENDORSEMENT_CREDENTIAL: (ob3.read_endorsement, ob3.endorsement),
    Kind.ENDORSEMENT_CREDENTIAL_VC1: (ob3.read_endorsement, ob3.endorsement),
    Kind.ACHIEVEMENT: (ob3.read_achievement, ob3.achievement),
    Kind.PROFILE: (ob3.read_profile, ob3.profile),
    Kind.CLR_CREDENTIAL: (clr.read_credential, clr.credential),
    Kind.STATUS_LIST: (lists.read_status_list, lists.status_list),
    Kind.REVOCATION_LIST: (lists.read_revocation_list, lists.revocation_list),
    Kind.ASSERTION: (ob2.read_assertion, ob2.assertion),
    Kind.BADGE_CLASS: (ob2.read_badge_class, ob2.badge_class),
    Kind.PROFILE_OB2: (ob2.read_profile, ob2.profile),
    Kind.ENDORSEMENT_OB2: (ob2.read_endorsement, ob2.endorsement),
    Kind.CRYPTOGRAPHIC_KEY: (ob2.read_cryptographic_key, ob2.cryptographic_key),
    Kind.REVOCATION_LIST_OB2: (ob2.read_revocation_list, ob2.revocation_list),
}
COMPLETE = [
    (Kind.CREDENTIAL, complete.CREDENTIAL),
    (Kind.CREDENTIAL_VC1, complete.in_vc_1(complete.CREDENTIAL)),
    (Kind.ENDORSEMENT_CREDENTIAL, complete.ENDORSEMENT),
    (Kind.ENDORSEMENT_CREDENTIAL_VC1, complete.in_vc_1(complete.ENDORSEMENT)),
    (Kind.ACHIEVEMENT, complete.ACHIEVEMENT),
    (Kind.PROFILE, complete.PROFILE),
    (Kind.CLR_CREDENTIAL, complete.CLR),
    (Kind.STATUS_LIST, complete.STATUS_LIST),
    (Kind.REVOCATION_LIST, complete.REVOCATION_LIST),
    (Kind.ASSERTION, complete.ASSERTION),
    (Kind.ASSERTION, complete.EMBEDDED),
    (Kind.BADGE_CLASS, complete.BADGE_CLASS),
    (Kind.PROFILE_OB2, complete.PROFILE_OB2),
    (Kind.ENDORSEMENT_OB2, complete.ENDORSEMENT_OB2),
    (Kind.CRYPTOGRAPHIC_KEY, complete.KEY),
    (Kind.REVOCATION_LIST_OB2, complete.REVOCATION_LIST_OB2),
]
NAMES = [f"{kind}-{place}" for place, (kind, _) in enumerate(COMPLETE)]


def same(one, other):
    """Equal as JSON, true and 1 told apart."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def again(kind, document):
    read, write = WAYS[kind]
    return write(read(document))


@pytest.mark.parametrize(("kind", "document"), COMPLETE, ids=NAMES)
def test_a_complete_document_is_well_formed_and_written_again_as_it_was(kind, document):
    before = copy.deepcopy(document)
    assert check(document, kind) == []
    assert same(again(kind, document), document)
    assert document == before


def test_every_field_of_the_model_is_filled_by_some_document():
    filled, known = set(), set()
    todo = [WAYS[kind][0](document) for kind, document in COMPLETE]
    while todo:
        node = todo.pop()
        for part in dataclasses.fields(node):
            value = getattr(node, part.name)
            if value not in (None, (), {}, frozenset()):
                filled.add((type(node).__name__, part.name))
            todo.extend(one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, model.Node))
    for name in model.__all__:
        kind = getattr(model, name)
        if (
            isinstance(kind, type)
            and dataclasses.is_dataclass(kind)
            and kind not in (model.Node, model.VerifiableCredential)
        ):
            own = {part.name for part in dataclasses.fields(kind)} - {"types", "extra", "single", "linked"}
            known |= {(name, field) for field in own}
    unused = known - filled
    of_all = {part.name for part in dataclasses.fields(model.VerifiableCredential)}
    assert {
        (kind, field) for kind, field in unused if not (kind == "StatusListCredential" and field in of_all)
    } == set()


def test_no_member_of_a_complete_credential_is_left_to_extra():
    todo = [WAYS[kind][0](document) for kind, document in COMPLETE if kind.startswith(("ob3", "clr"))]
    while todo:
        node = todo.pop()
        assert set(node.extra) <= {"@context"}, node
        for part in dataclasses.fields(node):
            value = getattr(node, part.name)
            todo.extend(one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, model.Node))


def test_every_document_of_ours_is_written_again_as_it_was():
    for kind, document in every_document():
        if kind in WAYS:
            written = again(kind, document)
            assert json.dumps(written) == json.dumps(document), kind


@pytest.mark.conformance
def test_the_official_examples_are_written_again_as_they_were(official):
    for kind, path in ((Kind.CREDENTIAL, "ob30/simple.json"), (Kind.ASSERTION, "ob20/basic-assertion.json")):
        document = official(f"examples/{path}")
        assert same(again(kind, document), document)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
SPOILS = ("", 0, 1.5, True, [], {}, "x", ["x"], [""], {"en": "x"}, {"@value": "x", "@language": "en"}, None)


def places(value, path=()):
    yield path
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*path, step))


def change(data, document):
    """Change one place of the document in some way, well-formed or not."""
    path = data.draw(st.sampled_from(list(places(document))))
    if not path:
        document[data.draw(st.text(max_size=4))] = data.draw(json_values)
        return
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    value = holder[path[-1]]
    way = data.draw(st.sampled_from(["drop", "wrap", "unwrap", "spoil", "add", "moment", "twice", "anything"]))
    if way == "drop":
        del holder[path[-1]]
    elif way == "wrap":
        holder[path[-1]] = [value]
    elif way == "unwrap" and isinstance(value, list) and value:
        holder[path[-1]] = value[0]
    elif way == "spoil":
        holder[path[-1]] = copy.deepcopy(data.draw(st.sampled_from(SPOILS)))
    elif way == "add" and isinstance(value, dict):
        value[data.draw(st.sampled_from(["motto", "id", "@context", "name", "ext:more"]))] = data.draw(json_values)
    elif way == "moment" and isinstance(value, str) and value[:2] == "20":
        holder[path[-1]] = data.draw(st.sampled_from(["2020-01-01T00:00:00.123456789+05:30", "2020-02-30T00:00:00Z"]))
    elif way == "twice" and isinstance(value, list):
        holder[path[-1]] = [*value, *value]
    elif way == "anything":
        holder[path[-1]] = data.draw(json_values)


@pytest.mark.parametrize(("kind", "document"), COMPLETE, ids=NAMES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_is_well_formed_is_written_again_as_it_was(kind, document, data):
    changed = copy.deepcopy(document)
    for _ in range(data.draw(st.integers(1, 4))):
        change(data, changed)
    well_formed = check(changed, kind) == []
    try:
        written = again(kind, changed)
    except Malformed as error:
        assert not well_formed, (error, changed)
        place = changed
        for step in error.pointer.split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            place = place[int(name)] if isinstance(place, list) else place[name]
    else:
        assert same(written, changed)


@pytest.mark.parametrize("type_", [5, None, [], ["Criteria"], "Criteria", {"x": 1}])
def test_a_type_where_the_standard_has_none_stays_as_it_is(type_):
    document = {**complete.ACHIEVEMENT, "criteria": {"id": "https://music.example/c", "type": type_}}
    assert same(again(Kind.ACHIEVEMENT, document), document)


def test_no_type_is_told_from_a_type_that_is_null():
    for evidence in ({"id": "https://music.example/1"}, {"id": "https://music.example/1", "type": None}):
        document = {**complete.ASSERTION, "evidence": [evidence]}
        assert same(again(Kind.ASSERTION, document), document)


def test_a_contained_credential_that_is_not_as_it_should_be_stays_an_object():
    bad = {**complete.CREDENTIAL, "name": 5}
    for inner in (bad, {**bad, "type": 7}, {**bad, "type": [7]}):
        subject = {**complete.CLR["credentialSubject"], "verifiableCredential": [inner]}
        document = {**complete.CLR, "credentialSubject": subject}
        assert clr.read_credential(document).credential_subject.verifiable_credential == (inner,)
        assert same(again(Kind.CLR_CREDENTIAL, document), document)


def test_a_record_and_a_status_made_here_get_the_contexts_that_they_need():
    school = model.Profile("did:web:music.example", "School")
    badge = model.Credential(
        "https://music.example/badges/1",
        school,
        datetime(2026, 2, 3, tzinfo=UTC),
        model.AchievementSubject(
            model.Achievement("https://music.example/lyre", "Lyre", "Plays", model.Criteria(narrative="Play.")),
            identifier=(model.IdentityObject.of("Ada@music.example", "salt"),),
        ),
        credential_status=model.CredentialStatus(
            "https://music.example/s#1", "revocation", "1", "https://music.example/s"
        ),
    )
    record = model.ClrCredential(
        "https://music.example/records/1",
        school,
        datetime(2026, 2, 3, tzinfo=UTC),
        model.ClrSubject((badge,), "did:example:ada"),
        name="Ada's record",
    )
    written = clr.credential(record)
    assert written["@context"] == [complete.VC_2, complete.CLR_2, complete.OB_3]
    assert written["credentialSubject"]["verifiableCredential"][0]["@context"] == [complete.VC_2, complete.OB_3]
    assert check(written, Kind.CLR_CREDENTIAL) == []
    assert check(ob3.credential(badge), Kind.CREDENTIAL) == []
    refreshed = dataclasses.replace(badge, refresh_service=model.RefreshService("https://music.example/again"))
    assert ob3.credential(refreshed)["@context"][-1] == complete.EXTENSIONS


def test_a_2_0_badge_that_was_read_can_be_written_as_3_0():
    badge = ob2.read_assertion(
        {**complete.ASSERTION, "evidence": "https://music.example/recital"}, complete.BADGE_CLASS, complete.PROFILE_OB2
    )
    assert same(ob2.assertion(badge)["badge"], complete.ASSERTION["badge"])
    written = ob3.credential(neutral(badge))
    assert check(written, Kind.CREDENTIAL) == []
    assert written["credentialSubject"]["identifier"][0]["identityType"] == "emailAddress"


def test_what_was_signed_inside_a_record_stays_signed():
    record = clr.read_credential(complete.CLR)
    kept = neutral(record)
    assert kept.credential_subject.verifiable_credential == record.credential_subject.verifiable_credential
    assert (kept.proof, kept.endorsement, kept.context) == ((), (), None)
