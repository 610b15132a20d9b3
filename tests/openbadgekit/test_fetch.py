import gzip
import ipaddress
import socket
import time

import pytest

from openbadgekit.errors import BadgeError, NotFetched, Unsafe
from openbadgekit.fetch import Budget, SafeFetcher, split
from openbadgekit.network import is_public
from tests.openbadgekit.loopback import Page, serving


@pytest.fixture
def server():
    with serving() as running:
        yield running


def get(url, *, private=True, seconds=3.0, most=1_000_000):
    fetcher = SafeFetcher(allow_private=private, max_bytes=most)
    return fetcher.fetch(url, accept="application/json", deadline=time.monotonic() + seconds)


def test_it_fetches_a_document(server):
    server.pages["/a"] = Page(b"{}", 200, {"Content-Type": "Application/LD+JSON; charset=utf-8", "Set-Cookie": "a=b"})
    answer = get(server.base + "/a?b=c".replace("?b=c", ""))
    assert (answer.url, answer.status, answer.media_type, answer.body) == (
        server.base + "/a",
        200,
        "application/ld+json",
        b"{}",
    )


def test_it_sends_no_credentials_and_asks_for_what_it_wants(server):
    server.put("/b?c=d", b"{}")
    get(server.named + "/b?c=d#fragment")
    path, headers = server.asked[0]
    assert path == "/b?c=d"
    assert headers["Accept"] == "application/json"
    assert headers["Host"] == f"localhost:{server.port}"
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


def test_other_answers_are_answers(server):
    server.put("/gone", b'{"revoked":true}', status=410)
    assert (get(server.base + "/gone").status, get(server.base + "/nothing").status) == (410, 404)
    assert get(server.base + "/gone").body == b'{"revoked":true}'


def test_it_follows_three_redirects(server):
    for number in range(3):
        server.pages[f"/{number}"] = Page(b"", 302, {"Location": f"/{number + 1}"})
    server.put("/3", b"end")
    answer = get(server.base + "/0")
    assert (answer.url, answer.body) == (server.base + "/3", b"end")


def test_it_does_not_follow_a_fourth(server):
    for number in range(5):
        server.pages[f"/{number}"] = Page(b"", 307, {"Location": f"/{number + 1}"})
    with pytest.raises(NotFetched, match="redirects too often"):
        get(server.base + "/0")
    assert len(server.asked) == 4


def test_each_redirect_is_checked(server):
    for bad in ("file:///etc/passwd", "http://user@127.0.0.1/", "gopher://127.0.0.1/"):
        server.pages["/r"] = Page(b"", 302, {"Location": bad})
        with pytest.raises(Unsafe):
            get(server.base + "/r")


def test_a_large_answer_is_cut_off(server):
    server.put("/large", b"x" * 5000)
    with pytest.raises(Unsafe, match="larger than 4999"):
        get(server.base + "/large", most=4999)
    assert len(get(server.base + "/large", most=5000).body) == 5000


def test_a_compressed_answer_is_measured_after_decoding(server):
    server.pages["/z"] = Page(gzip.compress(b"x" * 900), 200, {"Content-Encoding": "gzip"})
    server.pages["/bomb"] = Page(gzip.compress(b"x" * 50_000_000), 200, {"Content-Encoding": "gzip"})
    server.pages["/br"] = Page(b"x", 200, {"Content-Encoding": "br"})
    assert get(server.base + "/z").body == b"x" * 900
    with pytest.raises(Unsafe):
        get(server.base + "/bomb")
    with pytest.raises(NotFetched):
        get(server.base + "/br")


def test_a_dripping_body_ends_at_the_deadline(server):
    server.pages["/slow"] = Page(b"x" * 400, drip=0.05)
    began = time.monotonic()
    with pytest.raises(NotFetched, match="did not answer"):
        get(server.base + "/slow", seconds=0.5)
    assert time.monotonic() - began < 1.5


def test_an_answer_cut_short_is_none(server):
    server.pages["/short"] = Page(b"{", 200, {"Content-Length": "50"})
    with pytest.raises(NotFetched):
        get(server.base + "/short", seconds=1)


