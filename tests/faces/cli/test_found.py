"""A university of one's own, from the command line to its first application: no demonstration in it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from laurels.badges import addresses
from laurels.badges.models import Document, SigningKey
from laurels.cli import found, jobs, keys, persons, units
from laurels.cli.main import ROLES
from laurels.errors import Invalid, Missing, NotAllowed, Refused, WrongState
from laurels.governance.models import Rubric
from laurels.people.models import Membership, Role, Unit, University, User

pytestmark = pytest.mark.django_db
REGISTRAR = "robin@university.example"
PASSWORD = "a heron in the reeds"


def founded(**changes: object) -> int:
    given: dict[str, object] = {
        "name": "University of Example",
        "address": "http://localhost:8000",
        "mission": "To teach and to heal.",
        "registrar": REGISTRAR,
        "registrar_name": "Robin Registrar",
        "short_name": "UoE",
        "email": "office@university.example",
        "zone": None,
        "quorum": None,
    }
    return found.run(**{**given, **changes})  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def origin(settings: object) -> None:
    settings.BASE_URL = "http://localhost:8000"  # type: ignore[attr-defined]


def link_in(words: str) -> str:
    found = re.search(r"http://localhost:8000(/sign-in/password/\S+)", words)
    assert found is not None, words
    return found[1]


def signed_in(link: str) -> Client:
    """Somebody who followed the link and chose a password."""
    client = Client()
    form = client.get(link, follow=True)
    assert form.status_code == 200
    place = form.redirect_chain[-1][0]
    answer = client.post(place, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/desk")
    return client


def test_it_makes_all_that_a_university_needs(capsys: pytest.CaptureFixture[str]) -> None:
    assert founded(zone="America/Los_Angeles", quorum=3) == 0
    made = University.objects.get()
    assert (made.unit.name, made.zone, made.quorum, made.block_minutes) == (
        "University of Example",
        "America/Los_Angeles",
        3,
        720,
    )
    assert SigningKey.objects.get().unit == made.unit
    assert Document.objects.filter(address=addresses.did_document(made.unit)).exists()
    assert Rubric.objects.get().number == 1
    assert User.objects.get(email=REGISTRAR).memberships.get().role == Role.REGISTRAR
    words = capsys.readouterr().out
    assert "University of Example is founded, at http://localhost:8000." in words
    assert f"laurels unit add SLUG NAME --email ADDRESS --by {REGISTRAR}" in words
    assert link_in(words)


def test_it_is_safe_to_repeat(capsys: pytest.CaptureFixture[str]) -> None:
    founded()
    before = (User.objects.count(), SigningKey.objects.count(), Rubric.objects.count())
    assert founded() == 0
    assert (User.objects.count(), SigningKey.objects.count(), Rubric.objects.count()) == before
    assert "is founded here already. Nothing was changed." in capsys.readouterr().out
    with pytest.raises(WrongState, match="University of Example is founded here already"):
        founded(name="Another University")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"mission": "  "}, "mission"),
        ({"registrar": "robin"}, "address"),
        ({"registrar_name": ""}, "name"),
        ({"short_name": "U" * 41}, "short_name"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"country": "USA"}, "country"),
    ],
)
def test_it_founds_nothing_when_one_thing_is_wrong(wrong: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        founded(**wrong)
    assert list(refused.value.fields) == [field]
    assert not University.objects.exists()
    assert not Unit.objects.exists()
    assert not SigningKey.objects.exists()


def test_the_address_must_be_the_one_that_badges_will_have() -> None:
    with pytest.raises(Refused, match="LAURELS_BASE_URL is http://localhost:8000") as refused:
        founded(address="https://badges.university.example")
    assert "set LAURELS_BASE_URL" in refused.value.mend
    assert not University.objects.exists()


def test_from_the_command_line_to_a_lead_who_applies(capsys: pytest.CaptureFixture[str]) -> None:
    founded()
    registrar = signed_in(link_in(capsys.readouterr().out))
    units.run("food", "Food as Medicine Institute", "food@university.example", "Teaches cooking.", REGISTRAR)
    unit = Unit.objects.get(slug="food")
    assert SigningKey.objects.filter(unit=unit).count() == 1
    assert registrar.get(reverse("unit-desk", args=["food"])).status_code == 200
    capsys.readouterr()
    persons.run("add", REGISTRAR, "lee@university.example", "Lee Lead", "lead", "food")
    words = capsys.readouterr().out
    assert "Lee Lead has an account, lead of Food as Medicine Institute." in words
    lead = signed_in(link_in(words))
    begun = lead.post(reverse("authority-new", args=["food"]), follow=True)
    assert begun.status_code == 200
    assert "Fields" in begun.content.decode()
    again = Client()
    answer = again.post(reverse("sign-in"), {"username": "Lee@University.example", "password": PASSWORD})
    assert answer.status_code == 302


def test_a_link_holds_once_and_a_new_one_can_be_made(capsys: pytest.CaptureFixture[str]) -> None:
    founded()
    link = link_in(capsys.readouterr().out)
    signed_in(link)
    used = Client().get(link, follow=True)
    assert used.status_code == 410
    assert "This link does not hold any more" in used.content.decode()
    persons.run("link", REGISTRAR, REGISTRAR)
    signed_in(link_in(capsys.readouterr().out))


def test_a_password_that_is_weak_or_mistyped_is_refused_beside_its_field(capsys: pytest.CaptureFixture[str]) -> None:
    founded()
    client = Client()
    place = client.get(link_in(capsys.readouterr().out), follow=True).redirect_chain[-1][0]
    weak = client.post(place, {"new_password1": "robin", "new_password2": "robin"})
    mistyped = client.post(place, {"new_password1": PASSWORD, "new_password2": PASSWORD + "!"})
    assert (weak.status_code, mistyped.status_code) == (422, 422)
    assert "These two are not the same." in mistyped.content.decode()
    assert '<a href="#id_new_password1">Your password: This password' in weak.content.decode()
    assert not User.objects.get(email=REGISTRAR).has_usable_password()


def test_roles_are_given_and_end(capsys: pytest.CaptureFixture[str]) -> None:
    founded()
    persons.run("add", REGISTRAR, "mara@university.example", "Mara Member")
    persons.run("role", REGISTRAR, "mara@university.example", role="committee-member")
    persons.run("list")
    words = capsys.readouterr().out
    assert "Mara Member is committee member of University of Example." in words
    assert "Mara Member <mara@university.example>: committee member of university" in words
    persons.run("end-role", REGISTRAR, "mara@university.example", role="committee-member")
    assert not Membership.objects.filter(user__name="Mara Member").exists()
    with pytest.raises(Missing, match="Mara Member is not chair"):
        persons.run("end-role", REGISTRAR, "mara@university.example", role="chair")
    with pytest.raises(Invalid, match="Say of which unit"):
        persons.run("role", REGISTRAR, "mara@university.example", role="lead")
    with pytest.raises(Missing, match="There is no unit “nowhere”"):
        persons.run("role", REGISTRAR, "mara@university.example", role="lead", unit="nowhere")
    with pytest.raises(NotAllowed):
        persons.run("role", "mara@university.example", REGISTRAR, role="chair")


def test_an_account_is_all_or_nothing() -> None:
    founded()
    with pytest.raises(Missing):
        persons.run("add", REGISTRAR, "lee@university.example", "Lee Lead", "lead", "nowhere")
    with pytest.raises(WrongState):
        units.run("food", "Food", "food@university.example", "", REGISTRAR)
        units.run("food", "Food again", "food@university.example", "", REGISTRAR)
    assert not User.objects.filter(name="Lee Lead").exists()
    units.run(None, "", "", "", "")
    keys.run("food", REGISTRAR)
    assert SigningKey.objects.filter(unit__slug="food").count() == 2


def test_failed_jobs_are_listed_and_started_anew(capsys: pytest.CaptureFixture[str]) -> None:
    founded()
    capsys.readouterr()
    jobs.run(retry=False)
    jobs.run(retry=True, by=REGISTRAR)
    words = capsys.readouterr().out
    assert "0 failed" in words
    assert "No job has failed." in words


def test_the_command_line_knows_every_role() -> None:
    assert [word.replace("-", " ") for word in ROLES] == list(Role.values)


def test_production_says_which_settings_it_lacks(tmp_path: Path) -> None:
    given = ["found", "U", "--address", "https://badges.university.example", "--short-name", "U"]
    given += ["--email", "a@b.example", "--mission", "To teach.", "--registrar", REGISTRAR, "--registrar-name", "Robin"]
    around = {name: value for name, value in os.environ.items() if not name.startswith("LAURELS_")}
    around |= {"LAURELS_ENV": "production", "LAURELS_VAR": str(tmp_path)}
    command = [sys.executable, "-m", "laurels", *given]
    done = subprocess.run(command, capture_output=True, text=True, env=around, timeout=60, check=False)
    assert done.returncode == 1
    for name in ("LAURELS_SECRET_KEY", "LAURELS_KEY_ENCRYPTION_KEY", "LAURELS_BASE_URL"):
        assert name in done.stderr
    assert not list(tmp_path.rglob("*.sqlite3"))
