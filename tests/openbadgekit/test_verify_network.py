"""The verifier over a real server: did:web of a loopback host, redirects, slowness, what is refused without leave."""

import json
import time

import pytest

from openbadgekit.verify import Policy, verify
from tests.openbadgekit.loopback import Page, serving
from tests.openbadgekit.world import HOLDER, NOW, World, outcomes

LEAVE = Policy(at=NOW, allow_private=True)


@pytest.fixture
def server():
    with serving() as running:
        yield running


@pytest.fixture
def world(server):
    world = World(server.named)
    publish(server, world)
    return world


def publish(server, world):
    for url, page in world.pages.items():
        server.put(url.removeprefix(server.named), page.body, page.media_type, page.status)


def test_both_standards_are_valid_over_the_network(server, world):
    for source in (world.credential.id, world.credential.assertion, json.dumps(world.document)):
        report = verify(source, policy=LEAVE, recipient=HOLDER)
        assert report.verdict == "valid", report.findings
        assert report.subject.domain == f"localhost:{server.port}"


def test_without_leave_private_addresses_are_not_asked(server, world):
    for source in (world.credential.id, json.dumps(world.document), json.dumps(world.assertion)):
        assert verify(source, policy=Policy(at=NOW)).verdict == "unknown"
    assert server.asked == []


def test_revocation_is_seen_in_both_standards(server, world):
    world.put_list(revoked=True)
    world.put(world.credential.assertion, {"id": world.credential.assertion, "revoked": True}, 410)
    publish(server, world)
    for source in (world.credential.id, world.credential.assertion):
        assert outcomes(verify(source, policy=LEAVE))["revocation"] == "failed"


def test_a_server_that_drips_ends_in_cannot_be_told(server, world):
    path = world.list_address.removeprefix(server.named)
    server.pages[path] = Page(b"x" * 2000, drip=0.02)
    began = time.monotonic()
    report = verify(world.credential.id, policy=LEAVE)
    assert time.monotonic() - began < 7
    assert (report.verdict, outcomes(report)["revocation"]) == ("unknown", "unknown")


def test_endless_redirects_end(server, world):
    path = world.unit_keys.removeprefix(server.named)
    server.pages[path] = Page(b"", 302, {"Location": path})
    report = verify(world.credential.id, policy=LEAVE)
    assert (report.verdict, outcomes(report)["key"]) == ("unknown", "unknown")
    assert len(server.asked) < 8


def test_a_large_document_is_not_read(server, world):
    path = world.unit_keys.removeprefix(server.named)
    server.put(path, b" " * 1_000_001)
    assert outcomes(verify(world.credential.id, policy=LEAVE))["key"] == "unknown"


def test_a_hosted_badge_that_redirects_elsewhere_does_not_hold(server, world):
    path = world.credential.assertion.removeprefix(server.named)
    server.pages["/moved"] = server.pages[path]
    server.pages[path] = Page(b"", 302, {"Location": "/moved"})
    assert outcomes(verify(json.dumps(world.assertion), policy=LEAVE))["proof"] == "failed"
