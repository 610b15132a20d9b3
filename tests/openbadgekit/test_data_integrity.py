"""Embedded proofs: the published vectors step by step, and every way in which a proof is not one."""

import hashlib
import json
from copy import deepcopy

import base58
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadgekit import base58btc
from openbadgekit.canonical import json_canonical, rdf_canonical
from openbadgekit.documents import contexts
from openbadgekit.documents.contexts import OB_3, VC_2
from openbadgekit.errors import BadgeError, Malformed, Unsupported
from openbadgekit.keys import Key
from openbadgekit.proofs.data_integrity import JCS, RDFC, check_proof, hash_data, options_hash, verify_proof
from tests.openbadgekit import sample

VECTORS = "vectors/vc-di-eddsa"


@pytest.fixture(scope="module")
def load(official):
    examples = official("contexts/credentials-examples-v2.json")
    return lambda url: examples if url == "https://www.w3.org/ns/credentials/examples/v2" else contexts.context(url)


@pytest.fixture(scope="module")
def signed():
    return sample.signed_badge()


def with_proof(document, **changes):
    copy = deepcopy(document)
    copy["proof"].update(changes)
    copy["proof"] = {name: value for name, value in copy["proof"].items() if value is not None}
    return copy


def by_jcs(document, key=sample.UNIT_KEY, **changes):
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": JCS,
        "created": "2025-05-01T00:00:00Z",
        "verificationMethod": sample.UNIT_SIGNER.verification_method,
        "proofPurpose": "assertionMethod",
        "@context": document["@context"],
        **changes,
    }
    signature = key.sign(hash_data(document, options))
    return {**document, "proof": {**options, "proofValue": base58btc.encode(signature)}}


@pytest.mark.conformance
@pytest.mark.parametrize(
    ("suite", "stem"), [("eddsa-rdfc-2022", "DataInt"), ("eddsa-jcs-2022", "JCS")], ids=["rdfc", "jcs"]
)
def test_each_step_is_the_published_one(official, conformance, load, suite, stem):
    folder = conformance / VECTORS / suite
    signed = official(f"{VECTORS}/{suite}/signed{stem}.json")
    config = official(f"{VECTORS}/{suite}/proofConfig{stem}.json")
    canonical = rdf_canonical if suite == RDFC else json_canonical
    arguments = {"load": load} if suite == RDFC else {}
    assert canonical(config, **arguments).decode() == (folder / f"proofCanon{stem}.txt").read_text("utf-8")
    data = hash_data(signed, signed["proof"], load=load)
    assert data[:32].hex() == (folder / f"proofHash{stem}.txt").read_text().strip()
    assert data[32:].hex() == (folder / f"docHash{stem}.txt").read_text().strip()
    assert data.hex() == (folder / f"combinedHash{stem}.txt").read_text().strip()
    pair = official(f"{VECTORS}/keyPair.json")
    key = Key.from_seed(base58.b58decode(pair["privateKeyMultibase"][1:])[2:])
    assert key.sign(data).hex() == (folder / f"sigHex{stem}.txt").read_text().strip()
    assert base58btc.encode(key.sign(data)) == (folder / f"sigBTC58{stem}.txt").read_text().strip()
    verify_proof(signed, signed["proof"], pair["publicKeyMultibase"], load=load)


def test_a_true_proof_holds(signed):
    verify_proof(signed, signed["proof"], sample.UNIT_KEY.public)
    endorsement = signed["issuer"]["endorsement"][0]
    verify_proof(endorsement, endorsement["proof"], sample.UNIVERSITY_KEY.public)


def test_the_official_example_is_read(official):
    document = official("examples/ob30/simple.json")
    proof = document["proof"][0]
    public = proof["verificationMethod"].partition("#")[2]
    verify_proof(document, proof, public)


def test_a_true_proof_over_json_holds(signed):
    document = by_jcs({name: value for name, value in signed.items() if name != "proof"})
    verify_proof(document, document["proof"], sample.UNIT_KEY.public)
    with pytest.raises(Malformed, match="not what was signed"):
        verify_proof({**document, "name": "x"}, document["proof"], sample.UNIT_KEY.public)


def test_a_proof_over_json_names_the_start_of_the_contexts(signed):
    bare = {name: value for name, value in signed.items() if name != "proof"}
    document = by_jcs({**bare, "@context": bare["@context"][:2]})
    more = {**document, "@context": bare["@context"]}
    verify_proof(more, more["proof"], sample.UNIT_KEY.public)
    with pytest.raises(Malformed, match="another @context"):
        verify_proof({**document, "@context": [VC_2]}, document["proof"], sample.UNIT_KEY.public)


def test_another_key_does_not_verify(signed):
    with pytest.raises(Malformed, match="not what was signed"):
        verify_proof(signed, signed["proof"], sample.UNIVERSITY_KEY.public)


def leaves(value, path=()):
    if isinstance(value, dict):
        for name, member in value.items():
            yield from leaves(member, (*path, name))
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from leaves(member, (*path, place))
    else:
        yield path


def test_any_changed_text_is_refused(signed):
    checked = 0
    for path in leaves(signed):
        copy = deepcopy(signed)
        place = copy
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = f"{place[path[-1]]}x"
        with pytest.raises(BadgeError):
            verify_proof(copy, copy["proof"], sample.UNIT_KEY.public)
        checked += 1
    assert checked > 100


