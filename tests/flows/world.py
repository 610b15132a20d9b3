"""The people of the flows, and the shortest way through the pages to what a flow begins with."""

import csv
import io
from dataclasses import dataclass

from laurels import clock
from laurels.badges import actions as badges
from laurels.governance.models import Decision
from laurels.governance.rubric import DEFAULT
from laurels.jobs import outbox
from laurels.people.models import Role, Unit
from laurels.people.system import system, university
from tests import factories
from tests.flows.walker import Walker, file, signed_in

UNIT, TITLE = "Food as Medicine Institute", "Whole-Food Cooking Foundations"
COMPETENCY = "Plan a week of whole-food meals for a household"
HOLDER, ADDRESS = "Ada Lovelace", "ada@example.org"
ANSWERS = {
    "training": "Hands-on cooking, taught by two dietitians.",
    "mission": "It educates in the art of natural medicine.",
    "rigor": "Two assessors see each result.",
    "assessors": "Registered dietitians with five years of practice.",
    "scope": "cooking, nutrition",
}
DEFINITION = {
    "summary": "Plan, cook and adapt whole-food meals.",
    "mission_alignment": "It brings the art of natural medicine into households.",
    "tags": "cooking",
    "short_title": "Cooking",
    "monogram": "WF",
    "contact_minutes": "4",
    "practice_minutes": "8",
    "way": "on site",
    "assessment": "Observed practice, 100 %",
    "evidence": "Photographs of the dishes.",
    "quality_assurance": "The committee, each year.",
    "competencies.0-statement": COMPETENCY,
    "competencies.0-level": "foundational",
    "competencies.0-indicators": "Covers seven days",
}


@dataclass
class World:
    """A unit with its lead, and a committee."""

    unit: Unit

    @classmethod
    def begun(cls) -> "World":
        """A university with keys and people, and nothing else."""
        unit = factories.unit(UNIT, "food-as-medicine")
        for owner in (university().unit, unit):
            badges.create_key(owner, by=system())
        factories.user(Role.LEAD, unit, name="Lee Lead")
        for role, name in (
            (Role.CHAIR, "Chris Chair"),
            (Role.COMMITTEE, "Mara Member"),
            (Role.COMMITTEE, "Otis Other"),
            (Role.REGISTRAR, "Robin Registrar"),
        ):
            factories.user(role, name=name)
        return cls(unit)

    def authorised(self) -> "World":
        """The unit has issuing authority, through the pages."""
        lead = signed_in("Lee Lead").press("Apply for issuing authority").press("Save the draft", **ANSWERS)
        lead.press("Hand in")
        self.decide("Issuing authority")
        return self

    def approved(self) -> "World":
        """A micro-credential is in the catalogue, through the pages."""
        self.authorised()
        lead = signed_in("Lee Lead").press("Begin a draft", title=TITLE)
        lead.press("Save and go to the application", **DEFINITION).press("Hand in")
        self.decide(TITLE)
        return self

    def decide(self, thing: str) -> str:
        """Two reviews and the chair's approval of what is before the committee; answers the decision's number."""
        for name in ("Mara Member", "Otis Other"):
            review(declare(name, thing))
        chair = declare("Chris Chair", thing)
        approve(chair)
        outbox.run_pending()
        return Decision.objects.latest("pk").number

    def awarded(self) -> Walker:
        """A roster was handed in and awarded; the walker stands on its page."""
        self.approved()
        lead = signed_in("Lee Lead").follow(f"Award by roster: {TITLE} 1.0.0")
        lead.press("Check the roster", file=file("roster.csv", roster((ADDRESS, HOLDER))))
        lead.press("Award 1 badge", attested="on")
        outbox.run_pending()
        return lead.open(lead.address)


def declare(name: str, thing: str, interest: str = "") -> Walker:
    """Sign in as a member, open the application on the committee's desk, declare."""
    member = signed_in(name).open("/desk/committee")
    link = next(words for words, address in member.page.links if thing in words and "/desk/applications/" in address)
    member.follow(link)
    if not member.may_press("Declare"):
        return member
    return member.press("Declare", has_interest="yes" if interest else "no", interest=interest)


def review(member: Walker, score: int = 2, **others: int) -> Walker:
    """Score every criterion alike, but for those named, each with a reason."""
    given: dict[str, str] = {}
    for criterion in DEFAULT:
        key = criterion["key"]
        given[f"{key}-score"] = str(others.get(key, score))
        given[f"{key}-reason"] = f"Because of what they say about {key}."
    return member.press("Submit my review", **given)


def approve(chair: Walker) -> Walker:
    """Look at the sentence, then record the approval."""
    chair.open(chair.address.replace("/review", "") + "/decide")
    chair.press("Show it as it will be recorded", outcome="approved").sees("As it will be recorded")
    return chair.press("Record the decision")


def roster(*people: tuple[str, str], hours: str = "12", more: str = "") -> bytes:
    """A roster of people who completed today."""
    written = io.StringIO()
    out = csv.writer(written)
    out.writerow(["Address", "Name", "Completed on", "Hours", f"Level: {COMPETENCY}"])
    for address, name in people:
        out.writerow([address, name, clock.today(university().zone), hours, "Foundational"])
    return (written.getvalue() + more).encode()
