"""Which network addresses a stranger's document may make us talk to, and a connection to exactly one of them."""

import contextlib
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from typing import Final, TypeAlias

from .errors import NotFetched, Unsafe

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
_NEVER: Final = tuple(map(ipaddress.ip_network, ("192.88.99.0/24", "3fff::/20")))
_NAT64: Final = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_MOST_LOOKUPS: Final = threading.BoundedSemaphore(32)
_MOST_ADDRESSES: Final = 16


def is_public(address: Address) -> bool:
    """Tell whether an address is routable on the public internet, and so is every IPv4 address inside it.

    IPv4-mapped, IPv4-compatible, NAT64, 6to4 and Teredo forms are unwrapped; link-local zones are never public.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if getattr(address, "scope_id", None):
            return False
        inner = _inside(address)
        if inner is not None:
            return all(is_public(one) for one in inner)
        if address not in _UNICAST:
            return False
    if any(address in network for network in _NEVER):
        return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    )


def _inside(address: ipaddress.IPv6Address) -> tuple[ipaddress.IPv4Address, ...] | None:
    """Return the IPv4 addresses that this IPv6 address leads to; None when it is an ordinary one."""
    number = int(address)
    last = ipaddress.IPv4Address(number & 0xFFFFFFFF)
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address.sixtofour is not None:
        return (address.sixtofour,)
    if address.teredo is not None:
        return address.teredo
    if any(address in network for network in _NAT64) or number >> 32 == 0:
        return (last,)
    if (number >> 32) & 0xFFFFFFFF in (0x00005EFE, 0x02005EFE):
        return (last,)
    return None


def resolve(host: str, port: int, *, allow_private: bool, ends: float) -> tuple[str, ...]:
    """Return the addresses of a host: asked once, all checked, before `ends` (of `time.monotonic`).

    Raises NotFetched when there is none, and when any one of them is not public (unless `allow_private`).
    """
    answers: queue.SimpleQueue[tuple[str, ...]] = queue.SimpleQueue()
    if not _MOST_LOOKUPS.acquire(timeout=max(0.0, ends - time.monotonic())):
        raise NotFetched("Too many look-ups are waiting.")
    threading.Thread(target=_look_up, args=(host, port, answers), daemon=True, name="resolve").start()
    try:
        found = answers.get(timeout=max(0.0, ends - time.monotonic()))
    except queue.Empty:
        raise NotFetched("The name was not resolved in time.") from None
    if not found:
        raise NotFetched("The name does not resolve.")
    if not allow_private and not all(is_public(ipaddress.ip_address(one)) for one in found):
        raise Unsafe("The address is not on the public network.")
    return found[:_MOST_ADDRESSES]


def _look_up(host: str, port: int, answers: "queue.SimpleQueue[tuple[str, ...]]") -> None:
    """Runs in a thread of its own, because a name server may take as long as it likes."""
    found: list[str] = []
    try:
        for answer in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            if str(answer[4][0]) not in found:
                found.append(str(answer[4][0]))
    except (OSError, UnicodeError, ValueError):
        found = []
    finally:
        answers.put(tuple(found))
        _MOST_LOOKUPS.release()


class Line:
    """A connection to one checked address that ends at a fixed moment, however slowly the other side drips."""

    def __init__(self, connection: socket.socket, ends: float, most: int) -> None:
        self._connection = connection
        self.ends = ends
        self._left = most

    def sendall(self, data: bytes) -> None:
        """Send all of it, or raise TimeoutError at the end."""
        self._connection.settimeout(_left(self.ends))
        self._connection.sendall(data)

    def receive(self, most: int) -> bytes:
        """Receive at most so many bytes; b"" at the end. Raises TimeoutError, and Unsafe beyond the limit."""
        self._connection.settimeout(_left(self.ends))
        data = self._connection.recv(most)
        self._left -= len(data)
        if self._left < 0:
            raise Unsafe("The answer is too large.")
        return data

    def makefile(self, mode: str = "rb", buffering: int = -1) -> BufferedReader:
        """Return a reader, as `http.client` asks a socket for one."""
        return BufferedReader(_Reader(self))

    def close(self) -> None:
        """Close the connection."""
        with contextlib.suppress(OSError):
            self._connection.close()


class _Reader(RawIOBase):
    def __init__(self, line: Line) -> None:
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._line.receive(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


@contextlib.contextmanager
def connected(
    host: str, port: int, addresses: tuple[str, ...], *, tls: ssl.SSLContext | None, ends: float, most: int
) -> Iterator[Line]:
    """Connect to the first of the addresses that answers; with `tls`, the certificate must be that of `host`.

    `most` bounds the bytes that will be received. Raises OSError (TimeoutError, ssl.SSLError among them).
    """
    with contextlib.ExitStack() as opened:
        connection = opened.enter_context(_first(addresses, port, ends))
        if tls is not None:
            connection.settimeout(_left(ends))
            connection = opened.enter_context(tls.wrap_socket(connection, server_hostname=host))
        yield Line(connection, ends, most)


def _first(addresses: tuple[str, ...], port: int, ends: float) -> socket.socket:
    trouble: OSError = OSError("no address")
    for place, address in enumerate(addresses):
        share = _left(ends) / (len(addresses) - place)
        try:
            return socket.create_connection((address, port), timeout=share)
        except OSError as error:
            trouble = error
    raise trouble
