"""`openbadgekit inspect`: a readable page of any badge."""

import base64
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadgekit.baking import bake
from openbadgekit.cli import main
from openbadgekit.commands import inspect
from openbadgekit.commands.summary import summary
from openbadgekit.errors import BadgeError, NotFetched
from openbadgekit.jsontype import JsonObject
from tests.openbadgekit.pictures import SVG, png
from tests.openbadgekit.world import MapFetcher, World

WORLD = World()
HOUSED = {
    **WORLD.assertion,
    "badge": {
        **json.loads(WORLD.pages[WORLD.achievement.badge_class].body),
        "issuer": json.loads(WORLD.pages[WORLD.unit.profile].body),
    },
}


def token_of(payload: JsonObject, header: JsonObject) -> str:
    parts = [json.dumps(one).encode() for one in (header, payload)]
    return ".".join(base64.urlsafe_b64encode(one).rstrip(b"=").decode() for one in [*parts, b"signature"])


@pytest.fixture
def shown(tmp_path, capsys, monkeypatch):
    """Inspect a document, a picture or a text, and return status, output and complaints."""
    monkeypatch.setenv("COLUMNS", "100")

    def show(content, *options):
        place = tmp_path / "badge"
        content = json.dumps(content) if isinstance(content, dict) else content
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
        status = main(["inspect", str(place), *options])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return show


def test_a_page_says_all_that_a_badge_says(shown):
    status, out, err = shown(WORLD.document)
    assert (status, err) == (0, "")
    assert out.startswith("Whole-Food Cooking\nBadge, Open Badges 3.0, version 1.0.0\n\nPlan and cook.\n")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    for line in (
        "Issuer, by its own word: Food Institute",
        "Part of, by its own word: University of Examples",
        "Issuer's id: did:web:uni.example:units:food",
        "Recipient's e-mail: hidden in a salted hash",
        "Given on: 1 May 2027",
        "Hours, confirmed: 12.5",
        "Hours, informal: 3.5",
        "Plan a week: Proficient",
        "- Week plan",
        "- University of Examples",
        "comment: Decision 8, rubric 1.",
        "- BitstringStatusListEntry",
        "- eddsa-rdfc-2022",
        "key: did:web:uni.example:units:food#key-1",
    ):
        assert line in lines
    assert lines[-1] == "This is what the badge says. Nothing of it was checked: --verify does that."


def test_the_same_page_for_pictures_and_tokens(shown):
    _, plain, _ = shown(WORLD.document)
    for picture in (png(), SVG):
        assert shown(bake(picture, json.dumps(WORLD.document), "3.0"))[1] == plain
    unsigned = {name: value for name, value in WORLD.document.items() if name != "proof"}
    claims = {"iss": unsigned["issuer"]["id"], "jti": unsigned["id"], "sub": unsigned["credentialSubject"]["id"]}
    token = token_of({**unsigned, **claims, "nbf": 1809163800}, {"alg": "ES256", "kid": "did:web:uni.example#k"})
    envelope = {"type": "EnvelopedVerifiableCredential", "id": f"data:application/vc+jwt,{token}"}
    for form in (token, envelope):
        status, out, err = shown(form)
        assert (status, err) == (0, "")
        assert out.partition("Signed or hosted")[0] == plain.partition("Signed or hosted")[0]
        assert "- token (ES256)\n    key:  did:web:uni.example#k" in out


def test_a_hosted_badge_says_what_stands_in_it(shown):
    out = shown(WORLD.assertion)[1]
    assert out.startswith("(its name stands in its badge class)\nBadge, Open Badges 2.0\n")
    assert "Badge class:         https://uni.example/micro-credentials/cooking/versions/1.0.0/ob2.json" in out
    assert "12.5 hours of training" in out
    assert "- HostedBadge\n    host:  uni.example" in out
    out = shown(HOUSED)[1]
    assert out.startswith("Whole-Food Cooking\nBadge, Open Badges 2.0, version 1.0.0\n")
    assert "Food Institute" in out


def test_json_has_the_same(shown):
    status, out, _ = shown(HOUSED, "--json")
    said = json.loads(out)
    assert status == 0
    assert said["standard"] == "Open Badges 2.0" and said["title"] == "Whole-Food Cooking"
    assert said["recipient"]["identities"][0]["hashed"] is True
    assert "verification" not in said


@pytest.mark.parametrize(
    ("document", "first"),
    [
        ({"type": "BadgeClass", "name": "N", "criteria": {"narrative": "Do."}, "issuer": "https://a.example/i"}, "N"),
        ({"type": "Profile", "name": "A", "url": "https://a.example/"}, "A"),
        ({"type": "Endorsement", "claim": {"id": "https://a/1", "endorsementComment": "Good."}}, "(no name)"),
        ({"type": "VerifiableCredential", "credentialSubject": {}}, "(no name)"),
        ({"recipient": "sha256$1", "badge": "https://a.example/b"}, "(its name stands in its badge class)"),
        ({"type": "Assertion", "revoked": True, "revocationReason": "Mistake."}, "(no name)"),
    ],
)
def test_other_things_have_pages_too(document, first, shown):
    status, out, _ = shown(document)
    assert (status, out.splitlines()[0]) == (0, first)


def test_endorsements_and_status_lists(shown):
    out = shown(json.loads(WORLD.pages[WORLD.list_address].body))[1]
    assert out.startswith("Status list for revocation\nStatus list, Bitstring Status List 1.0\n")
    vouched = WORLD.unit.endorsements[0]
    out = shown(dict(vouched))[1]
    assert out.startswith("Approval\nEndorsement, Open Badges 3.0\n")
    assert "How it was earned\n" not in out and "In its words\n  Decision 7 of 2 January 2027." in out
    token = token_of({"vc": {}}, {"alg": "RS256"})
    badge = {**WORLD.document, "endorsementJwt": [token], "endorsement": ["https://a.example/e"]}
    out = shown(badge)[1]
    assert "- https://a.example/e" in out


