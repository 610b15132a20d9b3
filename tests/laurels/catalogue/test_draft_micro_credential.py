import datetime

import pytest

from laurels.catalogue import actions
from laurels.catalogue.models import Change, VersionState
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.people.models import Role, Unit
from tests import factories
from tests.laurels.catalogue import drafts

pytestmark = pytest.mark.django_db


def test_it_begins_a_draft_with_a_proposed_picture() -> None:
    version = drafts.draft(drafts.lead(), "Reading a Trial")
    assert version.state == VersionState.DRAFT
    assert (version.number, version.micro_credential.slug) == ("", None)
    assert (version.short_title, version.monogram) == ("Reading a Trial", "RT")
    assert version.change == Change.MAJOR


def test_it_leaves_the_ribbon_empty_when_the_title_does_not_fit_it() -> None:
    assert drafts.draft(drafts.lead(), "Identifying Medicinal Plants of the Pacific Northwest").short_title == ""


def test_it_takes_the_policy_of_the_university() -> None:
    factories.university(levels=["seen", "done"], block_minutes=600, step_minutes=30, country="PT", language="pt")
    version = drafts.draft(drafts.lead())
    assert (version.levels, version.block_minutes, version.step_minutes) == (["seen", "done"], 600, 30)
    assert (version.country, version.language) == ("PT", "pt")


def test_it_writes_one_audit_entry() -> None:
    by = drafts.lead()
    before = len(drafts.trace())
    drafts.draft(by)
    assert drafts.trace(before) == ["micro-credential drafted"]


@pytest.mark.parametrize("title", ["", "  \n ", "x" * 121, "with \x00 in it"])
def test_it_refuses_a_title_that_cannot_stand_on_a_badge(title: str) -> None:
    with pytest.raises(Invalid) as refused:
        drafts.draft(drafts.lead(), title)
    assert list(refused.value.fields) == ["title"]


def test_it_refuses_who_does_not_lead_the_unit() -> None:
    unit = factories.unit()
    for person in (factories.user(Role.ASSESSOR, unit), drafts.lead(), factories.user(Role.CHAIR)):
        with pytest.raises(NotAllowed):
            actions.draft_micro_credential(unit, "A title", by=person)


def test_it_refuses_a_closed_unit() -> None:
    by = drafts.lead()
    unit = drafts.unit_of(by)
    Unit.objects.filter(pk=unit.pk).update(closed_on=datetime.date(2027, 1, 1))
    unit.refresh_from_db()
    with pytest.raises(WrongState, match="closed"):
        actions.draft_micro_credential(unit, "A title", by=by)
