"""The rare roads outside of the verifier: odd hours, odd answers of servers, names that do not resolve in time."""

import hashlib
import socket
import threading
import time
import zlib
from dataclasses import replace
from decimal import Decimal
from http.client import HTTPException
from urllib.parse import urlsplit

import pytest

from openbadgekit import issue, network, ob2, ob3
from openbadgekit.documents import clr
from openbadgekit.errors import Malformed, NotFetched, Unsafe
from openbadgekit.fetch import SafeFetcher, _decoded, _request
from openbadgekit.microcredential import Result
from openbadgekit.model import CredentialStatus
from tests.openbadgekit.test_verify_clr import record
from tests.openbadgekit.test_verify_signed import Signed
from tests.openbadgekit.world import World


@pytest.fixture(scope="module")
def world():
    return World()


class Answer:
    """As much of an answer as is asked for its coding."""

    def __init__(self, coding):
        self.coding = coding

    def getheader(self, name):
        return self.coding


def test_a_packed_answer_is_unpacked_and_a_damaged_one_refused():
    packed = zlib.compress(b"a" * 1000)
    assert _decoded(Answer("deflate"), packed, 1000) == b"a" * 1000
    assert _decoded(Answer(" GZIP "), packed, 1000) == b"a" * 1000
    with pytest.raises(Unsafe, match="larger than 10 bytes"):
        _decoded(Answer("gzip"), packed, 10)
    assert _decoded(Answer(None), b"plain", 1000) == b"plain"
    for coding, body, words in (
        ("gzip", b"plain", "damaged"),
        ("gzip", packed[:-4], "cut short"),
        ("br", packed, "unknown coding"),
    ):
        with pytest.raises(HTTPException, match=words):
            _decoded(Answer(coding), body, 1000)


def test_no_line_can_be_put_into_a_request():
    place = urlsplit("https://uni.example/a")
    assert _request(place, "application/json").startswith(b"GET /a HTTP/1.1\r\nHost: uni.example\r\n")
    with pytest.raises(ValueError, match="line break"):
        _request(place, "text/plain\r\nX-Other: 1")


def test_one_context_serves_all_connections():
    fetcher = SafeFetcher()
    assert fetcher._context() is fetcher._context()


def resolve(seconds=5.0):
    return network.resolve("uni.example", 443, allow_private=True, ends=time.monotonic() + seconds)


def test_names_that_do_not_resolve_or_not_in_time(monkeypatch):
    def answer(*addresses):
        return lambda *_, **__: [(socket.AF_INET, 1, 6, "", (one, 443)) for one in addresses]

    def refuse(*_, **__):
        raise socket.gaierror

    held = threading.Event()

    def hold(*_, **__):
        held.wait(30)
        return []

    monkeypatch.setattr(network.socket, "getaddrinfo", answer("192.0.2.1", "192.0.2.1", "192.0.2.2"))
    assert resolve() == ("192.0.2.1", "192.0.2.2")
    for question in (refuse, answer()):
        monkeypatch.setattr(network.socket, "getaddrinfo", question)
        with pytest.raises(NotFetched, match="does not resolve"):
            resolve()
    monkeypatch.setattr(network.socket, "getaddrinfo", hold)
    try:
        with pytest.raises(NotFetched, match="not resolved in time"):
            resolve(0.0)
        monkeypatch.setattr(network, "_MOST_LOOKUPS", threading.Semaphore(0))
        with pytest.raises(NotFetched, match="Too many"):
            resolve(0.0)
    finally:
        held.set()


def test_a_line_that_is_closed_twice_is_closed():
    one, two = socket.socketpair()
    line = network.Line(one, time.monotonic() + 5, 10)
    with two:
        reader = line.makefile()
        two.sendall(b"abc")
        two.shutdown(socket.SHUT_WR)
        assert reader.read() == b"abc"
        line.close()
        line.close()
    with pytest.raises(TimeoutError):
        network._left(time.monotonic() - 1)


def test_an_achievement_without_training_asks_for_no_hours(world):
    free = replace(world.achievement, hours_required=Decimal(0), blocks=0, informal_most=Decimal(0), endorsements=())
    badge = replace(world.credential, achievement=free, hours=Decimal(0), informal=Decimal(0))
    third = ob3.credential(badge)
    assert "Asks for" not in str(third["credentialSubject"]["achievement"]["criteria"])
    assert len(third["credentialSubject"]["result"]) == 1
    assert "hours" not in ob2.assertion(badge)["narrative"]
    for wrong, words in (
        (replace(badge, hours=Decimal(3)), "asks for none"),
        (replace(badge, informal=Decimal(3)), "counts none"),
        (replace(badge, results=(Result("urn:uuid:1", "urn:uuid:2"),)), "not there"),
    ):
        with pytest.raises(Malformed, match=words):
            ob3.credential(wrong)


def test_a_record_made_here_gets_its_contexts(world):
    made = replace(clr.read_credential(record(world)), context=None)
    assert clr.credential(made)["@context"] == record(world)["@context"]
    typed = replace(made, credential_status=CredentialStatus("urn:1", types="1EdTechRevocationList"))
    assert clr.credential(typed)["@context"][-1].endswith("extensions.json")


def test_an_assertion_with_an_empty_text_is_not_signed():
    world = Signed()
    with pytest.raises(Malformed) as raised:
        issue.prepare_assertion(world.plain(tags=[]))
    assert raised.value.pointer == "/tags"


def test_the_digest_of_stored_bytes():
    assert issue.sha256(b"abc") == hashlib.sha256(b"abc").hexdigest()
