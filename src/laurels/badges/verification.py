"""Verifying any badge, own or foreign: the library's verifier with our trust list and our fetcher."""

import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import BoundedSemaphore
from urllib.parse import urlsplit

from django.conf import settings

from laurels import clock
from laurels.badges import addresses, issuers
from laurels.badges.models import Document
from laurels.people.models import Unit
from openbadgekit.errors import NotFetched
from openbadgekit.fetch import Fetched, Fetcher, SafeFetcher
from openbadgekit.verify import Policy, Report, verify

_STRANGERS_AT_ONCE = 4
_STRANGERS_WAITING = 12
_PICTURES = ("ob3.png", "ob3.svg", "ob2.png", "ob2.svg")


def verify_badge(source: bytes | str | Path, recipient: str | None = None) -> Report:
    """The report on a badge: a file's bytes, a text, or an address; `recipient` asks whether it was awarded to them."""
    return verify(_document_of(source), policy=policy(), fetcher=Storage(_network), recipient=recipient or None)


def policy() -> Policy:
    """Whom this installation trusts: the university and its units, by identifier and by 2.0 profile."""
    units = list(Unit.objects.order_by("pk"))
    names = {name: unit.name for unit in units for name in _names(unit)}
    endorsers = {name: unit.name for unit in units if unit.is_university for name in _names(unit)}
    return Policy(trusted=names, endorsers=endorsers, at=clock.now())


class Storage:
    """A fetcher that answers for our own addresses from storage, and leaves all others to the next one."""

    def __init__(self, beyond: Fetcher) -> None:
        self._beyond = beyond

    def fetch(self, url: str, *, accept: str, deadline: float) -> Fetched:
        """Answer from storage what is ours; ask the next fetcher for what is not."""
        path = own_path(url)
        if path is None:
            return self._beyond.fetch(url, accept=accept, deadline=deadline)
        newest = Document.objects.filter(address=path).order_by("-pk").first()
        if newest is None:
            return Fetched(url=url, status=404, media_type="application/json", body=b"{}")
        return Fetched(url=url, status=newest.status, media_type=newest.media_type, body=bytes(newest.body))


class Strangers:
    """Asks strangers in a small pool of threads, so that slow ones never hold up more than a few of ours."""

    def __init__(
        self, fetcher: Fetcher, *, at_once: int = _STRANGERS_AT_ONCE, waiting: int = _STRANGERS_WAITING
    ) -> None:
        self._fetcher = fetcher
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="strangers")
        self._places = BoundedSemaphore(at_once + waiting)

    def fetch(self, url: str, *, accept: str, deadline: float) -> Fetched:
        """Answer as the fetcher does; NotFetched when it takes too long or too many are being asked already."""
        if not self._places.acquire(blocking=False):
            raise NotFetched("Too many other hosts are being asked at this moment.", mend="Try again in a minute.")
        asked = self._pool.submit(self._fetcher.fetch, url, accept=accept, deadline=deadline)
        asked.add_done_callback(self._leave)
        try:
            return asked.result(timeout=max(0.0, deadline - time.monotonic()) + 0.2)
        except TimeoutError as error:
            asked.cancel()
            raise NotFetched(f"{urlsplit(url).hostname} did not answer in time.") from error

    def _leave(self, _: Future[Fetched]) -> None:
        self._places.release()


def own_path(address: str) -> str | None:
    """The path of an address of ours, also where did:web has written https for our http; None for all others."""
    try:
        given, ours = urlsplit(address), urlsplit(settings.BASE_URL)
    except ValueError:
        return None
    if given.scheme not in (ours.scheme, "https") or given.netloc.lower() != ours.netloc.lower():
        return None
    return given.path or "/"


def _document_of(source: bytes | str | Path) -> bytes | str | Path:
    """The page and the pictures of an own badge stand for its document: the checks are the same."""
    path = own_path(source.strip()) if isinstance(source, str) else None
    parts = (path or "").strip("/").split("/")
    if parts[0] != "badges" or len(parts) not in (2, 3):
        return source
    if len(parts) == 2:
        return addresses.absolute(addresses.ob3(parts[1]))
    if parts[2] not in _PICTURES:
        return source
    return addresses.absolute(f"/badges/{parts[1]}/{parts[2][:3]}.json")


def _names(unit: Unit) -> Mapping[str, None]:
    return dict.fromkeys((issuers.did(unit), addresses.absolute(addresses.profile(unit))))


_network = Strangers(SafeFetcher())
