"""The origin that badges were signed for is the only one that they are served under."""

import re
import sys
from importlib import import_module

import pytest
from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured

from laurels import clock
from laurels.badges.models import Origin
from laurels.cli import database
from laurels.errors import Refused

pytestmark = pytest.mark.django_db


def record(base_url):
    Origin.objects.create(base_url=base_url, recorded_at=clock.now())


def start_the_site():
    sys.modules.pop("laurels.config.wsgi", None)
    import_module("laurels.config.wsgi")


def ask():
    return run_checks(tags=[Tags.database], databases=["default"])


def test_before_the_first_signature_any_origin_will_do():
    assert ask() == []


def test_the_recorded_origin_starts():
    record("http://localhost:8000")
    assert ask() == []
    start_the_site()
    database.prepare()


def test_another_origin_is_refused_and_the_words_say_how_to_mend_it():
    record("https://badges.university.example")
    (problem,) = ask()
    assert problem.msg == (
        "Badges here were signed for https://badges.university.example, and LAURELS_BASE_URL is http://localhost:8000."
    )
    assert "https://badges.university.example" in problem.hint


def test_neither_the_site_nor_a_command_starts_under_another_origin():
    record("https://badges.university.example")
    with pytest.raises(ImproperlyConfigured, match=re.escape("badges.university.example")):
        start_the_site()
    with pytest.raises(Refused, match=re.escape("badges.university.example")):
        database.prepare()
