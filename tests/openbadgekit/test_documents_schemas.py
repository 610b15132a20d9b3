"""Our own shapes against the official ones: the same verdict on each document, whole and spoiled in thousands of ways.

Ours never take what the official ones refuse, but for one thing that VC Data Model 2.0 allows. Where they ask for
more, it is on the list `STRICTER`, with its reason.
"""

import copy
import re

import jsonschema_rs
import pytest

from openbadgekit.documents.schema import Kind, check
from tests.openbadgekit import complete, sample

pytestmark = pytest.mark.conformance

OFFICIAL = {
    Kind.CREDENTIAL: ("ob_v3p0_achievementcredential_schema.json", "clr_v2p0_achievementcredential_schema.json"),
    Kind.ENDORSEMENT_CREDENTIAL: (
        "ob_v3p0_endorsementcredential_schema.json",
        "clr_v2p0_endorsementcredential_schema.json",
    ),
    Kind.PROFILE: ("ob_v3p0_profile_schema.json", "clr_v2p0_profile_schema.json"),
    Kind.CLR_CREDENTIAL: ("clr_v2p0_clrcredential_schema.json",),
}
SHORT_CLR = {
    **complete.CLR,
    "credentialSubject": {
        **complete.CLR["credentialSubject"],
        "achievement": [complete.ACHIEVEMENT | {"creator": complete.JURY, "endorsement": []}],
        "verifiableCredential": [complete.ENDORSEMENT],
    },
    "endorsement": [],
}
SHORT_CREDENTIAL = {
    **complete.CREDENTIAL,
    "issuer": complete.JURY,
    "credentialSubject": {
        **complete.CREDENTIAL["credentialSubject"],
        "achievement": complete.ACHIEVEMENT
        | {
            "creator": complete.JURY,
            "endorsement": [],
            "resultDescription": complete.ACHIEVEMENT["resultDescription"][:2],
        },
    },
}
DOCUMENTS = [
    (Kind.CREDENTIAL, SHORT_CREDENTIAL),
    (Kind.ENDORSEMENT_CREDENTIAL, complete.ENDORSEMENT),
    (Kind.PROFILE, complete.PROFILE),
    (Kind.CLR_CREDENTIAL, SHORT_CLR),
]
DROP = object()
WRAP = object()
UNWRAP = object()
SPOILS = (
    DROP,
    WRAP,
    UNWRAP,
    *(
        "",
        "x",
        "ext:a",
        "my ext:a",
        "Profile",
        "2026-01-01",
        "2026-01-01T00:00:00",
        "2026-01-01t00:00:00z",
        "https://x.example/",
    ),
    *(5, 1.5, True, None, [], ["x"], {}, {"x": 1}, {"en": "x"}, {"en-US": 5}),
)

IRIS = {"id", "url", "targetUrl", "resultDescription", "achievedLevel", "requiredLevel", "statusListCredential"}
IRIS |= {"sourceId", "targetId", "issuer"}
IDENTIFYING = {"identifier", "identityHash", "salt", "email", "endorsementJwt", "inLanguage"}
IDENTIFYING |= {"cryptosuite", "proofPurpose", "proofValue", "verificationMethod", "challenge", "domain", "nonce"}

EXTENSIBLE = {"identifierType", "identityType", "achievementType", "resultType", "targetType"}


def is_absolute(value):
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", value) is not None


def names(path):
    return [step for step in path if isinstance(step, str)]


def an_id(path, value):
    """Ids and links are absolute IRIs (VC Data Model 2.0 §4.4): one that is not cannot be signed as it stands."""
    return path[-1] in IRIS and not is_absolute(value)


def a_type(path, value):
    """A type names what the thing is (§B.1: "MUST include"), and credentials have more than one (§4.5)."""
    return "type" in path


def a_context(path, value):
    """Contexts are the published ones by their addresses, each once: inline ones may redefine what is signed."""
    return "@context" in path


def a_moment(path, value):
    """xsd:dateTimeStamp has capital letters and a zone."""
    return value == "2026-01-01t00:00:00z"


def an_identifier(path, value):
    """What identifies, or is signed, is text: it has no translations."""
    return bool(IDENTIFYING & set(names(path))) and isinstance(value, dict)


def an_address(path, value):
    """An e-mail address has an @ (§B.4 EmailAddress)."""
    return path[-1] == "email" and "@" not in str(value)


