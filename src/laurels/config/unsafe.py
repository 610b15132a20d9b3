"""Start-up refuses settings that would betray a university: what is wrong, and how to mend it."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

ENVIRONMENTS = ("development", "production")
ENGINES = ("laurels.config.sqlite3", "django.db.backends.postgresql")
NETWORK_DISKS = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "fuse.sshfs",
    "glusterfs",
    "fuse.glusterfs",
    "ceph",
    "afs",
}
MOUNTS = Path("/proc/mounts")
KEY_BYTES = 32
BROKERS = ("redis", "rediss", "amqp", "amqps")
CACHES = ("redis", "rediss")

_host = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_standard_ports = {"http": 80, "https": 443}


def origin(base_url: str) -> SplitResult:
    """The parts of the public origin, or ImproperlyConfigured: badges live under it, so it has one spelling."""
    try:
        parts = urlsplit(base_url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    host = parts.hostname or ""
    if parts.scheme not in _standard_ports or not (_host.fullmatch(host) or ":" in host):
        raise _refusal(
            [f"LAURELS_BASE_URL is {base_url!r}: give an address such as https://badges.university.example."]
        )
    one_spelling = f"{parts.scheme}://{f'[{host}]' if ':' in host else host}"
    if port is not None and port != _standard_ports[parts.scheme]:
        one_spelling += f":{port}"
    if base_url != one_spelling:
        raise _refusal(
            [f"LAURELS_BASE_URL is {base_url!r}: give the origin alone, without path, query or user: {one_spelling}."]
        )
    return parts


def refuse(settings: Mapping[str, Any]) -> None:
    """Raise ImproperlyConfigured, naming every unsafe setting."""
    problems = [*_problems(settings), *(_production_problems(settings) if settings["PRODUCTION"] else ())]
    if problems:
        raise _refusal(problems)


def _refusal(problems: list[str]) -> ImproperlyConfigured:
    return ImproperlyConfigured("Laurels does not start:\n" + "\n".join(f"- {problem}" for problem in problems))


def _problems(settings: Mapping[str, Any]) -> Iterator[str]:
    """Wrong anywhere. A misspelt LAURELS_ENV would otherwise switch the checks of production off."""
    if settings["ENVIRONMENT"] not in ENVIRONMENTS:
        yield f"LAURELS_ENV is {settings['ENVIRONMENT']!r}: say {' or '.join(ENVIRONMENTS)}."
    if settings["DATABASES"]["default"]["ENGINE"] not in ENGINES:
        yield "LAURELS_DATABASE_URL names another database: use sqlite:///… or postgres://…."
    if settings["LEASE_SECONDS"] < 1:
        yield "LAURELS_LEASE_SECONDS must be at least 1."
    yield from _service_problems(settings)
    given = settings["KEY_ENCRYPTION_KEY"]
    if given and not _is_key(given):
        yield "LAURELS_KEY_ENCRYPTION_KEY is ill-formed: give 32 random bytes in base64 (openssl rand -base64 32)."


def _service_problems(settings: Mapping[str, Any]) -> Iterator[str]:
    """Wrong with the broker or the cache, where one is configured."""
    for name, schemes, package in (
        ("BROKER_URL", BROKERS, "celery"),
        ("CACHE_URL", CACHES, "redis"),
    ):
        given = settings.get(name, "")
        if given and urlsplit(given).scheme not in schemes:
            yield f"LAURELS_{name} names another service: use {' or '.join(f'{scheme}://…' for scheme in schemes)}."
        elif given and find_spec(package) is None:
            yield f"LAURELS_{name} needs the package {package}: install requirements-celery.txt."


def _production_problems(settings: Mapping[str, Any]) -> Iterator[str]:
    secret = settings["SECRET_KEY"]
    if settings["DEMO"]:
        yield "LAURELS_DEMO=1 lets anybody sign in as anybody: unset it."
    if settings["DEBUG"]:
        yield "LAURELS_DEBUG=1 shows internals to strangers: unset it."
    if len(secret) < KEY_BYTES or len(set(secret)) < 8 or secret.startswith("django-insecure-"):
        yield "LAURELS_SECRET_KEY is missing or guessable: set a random one of at least 32 characters."
    if not settings["KEY_ENCRYPTION_KEY"]:
        yield "LAURELS_KEY_ENCRYPTION_KEY is missing: signing keys may not be sealed with a key that lies beside them."
    if any("*" in host or host.startswith(".") for host in settings["ALLOWED_HOSTS"]):
        yield "LAURELS_HOSTS holds a wildcard: name the hosts."
    if urlsplit(settings["BASE_URL"]).scheme != "https":
        yield "LAURELS_BASE_URL must begin with https:// in production."
    database = settings["DATABASES"]["default"]
    if database["ENGINE"] == ENGINES[0] and (kind := _network_disk(Path(database["NAME"]))):
        yield f"The SQLite database lies on a network disk ({kind}), where it can be corrupted: use PostgreSQL."


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except binascii.Error:
        return False


def _network_disk(path: Path) -> str:
    """The kind of the network disk that holds the path, or "" (where mounts cannot be read, nobody can tell)."""
    if not MOUNTS.exists():
        return ""
    mounts = [line.split()[1:3] for line in MOUNTS.read_text().splitlines()]
    kinds = {Path(place.replace("\\040", " ")): kind for place, kind in mounts}
    path = path.resolve()
    holding = next((folder for folder in (path, *path.parents) if folder in kinds), None)
    kind = kinds[holding] if holding else ""
    return kind if kind in NETWORK_DISKS else ""
