"""Which addresses speak for a 2.0 issuer: its own origin, or those that its profile names (§VerificationObject)."""

from urllib.parse import unquote, urlsplit

from ..jsontype import JsonObject
from .reading import as_list, as_object, origin, texts


def speaks_for(profile: JsonObject, issuer: str, address: str) -> bool:
    """Tell whether what is hosted at `address` is the word of the issuer whose profile this is."""
    there, home = origin(address), origin(issuer)
    if there is None or home is None:
        return False
    if there == home:
        return True
    rules = [as_object(rule) for rule in as_list(profile.get("verification"))]
    origins = [name for rule in rules for name in texts(rule.get("allowedOrigins"))]
    starts = [start for rule in rules for start in texts(rule.get("startsWith"))]
    return any(_is_origin(name, address) for name in origins) or any(_begins(start, address) for start in starts)


def _is_origin(name: str, address: str) -> bool:
    """A rule is an origin, or a bare host, which then stands for https (and for http on the same host)."""
    there = origin(address)
    if "://" in name:
        return origin(name) == there and urlsplit(name).path in ("", "/")
    return there in (origin(f"https://{name}"), origin(f"http://{name}"))


def _begins(start: str, address: str) -> bool:
    """A prefix counts within its own origin only: https://a.example is no prefix of https://a.example.evil.

    A server may read %2e%2e, or dots before %2f or %5c, as the way up.
    """
    path, dots = unquote(urlsplit(address).path).replace("\\", "/"), {".", ".."}
    if origin(start) is None or origin(start) != origin(address) or dots & set(path.split("/")):
        return False
    return address.startswith(start) or urlsplit(start).path in ("", "/")


def served_under(final: str, address: str) -> bool:
    """Tell whether the answer came from the address itself, at most with http turned into https on the same host."""
    if final == address:
        return True
    left, right = urlsplit(final), urlsplit(address)
    secured = left.scheme == "https" and right.scheme == "http" and left.hostname == right.hostname
    usual = left.port in (None, 443) and right.port in (None, 80)
    return secured and usual and (left.path, left.query) == (right.path, right.query)


def stays(final: str, address: str) -> bool:
    """Tell whether the answer came from the host of the address, or from one below it ("www." does not count).

    Many hosts send whoever asks to wherever the path says: what stands there is not the word of the host.
    """
    there, home = urlsplit(final).hostname or "", (urlsplit(address).hostname or "").removeprefix("www.")
    return there == home or there.endswith(f".{home}")
