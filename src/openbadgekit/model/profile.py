"""Who: issuers, creators, holders, and what identifies them."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from ..identity import fold_address, hash_identity
from .node import Node, Text

if TYPE_CHECKING:
    from .credential import Embedded


@dataclass(frozen=True, slots=True)
class Image(Node):
    """A picture (3.0 §B.1.16, 2.0 §Image): its address or data URI, and in words what it shows."""

    id: str
    caption: Text | None = None


@dataclass(frozen=True, slots=True)
class IdentifierEntry(Node):
    """An identifier that some system gave (3.0 §B.1.14); the type is one of the specification's or begins "ext:"."""

    identifier: str
    identifier_type: str


@dataclass(frozen=True, slots=True)
class IdentityObject(Node):
    """Whose badge it is (3.0 §B.1.15, 2.0 §IdentityObject).

    `identity_hash` is "sha256$" and hex where `hashed`, else the identifier itself. `identity_type` is the 3.0 word:
    emailAddress is what 2.0 calls email; its url, telephone and id keep their names.
    """

    hashed: bool
    identity_hash: str
    identity_type: str
    salt: str | None = None

    @classmethod
    def of(cls, address: str, salt: str | None = None) -> Self:
        """Return the hashed identity of an e-mail address, folded first; the salt is 128 random bits unless given.

        Raises Malformed when it is no address.
        """
        salt = secrets.token_hex(16) if salt is None else salt
        return cls(True, hash_identity(fold_address(address), salt), "emailAddress", salt)


@dataclass(frozen=True, slots=True)
class GeoCoordinates(Node):
    """A place on earth (3.0 §B.1.13), in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Node):
    """A postal address (3.0 §B.1.5)."""

    address_country: Text | None = None
    address_country_code: Text | None = None
    address_region: Text | None = None
    address_locality: Text | None = None
    street_address: Text | None = None
    post_office_box_number: Text | None = None
    postal_code: Text | None = None
    geo: GeoCoordinates | None = None


@dataclass(frozen=True, slots=True)
class CryptographicKey(Node):
    """A public key of an issuer (2.0 §CryptographicKey): its address, whose it is, and the key as PEM."""

    id: str
    owner: str
    public_key_pem: str


@dataclass(frozen=True, slots=True)
class Verification(Node):
    """How a 2.0 badge is verified (§VerificationObject).

    In an assertion or endorsement `types` is HostedBadge (the default) or SignedBadge, and `creator` the address of
    the key; in a profile the other three say where its hosted badges may lie.
    """

    creator: str | None = None
    allowed_origins: tuple[str, ...] = ()
    starts_with: tuple[str, ...] = ()
    verification_property: str | None = None


@dataclass(frozen=True, slots=True)
class Profile(Node):
    """An issuer, a creator or a holder (3.0 §B.1.21, 2.0 §Profile).

    `id` is a DID or an address, of the 2.0 document in 2.0. `public_key` (keys, or their addresses),
    `revocation_list` (an address) and `verification` are 2.0's alone.
    """

    id: str
    name: Text | None = None
    url: str | None = None
    description: Text | None = None
    email: str | None = None
    phone: Text | None = None
    image: Image | None = None
    address: Address | None = None
    official: Text | None = None
    other_identifier: tuple[IdentifierEntry, ...] = ()
    family_name: Text | None = None
    given_name: Text | None = None
    additional_name: Text | None = None
    patronymic_name: Text | None = None
    honorific_prefix: Text | None = None
    honorific_suffix: Text | None = None
    family_name_prefix: Text | None = None
    date_of_birth: date | None = None
    parent_org: "Profile | None" = None
    endorsement: "tuple[Embedded, ...]" = ()
    endorsement_jwt: tuple[str, ...] = ()
    public_key: tuple[CryptographicKey | str, ...] = ()
    revocation_list: str | None = None
    verification: Verification | None = None
