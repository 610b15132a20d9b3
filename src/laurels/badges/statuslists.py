"""Status lists: from the badges that are revoked to a signed list. Reads, signs outside any transaction, hands over."""

from laurels import clock
from laurels.badges import addresses, issuers
from laurels.badges.actions import LIST_HOLDS, store_status_list
from laurels.badges.models import Badge, BadgeState, StatusList
from laurels.badges.signing import sign_document
from laurels.people.system import system
from openbadgekit.status import status_list_credential

_TRIES = 10


def sign_anew(number: int) -> None:
    """Sign a status list as it is now and publish it; a revocation that comes in between is not lost."""
    for _ in range(_TRIES):
        found = StatusList.objects.select_related("unit").get(pk=number)
        now = clock.now()
        address = addresses.absolute(addresses.status_list(found.unit, found.number))
        document = status_list_credential(
            address, issuers.did(found.unit), _bits(found), valid_from=now, valid_until=now + LIST_HOLDS
        )
        body = sign_document(document, issuers.current_key(found.unit), at=now)
        if store_status_list(found.pk, found.revision, body, at=now, by=system()):
            return
    raise TimeoutError(f"Status list {number} was changed by others {_TRIES} times while it was being signed.")


def sign_missing(numbers: set[int]) -> None:
    """Sign those of the lists that have run out or were never signed, so that a new badge verifies at once."""
    fresh = StatusList.objects.filter(pk__in=numbers, signed_at__gt=clock.now() - LIST_HOLDS / 2)
    for number in sorted(numbers - set(fresh.values_list("pk", flat=True))):
        sign_anew(number)


def _bits(found: StatusList) -> bytes:
    bits = bytearray(found.size // 8)
    revoked = Badge.objects.filter(status_list=found, state=BadgeState.REVOKED)
    for index in revoked.values_list("status_index", flat=True):
        bits[index >> 3] |= 0x80 >> (index & 7)
    return bytes(bits)
