"""docs/flows/apply-review-approve.md, walked through HTTP."""

import pytest

from laurels.governance.models import Decision
from laurels.jobs import outbox
from laurels.people.models import Role
from tests import factories
from tests.flows.walker import Walker, signed_in
from tests.flows.world import ANSWERS, DEFINITION, TITLE, UNIT, World, approve, declare, review

pytestmark = pytest.mark.django_db


def test_a_unit_gets_leave_to_issue() -> None:
    World.begun()
    lead = signed_in("Lee Lead").sees("Food as Medicine Institute has no issuing authority.")
    lead.press("Apply for issuing authority").press("Save the draft", **{**ANSWERS, "rigor": ""})
    lead.sees("It cannot be handed in yet. Still missing:")
    assert not lead.may_press("Hand in")
    lead.follow("Edit the answers").press("Save the draft", rigor=ANSWERS["rigor"]).press("Hand in")
    lead.sees("Handed in. The committee has been told")

    mara = declare("Mara Member", UNIT)
    mara.sees("Reviews: 0 of 2.")
    review(mara, 3).sees("Your review is in.", "1 of 2 reviews is in")
    otis = declare("Otis Other", UNIT).sees_no("Because of what they say about mission.")
    review(otis).sees("The quorum is met.", "Because of what they say about mission.")

    chair = declare("Chris Chair", UNIT)
    approve(chair).sees("Recorded as decision")
    outbox.run_pending()
    number = Decision.objects.get().number
    Walker().open(f"/decisions/{number}").sees(number, "Food as Medicine Institute")
    signed_in("Lee Lead").sees_no("has no issuing authority").sees("cooking, nutrition", number)


def test_a_micro_credential_comes_into_the_catalogue() -> None:
    world = World.begun().authorised()
    Walker().open("/").sees("Nothing has been approved yet.")
    lead = signed_in("Lee Lead").press("Begin a draft", title=TITLE).sees("Still missing:")
    lead.press("Save and go to the application", **DEFINITION).sees("Nothing is missing.").press("Hand in")
    number = world.decide(TITLE)
    visitor = Walker().open("/").sees(TITLE, "1 block")
    visitor.open("/micro-credentials/whole-food-cooking-foundations").sees(number, "1.0.0", ANSWERS["mission"][:2])


def test_changes_are_asked_for_and_the_difference_is_shown() -> None:
    World.begun().authorised()
    lead = signed_in("Lee Lead").press("Begin a draft", title=TITLE)
    lead.press("Save and go to the application", **{**DEFINITION, "pass_rule": "Be there."}).press("Hand in")
    for name in ("Mara Member", "Otis Other"):
        review(declare(name, TITLE), 3, rigor=1)
    chair = declare("Chris Chair", TITLE)
    chair.open(chair.address.replace("/review", "") + "/decide")
    chair.press("Show it as it will be recorded", outcome="approved")
    chair.sees("It cannot be approved as it stands: academic rigor has 1 and needs 2.")
    assert not chair.may_press("Record the decision")
    chair.press("Ask for changes", words="Say what it takes to pass.").sees("has been asked for changes")

    lead.open("/desk").follow(f"Answer: {TITLE}").sees("Say what it takes to pass.")
    lead.follow("Edit the definition").press(
        "Save and go to the application", pass_rule="Both dishes meet the standard."
    )
    lead.press("Hand in").sees("Be there.", "Both dishes meet the standard.")
    mara = declare("Mara Member", TITLE).sees("What changed since the last round", "Both dishes meet the standard.")
    review(mara)
    review(declare("Otis Other", TITLE))
    approve(declare("Chris Chair", TITLE)).sees("Recorded as decision")


def test_what_must_be_refused_is_refused_in_plain_words() -> None:
    world = World.begun()
    factories.user(Role.COMMITTEE, name="Ida Insider")
    insider = factories.user(Role.CHAIR, name="Second Chair")
    factories.actions.give_role(insider, world.unit, Role.ASSESSOR, by=factories.system())
    lead = signed_in("Lee Lead").press("Apply for issuing authority").press("Save the draft", **ANSWERS)
    lead.press("Hand in")
    application = lead.address

    second = signed_in("Second Chair").open(f"{application}/decide", status=403)
    second.sees("You belong to Food as Medicine Institute, which made this application")
    second.press("Tell the chair").sees("The chair has been told.")
    ida = declare("Ida Insider", UNIT, interest="My sister teaches there.")
    ida.sees_no("Submit my review")
    chair = declare("Chris Chair", UNIT)
    chair.open(f"{application}/decide").sees("No decision yet: 0 of 2 reviews are in.")
    chair.press("Remind Mara Member").sees("Mara Member has been reminded.", "Mara Member was reminded today.")
    signed_in("Lee Lead").open("/desk/committee", status=404)
    Walker().open(application).sees("Sign in")
