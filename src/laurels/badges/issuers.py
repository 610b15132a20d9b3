"""Units as issuers: their identifiers, their current keys, and the public documents that show both."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import QuerySet

from laurels.badges import addresses
from laurels.badges.models import Document, KeyState, SigningKey
from laurels.badges.signing import SealedKey
from laurels.errors import WrongState
from laurels.people.models import Unit
from openbadgekit.documents import ob2
from openbadgekit.issue import serialise
from openbadgekit.keys import did_document, did_web
from openbadgekit.microcredential import Issuer
from openbadgekit.strict import parse_object


def did(unit: Unit) -> str:
    """The unit's identifier: did:web under the base URL."""
    return did_web(settings.BASE_URL, *(("units", unit.slug) if unit.slug else ()))


def issuer(unit: Unit, parent: Issuer | None = None, *, endorsements_ob2: Sequence[str] = ()) -> Issuer:
    """The unit in the library's terms, without signed endorsements."""
    return Issuer(
        id=did(unit),
        name=unit.name,
        url=addresses.absolute(addresses.issuer_page(unit)),
        profile=addresses.absolute(addresses.profile(unit)),
        email=unit.email,
        description=unit.description or None,
        parent=parent,
        endorsements_ob2=tuple(endorsements_ob2),
    )


def current(unit: Unit) -> QuerySet[SigningKey]:
    """The key that the unit signs with now: one, or none."""
    return SigningKey.objects.filter(unit=unit, state=KeyState.CURRENT)


def current_key(unit: Unit) -> SealedKey:
    """The key that the unit signs with now, sealed; WrongState when it has none."""
    key = current(unit).first()
    if key is None:
        raise WrongState(f"{unit.name} has no signing key yet.", mend="Make one: laurels keys.")
    return SealedKey(
        unit=unit.pk,
        number=key.number,
        public=key.public,
        sealed=bytes(key.sealed),
        verification_method=f"{did(unit)}#{fragment(key.number)}",
    )


def fragment(number: int) -> str:
    """The name of a key within its DID document."""
    return f"key-{number}"


def did_json(unit: Unit) -> bytes:
    """The unit's DID document: the current key first, old ones after it, compromised ones taken out."""
    shown = SigningKey.objects.filter(unit=unit).exclude(state=KeyState.COMPROMISED)
    keys = sorted(shown, key=lambda key: (key.state != KeyState.CURRENT, -key.number))
    return serialise(did_document(did(unit), [(fragment(key.number), key.public) for key in keys]))


def profile_json(unit: Unit, endorsements: Sequence[str] | None = None) -> bytes:
    """The unit's Open Badges 2.0 Profile; None keeps the endorsements that the present profile names."""
    named = _endorsements_now(unit) if endorsements is None else endorsements
    return serialise(ob2.profile(issuer(unit, endorsements_ob2=named)))


def _endorsements_now(unit: Unit) -> list[str]:
    newest = Document.objects.filter(address=addresses.profile(unit)).order_by("-pk").first()
    named = parse_object(bytes(newest.body)).get("endorsement", []) if newest else []
    return [str(address) for address in named] if isinstance(named, list) else []
