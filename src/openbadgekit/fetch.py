"""The one way out to the network, guarded: what strangers' documents name is fetched here and nowhere else.

http and https only, ports 80 and 443, no user-info; the name is resolved once, every address of it must be public, and
the connection goes to an address that was checked; at most three redirects, each checked alike, never from https to
http; no cookies, no credentials; a time limit over all of it and a size limit after decoding.
"""

import ssl
import time
import zlib
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from typing import Final, Protocol
from urllib.parse import SplitResult, urljoin, urlsplit

from .errors import NotFetched, Unsafe
from .network import Line, connected, resolve

MOST_BYTES: Final = 1_000_000
MOST_SECONDS: Final = 5.0
MOST_FETCHES: Final = 8
MOST_REDIRECTS: Final = 3
_MOST_HEADERS: Final = 256_000
_LONGEST_URL: Final = 4_000
_PORTS: Final = {"http": 80, "https": 443}
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_AGENT: Final = "openbadgekit"
NO_ANSWER: Final = (OSError, HTTPException, ValueError)
"""What a connection raises that was refused, cut short or is not HTTP."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `url` is the final address, after redirects; `media_type` is lower-case, without parameters."""

    url: str
    status: int
    media_type: str
    body: bytes


class Fetcher(Protocol):
    """Whatever can fetch a document by its address."""

    def fetch(self, url: str, *, accept: str, deadline: float) -> Fetched:
        """Return the answer, whatever its status, before `deadline` (of `time.monotonic`).

        Raises NotFetched when there is none, Unsafe when the address may not be asked or the answer is too large.
        """


@dataclass(slots=True)
class Budget:
    """What one whole verification may spend: seconds, fetches, bytes for each answer."""

    seconds: float = MOST_SECONDS
    fetches: int = MOST_FETCHES
    bytes: int = MOST_BYTES
    ends: float = field(init=False)

    def __post_init__(self) -> None:
        self.ends = time.monotonic() + self.seconds

    def spend(self) -> float:
        """Take one fetch and return the deadline. Raises Unsafe when no fetch or no time is left."""
        if self.fetches <= 0:
            raise Unsafe("The badge asks for too many documents.")
        if time.monotonic() >= self.ends:
            raise Unsafe("The time for this check is over.")
        self.fetches -= 1
        return self.ends


class SafeFetcher:
    """Fetches from the public network, and from nowhere else.

    `allow_private` lifts the limit on ports and on private addresses, for a server under development only. `refused`
    tells afterwards whether anything was held back that `allow_private` would let through: for the person at this
    machine, never for a stranger, who learns the same from a closed, a refused and a blocked address.
    """

    def __init__(self, *, allow_private: bool = False, max_bytes: int = MOST_BYTES) -> None:
        self.allow_private = allow_private
        self.refused = False
        self._most = max_bytes
        self._tls: ssl.SSLContext | None = None

    def fetch(self, url: str, *, accept: str, deadline: float) -> Fetched:
        """Return the answer of the address after at most three redirects.

        `accept` is the Accept header; `deadline` a moment of `time.monotonic`, at most 5 s from now. Raises NotFetched
        in the same words for what is closed, refused, blocked or too slow; Unsafe when the answer is too large.
        """
        ends = min(deadline, time.monotonic() + MOST_SECONDS)
        first = url
        for _ in range(MOST_REDIRECTS + 1):
            place = self._checked(url)
            answer, location = self._once(place, url, accept, ends)
            if location is None:
                return answer
            url = self._next(place, url, location)
        raise NotFetched(f"{_host(first)} redirects too often.")

    def _checked(self, url: str) -> SplitResult:
        place = split(url)
        if not self.allow_private and place.port not in (None, _PORTS[place.scheme]):
            self.refused = True
            raise _no_answer(place.hostname or "")
        return place

    def _next(self, place: SplitResult, url: str, location: str) -> str:
        target = urljoin(url, location)
        if place.scheme == "https" and urlsplit(target).scheme != "https":
            raise NotFetched(f"{place.hostname} redirects to an address that is not protected.")
        return target

    def _once(self, place: SplitResult, url: str, accept: str, ends: float) -> tuple[Fetched, str | None]:
        host, port = place.hostname or "", place.port or _PORTS[place.scheme]
        try:
            addresses = resolve(host, port, allow_private=self.allow_private, ends=ends)
        except Unsafe:
            self.refused = True
            raise _no_answer(host) from None
        except NotFetched:
            raise _no_answer(host) from None
        tls = self._context() if place.scheme == "https" else None
        try:
            with connected(host, port, addresses, tls=tls, ends=ends, most=self._most + _MOST_HEADERS) as line:
                return exchange(line, place, url, accept, self._most)
        except NO_ANSWER:
            raise _no_answer(host) from None

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = ssl.create_default_context()
            self._tls.minimum_version = ssl.TLSVersion.TLSv1_2
        return self._tls


def split(url: str) -> SplitResult:
    """Return the parts of an absolute http or https address.

    Raises Unsafe when it is of another kind, has user-info, a character that does not belong into an address, an
    ill-formed port, or more than 4,000 characters.
    """
    if len(url) > _LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise Unsafe("This is not an address that can be fetched.")
    try:
        place = urlsplit(url)
        port = place.port
    except ValueError:
        raise Unsafe("This is not an address that can be fetched.") from None
    if place.scheme not in _PORTS or not place.hostname or port == 0:
        raise Unsafe("Only http and https addresses are fetched.")
    if place.username is not None or place.password is not None or "@" in place.netloc:
        raise Unsafe("An address with a user name in it is not fetched.")
    if "%" in place.netloc:
        raise Unsafe("This is not an address that can be fetched.")
    return place


def exchange(line: Line, place: SplitResult, url: str, accept: str, most: int) -> tuple[Fetched, str | None]:
    """Ask for the address over a connection; return the answer, and the place to which it redirects, if it does.

    Of a body at most `most` bytes are taken. Raises Unsafe when it is larger, one of NO_ANSWER when this is no answer.
    """
    line.sendall(_request(place, accept))
    response = HTTPResponse(line, method="GET")  # type: ignore[arg-type]
    try:
        response.begin()
        if response.status in _REDIRECTS and response.getheader("Location"):
            return Fetched(url, response.status, "", b""), response.getheader("Location")
        raw = response.read(most + 1)
        if response.length and len(raw) <= most:
            raise HTTPException("cut short")
        body = _decoded(response, raw, most)
    finally:
        response.close()
    kind = (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    return Fetched(url, response.status, kind, body), None


def _request(place: SplitResult, accept: str) -> bytes:
    path = (place.path or "/") + (f"?{place.query}" if place.query else "")
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {place.netloc}",
        f"Accept: {accept}",
        "Accept-Encoding: identity",
        f"User-Agent: {_AGENT}",
        "Connection: close",
    ]
    if any("\r" in text or "\n" in text for text in lines):
        raise ValueError("a line break in the request")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def _decoded(response: HTTPResponse, body: bytes, most: int) -> bytes:
    coding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if coding in ("gzip", "x-gzip", "deflate") and len(body) <= most:
        engine = zlib.decompressobj(47)
        try:
            body = engine.decompress(body, most + 1)
        except zlib.error:
            raise HTTPException("damaged") from None
        if len(body) <= most and not engine.eof:
            raise HTTPException("cut short")
    elif coding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise HTTPException("unknown coding")
    if len(body) > most:
        raise Unsafe(f"The answer is larger than {most} bytes.")
    return body


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _no_answer(host: str) -> NotFetched:
    return NotFetched(f"{host} did not answer.")
