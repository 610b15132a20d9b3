"""Many people at the same moment, on a database of their own: one effect, and no number left out or given twice."""

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from laurels import clock
from laurels.governance import actions
from laurels.governance.actions import decisions
from laurels.governance.models import Decision, Outcome
from tests import factories
from tests.laurels.governance.road import Road

RACING = Path(__file__).with_name("racing.py")
FASTER = "Somebody was faster: this application has moved on since you opened it."


def _python(environment, *arguments):
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_of_many_at_once_one_has_effect(own_environment):
    _python(own_environment, "-m", "django", "migrate", "--verbosity", "0", "--skip-checks")
    told = json.loads(_python(own_environment, str(RACING)))
    assert Counter(told["the same application"]) == {"done": 1, FASTER: 7}
    assert told["different applications"] == ["done"] * 8
    assert Counter(told["decide or withdraw"]) == {"done": 1, FASTER: 1}
    assert Counter(told["the same review"]) == {"done": 1, "Your review is in, and cannot be changed afterwards.": 7}
    assert Counter(told["the same handing-in"]) == {"done": 1, FASTER: 7}
    assert told["contested"] in (["approved", "1"], ["withdrawn", "0"])
    decided = len(told["numbers"])
    year = told["numbers"][0].partition("-")[0]
    assert told["numbers"] == [f"{year}-{number:03d}" for number in range(1, decided + 1)]
    assert told["kept"] == ["1", "1", str(decided)]


@pytest.mark.django_db
def test_whoever_loses_the_race_for_a_number_takes_the_next(monkeypatch):
    with clock.pinned(datetime(2027, 5, 1, tzinfo=UTC)):
        first = Road()
        first.approved()
        second = Road(factories.unit(), first.chair, first.deputy, first.member, first.other, first.registrar)
        second.reviewed()
        told = iter(["2027-001", "2027-001"])
        counted = decisions._next_number
        monkeypatch.setattr(decisions, "_next_number", lambda year: next(told, None) or counted(year))
        decision = actions.decide(second.application, Outcome.APPROVE, by=second.chair)
    assert decision.number == "2027-002"
    assert Decision.objects.count() == 2
