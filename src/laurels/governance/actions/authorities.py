"""Issuing authority after its decision: suspend it, lift the suspension."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from laurels import clock
from laurels.audit.record import record
from laurels.errors import Invalid, WrongState
from laurels.governance import news
from laurels.governance.authority import day, standing_of
from laurels.governance.models import IssuingAuthority
from laurels.jobs import outbox
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
    outbox.put("awards.stacks", {"unit": authority.unit_id})  # prizes that waited
    record(by, "suspension lifted", authority)
    news.lifted(authority)
    return authority


@transaction.atomic
def warn_of_end(authority: IssuingAuthority, days: int, *, by: User) -> bool:
    """Warn the unit, once, that its authority ends in so many days, unless a later one follows; tell whether it was."""
    if standing_of(authority.unit, authority.valid_until + timedelta(days=1)).may_issue:
        return False
    open_still = Q(warned_days__isnull=True) | Q(warned_days__gt=days)
    ends = Q(pk=authority.pk, valid_until__gte=clock.today(university().zone))
    if IssuingAuthority.objects.filter(ends & open_still).update(warned_days=days) != 1:
        return False
    record(by, "authority's end announced", authority, days=days)
    news.ends_soon(authority)
    return True
