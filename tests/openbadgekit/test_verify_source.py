import json
from types import MappingProxyType

import pytest

from openbadgekit.baking import bake
from openbadgekit.fetch import Fetched
from openbadgekit.verify import verify
from tests.openbadgekit.pictures import SVG, itxt, png
from tests.openbadgekit.world import MapFetcher, World, outcomes


@pytest.fixture(scope="module")
def world():
    return World()


def page(world, url, body, media_type="text/html", status=200):
    world.pages[url] = Fetched(url, status, media_type, body)
    return url


def test_every_kind_of_source_gives_the_same_verdict(world, tmp_path):
    text = json.dumps(world.document)
    file = tmp_path / "badge"
    file.write_bytes(bake(png(), text, "3.0"))
    sources = [
        text,
        "\ufeff \n" + text,
        text.encode("utf-8-sig"),
        bake(png(), text, "3.0"),
        bake(SVG, text, "3.0"),
        bake(SVG, text, "3.0").decode(),
        file,
        world.credential.id,
        f"  {world.credential.id}\n",
        f"{world.credential.id}#top",
        world.credential.id.encode(),
        page(world, "https://uni.example/b.png", bake(png(), text, "3.0"), "image/png"),
        page(world, "https://uni.example/b.svg", bake(SVG, text, "3.0"), "text/plain"),
    ]
    for source in sources:
        assert world.verify(source).verdict == "valid", source


def test_a_page_that_says_where_its_badge_is(world):
    html = (
        b'<!doctype html><html><head><link rel="alternate" type="application/ld+json" href="/badges/abc/ob2.json">'
        b'<link rel="alternate" type="application/vc+ld+json" href="/badges/abc/ob3.json"></head></html>'
    )
    report = world.verify(page(world, "https://uni.example/badges/abc", html))
    assert (report.verdict, report.subject.standard) == ("valid", "3.0")


@pytest.mark.parametrize(
    "html",
    [
        b"<html></html>",
        b'<html><link rel="alternate" type="application/vc+ld+json" href="/page"></html>',
        b'<html><link rel="alternate" type="application/vc+ld+json" href="file:///etc/passwd"></html>',
        b'<html><link rel="alternate" type="text/calendar" href="/badges/abc/ob3.json"></html>',
        b"just words",
        b"",
    ],
)
def test_an_address_without_a_badge_says_so(world, html):
    report = world.verify(page(world, "https://uni.example/page", html))
    assert report.verdict == "invalid"
    assert report.findings[0].message == "That address does not lead to a badge."
    assert report.sentence == "Not valid. This cannot be read as a badge."


def test_an_address_that_is_not_there(world):
    missing = page(world, "https://uni.example/missing", b"", status=404)
    broken = page(world, "https://uni.example/broken", b"", status=500)
    assert outcomes(world.verify(missing)) == {"readable": "failed"}
    assert outcomes(world.verify(broken)) == {"readable": "unknown"}
    assert outcomes(world.verify("https://nowhere.example/")) == {"readable": "unknown"}


def test_a_picture_without_a_badge_gives_advice(world):
    report = world.verify(png())
    assert report.verdict == "invalid"
    assert report.below.startswith("There is no badge in this picture. Perhaps it was sent through an app")


@pytest.mark.parametrize(
    "source",
    [
        b"",
        "",
        b"\x00\xff\xfe",
        b"GIF89a",
        "hello",
        "[]",
        "null",
        "{",
        '{"a":1,"a":2}',
        '{"a":NaN}',
        '{"a":"\\ud800"}',
        '{"a":' * 500 + "1" + "}" * 500,
        '{"a":1' + "0" * 5000 + "}",
        "{" + '"a":[' * 70 + "]" * 70 + "}",
        b" " * 1_000_001,
        "x" * 1_000_001,
        png()[:30],
        b"<svg",
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'/>",
        png(itxt(b"openbadges", b" " * 9_000_000, compressed=True)),
        png(itxt(b"openbadges", b"[]")),
        png(itxt(b"openbadges", b"{}")),
        "{}",
        '{"@context":"https://w3id.org/openbadges/v2","type":"Assertion"}',
        '{"proof":{}}',
        '{"type":["VerifiableCredential"],"proof":[null]}',
        '{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"x","credentialSubject":[]}',
    ],
    ids=lambda source: repr(source)[:30],
)
def test_what_cannot_be_read_is_a_report_too(world, source):
    report = world.verify(source)
    assert report.verdict == "invalid"
    assert report.subject is None
    assert report.sentence.startswith("Not valid.")