def test_a_learner_record_shows_what_is_inside(shown):
    record = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "Transcript",
        "issuer": {"id": "did:web:uni.example", "name": "University"},
        "credentialSubject": {"verifiableCredential": [WORLD.document, {"type": "Thing"}, "not a token"]},
    }
    out = shown(record)[1]
    assert out.startswith("Transcript\nLearner record, CLR 2.0\n")
    assert "Inside: 3\n\n  Whole-Food Cooking\n  Badge, Open Badges 3.0, version 1.0.0\n" in out
    assert "(This is not a badge, nor anything else of Open Badges. Give a badge.)" not in out
    assert "  (This is not a badge, nor anything else of Open Badges.)\n  Credential\n" in out
    assert "  (not shown)\n" in out
    for _ in range(5):
        record = {**record, "credentialSubject": {"verifiableCredential": [record]}}
    assert shown(record)[1].count("Transcript") == 4


def test_without_verify_nothing_is_fetched(shown, monkeypatch, capsys):
    monkeypatch.setattr("openbadgekit.fetch.SafeFetcher.fetch", lambda *_a, **_k: pytest.fail("it was fetched"))
    assert main(["inspect", "https://uni.example/badges/abc/ob2.json"]) == 3
    assert "an address is fetched only with --verify" in capsys.readouterr().err
    picture = bake(SVG, json.dumps(WORLD.assertion), "2.0")
    start, end = picture.index(b"<![CDATA["), picture.index(b"]]>") + 3
    status, out, err = shown(picture[:start] + picture[end:])
    assert (status, out) == (1, "")
    assert f"nothing but an address: {WORLD.credential.assertion}. Nothing is fetched without --verify." in err


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xff", "neither"), ("{}", "not a badge"), ("[]", "no badge"), (png(), "no badge"), ("eyJ.eyJ.c", "the token")],
)
def test_what_is_no_badge_is_refused(content, words, shown):
    status, out, err = shown(content)
    assert (status, out) == (1, "")
    assert words in err
    status, out, _ = shown(content, "--json")
    assert status == 1 and words in json.loads(out)["message"]


def test_with_verify_it_says_what_was_proved(shown, monkeypatch):
    class Fetcher(MapFetcher):
        refused = False

        def __init__(self, *, allow_private):
            super().__init__(WORLD.pages)

    monkeypatch.setattr(inspect, "SafeFetcher", Fetcher)
    out = shown(WORLD.document, "--verify")[1]
    assert "\nChecked\n  It is genuine.\n\n  ✗ dates: It holds from 1 May 2027 only.\n" in out
    assert "\nIssuer, as proved: uni.example" in re.sub(r": +", ": ", out)
    assert out.startswith("Not valid yet. It holds from 1 May 2027.\n\nWhole-Food Cooking\n")
    assert "Nothing of it was checked" not in out
    changed = shown({**WORLD.document, "name": "Other"}, "--verify")[1]
    assert "Issuer, as proved: nobody: nothing was proved" in re.sub(r": +", ": ", changed)
    assert json.loads(shown(WORLD.document, "--verify", "--json")[1])["verification"]["verdict"] == "invalid"
    out = shown(WORLD.assertion, "--verify")[1]
    assert "\n\nWhole-Food Cooking\n" in out and "Food Institute" in out
    out = shown(WORLD.credential.assertion, "--verify")[1]
    assert "\n\nWhole-Food Cooking\n" in out
    picture = bake(SVG, json.dumps(WORLD.assertion), "2.0")
    start, end = picture.index(b"<![CDATA["), picture.index(b"]]>") + 3
    assert shown(picture[:start] + picture[end:], "--verify")[1].count("\n\nWhole-Food Cooking\n") == 1


def test_a_badge_class_with_its_issuer_in_it_is_shown_whole(shown, monkeypatch):
    badge_class = {**json.loads(WORLD.pages[WORLD.achievement.badge_class].body), "issuer": {"name": "In it"}}

    class Fetcher:
        refused = True

        def __init__(self, *, allow_private):
            self.world = World()
            self.world.put(WORLD.achievement.badge_class, badge_class)

        def fetch(self, url, *, accept, deadline):
            if url not in self.world.pages:
                raise NotFetched("no")
            return self.world.pages[url]

    monkeypatch.setattr(inspect, "SafeFetcher", Fetcher)
    _, out, err = shown(WORLD.assertion, "--verify")
    assert "In it" in out
    assert "--allow-private" in err


WORDS = st.sampled_from(
    ["type", "issuer", "credentialSubject", "achievement", "name", "badge", "recipient", "proof", "evidence", "id",
     "endorsement", "alignment", "result", "verifiableCredential", "OpenBadgeCredential", "ClrCredential", "Assertion",
     "EndorsementCredential", "validFrom", "2027-01-01T00:00:00Z", "criteria", "narrative", "image", "hashed",
     "identifier", "credentialStatus", "resultDescription", "value", "issuedOn", "verification", "revoked"]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | WORDS | st.text("a\x1b\u202e\n", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=200)
@given(st.dictionaries(WORDS, VALUES, max_size=6), WORDS)
def test_nothing_that_a_stranger_writes_makes_it_fall(document, kind):
    document = {**document, "type": [kind]}
    try:
        said = summary(document)
    except BadgeError:
        return
    page = inspect._lines(json.loads(json.dumps(said)), None)
    assert all("\x1b" not in line for line in page)
