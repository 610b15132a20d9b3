"""The work of this stage that waits in the outbox: awarding the rows of a roster, signing badges."""

from collections.abc import Sequence

from django.db import transaction

from laurels import mail
from laurels.awards import actions
from laurels.awards.documents import Writer, by_unit
from laurels.awards.models import Award, Roster
from laurels.badges import actions as badges
from laurels.badges import addresses, issuing, statuslists
from laurels.badges.models import BadgeState
from laurels.badges.signing import Draft, Signed
from laurels.catalogue.models import Version
from laurels.jobs import Running, handler
from laurels.jobs.registry import Payload
from laurels.people.system import system

SIGNED_AT_ONCE = 50


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
    writer, faults, done = Writer(), [], 0
    for awards in by_unit(waiting).values():
        for start in range(0, len(awards), SIGNED_AT_ONCE):
            some = awards[start : start + SIGNED_AT_ONCE]
            drafts = [Draft(award.badge_id, writer.credential(award)) for award in some]
            signed, wrong = issuing.sign_badges(some[0].version.micro_credential.unit, drafts)
            _store(some, signed)
            faults += wrong
            done += len(some)
            job.progress(done, len(waiting))
    if faults:
        raise NotSigned(f"{len(faults)} of {len(waiting)} badges were not signed. {faults[0]}")


def _waiting(ids: Sequence[str]) -> list[Award]:
    """The awards whose badges wait, each version (with its pictures) read once."""
    awards = Award.objects.filter(badge__in=ids, badge__state=BadgeState.SIGNING)
    found = list(awards.select_related("address", "badge__status_list").order_by("badge"))
    related = Version.objects.select_related("micro_credential__unit").prefetch_related("competencies")
    versions = related.defer("picture_svg", "picture_png").in_bulk({award.version_id for award in found})
    for award in found:
        award.version = versions[award.version_id]
    return found


def _store(awards: Sequence[Award], signed: Sequence[Signed]) -> None:
    """Store what was signed and queue the news, in one short transaction: nobody is told twice, or of nothing."""
    with transaction.atomic():
        stored = set(badges.store_signed(signed, by=system()))
        for award in awards:
            if award.badge_id in stored:
                context = {
                    "holder": award.holder,
                    "title": award.version.title,
                    "unit": award.version.micro_credential.unit.name,
                    "path": addresses.badge(award.badge_id),
                }
                mail.queue("award_granted", to=[award.address.folded], context=context)
