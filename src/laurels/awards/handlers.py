"""The work of this stage that waits in the outbox: awarding the rows of a roster, signing badges."""

from collections.abc import Sequence

from django.db import transaction

from laurels import mail
from laurels.awards import actions, stacking_facts, stacking_sets
from laurels.awards.documents import Writer, by_unit
from laurels.awards.models import Award, Roster
from laurels.awards.stacking import Stack
from laurels.badges import actions as badges
from laurels.badges import addresses, issuing, statuslists
from laurels.badges.models import BadgeState
from laurels.badges.signing import Draft, Signed
from laurels.catalogue.models import Version
from laurels.jobs import Pulse, Running, handler
from laurels.jobs.registry import Payload
from laurels.people.models import User
from laurels.people.system import system

SIGNED_AT_ONCE = 750


class NotSigned(Exception):
    """Some badges did not pass their checks; the others are stored."""


@handler("awards.roster")
def award_roster(payload: Payload, job: Running) -> None:
    """Award the rows of a confirmed roster, some at a time; what was awarded before an interruption stays awarded."""
    roster = Roster.objects.get(pk=payload["roster"])
    total = roster.rows.filter(problem="").count()
    by, left = system(), 1
    while left:
        left = actions.award_rows(roster, by=by)
        job.progress(max(0, total - left), total)


@handler("awards.sign")
def sign_badges(payload: Payload, job: Running) -> None:
    """Sign the badges that still wait for it, store them, and tell their holders."""
    waiting = _waiting(payload["badges"])
    statuslists.sign_missing({award.badge.status_list_id for award in waiting})
    by, writer, alive, faults, done = system(), Writer(), Pulse(job), [], 0
    for awards in by_unit(waiting).values():
        desk = issuing.Desk(awards[0].version.micro_credential.unit)
        for start in range(0, len(awards), SIGNED_AT_ONCE):
            some = awards[start : start + SIGNED_AT_ONCE]
            drafts = [Draft(award.badge_id, writer.credential(award)) for award in some]
            signed, wrong = desk.sign(drafts, after_each=alive.beat)
            _store(some, signed, by)
            faults += wrong
            done += len(some)
            job.progress(done, len(waiting))
    if faults:
        raise NotSigned(f"{len(faults)} of {len(waiting)} badges were not signed. {faults[0]}")


@handler("awards.part_ends")
def end_part(payload: Payload, job: Running) -> None:
    """Do to the prizes that rest on an award that has ended what their stacks' policies say."""
    award = Award.objects.select_related("version").get(pk=payload["award"])
    if award.live:
        actions.lose_part(award, by=system())


@handler("awards.stacks")
def complete_stacks(payload: Payload, job: Running) -> None:
    """Grant everybody who meets it the prize of a stack, or of each stack of a unit: after a rule has changed, or the
    unit's authority holds again. Who meets it is asked of the database, all at once."""
    stacks = [one for one in stacking_facts.stacks() if _is_meant(one, payload)]
    by, alive = system(), Pulse(job)
    for number, stack in enumerate(stacks):
        for people in stacking_sets.people(stacking_sets.who_meets(stack.rule, stack.version)):
            actions.grant_prizes(people[:1], stacks=[stack.version.micro_credential_id], by=by)
            alive.beat()
        job.progress(number + 1, len(stacks))


def _is_meant(stack: Stack, payload: Payload) -> bool:
    of = stack.version.micro_credential
    return payload.get("stack") == of.pk or payload.get("unit") == of.unit_id


def _waiting(ids: Sequence[str]) -> list[Award]:
    """The awards whose badges wait, each version (with its pictures) read once."""
    awards = Award.objects.filter(badge__in=ids, badge__state=BadgeState.SIGNING)
    found = list(awards.select_related("address", "badge__status_list").order_by("badge"))
    related = Version.objects.select_related("micro_credential__unit").prefetch_related("competencies")
    versions = related.defer("picture_svg", "picture_png").in_bulk({award.version_id for award in found})
    for award in found:
        award.version = versions[award.version_id]
    return found


def _store(awards: Sequence[Award], signed: Sequence[Signed], by: User) -> None:
    """Store what was signed and queue the news, in one short transaction: nobody is told twice, or of nothing."""
    with transaction.atomic():
        stored = set(badges.store_signed(signed, by=by))
        mail.queue_each(
            "award_granted",
            [
                (
                    award.address.folded,
                    {
                        "holder": award.holder,
                        "title": award.version.title,
                        "unit": award.version.micro_credential.unit.name,
                        "path": addresses.badge(award.badge_id),
                    },
                )
                for award in awards
                if award.badge_id in stored
            ],
        )
