"""Who hears of what: each function queues one message for each person concerned."""

from django.conf import settings

from laurels import mail
from laurels.catalogue.quotation import quoted
from laurels.governance.authority import day, listed
from laurels.governance.models import Application, Decision, IssuingAuthority, Kind
from laurels.governance.reviews import Quorum, reviewers
from laurels.people.models import Role, Unit, User


def lead_addresses(unit: Unit) -> list[str]:
    """The addresses of those who lead the unit."""
    leads = User.objects.filter(is_active=True, memberships__unit=unit, memberships__role=Role.LEAD)
    return list(leads.order_by("email").values_list("email", flat=True))


def submitted(application: Application) -> None:
    """Tell the unit that its application is before the committee, and ask the committee for reviews."""
    plain = {**_plain(application), "round": application.round}
    mail.queue("application_submitted", to=lead_addresses(application.unit), context=plain)
    asked = [user.email for user in reviewers(application)]
    mail.queue("review_asked", to=asked, context=plain)


def review_due(application: Application, reviewer: User, quorum: Quorum, by: User) -> None:
    """Remind somebody that the committee waits for a review."""
    plain = {**_plain(application), "asked_on": quorum.asked_on, "by": by.name}
    mail.queue("review_due", to=[reviewer.email], context=plain)


def own_unit(application: Application, member: User, quorum: Quorum, chairs: list[User]) -> None:
    """Tell those who decide that a member belongs to the unit that applies, and how the quorum stands."""
    plain = {**_plain(application), "member": member.name, "counted": quorum.counted, "needed": quorum.needed}
    waiting = listed(quorum.waiting_for)
    plain["left"] = f"{waiting} can still review it." if quorum.waiting else "Nobody is left who could review it."
    mail.queue("own_unit", to=[chair.email for chair in chairs], context=plain)


def quorum_met(application: Application, quorum: Quorum, chairs: list[User]) -> None:
    """Tell those who decide that the quorum is met."""
    plain = {**_plain(application), "counted": quorum.counted, "needed": quorum.needed}
    mail.queue("quorum_met", to=[chair.email for chair in chairs], context=plain)


def changes_requested(application: Application, words: str) -> None:
    """Tell the unit what the committee asks it to change."""
    to = lead_addresses(application.unit)
    mail.queue("changes_requested", to=to, context={**_plain(application), "words": words})


def withdrawn(application: Application) -> None:
    """Tell the committee that it need not go on."""
    mail.queue("application_withdrawn", to=[user.email for user in reviewers(application)], context=_plain(application))


def decided(decision: Decision, sentence: str) -> None:
    """Tell the unit what was decided."""
    plain = {
        **_plain(decision.application),
        "number": decision.number,
        "outcome": decision.outcome,
        "sentence": sentence,
        "note": decision.note,
        "address": f"{settings.BASE_URL}/decisions/{decision.number}",
    }
    mail.queue("application_decided", to=lead_addresses(decision.application.unit), context=plain)


def suspended(authority: IssuingAuthority) -> None:
    """Tell the unit that it may not issue for now, and why."""
    plain = {"unit": authority.unit.name, "reason": authority.suspension, "number": authority.decision.number}
    mail.queue("authority_suspended", to=lead_addresses(authority.unit), context=plain)


def lifted(authority: IssuingAuthority) -> None:
    """Tell the unit that it may issue again."""
    plain = {
        "unit": authority.unit.name,
        "number": authority.decision.number,
        "valid_until": day(authority.valid_until),
    }
    mail.queue("authority_lifted", to=lead_addresses(authority.unit), context=plain)


def ends_soon(authority: IssuingAuthority) -> None:
    """Warn the unit that its authority ends, and say what that stops."""
    plain = {"unit": authority.unit.name, "number": authority.decision.number, "ends": day(authority.valid_until)}
    plain["desk"] = f"{settings.BASE_URL}/desk/units/{authority.unit.slug}"
    mail.queue("authority_ends", to=lead_addresses(authority.unit), context=plain)


def _plain(application: Application) -> dict[str, str]:
    title = application.version.title if application.version is not None else ""
    what = "issuing authority" if application.kind == Kind.AUTHORITY else f"the {application.kind} {quoted(title)}"
    return {
        "unit": application.unit.name,
        "what": what,
        "application": f"{settings.BASE_URL}/desk/applications/{application.pk}",
    }
