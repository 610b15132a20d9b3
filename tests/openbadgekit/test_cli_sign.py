"""`openbadgekit keys new`, `sign` and `bake`: from nothing to a badge that verifies."""

import json
import stat

import pytest

from openbadgekit import issue
from openbadgekit.cli import main
from openbadgekit.keys import Key
from openbadgekit.proofs import jws
from openbadgekit.publickey import PublicKey
from openbadgekit.verify import Policy, verify
from tests.openbadgekit.pictures import SVG, png
from tests.openbadgekit.world import NOW, MapFetcher, World

DID = "did:web:uni.example:units:food"
KINDS = {"ed25519": "EdDSA", "p-256": "ES256", "rsa": "RS256"}


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    """Run a command in an empty folder; return status, output and complaints."""
    monkeypatch.chdir(tmp_path)

    def act(*arguments):
        try:
            status = main(arguments)
        except SystemExit as leaving:
            status = leaving.code
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return act


@pytest.fixture
def world(tmp_path):
    """A world whose badge, not signed yet, is the file badge.json."""
    made = World()
    unsigned = {name: value for name, value in made.document.items() if name != "proof"}
    (tmp_path / "badge.json").write_text(json.dumps(unsigned))
    return made


def with_key(world, document):
    """The report on a badge in a world where the unit publishes this DID document."""
    world.put(world.unit_keys, document)
    return lambda badge: verify(badge, policy=Policy(at=NOW), fetcher=MapFetcher(world.pages))


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_key_signs_what_verifies(kind, run, world, tmp_path):
    status, out, _ = run(
        "keys", "new", "key.pem", "--issuer", "https://uni.example/units/food", "--kind", kind, "--json"
    )
    made = json.loads(out)
    assert (status, made["issuer"], made["algorithm"]) == (0, DID, KINDS[kind])
    assert made["publishAt"] == "https://uni.example/units/food/did.json"
    assert made["verificationMethod"] == f"{DID}#key-1"
    assert stat.S_IMODE((tmp_path / "key.pem").stat().st_mode) == 0o600
    status, out, err = run("sign", "badge.json", "--key", "key.pem")
    assert (status, err) == (0, "")
    judge = with_key(world, made["document"])
    report = judge(out)
    # the status list is signed by the key that is not published any more: only the badge's own signature is asked for
    assert report.finding("proof").outcome == report.finding("key").outcome == "passed"
    (tmp_path / "signed").write_text(out)
    for name, picture in (("a.png", png()), ("a.svg", SVG)):
        (tmp_path / name).write_bytes(picture)
        assert run("bake", name, "signed", f"baked-{name}", "--json")[0] == 0
        assert judge((tmp_path / f"baked-{name}").read_bytes()).finding("key").outcome == "passed"


def test_the_page_of_a_new_key_holds_no_secret(run, tmp_path):
    status, out, err = run("keys", "new", "key.pem", "--issuer", DID, "--fragment", "k2")
    assert (status, err) == (0, "")
    key = Key.from_pem((tmp_path / "key.pem").read_text())
    assert key.public in out and f"{DID}#k2" in out
    assert f'"id": "{DID}#k2"' in out
    assert "PRIVATE" not in out and key.seed.hex() not in out and key.private_jwk["d"] not in out


def test_without_an_issuer_the_key_is_one(run, world, tmp_path):
    made = json.loads(run("keys", "new", "key.pem", "--json")[1])
    assert made["issuer"] == f"did:key:{made['publicKeyMultibase']}"
    assert "document" not in made
    text = run("keys", "new", "other.pem")[1]
    assert "did:key:z6Mk" in text and "Publish" not in text
    unsigned = json.loads((tmp_path / "badge.json").read_text())
    unsigned["issuer"] = {"id": made["issuer"], "type": ["Profile"], "name": "Me"}
    unsigned.pop("credentialStatus")
    (tmp_path / "badge.json").write_text(json.dumps(unsigned))
    signed = run("sign", "badge.json", "--key", "key.pem")[1]
    assert json.loads(signed)["proof"]["verificationMethod"] == made["verificationMethod"]
    assert verify(signed, policy=Policy(at=NOW), fetcher=MapFetcher({})).finding("key").outcome == "passed"


def test_a_key_is_never_overwritten(run, tmp_path):
    (tmp_path / "key.pem").write_text("precious")
    status, out, err = run("keys", "new", "key.pem")
    assert (status, out) == (3, "")
    assert "exists already, and is not overwritten" in err
    assert (tmp_path / "key.pem").read_text() == "precious"