def an_extension(path, value):
    """Extensions of an enumeration begin with ext: (§B.2); the official pattern looks for it anywhere."""
    return path[-1] in EXTENSIBLE and value == "my ext:a"


def a_status(path, value):
    """A status that does not say where to look tells nothing (Bitstring Status List §2.1, Open Badges 3.0 §B.3.2)."""
    return "credentialStatus" in path


def a_related_resource(path, value):
    """A related resource has an id and a digest (VC Data Model 2.0 §5.3); the official shape does not know it."""
    return "relatedResource" in path


def an_expiry_of_a_proof(path, value):
    """A proof's end is a moment (VC Data Integrity §2.1); the official shape does not know it."""
    return path[-1] == "expires"


STRICTER = (
    an_id,
    a_type,
    a_context,
    a_moment,
    an_identifier,
    an_address,
    an_extension,
    a_status,
    a_related_resource,
    an_expiry_of_a_proof,
)


def places(value, path=()):
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, step), inner
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, step))


def spoiled(document):
    """Each place of the document spoiled in each way, one at a time, in place and put back."""
    whole = copy.deepcopy(document)
    for path, value in list(places(whole)):
        holder = whole
        for step in path[:-1]:
            holder = holder[step]
        before = list(holder.items()) if isinstance(holder, dict) else list(holder)
        for spoil in SPOILS:
            if spoil is DROP:
                del holder[path[-1]]
            elif spoil is WRAP:
                holder[path[-1]] = [value]
            elif spoil is UNWRAP:
                holder[path[-1]] = value[0] if isinstance(value, list) and value else value
            else:
                holder[path[-1]] = spoil
            yield path, DROP if spoil is DROP else holder[path[-1]], whole
            holder.clear()
            holder.update(before) if isinstance(holder, dict) else holder.extend(before)


@pytest.fixture(scope="module")
def validators(official):
    return {
        kind: [jsonschema_rs.Draft201909Validator(official(f"schemas/{name}"), validate_formats=True) for name in found]
        for kind, found in OFFICIAL.items()
    }


def stricter_on(kind, document, validators):
    """Spoil the document in each way; give the rules by which ours refuse what the official shapes take."""
    first, *others = validators
    refused, taken, used = 0, 0, set()
    for path, value, whole in spoiled(document):
        theirs, ours = first.is_valid(whole), not check(whole, kind)
        assert all(other.is_valid(whole) == theirs for other in others)
        assert theirs or not ours, f"only ours takes {value!r} at {path}"
        if theirs and not ours:
            rules = [rule for rule in STRICTER if rule(path, value)]
            assert rules, f"only the official one takes {value!r} at {path}"
            used.add(rules[0])
        refused, taken = refused + (not theirs), taken + ours
    assert refused > 200
    assert taken > 100
    return used


def test_both_give_the_same_verdict_on_spoiled_documents(validators):
    used = set()
    for kind, document in DOCUMENTS:
        used |= stricter_on(kind, document, validators[kind])
    assert used == set(STRICTER)


def test_only_ours_want_to_know_whose_badge_it_is(validators):
    """§B.1.3 AchievementSubject: either an id or an identifier must be there."""
    nobody = copy.deepcopy(SHORT_CREDENTIAL)
    del nobody["credentialSubject"]["id"], nobody["credentialSubject"]["identifier"]
    assert validators[Kind.CREDENTIAL][0].is_valid(nobody)
    assert check(nobody, Kind.CREDENTIAL)


def test_both_take_the_official_examples_and_ours(official, validators):
    found = [(Kind.CREDENTIAL, official("examples/ob30/simple.json")), (Kind.CREDENTIAL, sample.signed_badge())]
    found += [*DOCUMENTS, (Kind.CREDENTIAL, complete.CREDENTIAL), (Kind.CLR_CREDENTIAL, complete.CLR)]
    for kind, document in found:
        assert check(document, kind) == []
        assert all(validator.is_valid(document) for validator in validators[kind])


def test_the_one_thing_that_only_ours_take_is_a_text_with_its_language(validators):
    """VC Data Model 2.0 §11.1: a name may be an object with @value, @language and @direction."""
    document = {**complete.ENDORSEMENT, "name": {"@value": "Gut", "@language": "de", "@direction": "ltr"}}
    assert check(document, Kind.ENDORSEMENT_CREDENTIAL) == []
    assert not validators[Kind.ENDORSEMENT_CREDENTIAL][0].is_valid(document)