def test_a_server_that_never_answers_ends_at_the_deadline():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        began = time.monotonic()
        with pytest.raises(NotFetched):
            get(f"http://127.0.0.1:{silent.getsockname()[1]}/", seconds=0.4)
        assert time.monotonic() - began < 1.4


def test_an_endless_header_is_cut_off():
    with serving() as server:
        server.pages["/h"] = Page(b"", 200, {f"X-{number}": "y" * 60_000 for number in range(12)})
        with pytest.raises(BadgeError):
            get(server.base + "/h", most=1000)


def test_private_addresses_and_ports_are_refused_in_one_voice(server):
    server.put("/a", b"{}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{free.getsockname()[1]}/"
    words = set()
    for url in (server.base + "/a", "http://127.0.0.1/a", closed):
        for private in (False, True) if url == closed else (False,):
            with pytest.raises(NotFetched) as caught:
                get(url, private=private)
            words.add(caught.value.message)
    assert words == {"127.0.0.1 did not answer."}
    assert server.asked == []


def test_the_person_at_the_machine_can_learn_that_it_was_refused(server):
    fetcher = SafeFetcher()
    with pytest.raises(NotFetched):
        fetcher.fetch("http://localhost/", accept="*/*", deadline=time.monotonic() + 2)
    assert fetcher.refused


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "0.1.2.3",
        "198.18.0.1", "192.0.2.1", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.88.99.1",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:7f00:1::", "fe80::1", "fe80::1%1", "fc00::1",
        "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1", "3fff::1", "100::1", "::ffff:0:127.0.0.1",
        "2001:4860::5efe:7f00:1", "4000::1",
        str(ipaddress.IPv6Address((0x20010000_08080808 << 64) | (0xFFFFFFFF ^ 0x0A000001))),
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_that_are_public(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "localhost", "[::1]", "[::ffff:7f00:1]"]
)
def test_other_spellings_of_the_loopback_are_refused(host):
    with pytest.raises(NotFetched, match="did not answer"):
        get(f"http://{host}/", private=False)


def test_one_private_address_among_public_ones_is_enough(monkeypatch):
    def both(host, port, **_):
        return [(2, 1, 6, "", ("8.8.8.8", port)), (2, 1, 6, "", ("10.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(NotFetched):
        get("http://rebind.example/", private=False)


def test_the_name_is_resolved_once_and_the_checked_address_used(monkeypatch, server):
    server.put("/a", b"{}")
    names = []
    original = socket.getaddrinfo

    def counted(host, port, *rest, **named):
        if host == "pinned.example":
            names.append(host)
            return original("127.0.0.1" if len(names) == 1 else "10.255.255.1", port, *rest, **named)
        assert host == "127.0.0.1"
        return original(host, port, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", counted)
    assert get(f"http://pinned.example:{server.port}/a").body == b"{}"
    assert names == ["pinned.example"]


def test_a_name_server_that_takes_for_ever_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(2) or [])
    began = time.monotonic()
    with pytest.raises(NotFetched):
        get("http://slow.example/", seconds=0.2)
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/", "file:///etc/passwd", "//a.example/", "a.example", "", "http://", "http:///a", "data:,x",
        "http://u@a.example/", "http://u:p@a.example/", "http://@a.example/", "http://a.example:0/", "http://a.example:x/",
        "http://a.example:99999/", "http://a.example/\r\nX: y", "http://a.example/ b", "http://a.example\\@b.example/",
        "http://a%2eexample/", "http://[::1/", "http://é.example/", "http://[fe80::1%25eth0]/",
        "http://a.example/" + "a" * 4000,
    ],
)  # fmt: skip
def test_addresses_that_are_never_asked(url):
    with pytest.raises(Unsafe):
        split(url)


def test_a_protected_address_never_leads_to_an_unprotected_one():
    fetcher = SafeFetcher()
    with pytest.raises(NotFetched, match="not protected"):
        fetcher._next(split("https://a.example/"), "https://a.example/", "http://a.example/")


def test_a_budget_ends():
    budget = Budget(seconds=5, fetches=2)
    assert budget.spend() == budget.spend() > time.monotonic()
    with pytest.raises(Unsafe, match="too many documents"):
        budget.spend()
    with pytest.raises(Unsafe, match="time"):
        Budget(seconds=0).spend()
