"""Issuing authority after its decision: suspend it, lift the suspension."""

from django.db import transaction

from laurels import clock
from laurels.audit.record import record
from laurels.errors import Invalid, WrongState
from laurels.governance import news
from laurels.governance.authority import day
from laurels.governance.models import IssuingAuthority
from laurels.people.models import User
from laurels.people.permissions import UNIVERSITY, require
from laurels.people.system import university


@transaction.atomic
def suspend_authority(authority: IssuingAuthority, reason: str, *, by: User) -> IssuingAuthority:
    """Suspend the authority: the unit can award nothing until the suspension is lifted."""
    require(by, "administer", UNIVERSITY)
    reason = reason.strip()
    if not reason:
        raise Invalid("Say why the authority is suspended.", fields={"reason": ["Give the reason."]})
    if authority.valid_until < clock.today(university().zone):
        raise WrongState(f"This authority ended on {day(authority.valid_until)}: there is nothing to suspend.")
    held = IssuingAuthority.objects.filter(pk=authority.pk, suspended_at__isnull=True)
    moment = clock.now()
    if held.update(suspended_at=moment, suspension=reason) != 1:
        raise WrongState("This authority is suspended already.")
    authority.suspended_at, authority.suspension = moment, reason
    record(by, "authority suspended", authority, reason=reason)
    news.suspended(authority)
    return authority


@transaction.atomic
def lift_suspension(authority: IssuingAuthority, *, by: User) -> IssuingAuthority:
    """Lift the suspension: the authority holds again until the end of its term."""
    require(by, "administer", UNIVERSITY)
    held = IssuingAuthority.objects.filter(pk=authority.pk, suspended_at__isnull=False)
    if held.update(suspended_at=None, suspension="") != 1:
        raise WrongState("This authority is not suspended.")
    authority.suspended_at, authority.suspension = None, ""
    record(by, "suspension lifted", authority)
    news.lifted(authority)
    return authority