@pytest.mark.parametrize("source", ["file:///etc/passwd", "ftp://a.example/", "javascript:x", "http://"])
def test_other_addresses_are_no_badges(world, source):
    assert world.verify(source).verdict == "invalid"


def test_a_file_that_is_not_there(tmp_path):
    report = verify(tmp_path / "missing.png")
    assert (report.verdict, outcomes(report)) == ("unknown", {"readable": "unknown"})


@pytest.mark.parametrize(
    "document",
    [
        {"@context": "https://w3id.org/openbadges/v1", "type": "Assertion2"},
        {"uid": "1", "recipient": {}, "badge": "https://a.example", "verify": {}},
        {"@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": "https://a.example/"},
    ],
)
def test_other_kinds_of_badge_are_not_known(world, document):
    report = world.verify(document)
    assert (report.verdict, report.finding("well-formed").message) == ("unknown", "We do not know this kind of badge.")


def test_a_token_without_a_badge_is_none(world):
    token = "eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJhIn0.c2lnbmF0dXJl"
    for source in (token, token.encode(), bake(png(), token, "3.0"), bake(SVG, token, "2.0")):
        report = world.verify(source)
        assert (report.verdict, outcomes(report)) == ("invalid", {"readable": "passed", "well-formed": "failed"})


def test_a_picture_that_names_another_address_is_refused(world):
    text = json.dumps(world.assertion)
    picture = bake(SVG, text, "2.0", address="https://evil.example/other")
    assert world.verify(picture).verdict == "invalid"


def test_a_picture_with_nothing_but_an_address_is_looked_up(world):
    text = json.dumps(world.assertion)
    address = world.credential.assertion
    bare = bake(SVG, text, "2.0")
    bare = bare[: bare.index(b"<![CDATA[")] + bare[bare.index(b"]]></openbadges") + 3 :]
    for picture in (bare, png(itxt(b"openbadges", address.encode()))):
        assert world.verify(picture).verdict == "valid"


def test_the_address_of_a_copy_is_not_the_badge(world):
    """A copy of a hosted badge at another address is held to what the issuer hosts."""
    tampered = json.dumps({**world.assertion, "narrative": "More."}).encode()
    report = world.verify(page(world, "https://evil.example/copy.json", tampered, "application/json"))
    assert (report.verdict, report.finding("proof").message) == (
        "invalid",
        "The copy differs from what the issuer hosts.",
    )


def test_what_is_shown_has_no_control_or_direction_marks(world):
    evil = json.dumps({"type": ["VerifiableCredential"], "proof": {}, "issuer": "https://a.example\u202e/\u0007"})
    report = verify(evil, fetcher=MapFetcher({}))
    assert all(finding.message.isprintable() for finding in report.findings)
    assert report.below.isprintable()


def test_a_document_is_verified_as_it_is_returned_by_sign(world):
    assert world.verify(b"").verdict == "invalid"
    for document in (world.document, MappingProxyType({**world.document})):
        report = verify(document, policy=world.policy, fetcher=MapFetcher(world.pages))
        assert report.verdict == "valid"


def deep():
    document = {}
    for _ in range(200_000):
        document = {"a": document}
    return document


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (5, "What was given is no badge: int. Give bytes, text, a Path, or a document (a mapping)."),
        (None, "What was given is no badge: NoneType."),
        ({"id": float("nan")}, "not a JSON number"),
        ({"id": b"x"}, "This document is not JSON: bytes is no JSON value."),
        ({"a": MappingProxyType({"b": object()})}, "This document is not JSON: object is no JSON value."),
        ({"id": "\ud800"}, "surrogate"),
        (deep(), "deep"),
        ({"id": "a" * 2_000_000}, "large"),
    ],
)
def test_what_a_program_hands_in_by_mistake_is_told_and_does_not_raise(source, words):
    report = verify(source, fetcher=MapFetcher({}))
    assert report.verdict == "invalid"

    assert words in report.findings[0].message


def test_bytes_of_every_kind_are_read(world):
    data = json.dumps(world.document).encode()
    for source in (bytearray(data), memoryview(data)):
        assert verify(source, policy=world.policy, fetcher=MapFetcher(world.pages)).verdict == "valid"
