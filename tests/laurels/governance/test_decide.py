"""The committee's decision of record."""

from datetime import UTC, date, datetime, timedelta

import pytest

from laurels import clock
from laurels.audit.models import Entry
from laurels.catalogue.models import VersionState
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.governance import actions
from laurels.governance.decision import facts_of, sentence
from laurels.governance.models import Decision, IssuingAuthority, Outcome, State
from laurels.governance.reviews import counted, deciders, may_decide
from laurels.governance.rubric import standing
from laurels.jobs.models import Job
from laurels.people.actions import give_role
from laurels.people.models import Role, University
from laurels.people.system import system, university
from tests import factories
from tests.laurels.governance.road import MORNING, Road, fresh, scores

pytestmark = pytest.mark.django_db


def test_an_approval_gives_the_unit_its_authority():
    road = Road()
    with clock.pinned(MORNING):
        decision = road.approved(conditions=" Add a second assessor. ")
    assert (decision.number, decision.date, decision.at) == ("2027-001", date(2027, 5, 1), MORNING)
    assert (decision.body, decision.rubric_number) == ("Committee on Micro-credentials", 1)
    assert decision.scores == {"criteria": dict.fromkeys(scores(), 2.0), "mean": 2.0, "reviews": 2}
    assert decision.conditions == "Add a second assessor."
    assert decision.endorsement
    assert decision.endorsement_ob2
    assert decision.endorsement != decision.endorsement_ob2
    authority = IssuingAuthority.objects.get()
    assert (authority.unit, authority.decision, authority.scope) == (road.unit, decision, ["nutrition", "cooking"])
    assert (authority.valid_from, authority.valid_until) == (date(2027, 5, 1), date(2030, 4, 30))
    assert fresh(road.application).state == State.APPROVED
    assert Entry.objects.filter(verb="application decided").count() == 1
    assert Job.objects.get(name="governance.endorse").payload == {"decision": decision.pk}


def test_the_unit_hears_the_sentence_of_record_and_nothing_is_sent_meanwhile(mailoutbox):
    road = Road()
    with clock.pinned(MORNING):
        road.reviewed()
        scale = standing(road.application.rubric, counted(road.application))
        facts = facts_of(road.application, Outcome.DECLINE, scale, university(), date(2027, 5, 1))
        shown = sentence(facts)
        actions.decide(road.application, Outcome.DECLINE, by=road.chair, note="Ask again.")
    news = [job.payload for job in Job.objects.filter(name="mail.send") if job.payload["to"] == road.lead.email][-1]
    assert sentence(facts).replace("1 May 2027:", "Decision 2027-001, 1 May 2027:") in news["body"]
    assert "Ask again." in news["body"]
    assert "http://localhost:8000/decisions/2027-001" in news["body"]
    assert shown.startswith("1 May 2027: the Committee on Micro-credentials of National University of Example declines")
    assert mailoutbox == []


def test_the_approval_of_a_micro_credential_publishes_the_version_that_was_reviewed():
    road = Road()
    road.micro_credential_submitted()
    road.reviewed()
    decision = actions.decide(road.application, Outcome.APPROVE, by=road.chair)
    version = fresh(road.application).version
    assert (version.state, version.number) == (VersionState.PUBLISHED, "1.0.0")
    assert version.approval["number"] == decision.number
    assert version.approval["endorsement"] == str(decision.endorsement)
    assert version.approval["endorsement_ob2"] == str(decision.endorsement_ob2)
    assert version.approval["rubric"] == decision.rubric_number
    assert (decision.valid_from, decision.valid_until, decision.scope) == (None, None, [])
    assert IssuingAuthority.objects.count() == 1


def test_no_quorum_says_for_whom_we_wait():
    road = Road()
    with clock.pinned(MORNING):
        road.declared(road.chair, road.member)
        give_role(road.deputy, road.unit, Role.INSTRUCTOR, by=system())
        actions.submit_review(road.application, scores(), by=road.chair)
        actions.declare_interest(road.application, True, "My sister.", by=road.other)
        with pytest.raises(WrongState) as refused:
            actions.decide(road.application, Outcome.APPROVE, by=road.chair)
    assert refused.value.message == (
        "No decision yet: 1 of 2 reviews is in. We wait for Mara Member, asked on 1 May 2027."
    )
    assert refused.value.mend == "Remind Mara Member."
    assert not Decision.objects.exists()


def test_no_quorum_refuses_a_decline_too():
    road = Road()
    road.declared()
    with pytest.raises(WrongState, match=r"No decision yet: 0 of 2 reviews are in\. We wait for .* or .*, asked on"):
        actions.decide(road.application, Outcome.DECLINE, by=road.chair, note="No.")


def test_no_quorum_that_can_ever_be_met_says_what_to_do():
    road = Road()
    road.declared(road.chair)
    actions.submit_review(road.application, scores(), by=road.chair)
    for other in (road.member, road.other, road.deputy):
        give_role(other, road.unit, Role.INSTRUCTOR, by=system())
    with pytest.raises(WrongState, match="Nobody is left who could review it: ask the registrar"):
        actions.decide(road.application, Outcome.APPROVE, by=road.chair)


