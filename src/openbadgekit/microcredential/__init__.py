"""A micro-credential in a university's words: competencies, levels, hours, blocks, who approved and who attests.

A small builder over the general model: `documents.ob3` and `documents.ob2` take these values too, and `in_ob3` and
`in_ob2` give what they say as general ones. Lists are tuples; text is text; `datetime` values carry a zone; hours are
`Decimal` hours; addresses are absolute https addresses unless said otherwise.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ..jsontype import JsonObject
from ..model import Alignment, Image


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues or endorses.

    `id` is the 3.0 identifier (did:web:…), `profile` the address of its 2.0 Profile document, `url` its home page.
    `endorsements` are signed 3.0 endorsement credentials of this issuer, `endorsements_ob2` the addresses of the hosted
    2.0 Endorsement documents that say the same.
    """

    id: str
    name: str
    url: str
    profile: str | None = None
    email: str | None = None
    description: str | None = None
    parent: "Issuer | None" = None
    endorsements: tuple[JsonObject, ...] = ()
    endorsements_ob2: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A step of a competency; `id` is unique among all levels of the achievement (urn:uuid:…), `rank` 1 the lowest."""

    id: str
    name: str
    rank: int


@dataclass(frozen=True, slots=True)
class Competency:
    """One thing a holder is able to do. `required` is the id of the lowest level that earns the achievement."""

    id: str
    name: str
    levels: tuple[Level, ...]
    required: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Achievement:
    """What can be earned: the exact version, as approved.

    `id` is its 3.0 address, `badge_class` that of its 2.0 BadgeClass. `hours_id` and `informal_id` name the two hour
    results (urn:uuid:…). `blocks` counts whole blocks of `block_hours`. Where `hours_required` is 0 (it is earned by
    other awards), the badge says nothing of hours. `approval` is a sentence that says who approved it (number and
    date); it is added to the criteria. `picture_ob2` defaults to `picture`.
    """

    id: str
    badge_class: str
    name: str
    description: str
    criteria: str
    criteria_url: str
    version: str
    creator: Issuer
    picture: Image
    competencies: tuple[Competency, ...]
    hours_required: Decimal
    blocks: int
    hours_id: str
    informal_id: str
    informal_most: Decimal = Decimal(0)
    block_hours: Decimal = Decimal(12)
    approval: str = ""
    language: str = "en"
    picture_ob2: Image | None = None
    alignments: tuple[Alignment, ...] = ()
    tags: tuple[str, ...] = ()
    endorsements: tuple[JsonObject, ...] = ()
    endorsements_ob2: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who earned it: an opaque id (urn:uuid:…) and, hashed with `salt`, the folded e-mail address."""

    subject: str
    identity: str | None = None
    salt: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the award rests on. `id` is its address; `sha256` the hex SHA-256 of its bytes, where known."""

    id: str
    name: str | None = None
    narrative: str | None = None
    genre: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A level that was reached: the id of the competency and the id of the level."""

    competency: str
    level: str


@dataclass(frozen=True, slots=True)
class Status:
    """Where a 3.0 credential's revocation bit stands: the address of the signed list, and the index in it."""

    list_address: str
    index: int
    purpose: str = "revocation"


@dataclass(frozen=True, slots=True)
class Credential:
    """One achievement of one recipient: what is signed.

    `id` is the address of the 3.0 credential, `assertion` that of the 2.0 assertion, `baked_ob2` that of the picture
    with the 2.0 assertion baked in. `granted` is the moment of the award; `started_on` and `ended_on` are moments too
    (with a zone). `hours` are the confirmed hours, `informal` the part of them that was learned informally.
    `attested` is a sentence on who vouches for it; `narrative` further words.
    """

    id: str
    assertion: str
    achievement: Achievement
    issuer: Issuer
    recipient: Recipient
    granted: datetime
    results: tuple[Result, ...]
    hours: Decimal
    informal: Decimal = Decimal(0)
    valid_until: datetime | None = None
    started_on: datetime | None = None
    ended_on: datetime | None = None
    evidence: tuple[Evidence, ...] = ()
    status: Status | None = None
    attested: str = ""
    narrative: str = ""
    baked_ob2: str | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """The digest of what an endorsement speaks of; `digest_sri` is "sha256-…" or "sha384-…" in base64 (W3C SRI)."""

    id: str
    digest_sri: str
    media_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Endorsement:
    """A claim of one issuer about another, or about an achievement.

    `id` is the address of the 3.0 credential, `id_ob2` that of the hosted 2.0 Endorsement; `subject` the id of what is
    endorsed in 3.0, `subject_ob2` in 2.0. There is no end: an endorsement says what was true when it was signed.
    """

    id: str
    issuer: Issuer
    subject: str
    name: str
    comment: str
    valid_from: datetime
    digest: Digest | None = None
    id_ob2: str | None = None
    subject_ob2: str | None = None
