"""Everything that changes keys, badges, documents and status lists."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from laurels import clock
from laurels.audit.record import record
from laurels.badges import addresses, issuers
from laurels.badges.models import Badge, BadgeState, Document, KeyState, Origin, SigningKey, StatusList
from laurels.badges.permutation import index_of
from laurels.badges.reasons import public_words
from laurels.badges.signing import CREDENTIAL, LINKED_DATA, Made, Signed, make_key
from laurels.errors import Invalid, WrongState
from laurels.jobs import outbox
from laurels.people.models import Unit, User
from laurels.people.permissions import UNIVERSITY, require
from openbadgekit.documents import ob2
from openbadgekit.issue import serialise

LIST_HOLDS = timedelta(hours=24)
LIST_IS_RENEWED = timedelta(hours=20)
_TRIES = 20


@transaction.atomic
def create_key(unit: Unit, *, by: User) -> SigningKey:
    """Make the first signing key of a unit, publish its DID document and its 2.0 profile, and open its status list."""
    require(by, "rotate keys", UNIVERSITY)
    if SigningKey.objects.filter(unit=unit).exists():
        raise WrongState(f"{unit.name} has a signing key already.", mend="Rotate it, if it shall have a new one.")
    key = _new_key(unit, 1)
    if not unit.is_university:
        _new_list(unit, 1)  # here, so that the first award costs no more than any other
    record(by, "signing key made", key)
    return key


@transaction.atomic
def rotate_key(unit: Unit, *, by: User) -> SigningKey:
    """Give a unit a new signing key; the old one stays in its DID document, after the new one, for ever."""
    require(by, "rotate keys", UNIVERSITY)
    current = SigningKey.objects.filter(unit=unit, state=KeyState.CURRENT).first()
    if current is None:
        raise WrongState(f"{unit.name} has no signing key yet.", mend="Make its first one.")
    if SigningKey.objects.filter(pk=current.pk, state=KeyState.CURRENT).update(state=KeyState.OLD) != 1:
        raise WrongState(f"The signing key of {unit.name} was rotated by somebody else in this moment.")
    key = _new_key(unit, current.number + 1)
    record(by, "signing key rotated", key, old=current.number)
    return key


@transaction.atomic
def publish_profile(unit: Unit, *, by: User, endorsements: Sequence[str] | None = None) -> None:
    """Publish a unit's DID document and 2.0 profile as they are now; None keeps the endorsements it names."""
    _publish(unit, endorsements)
    record(by, "profile published", unit)


@transaction.atomic
def store_document(address: str, body: bytes, *, by: User, media_type: str = LINKED_DATA) -> Document:
    """Store signed or public bytes under their permanent address; the same bytes are not stored twice."""
    _record_origin()
    newest = Document.objects.filter(address=address).order_by("-pk").first()
    if newest is not None and newest.sha256 == _sha256(body):
        return newest
    document = _document(Made(address, media_type, body), clock.now())
    document.save(force_insert=True)
    record(by, "document stored", document, address=address)
    return document


@transaction.atomic(savepoint=False)
def open_badge(unit: Unit, *, by: User) -> Badge:
    """Open one badge that waits for its signature, with a status index of its own."""
    badge = _drawn(unit, 1)[0]
    badge.save(force_insert=True)
    record(by, "badge opened", badge)
    return badge


@transaction.atomic(savepoint=False)
def open_badges(unit: Unit, count: int, *, by: User) -> list[Badge]:
    """Open many badges of one unit at once."""
    badges = Badge.objects.bulk_create(_drawn(unit, count))
    record(by, "badges opened", unit, count=count)
    return badges


@transaction.atomic
def store_signed(batch: Sequence[Signed], *, by: User) -> list[str]:
    """Store the documents of badges that still wait for them, and return the ids of those badges."""
    now = clock.now()
    _record_origin()
    waiting = Badge.objects.select_for_update().filter(
        pk__in=[signed.badge for signed in batch], state=BadgeState.SIGNING
    )
    ids = set(waiting.values_list("pk", flat=True))
    if not ids:
        return []
    Badge.objects.filter(pk__in=ids).update(state=BadgeState.LIVE, signed_at=now)
    Document.objects.bulk_create(
        _document(made, now, badge=signed.badge)
        for signed in batch
        if signed.badge in ids
        for made in (signed.ob3, signed.ob2)
    )
    record(by, "badges signed", Badge(pk=min(ids)), badges=sorted(ids))
    return [signed.badge for signed in batch if signed.badge in ids]


