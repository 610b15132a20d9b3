import datetime

import pytest

from laurels.catalogue import actions
from laurels.catalogue.models import VersionState
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.people.models import Role
from laurels.people.system import system
from tests import factories
from tests.laurels.catalogue import drafts

pytestmark = pytest.mark.django_db
TODAY = drafts.NOW.date()


def test_it_ends_a_version_and_keeps_all_that_was_frozen() -> None:
    by = drafts.lead()
    version = drafts.published(by)
    frozen = version.frozen
    version = actions.retire_version(version, TODAY, " Finish by June. ", by=by)
    assert (version.state, version.retired_on, version.teach_out) == (VersionState.RETIRED, TODAY, "Finish by June.")
    assert version.frozen == frozen


def test_the_registrar_may_retire_too() -> None:
    version = drafts.published(drafts.lead())
    assert actions.retire_version(version, TODAY, "", by=factories.user(Role.REGISTRAR)).retired_on == TODAY


def test_it_retires_a_superseded_version() -> None:
    by = drafts.lead()
    first = drafts.published(by)
    draft = actions.draft_new_version(first.micro_credential, "minor", by=by)
    second = actions.publish(draft, drafts.approval("2027-015"), by=system())
    assert actions.retire_version(first, TODAY, "", by=by).state == VersionState.RETIRED
    second.refresh_from_db()
    assert second.state == VersionState.PUBLISHED


def test_it_writes_one_audit_entry() -> None:
    by = drafts.lead()
    version = drafts.published(by)
    before = len(drafts.trace())
    actions.retire_version(version, TODAY, "", by=by)
    assert drafts.trace(before) == ["version retired"]


@pytest.mark.parametrize(
    ("on", "words"), [(TODAY + datetime.timedelta(1), "day that has come"), (TODAY - datetime.timedelta(1), "approved")]
)
def test_it_refuses_a_day_to_come_and_one_before_the_approval(on: datetime.date, words: str) -> None:
    by = drafts.lead()
    version = drafts.published(by)
    with pytest.raises(Invalid) as refused:
        actions.retire_version(version, on, "", by=by)
    assert words in refused.value.fields["on"][0]
    version.refresh_from_db()
    assert version.retired_on is None


def test_it_refuses_a_draft_and_a_second_time() -> None:
    by = drafts.lead()
    with pytest.raises(WrongState):
        actions.retire_version(drafts.draft(by), TODAY, "", by=by)
    version = actions.retire_version(drafts.published(by), TODAY, "", by=by)
    with pytest.raises(WrongState):
        actions.retire_version(version, TODAY, "", by=by)


def test_it_refuses_who_neither_leads_the_unit_nor_is_registrar() -> None:
    by = drafts.lead()
    version = drafts.published(by)
    for person in (drafts.lead(), factories.user(Role.CHAIR), factories.user(Role.ASSESSOR, drafts.unit_of(by))):
        with pytest.raises(NotAllowed):
            actions.retire_version(version, TODAY, "", by=person)
