"""Start-up refuses settings that would betray a university in production."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def refuse(settings: Mapping[str, Any]) -> None:
    """Raise ImproperlyConfigured, naming every unsafe setting and how to mend it."""
    problems = [
        *_origin_problems(settings["BASE_URL"]),
        *(_production_problems(settings) if settings["PRODUCTION"] else ()),
    ]
    if problems:
        raise ImproperlyConfigured("Laurels does not start:\n" + "\n".join(f"- {problem}" for problem in problems))


def _origin_problems(base_url: str) -> list[str]:
    origin = urlsplit(base_url)
    if origin.scheme not in ("http", "https") or not origin.hostname:
        return [f"LAURELS_BASE_URL is {base_url!r}: give an address such as https://badges.university.example."]
    if origin.path or origin.query or origin.fragment or origin.username:
        return [f"LAURELS_BASE_URL is {base_url!r}: give the origin alone, without path, query or user."]
    return []


def _production_problems(settings: Mapping[str, Any]) -> list[str]:
    checks = (
        (settings["DEMO"], "LAURELS_DEMO=1 lets anybody sign in as anybody: unset it."),
        (settings["DEBUG"], "LAURELS_DEBUG=1 shows internals to strangers: unset it."),
        (
            len(settings["SECRET_KEY"]) < 32,
            "LAURELS_SECRET_KEY is missing or shorter than 32 characters: set a random one.",
        ),
        (
            not settings["KEY_ENCRYPTION_KEY"],
            "LAURELS_KEY_ENCRYPTION_KEY is missing: signing keys may not be sealed with a key that lies beside them.",
        ),
        ("*" in settings["ALLOWED_HOSTS"], "LAURELS_HOSTS holds '*': name the hosts."),
        (urlsplit(settings["BASE_URL"]).scheme != "https", "LAURELS_BASE_URL must begin with https:// in production."),
    )
    return [words for wrong, words in checks if wrong]
