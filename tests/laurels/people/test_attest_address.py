"""Attesting one address."""

import pytest

from laurels.audit.models import Entry
from laurels.errors import Invalid
from laurels.people import actions
from laurels.people.models import Address
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_address_has_one_row_in_its_folded_form_and_an_opaque_subject():
    by = factories.user()
    first = actions.attest_address(" Ada.Byron@Example.ORG ", by=by)
    again = actions.attest_address("ada.byron@EXAMPLE.org", by=factories.user())
    assert first == again
    assert (first.folded, first.as_given) == ("ada.byron@example.org", "Ada.Byron@Example.ORG")
    assert (first.attested_by, first.subject) == (by, again.subject)
    assert Entry.objects.filter(verb="addresses attested").count() == 1


def test_dots_and_plus_signs_are_kept():
    rows = {actions.attest_address(text, by=factories.user()).pk for text in ("a.b@x.org", "ab@x.org", "ab+1@x.org")}
    assert len(rows) == 3


def test_international_addresses_fold():
    address = actions.attest_address("Jürgen@Bücher.example", by=factories.user())
    assert address.folded == "jürgen@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "text", ["", "ada", "ada@", "ada@example.org, bo@example.org", "ada@example.org\nBcc: x@y.org"]
)
def test_it_refuses_what_is_no_address(text):
    with pytest.raises(Invalid):
        actions.attest_address(text, by=factories.user())
    assert not Address.objects.exists()