@transaction.atomic
def revoke_badge(badge: Badge, reason: str, words: str, *, by: User) -> Badge:
    """Revoke a live badge for a public reason; the 2.0 address answers 410 from now on, the status list follows."""
    reason_in_public = public_words(reason)
    now = clock.now()
    revoked = Badge.objects.filter(pk=badge.pk, state=BadgeState.LIVE).update(
        state=BadgeState.REVOKED, revoked_at=now, reason=reason, reason_words=words
    )
    badge.refresh_from_db()
    if not revoked:
        raise WrongState(
            "This badge is being signed. Try again in a moment."
            if badge.state == BadgeState.SIGNING
            else f"This badge was revoked already, on {badge.revoked_at:%-d %B %Y}."
        )
    path = addresses.ob2(badge.pk)
    body = serialise(ob2.revoked(addresses.absolute(path), reason_in_public))
    _document(Made(path, LINKED_DATA, body), now, badge=badge.pk, status=410).save(force_insert=True)
    _ask_for_signature(badge.status_list_id)
    record(by, "badge revoked", badge, reason=reason)
    return badge


@transaction.atomic
def sign_status_lists(*, by: User) -> int:
    """Have the worker sign every status list anew, and return how many there are."""
    lists = list(StatusList.objects.values_list("pk", flat=True))
    for number in lists:
        _ask_for_signature(number)
    record(by, "status lists asked for", by, lists=len(lists))
    return len(lists)


@transaction.atomic
def store_status_list(number: int, revision: int, body: bytes, *, at: datetime, by: User) -> bool:
    """Store a signed status list, unless a newer one was stored since its bits were read; tell whether it was."""
    _record_origin()
    mine = StatusList.objects.filter(pk=number, revision=revision)
    if not mine.update(revision=revision + 1, signed_at=at):
        return False
    found = StatusList.objects.select_related("unit").get(pk=number)
    _document(Made(addresses.status_list(found.unit, found.number), CREDENTIAL, body), at).save(force_insert=True)
    outbox.put(
        "badges.status_list",
        {"list": number, "revision": revision + 1},
        key=f"status-list:{number}:{revision + 1}",
        after=at + LIST_IS_RENEWED,
    )
    record(by, "status list signed", found, revision=revision + 1)
    return True


def _new_key(unit: Unit, number: int) -> SigningKey:
    made = make_key(unit.pk, number)
    key = SigningKey.objects.create(
        unit=unit, number=number, public=made.public, sealed=made.sealed, created_at=clock.now()
    )
    _publish(unit, None)
    return key


def _publish(unit: Unit, endorsements: Iterable[str] | None) -> None:
    now = clock.now()
    named = None if endorsements is None else list(endorsements)
    for address, body in (
        (addresses.did_document(unit), issuers.did_json(unit)),
        (addresses.profile(unit), issuers.profile_json(unit, named)),
    ):
        newest = Document.objects.filter(address=address).order_by("-pk").first()
        if newest is None or newest.sha256 != _sha256(body):
            _document(Made(address, LINKED_DATA, body), now).save(force_insert=True)


def _drawn(unit: Unit, count: int) -> list[Badge]:
    """New badges, unsaved, each with an index that no other badge of its list ever has."""
    if unit.is_university:
        raise Invalid("The university endorses; a badge is issued by one of its units.")
    now = clock.now()
    badges: list[Badge] = []
    for _ in range(_TRIES):
        found = StatusList.objects.filter(unit=unit).order_by("-number").first()
        if found is None or found.used >= found.size:
            found = _new_list(unit, 1 if found is None else found.number + 1)
        take = min(count - len(badges), found.size - found.used)
        reserved = StatusList.objects.filter(pk=found.pk, used=found.used).update(used=found.used + take)
        if reserved:
            secret = bytes(found.permutation)
            badges += [
                Badge(
                    id=secrets.token_hex(16),
                    unit=unit,
                    status_list=found,
                    status_index=index_of(counter, found.size, secret),
                    created_at=now,
                )
                for counter in range(found.used, found.used + take)
            ]
        if len(badges) == count:
            return badges
    raise WrongState("Too many badges are being opened at once.", mend="Try again in a moment.")


def _new_list(unit: Unit, number: int) -> StatusList:
    """Begin a list, or take the one that somebody else began in this moment."""
    found, is_new = StatusList.objects.get_or_create(
        unit=unit, number=number, defaults={"permutation": secrets.token_bytes(32)}
    )
    if is_new:
        _ask_for_signature(found.pk)
    return found


def _ask_for_signature(number: int) -> None:
    outbox.put("badges.status_list", {"list": number}, key=f"status-list:{number}")


def _document(made: Made, at: datetime, *, badge: str | None = None, status: int = 200) -> Document:
    return Document(
        address=made.address,
        badge_id=badge,
        status=status,
        media_type=made.media_type,
        body=made.body,
        sha256=_sha256(made.body),
        made_at=at,
    )


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _record_origin() -> None:
    """The first signature settles the origin for ever: addresses inside signed badges cannot move."""
    origin, _ = Origin.objects.get_or_create(pk=1, defaults={"base_url": settings.BASE_URL, "recorded_at": clock.now()})
    if origin.base_url != settings.BASE_URL:
        raise WrongState(
            f"Badges here were signed for {origin.base_url}, and LAURELS_BASE_URL is {settings.BASE_URL} now.",
            mend=f"Set LAURELS_BASE_URL to {origin.base_url}, or begin with a new database.",
        )