def test_the_chairs_own_review_counts():
    road = Road()
    road.declared(road.chair, road.member)
    for reviewer in (road.chair, road.member):
        actions.submit_review(road.application, scores(), by=reviewer)
    assert actions.decide(road.application, Outcome.APPROVE, by=road.chair).scores["reviews"] == 2


def test_the_quorum_is_the_universitys():
    road = Road()
    road.reviewed()
    University.objects.update(quorum=3)
    with pytest.raises(WrongState, match="2 of 3 reviews are in"):
        actions.decide(road.application, Outcome.APPROVE, by=road.chair)


def test_it_refuses_to_approve_below_a_minimum_and_lets_decline():
    road = Road()
    road.reviewed(score=3, mission=1)
    with pytest.raises(WrongState) as refused:
        actions.decide(road.application, Outcome.APPROVE, by=road.chair)
    assert refused.value.message == (
        "It cannot be approved as it stands: mission alignment has 1 and needs 2. You can ask for changes, or decline."
    )
    assert fresh(road.application).state == State.UNDER_REVIEW
    decision = actions.decide(road.application, Outcome.DECLINE, by=road.chair, note="Not our mission.")
    assert decision.outcome == Outcome.DECLINE
    assert not IssuingAuthority.objects.exists()


def test_the_chair_may_decline_what_passes_and_gives_the_reasons():
    road = Road()
    road.reviewed(score=3)
    with pytest.raises(Invalid, match="Give the unit the reasons"):
        actions.decide(road.application, Outcome.DECLINE, by=road.chair, note="  ")
    decision = actions.decide(road.application, Outcome.DECLINE, by=road.chair, note="Later.")
    assert (decision.note, decision.endorsement, decision.valid_from) == ("Later.", None, None)
    assert fresh(road.application).state == State.DECLINED


@pytest.mark.parametrize("who", ["lead", "member", "registrar"])
def test_it_is_for_the_chair(who):
    road = Road()
    road.reviewed()
    with pytest.raises(NotAllowed, match="This is for the chair or deputy chair of the university"):
        actions.decide(road.application, Outcome.APPROVE, by=getattr(road, who))


def test_a_deputy_does_not_act_while_the_chair_can():
    road = Road()
    road.reviewed()
    actions.declare_interest(road.application, False, by=road.deputy)
    with pytest.raises(NotAllowed, match=r"Chris Chair decides as chair\. A deputy acts only when the chair has an"):
        actions.decide(road.application, Outcome.APPROVE, by=road.deputy)
    assert not may_decide(road.application, road.deputy)
    assert may_decide(road.application, road.chair)


def test_a_deputy_acts_when_the_chair_has_an_interest():
    road = Road()
    road.declared(road.member, road.other, road.deputy)
    actions.declare_interest(road.application, True, "My sister.", by=road.chair)
    for reviewer in (road.member, road.other):
        actions.submit_review(road.application, scores(), by=reviewer)
    assert deciders(road.application) == [road.deputy]
    with pytest.raises(NotAllowed, match="You declared an interest"):
        actions.decide(road.application, Outcome.APPROVE, by=road.chair)
    assert actions.decide(road.application, Outcome.APPROVE, by=road.deputy).by == road.deputy


def test_a_deputy_acts_when_the_chair_belongs_to_the_unit():
    road = Road()
    give_role(road.chair, road.unit, Role.INSTRUCTOR, by=system())
    road.declared(road.member, road.other, road.deputy)
    for reviewer in (road.member, road.other):
        actions.submit_review(road.application, scores(), by=reviewer)
    with pytest.raises(NotAllowed, match=r"You belong to Food as Medicine Institute, .* so you cannot decide on it"):
        actions.decide(road.application, Outcome.APPROVE, by=road.chair)
    assert actions.decide(road.application, Outcome.APPROVE, by=road.deputy)


def test_a_deputy_with_an_interest_does_not_act_either():
    road = Road()
    road.declared(road.member, road.other)
    for person in (road.chair, road.deputy):
        actions.declare_interest(road.application, True, "Both of us teach there.", by=person)
    with pytest.raises(NotAllowed, match="You declared an interest"):
        actions.decide(road.application, Outcome.APPROVE, by=road.deputy)


def test_without_a_chair_nobody_decides():
    road = Road()
    road.reviewed()
    road.chair.memberships.all().delete()
    actions.declare_interest(road.application, False, by=road.deputy)
    with pytest.raises(NotAllowed, match="There is no chair"):
        actions.decide(road.application, Outcome.APPROVE, by=road.deputy)


