"""SQLite is told how many values it takes in one statement."""

import pytest
from django.db import connection

from laurels.people.models import Address

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="The tests run on another database.")
def test_a_thousand_rows_are_one_statement(django_assert_num_queries) -> None:
    assert connection.features.max_query_params > 6 * 1000
    rows = [Address(folded=f"l{number}@example.org", as_given=f"l{number}@example.org") for number in range(1000)]
    with django_assert_num_queries(1):
        Address.objects.bulk_create(rows)
    assert len(Address.objects.in_bulk([row.folded for row in rows], field_name="folded")) == 1000
