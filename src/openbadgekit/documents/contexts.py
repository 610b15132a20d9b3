"""The JSON-LD contexts that badges use: shipped by an installed dependency, pinned by SHA-256, never fetched.

VC Data Model 2.0 §4.3 and §B.1, Open Badges 3.0 §B.1: a context is a static file, and a signature is made over what
it says. The bytes come with the package `openbadgeslib`, that of the older data model with `pyld`, which need not be
there; of neither anything is imported.
"""

import hashlib
import importlib.util
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ..errors import Malformed, Unsupported
from ..jsontype import JsonObject

VC_1: Final = "https://www.w3.org/2018/credentials/v1"
"""Of VC Data Model 1.1 (§B.1), for reading: shipped by `pyld`, which need not be installed."""
VC_2: Final = "https://www.w3.org/ns/credentials/v2"
OB_3: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OB_3_EXTENSIONS: Final = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CLR_2: Final = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
OB_2: Final = "https://w3id.org/openbadges/v2"
DID_1: Final = "https://www.w3.org/ns/did/v1"
MULTIKEY_1: Final = "https://w3id.org/security/multikey/v1"

_PINNED: Final = {
    VC_2: ("credentials-v2.json", "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"),
    OB_3: ("ob-v3p0-context-3.0.3.json", "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84"),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": (
        "ob-v3p0-context-3.0.2.json",
        "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": (
        "ob-v3p0-context-3.0.1.json",
        "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571",
    ),
    OB_3_EXTENSIONS: ("ob-v3p0-extensions.json", "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93"),
    CLR_2: ("clr_context_2.0.1.json", "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6"),
    "https://w3id.org/security/data-integrity/v2": (
        "security-data-integrity-v2.json",
        "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    ),
    MULTIKEY_1: ("security-multikey-v1.json", "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597"),
}

_OLDER: Final = {
    VC_1: ("credentials-v1.jsonld", "00d7dd6d3ad8b920e3e550dd3a3d9090bffcac84cdbf943da6924b3e0a5c8bb8"),
}
_FOLDERS: Final = {"openbadgeslib": ("ob3", "contexts"), "pyld": ("documentloader", "frozen", "bundled")}

CONTEXTS: Final[Mapping[str, str]] = MappingProxyType({url: digest for url, (_, digest) in _PINNED.items()})
"""The address of each context to write with, and the SHA-256 (hex) of its published bytes."""


@cache
def context(url: str) -> JsonObject:
    """Return the pinned context document that has this address: an object with "@context".

    The same object each time: do not change it. Raises Unsupported when the address is not pinned or the package that
    ships the contexts is missing, Malformed when the installed bytes are not the pinned ones.
    """
    package, pinned = ("pyld", _OLDER) if url in _OLDER else ("openbadgeslib", _PINNED)
    if url not in pinned:
        raise Unsupported(f"The context {url!r} is not known here.", mend="Only published, pinned contexts are read.")
    name, digest = pinned[url]
    data = (_folder(package) / name).read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise Malformed(
            f"The installed copy of the context {url} is not the published one.",
            mend=f"Install the pinned version of {package} anew.",
        )
    document: JsonObject = json.loads(data)
    return document


def is_shipped(url: str) -> bool:
    """Tell whether a context can be read here."""
    try:
        context(url)
    except Unsupported:
        return False
    return True


@cache
def _folder(package: str) -> Path:
    """Find the folder without importing the package, which would cost a third of a second."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise Unsupported("The JSON-LD contexts are not installed.", mend=f"Install the package {package}.")
    return Path(found.submodule_search_locations[0]).joinpath(*_FOLDERS[package])