def test_who_decides_says_first_whether_there_is_an_interest():
    road = Road()
    road.declared(road.member, road.other)
    for reviewer in (road.member, road.other):
        actions.submit_review(road.application, scores(), by=reviewer)
    with pytest.raises(WrongState, match="First say whether you have an interest"):
        actions.decide(road.application, Outcome.APPROVE, by=road.chair)


def test_it_is_decided_once():
    road = Road()
    road.reviewed()
    stale = fresh(road.application)
    actions.decide(road.application, Outcome.APPROVE, by=road.chair)
    with pytest.raises(WrongState, match="It was approved"):
        actions.decide(road.application, Outcome.DECLINE, by=road.chair, note="No.")
    with pytest.raises(WrongState, match="Somebody was faster"):
        actions.decide(stale, Outcome.DECLINE, by=road.chair, note="No.")
    assert Decision.objects.count() == 1


def test_it_refuses_what_was_withdrawn_meanwhile():
    road = Road()
    road.reviewed()
    stale = fresh(road.application)
    actions.withdraw_application(road.application, by=road.lead)
    with pytest.raises(WrongState, match="Somebody was faster"):
        actions.decide(stale, Outcome.APPROVE, by=road.chair)


def test_earlier_rounds_do_not_count():
    road = Road()
    road.reviewed(score=3)
    actions.request_changes(road.application, "More.", by=road.chair)
    actions.submit_application(road.application, by=road.lead)
    road.declared()
    with pytest.raises(WrongState, match="0 of 2 reviews are in"):
        actions.decide(road.application, Outcome.APPROVE, by=road.chair)


def test_it_refuses_a_micro_credential_whose_authority_has_lapsed_meanwhile():
    road = Road()
    with clock.pinned(MORNING):
        road.micro_credential_submitted()
        road.reviewed()
    with clock.pinned(MORNING + timedelta(days=1500)):
        with pytest.raises(WrongState, match="issuing authority ended on 30 April 2030"):
            actions.decide(road.application, Outcome.APPROVE, by=road.chair)
        assert actions.decide(road.application, Outcome.DECLINE, by=road.chair, note="The authority has ended.")


def test_it_refuses_a_micro_credential_while_the_authority_is_suspended():
    road = Road()
    road.micro_credential_submitted()
    road.reviewed()
    actions.suspend_authority(IssuingAuthority.objects.get(), "A complaint.", by=road.registrar)
    with pytest.raises(WrongState, match="is suspended"):
        actions.decide(road.application, Outcome.APPROVE, by=road.chair)


def test_the_term_can_be_set():
    road = Road()
    with clock.pinned(MORNING):
        authority = road.authority(valid_from=date(2027, 9, 1), valid_until=date(2028, 8, 31))
    assert (authority.valid_from, authority.valid_until) == (date(2027, 9, 1), date(2028, 8, 31))
    assert (authority.decision.valid_from, authority.decision.valid_until) == (date(2027, 9, 1), date(2028, 8, 31))


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [
        (date(2027, 4, 30), None, "valid_from"),
        (date(2027, 9, 1), date(2027, 8, 31), "valid_until"),
        (None, date(2027, 4, 30), "valid_until"),
    ],
)
def test_it_refuses_a_term_that_is_none(begins, ends, field):
    road = Road()
    with clock.pinned(MORNING):
        road.reviewed()
        with pytest.raises(Invalid) as refused:
            actions.decide(road.application, Outcome.APPROVE, by=road.chair, valid_from=begins, valid_until=ends)
    assert list(refused.value.fields) == [field]
    assert fresh(road.application).state == State.UNDER_REVIEW


def test_a_micro_credential_has_no_term_of_its_own():
    road = Road()
    road.micro_credential_submitted()
    road.reviewed()
    with pytest.raises(Invalid, match="has no term"):
        actions.decide(road.application, Outcome.APPROVE, by=road.chair, valid_until=date(2040, 1, 1))


def test_numbers_count_within_the_year_of_the_universitys_zone():
    first = Road()
    University.objects.update(zone="America/Los_Angeles")
    numbers = []
    moments = [
        datetime(2027, 6, 1, tzinfo=UTC),
        datetime(2028, 1, 1, 7, 59, tzinfo=UTC),
        datetime(2028, 1, 1, 8, 0, tzinfo=UTC),
    ]
    for moment in moments:
        with clock.pinned(moment):
            road = Road(factories.unit(), first.chair, first.deputy, first.member, first.other, first.registrar)
            numbers.append(road.approved().number)
    assert numbers == ["2027-001", "2027-002", "2028-001"]
    assert Decision.objects.get(number="2027-002").date == date(2027, 12, 31)


def test_numbers_go_on_after_999():
    first = Road()
    with clock.pinned(MORNING):
        first.approved()
        Decision.objects.update(number="2027-998")
        numbers = []
        for _ in range(4):
            road = Road(factories.unit(), first.chair, first.deputy, first.member, first.other, first.registrar)
            numbers.append(road.approved().number)
    assert numbers == ["2027-999", "2027-1000", "2027-1001", "2027-1002"]
