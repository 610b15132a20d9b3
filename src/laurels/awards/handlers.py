"""The work of this stage that waits in the outbox: awarding the rows of a roster, signing badges."""

from collections.abc import Sequence

from django.db import transaction

from laurels import clock, mail
from laurels.awards import actions
from laurels.awards.documents import Writer, by_unit
from laurels.awards.models import Award, Roster
from laurels.badges import actions as badges
from laurels.badges import addresses, issuers, statuslists
from laurels.badges.models import BadgeState
from laurels.badges.signing import Draft, SealedKey, Signed, sign_batch
from laurels.badges.verification import Storage, policy
from laurels.catalogue.models import Version
from laurels.jobs import Running, handler
from laurels.jobs.registry import Payload
from laurels.people.system import system
from openbadgekit.errors import BadgeError, NotFetched
from openbadgekit.fetch import Fetched
from openbadgekit.verify import Policy

SIGNED_AT_ONCE = 50


class _Nowhere:
    """Where a badge of ours leads when it is checked before it is stored: to nobody else's host."""

    def fetch(self, url: str, *, accept: str, deadline: float) -> Fetched:
        """Refuse: all that a new badge rests on is ours."""
        raise NotFetched(f"{url} is not one of our own addresses.")


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
    writer, trust, done = Writer(), policy(), 0
    statuslists.sign_missing({award.badge.status_list_id for award in waiting})
    for awards in by_unit(waiting).values():
        key = issuers.current_key(awards[0].version.micro_credential.unit)
        for start in range(0, len(awards), SIGNED_AT_ONCE):
            some = awards[start : start + SIGNED_AT_ONCE]
            _sign(some, writer, key, trust)
            done += len(some)
            job.progress(done, len(waiting))


def _waiting(ids: Sequence[str]) -> list[Award]:
    """The awards whose badges wait, each version (with its pictures) read once."""
    awards = Award.objects.filter(badge__in=ids, badge__state=BadgeState.SIGNING)
    found = list(awards.select_related("address", "badge__status_list").order_by("badge"))
    related = Version.objects.select_related("micro_credential__unit").prefetch_related("competencies")
    versions = related.defer("picture_svg", "picture_png").in_bulk({award.version_id for award in found})
    for award in found:
        award.version = versions[award.version_id]
    return found


def _sign(awards: Sequence[Award], writer: Writer, key: SealedKey, trust: Policy) -> None:
    """Sign and store a batch; when one badge spoils it, each alone, so that the others are not held up."""
    drafts = [Draft(award.badge_id, writer.credential(award)) for award in awards]
    network = Storage(_Nowhere())
    try:
        _store(awards, sign_batch(drafts, key, at=clock.now(), fetcher=network, policy=trust))
    except BadgeError:
        faults = []
        for award, draft in zip(awards, drafts, strict=True):
            try:
                _store([award], sign_batch([draft], key, at=clock.now(), fetcher=network, policy=trust))
            except BadgeError as error:
                faults.append(error)
        if faults:
            raise faults[0] from None


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