@pytest.mark.parametrize(
    "issuer",
    [
        "uni.example",
        "https://uni.example/a?b",
        "https://uni.example/a#b",
        "did:web:",
        "http://[",
        "ftp://a/",
        "https://a b/",
    ],
)
def test_an_issuer_that_cannot_be_one_is_refused_and_no_key_is_made(issuer, run, tmp_path):
    status, out, _ = run("keys", "new", "key.pem", "--issuer", issuer)
    assert (status, out) == (1, "")
    assert not (tmp_path / "key.pem").exists()


def test_forms_of_a_signature(run, world, tmp_path):
    (tmp_path / "key.json").write_text(json.dumps(world.key.private_jwk))
    (tmp_path / "key.json").chmod(0o600)
    for form in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
        status, out, _ = run("sign", "badge.json", "--key", "key.json", "--format", form, "--json")
        answer = json.loads(out)
        assert (status, answer["format"], answer["signed"]["proof"]["cryptosuite"]) == (0, form, form)
        issue.checked(answer["signed"], world.key.public)
    out = run("sign", "badge.json", "--key", "key.json", "--format", "vc-jwt", "--json")[1]
    issue.checked_token(json.loads(out)["signed"], world.key.public)
    status, out, _ = run("sign", "badge.json", "--key", "key.json", "--output", "out.json", "--json")
    assert (status, json.loads(out)["output"]) == (0, "out.json")
    issue.checked(json.loads((tmp_path / "out.json").read_text()), world.key.public)
    assert run("sign", "badge.json", "--key", "key.json", "--output", "out.json")[:2] == (0, "")


def test_a_second_standard_assertion_becomes_a_signature(run, world, tmp_path):
    creator = "https://uni.example/keys/1"
    assertion = {
        **world.assertion,
        "id": "urn:uuid:55555555-5555-4555-8555-555555555555",
        "verification": {"type": "SignedBadge", "creator": creator},
    }
    (tmp_path / "assertion.json").write_text(json.dumps(assertion))
    key = Key.generate("RS256")
    (tmp_path / "key.pem").write_text(key.pem)
    (tmp_path / "key.pem").chmod(0o600)
    status, out, _ = run("sign", "assertion.json", "--key", "key.pem")
    assert status == 0
    jws.check(jws.parse(out.strip()), PublicKey.from_multikey(key.public))
    status, _, err = run("sign", "assertion.json", "--key", "key.pem", "--format", "vc-jwt")
    assert status == 3 and "no other form" in err
    (tmp_path / "token").write_text(out)
    (tmp_path / "a.png").write_bytes(png())
    status, out, _ = run("bake", "a.png", "token", "b.png", "--json")
    assert json.loads(out)["standard"] == "2.0"


def test_what_is_wrong_is_said_with_its_place(run, world, tmp_path):
    unsigned = json.loads((tmp_path / "badge.json").read_text())
    unsigned["motto"] = "Cook!"
    (tmp_path / "badge.json").write_text(json.dumps(unsigned))
    (tmp_path / "key.pem").write_text(world.key.pem)
    (tmp_path / "key.pem").chmod(0o640)
    status, out, err = run("sign", "badge.json", "--key", "key.pem", "--json")
    assert status == 1
    assert json.loads(out)["pointer"] == "/motto"
    assert "others can read key.pem" in err


def test_a_key_of_another_issuer_is_refused(run, world, tmp_path):
    (tmp_path / "key.pem").write_text(world.key.pem)
    status, _, err = run("sign", "badge.json", "--key", "key.pem", "--method", "did:web:else.example#key-1")
    assert status == 1 and "not one of the issuer" in err


@pytest.mark.parametrize("content", ["", "secret", "-----BEGIN NONSENSE-----", '{"kty":"OKP"}', "é", "{"])
def test_what_is_no_key_is_refused(content, run, world, tmp_path):
    (tmp_path / "key").write_text(content)
    status, out, _ = run("sign", "badge.json", "--key", "key")
    assert (status, out) == (1, "")


def test_wrong_use(run, world):
    for arguments in (
        ("sign", "badge.json"),
        ("sign", "missing.json", "--key", "missing.pem"),
        ("keys",),
        ("keys", "new"),
    ):
        assert run(*arguments)[0] == 3
