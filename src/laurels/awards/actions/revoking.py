"""Revoking awards, and what becomes of the prizes that rest on an award that is lost."""

from django.db import transaction

from laurels import clock, mail
from laurels.audit.record import record
from laurels.awards import stacking, stacking_facts
from laurels.awards.models import Award, PartFate, StackPart
from laurels.awards.stacking import PART_LOST, Stack
from laurels.badges import actions as badges
from laurels.badges import addresses
from laurels.badges.reasons import public_words
from laurels.catalogue.models import PartsPolicy
from laurels.catalogue.stackoutcome import Terms
from laurels.catalogue.stackrule import read
from laurels.errors import WrongState
from laurels.people.models import Role, User
from laurels.people.permissions import UNIVERSITY, require
from laurels.people.system import system

_FATES = {
    PartsPolicy.KEEP: PartFate.KEPT,
    PartsPolicy.FLAG: PartFate.FLAGGED,
    PartsPolicy.REVOKE: PartFate.REVOKED,
}


@transaction.atomic
def revoke_award(award: Award, reason: str, words: str, *, by: User) -> Award:
    """Revoke an award and its badge for a public reason; the address can earn it anew."""
    require(by, "revoke", award.version.micro_credential.unit)
    badges.revoke_badge(award.badge, reason, words, by=by)
    Award.objects.filter(pk=award.pk).update(live=False)
    award.refresh_from_db(fields=["live"])
    record(by, "award revoked", award, reason=reason)
    context = {
        "holder": award.holder,
        "title": award.version.title,
        "unit": award.version.micro_credential.unit.name,
        "reason": public_words(reason),
        "path": addresses.badge(award.badge_id),
    }
    mail.queue("award_revoked", to=[award.address.folded], context=context)
    if award.prizes.filter(fate="").exists():
        lose_part(award, by=by)
    return award


@transaction.atomic
def lose_part(award: Award, *, by: User) -> dict[str, str]:
    """Do to each prize that rests on a lost award what its stack's policy says, and tell what was done to which.

    A prize whose rule is met by the other awards of its holder stays as it is.
    """
    lost_by = "revoked" if not award.live else "expired"
    if award.live and (award.valid_until is None or award.valid_until > clock.now()):
        raise WrongState("This award is valid: no prize has lost it.")
    scale = stacking_facts.terms()
    related = ("prize__version__micro_credential__unit", "prize__address", "prize__badge")
    fates: dict[str, str] = {}
    for link in StackPart.objects.filter(part=award, fate="", prize__live=True).select_related(*related):
        fate = _fate(link.prize, award, scale)
        StackPart.objects.filter(pk=link.pk, fate="").update(lost_at=clock.now(), lost_by=lost_by, fate=fate)
        fates[str(link.prize_id)] = fate.value
        if fate is PartFate.REVOKED:
            words = f"Its part “{award.version.title}” was {lost_by}."
            revoke_award(link.prize, PART_LOST, words, by=system())
        elif fate is PartFate.FLAGGED:
            _tell_registrars(link.prize, award, lost_by)
    record(by, "part lost", award, how=lost_by, prizes=fates)
    return fates


@transaction.atomic
def settle_lost_part(prize: Award, keep: bool, words: str, *, by: User) -> Award:
    """Answer the flag of a prize that lost a part: keep it, or revoke it."""
    require(by, "administer", UNIVERSITY)
    flagged = StackPart.objects.filter(prize=prize, fate=PartFate.FLAGGED, settled_at=None)
    fate = PartFate.KEPT if keep else PartFate.REVOKED
    if not flagged.update(fate=fate, settled_at=clock.now()):
        raise WrongState("No part of this prize waits for the registrar.")
    if not keep:
        revoke_award(prize, PART_LOST, words, by=by)
    record(by, "lost part settled", prize, fate=fate.value, words=words.strip())
    return prize


def _fate(prize: Award, lost: Award, scale: Terms) -> PartFate:
    version = prize.version
    person = stacking_facts.person_of(prize.address, scale)
    stack = Stack(version, read(version.rule))
    if stacking.outcome(stack, person, scale, without=str(lost.pk)).met:
        return PartFate.STILL_MET
    return _FATES[PartsPolicy(version.parts_policy)]


def _tell_registrars(prize: Award, lost: Award, lost_by: str) -> None:
    registrars = User.objects.filter(
        is_active=True, memberships__unit__slug="", memberships__role=Role.REGISTRAR
    ).distinct()
    context = {
        "holder": prize.holder,
        "title": prize.version.title,
        "part": lost.version.title,
        "how": "was revoked" if lost_by == "revoked" else "has ended",
        "path": addresses.badge(prize.badge_id),
    }
    mail.queue("part_lost", to=[one.email for one in registrars], context=context)
