"""The letters of training: who is told what, as plain values for the outbox."""

from collections.abc import Iterable, Mapping

from laurels import mail
from laurels.training.models import Enrolment, Meeting, Offering
from laurels.training.plans import day_words, moment_words
from laurels.training.seats import invitation_token


def tell(template: str, enrolments: Iterable[Enrolment], **more: object) -> None:
    """One letter to each learner, in the learner's name."""
    letters = [(one.address.folded, {**context_of(one), **more}) for one in enrolments]
    mail.queue_each(template, letters)


def context_of(enrolment: Enrolment) -> Mapping[str, object]:
    """What a letter about an enrolment can say."""
    offering = enrolment.offering
    return {
        "name": enrolment.name,
        "title": offering.title if offering else enrolment.version.title,
        "unit": enrolment.version.micro_credential.unit.name,
        "starts": day_words(offering.starts_on) if offering else "",
        "place": offering.place if offering else "",
        "path": f"/learn/{enrolment.pk}",
    }


def invite(enrolment: Enrolment) -> None:
    """The letter with the link that accepts the invitation, once."""
    path = f"/learn/invitations/{enrolment.pk}/{invitation_token(enrolment)}"
    tell("invited", [enrolment], path=path)


def when(meeting: Meeting, offering: Offering) -> str:
    """When and where a meeting is, in words."""
    place = meeting.place or offering.place
    return moment_words(meeting, offering.zone) + (f", {place}" if place else "")
