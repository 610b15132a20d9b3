import pytest

from laurels.catalogue import actions, definition
from laurels.catalogue.models import VersionState
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.people.system import system
from tests.laurels.catalogue import drafts

pytestmark = pytest.mark.django_db


def test_it_copies_the_newest_version_with_new_keys() -> None:
    by = drafts.lead()
    first = drafts.published(by)
    draft = actions.draft_new_version(first.micro_credential, "minor", by=by)
    assert (draft.state, draft.number, draft.base, draft.change) == (VersionState.DRAFT, "", first, "minor")
    assert definition.differences(first.frozen, definition.freeze(draft)) == []
    old, new = ({one.key for one in version.competencies.all()} for version in (first, draft))
    assert not old & new


def test_it_takes_the_newest_by_number_even_when_it_is_retired() -> None:
    by = drafts.lead()
    first = drafts.published(by)
    draft = actions.draft_new_version(first.micro_credential, "major", by=by)
    actions.edit_draft(draft, {"summary": "The second"}, by=by)
    second = actions.publish(draft, drafts.approval("2027-015"), by=system())
    actions.retire_version(second, drafts.NOW.date(), "", by=by)
    assert actions.draft_new_version(first.micro_credential, "patch", by=by).summary == "The second"


def test_it_writes_one_audit_entry() -> None:
    by = drafts.lead()
    of = drafts.published(by).micro_credential
    before = len(drafts.trace())
    actions.draft_new_version(of, "minor", by=by)
    assert drafts.trace(before) == ["new version drafted"]


def test_it_refuses_a_second_draft() -> None:
    by = drafts.lead()
    of = drafts.published(by).micro_credential
    actions.draft_new_version(of, "minor", by=by)
    with pytest.raises(WrongState, match="a draft of the next version already"):
        actions.draft_new_version(of, "major", by=by)
    assert of.versions.count() == 2


def test_it_refuses_when_nothing_was_approved_yet() -> None:
    by = drafts.lead()
    with pytest.raises(WrongState, match="No version of this was approved"):
        actions.draft_new_version(drafts.draft(by).micro_credential, "minor", by=by)


def test_it_refuses_an_unknown_change_and_who_does_not_lead_the_unit() -> None:
    by = drafts.lead()
    of = drafts.published(by).micro_credential
    with pytest.raises(Invalid):
        actions.draft_new_version(of, "huge", by=by)
    with pytest.raises(NotAllowed):
        actions.draft_new_version(of, "minor", by=drafts.lead())