def members(value, path=()):
    if isinstance(value, dict):
        for name, member in value.items():
            yield (*path, name)
            yield from members(member, (*path, name))
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from members(member, (*path, place))


def nodes(value):
    if isinstance(value, dict):
        yield value
        for member in value.values():
            yield from nodes(member)
    elif isinstance(value, list):
        for member in value:
            yield from nodes(member)


def said_elsewhere(document, node, name):
    """In RDF a fact has no place: what two objects say of the same id may be taken out of one, and nothing is lost."""
    return any(
        other is not node and "id" in node and other.get("id") == node["id"] and other.get(name) == node[name]
        for other in nodes(document)
    )


def test_any_member_taken_out_is_refused_unless_it_is_said_elsewhere_too(signed):
    refused = 0
    for path in members(signed):
        copy = deepcopy(signed)
        place = copy
        for step in path[:-1]:
            place = place[step]
        repeated = said_elsewhere(copy, place, path[-1]) or (path[-1] == "@context" and len(path) > 1)
        del place[path[-1]]
        try:
            verify_proof(copy, copy.get("proof", {}), sample.UNIT_KEY.public)
        except BadgeError:
            refused += 1
        else:
            assert repeated, path
    assert refused > 100


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_changed_byte_is_refused_or_changes_no_value(data):
    document = sample.signed_badge()
    text = bytearray(json.dumps(document, ensure_ascii=False).encode())
    place = data.draw(st.integers(0, len(text) - 1))
    text[place] = data.draw(st.integers(0, 255))
    try:
        changed = json.loads(text)
        verify_proof(changed, changed["proof"], sample.UNIT_KEY.public)
    except (BadgeError, ValueError, KeyError, AttributeError, TypeError):
        return
    assert changed == document or changed["@context"] == document["@context"]
    assert rdf_canonical({k: v for k, v in changed.items() if k != "proof"}) == rdf_canonical(
        {k: v for k, v in document.items() if k != "proof"}
    )


@pytest.mark.parametrize(
    ("changes", "error", "pointer"),
    [
        ({"type": "Ed25519Signature2020"}, Unsupported, "/type"),
        ({"type": None}, Unsupported, "/type"),
        ({"cryptosuite": "ecdsa-rdfc-2019"}, Unsupported, "/cryptosuite"),
        ({"cryptosuite": None}, Unsupported, "/cryptosuite"),
        ({"cryptosuite": ["eddsa-rdfc-2022"]}, Unsupported, "/cryptosuite"),
        ({"proofPurpose": "authentication"}, Malformed, "/proofPurpose"),
        ({"proofPurpose": None}, Malformed, "/proofPurpose"),
        ({"verificationMethod": None}, Malformed, "/verificationMethod"),
        ({"verificationMethod": {"id": "x"}}, Malformed, "/verificationMethod"),
        ({"created": "2025-05-01T00:00:00"}, Malformed, "/created"),
        ({"created": "yesterday"}, Malformed, "/created"),
        ({"created": 5}, Malformed, "/created"),
        ({"expires": "2025-05-01"}, Malformed, "/expires"),
        ({"proofValue": None}, Malformed, "/proofValue"),
        ({"proofValue": 5}, Malformed, "/proofValue"),
        ({"proofValue": "u" + "A" * 86}, Malformed, ""),
        ({"proofValue": "z" + "1" * 64}, Malformed, ""),
        ({"proofValue": "z1"}, Malformed, ""),
        ({"created": "2025-05-01T00:00:01Z"}, Malformed, ""),
        ({"domain": "example.org"}, Malformed, ""),
        ({"unknown": "x"}, Malformed, "/unknown"),
        ({"verificationMethod": "did:web:a#b#c"}, Malformed, "/verificationMethod"),
    ],
)
def test_a_proof_that_is_none_is_refused(signed, changes, error, pointer):
    document = with_proof(signed, **changes)
    with pytest.raises(error) as refusal:
        verify_proof(document, document["proof"], sample.UNIT_KEY.public)
    assert refusal.value.pointer == pointer


def test_a_suite_unknown_to_hashing_is_refused(signed):
    with pytest.raises(Unsupported):
        hash_data(signed, {**signed["proof"], "cryptosuite": "none"})


def test_another_purpose_can_be_asked_for(signed):
    check_proof({**signed["proof"], "proofPurpose": "authentication"}, purpose="authentication")


METHODS = [
    "did:web:uni.example#key-1",
    "did:web:localhost%3A8000:units:food#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
    "https://uni.example:8443/keys/1~a_b#k",
    "did:web:uni.example%3a80#key-1",
    "did:web:例子.example#key",
    "urn:uuid:0",
]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("listed", [[VC_2, OB_3], [VC_2]])
def test_the_known_form_of_options_is_that_of_the_engine(method, listed):
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": RDFC,
        "created": "2025-05-01T00:00:00Z",
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    engine = hashlib.sha256(rdf_canonical({**options, "@context": listed})).digest()
    assert options_hash(options, listed) == engine
    assert options_hash({**options, "nonce": "n"}, listed) != engine
    assert options_hash({**options, "created": "2025-05-01T00:00:00.5+01:00"}, listed) == (
        hashlib.sha256(
            rdf_canonical({**options, "created": "2025-05-01T00:00:00.5+01:00", "@context": listed})
        ).digest()
    )
