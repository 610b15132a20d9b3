"""Many messages at once, each with values of its own."""

import pytest
from django.core import mail as sent

from laurels import mail
from laurels.errors import Invalid
from laurels.jobs import outbox
from laurels.jobs.models import Job

pytestmark = pytest.mark.django_db


def letter(number: int, address: str = "") -> tuple[str, dict[str, object]]:
    context = {"holder": f"Learner {number}", "title": "Cooking", "unit": "Kitchen", "path": f"/badges/{number}"}
    return address or f"learner{number}@example.org", context


def test_each_recipient_gets_an_own_message(django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(3):
        mail.queue_each("award_granted", [letter(number) for number in range(40)])
    jobs = Job.objects.filter(name="mail.send")
    assert len({job.payload["id"] for job in jobs}) == 40
    for job in jobs:
        number = job.payload["to"].partition("@")[0].removeprefix("learner")
        assert f"/badges/{number}\n" in job.payload["body"] + "\n"
    outbox.run_pending()
    assert len(sent.outbox) == 40


def test_one_that_is_no_address_refuses_all() -> None:
    with pytest.raises(Invalid):
        mail.queue_each("award_granted", [letter(1), letter(2, "a@example.org,b@example.org")])
    assert not Job.objects.exists()


def test_nobody_is_told_nothing() -> None:
    mail.queue_each("award_granted", [])
    assert not Job.objects.exists()
