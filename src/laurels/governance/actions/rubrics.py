"""The rubric that applications are scored against."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from laurels import clock
from laurels.audit.record import record
from laurels.errors import Invalid
from laurels.governance import rubric
from laurels.governance.models import Rubric
from laurels.people.models import User
from laurels.people.permissions import UNIVERSITY, require


@transaction.atomic
def set_rubric(criteria: Sequence[Mapping[str, Any]], *, by: User, least_mean: Decimal = rubric.LEAST_MEAN) -> Rubric:
    """Set the rubric for applications handed in from now on."""
    require(by, "administer", UNIVERSITY)
    flaws = rubric.flaws(criteria, least_mean)
    if flaws:
        raise Invalid("This cannot be a rubric.", fields={"criteria": flaws})
    newest = Rubric.objects.aggregate(newest=Max("number"))["newest"] or 0
    made = Rubric.objects.create(
        number=newest + 1, criteria=[dict(one) for one in criteria], least_mean=least_mean, since=clock.now()
    )
    record(by, "rubric set", made, number=made.number)
    return made
