"""Tokens for tests: any header and payload, signed by any key, however wrong they are."""

import json
from collections.abc import Mapping
from typing import Any

from openbadgekit import base64url
from openbadgekit.keys import Key
from openbadgekit.proofs import jws, vc_jwt
from tests.openbadgekit.world import World


def signed(key: Key, header: Mapping[str, Any], payload: Mapping[str, Any]) -> str:
    """Sign just this."""
    data = jws.to_sign(header, payload)
    return jws.compact(data, key.sign(data))


def written(key: Key, header: str, payload: str) -> str:
    """Sign texts that may be no JSON at all."""
    data = f"{base64url.encode(header.encode())}.{base64url.encode(payload.encode())}"
    return jws.compact(data.encode(), key.sign(data.encode()))


def unsigned(world: World, **changes: Any) -> dict[str, Any]:
    """The world's credential without its proof; None takes a member out."""
    document = json.loads(json.dumps({name: value for name, value in world.document.items() if name != "proof"}))
    document.update(changes)
    return {name: value for name, value in document.items() if value is not None}


def token_of(
    world: World,
    document: Mapping[str, Any] | None = None,
    *,
    key: Key | None = None,
    header: Mapping[str, Any] | None = None,
    claims: Mapping[str, Any] | None = None,
) -> str:
    """A VC-JWT of the world's unit. `header` and `claims` change it; None takes one out."""
    own = key or world.key
    plain = unsigned(world) if document is None else document
    whole = {**vc_jwt.header_for(own.algorithm.value, f"{world.unit.id}#key-1"), **(header or {})}
    payload = {**vc_jwt.payload_for(plain), **(claims or {})}
    return signed(
        own,
        {name: value for name, value in whole.items() if value is not None},
        {name: value for name, value in payload.items() if value is not None},
    )
