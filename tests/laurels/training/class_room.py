"""A class room for tests: a unit with an approved version, an offering, its staff and its learners."""

import datetime
import hashlib
from dataclasses import dataclass
from itertools import count

from laurels import clock
from laurels.catalogue.models import Competency
from laurels.people import actions as people
from laurels.people.models import Role, Unit, University, User
from laurels.people.system import system
from laurels.training import actions
from laurels.training.given import GivenHours
from laurels.training.models import (
    Assessment,
    Enrolment,
    EnrolmentState,
    Evidence,
    EvidenceKind,
    HoursEntry,
    Meeting,
    Offering,
    Route,
)
from laurels.training.spans import Span
from laurels.training.verdict import Verdict
from tests import factories
from tests.laurels.awards.approved import Approved, approved

ZONE = "America/Los_Angeles"
_number = count(1)


@dataclass
class ClassRoom:
    """Everybody and everything that a test of training needs."""

    approved: Approved
    offering: Offering
    meeting: Meeting
    later: Meeting
    instructor: User
    other: User
    assessor: User
    learner: User
    enrolment: Enrolment

    @property
    def unit(self) -> Unit:
        """The unit that trains."""
        return self.approved.unit

    @property
    def lead(self) -> User:
        """The unit's lead."""
        return self.approved.lead

    def enrol(self, learner: User | None = None, *, offering: Offering | None = None) -> Enrolment:
        """One more learner in the offering."""
        person = learner or factories.user(name=f"Learner {next(_number)}")
        return Enrolment.objects.create(
            version=self.approved.version,
            offering=offering or self.offering,
            address=people.attest_address(person.email, by=system()),
            name=person.name,
            route=Route.OWN,
            state=EnrolmentState.ENROLLED,
            enrolled_by=person,
            enrolled_at=clock.now(),
        )

    def record(self, minutes: int = 60, *, by: User | None = None, **given: object) -> HoursEntry:
        """Hours that the learner records alone: some days ago, without a span, unless the test says otherwise."""
        enrolment = given.pop("enrolment", self.enrolment)
        values = {"day": clock.today(ZONE) - datetime.timedelta(3), "what": "Cooked a soup", **given}
        hours = GivenHours(minutes=minutes, **values)  # type: ignore[arg-type]
        return actions.record_hours(enrolment, hours, zone=ZONE, by=by or self.learner)  # type: ignore[arg-type]

    def evidence(self, title: str = "Photograph of the soup", *, enrolment: Enrolment | None = None) -> Evidence:
        """A text handed in as evidence."""
        text = f"{title}: it was hot."
        return Evidence.objects.create(
            enrolment=enrolment or self.enrolment,
            kind=EvidenceKind.TEXT,
            title=title,
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            handed_in_by=self.learner,
            handed_in_at=clock.now(),
        )

    def competency(self, place: int = 0) -> Competency:
        """One of the competencies of the version, in their order."""
        return self.approved.version.competencies.all()[place]

    def assess(self, place: int = 0, level: str = "proficient", *, by: User | None = None) -> Assessment:
        """The verdict on one competency, resting on a new piece of evidence."""
        verdict = Verdict(level, "Well done.")
        return actions.assess(
            self.enrolment, self.competency(place), verdict, [self.evidence()], by=by or self.assessor
        )

    def complete(self) -> Enrolment:
        """All that is asked for: 18 hours, 4 of them informal, confirmed, and both competencies assessed."""
        day = clock.today(ZONE) - datetime.timedelta(10)
        entries = [self.record(7 * 60, day=day + datetime.timedelta(n), kind="practice") for n in range(2)]
        entries.append(self.record(4 * 60, day=day + datetime.timedelta(2), informal=True))
        actions.confirm_hours(entries, by=self.instructor)
        self.assess(0)
        self.assess(1)
        return self.enrolment


def given(minutes: int = 60, *, at: Span | None = None, **values: object) -> GivenHours:
    """Hours as somebody gives them."""
    day = clock.today(ZONE) - datetime.timedelta(3)
    return GivenHours(**{"day": day, "minutes": minutes, "what": "Cooked a soup", "span": at, **values})  # type: ignore[arg-type]


def class_room() -> ClassRoom:
    """Build it, two meetings in the past."""
    known = approved()
    instructor = factories.user(Role.INSTRUCTOR, known.unit, name="Ina Instructor")
    other = factories.user(Role.INSTRUCTOR, known.unit, name="Otto Other")
    assessor = factories.user(Role.ASSESSOR, known.unit, name="Asa Assessor")
    learner = factories.user(name="Lea Learner")
    University.objects.update(moderation_percent=0)
    today = clock.today(ZONE)
    offering = Offering.objects.create(
        version=known.version,
        title=known.version.title,
        starts_on=today - datetime.timedelta(20),
        ends_on=today + datetime.timedelta(20),
        zone=ZONE,
        place="Teaching kitchen",
        opened_by=known.lead,
        opened_at=clock.now(),
    )
    first = clock.now() - datetime.timedelta(days=8)
    meetings = [
        Meeting.objects.create(
            offering=offering,
            starts_at=first + datetime.timedelta(days=days),
            ends_at=first + datetime.timedelta(days=days, hours=3),
            minutes=165,
            what=f"Evening {days}",
        )
        for days in (0, 5)
    ]
    room = ClassRoom(known, offering, *meetings, instructor, other, assessor, learner, Enrolment())
    room.enrolment = room.enrol(learner)
    return room
