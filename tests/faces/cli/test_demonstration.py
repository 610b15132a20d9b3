"""The demonstration, made once by the command itself, and the other commands on what it made."""

import csv
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ORIGIN, OTHER = "https://badges.example.org", "http://localhost:8123"
KEYS = {"award", "version", "recipient", "page", "ob2", "ob3", "png", "svg", "ob2_png", "ob2_svg", "state"}
FORMS = {"ob2": "ob2.json", "ob3": "ob3.json", "png": "ob3.png", "svg": "ob3.svg"}


@dataclass
class Made:
    """A demonstration under one origin."""

    var: Path
    origin: str = ORIGIN

    def run(self, *words: str, expected: int = 0, **settings: str) -> subprocess.CompletedProcess[str]:
        """One command of ours against it, perhaps with other settings."""
        environment = {**os.environ, "LAURELS_VAR": str(self.var), "LAURELS_BASE_URL": self.origin}
        environment |= {"LAURELS_DEMO": "1", "COLUMNS": "200"}
        environment.pop("LAURELS_DATABASE_URL", None)
        environment |= settings
        command = [sys.executable, "-m", "laurels", *words]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)
        assert done.returncode == expected, f"{words}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        return done

    def badges(self, state: str = "live") -> list[dict[str, Any]]:
        """The badges of demo.json in this state."""
        listed = json.loads((self.var / "demo.json").read_text(encoding="utf-8"))
        return [badge for badge in listed if badge["state"] == state]

    def bytes_of(self) -> bytes:
        """The whole database of this origin, as it lies there when nobody writes."""
        return (self.var / "at" / "https-badges.example.org" / "laurels.sqlite3").read_bytes()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    made = Made(tmp_path_factory.mktemp("demonstration"))
    made.run("demo")
    return made


def test_it_shows_every_state_and_lists_every_badge(made: Made) -> None:
    listed = json.loads(made.run("demo", "--json").stdout)
    assert {frozenset(badge) for badge in listed} == {frozenset(KEYS)}
    assert {badge["state"] for badge in listed} == {"live", "revoked", "expired"}
    assert len({badge["version"].split("@")[0] for badge in listed}) == 8 + 2  # two stacks were completed
    for badge in listed:
        assert badge["page"].startswith(f"{ORIGIN}/badges/")
        assert {name: badge[name] for name in FORMS} == {
            name: f"{badge['page']}/{form}" for name, form in FORMS.items()
        }
        assert badge["recipient"].endswith("@example.org")


def test_made_again_it_changes_nothing(made: Made) -> None:
    listed, database = (made.var / "demo.json").read_bytes(), made.bytes_of()
    shown = made.run("demo").stdout
    assert "being signed" not in shown
    assert (made.var / "demo.json").read_bytes() == listed
    assert made.bytes_of() == database


def test_its_tables_say_what_was_done(made: Made) -> None:
    shown = made.run("demo").stdout
    for words in ("approved", "declined", "under review", "College of Classical Chinese Medicine", "registrar@example"):
        assert words in shown
    assert f"{ORIGIN}/decisions/" in shown


def test_under_another_origin_it_is_made_anew_beside_the_old_one(made: Made) -> None:
    database, before = made.bytes_of(), made.badges()
    other = Made(made.var, OTHER)
    other.run("demo")
    assert made.bytes_of() == database
    assert all(badge["ob3"].startswith(f"{OTHER}/") for badge in other.badges())
    assert not {badge["award"] for badge in other.badges()} & {badge["award"] for badge in before}
    made.run("demo")
    assert made.badges() == before


def test_the_database_of_one_origin_is_refused_under_another(made: Made) -> None:
    database = made.var / "at" / "https-badges.example.org" / "laurels.sqlite3"
    elsewhere = {"LAURELS_BASE_URL": OTHER, "LAURELS_DATABASE_URL": f"sqlite:///{database}"}
    for command in ("demo", "serve", "worker"):
        refused = made.run(command, expected=1, **elsewhere).stderr
        assert f"Badges here were signed for {ORIGIN}" in refused
        assert "Traceback" not in refused


def test_verify_tells_by_its_exit_status(made: Made, tmp_path: Path) -> None:
    live, revoked, expired = (made.badges(state)[0] for state in ("live", "revoked", "expired"))
    for standard in ("ob2", "ob3"):
        said = made.run("verify", live[standard]).stdout
        assert ", which we know as " in said.splitlines()[1]
        made.run("verify", revoked[standard], expected=1)
        made.run("verify", expired[standard], expected=1)
    made.run("verify", live["ob3"], "--recipient", live["recipient"].upper())
    made.run("verify", live["ob3"], "--recipient", "eve@example.org", expected=1)
    nothing = tmp_path / "nothing.json"
    nothing.write_text("{}")
    report = json.loads(made.run("verify", str(nothing), "--json", expected=1).stdout)
    assert report["verdict"] == "invalid"
    assert all(set(finding) == {"check", "outcome", "message"} for finding in report["findings"])


def test_award_asks_first_and_awards_once(made: Made, tmp_path: Path) -> None:
    roster, result = tmp_path / "roster.csv", tmp_path / "result.csv"
    head = "address,name,completed on,hours,level 1,level 2,level 3\n"
    good = "new.learner@example.org,New Learner,2026-01-10,12,foundational,foundational,foundational\n"
    short = "short@example.org,Short Hours,2026-01-10,3,foundational,foundational,foundational\n"
    roster.write_text(head + good + short, encoding="utf-8")
    version = "identifying-medicinal-plants-of-the-pacific-northwest@1.0.0"
    command = ("award", str(roster), "--version", version, "--by")
    made.run(*command, "lead.helfgott@example.org", "--yes", expected=1)
    made.run(*command, "nobody@example.org", "--yes", expected=1)
    done = made.run(*command, "lead.botanical-medicine@example.org", expected=130)
    assert "1 of 2 rows can be awarded" in done.stdout
    done = made.run(*command, "lead.botanical-medicine@example.org", "--yes", "--result", str(result))
    assert "1 of 1 rows were awarded." in done.stdout
    rows = list(csv.reader(result.open(encoding="utf-8-sig")))
    assert any(cell.startswith(f"{ORIGIN}/badges/") for cell in rows[1])
    made.run(*command, "lead.botanical-medicine@example.org", "--yes", expected=1)


def test_a_rotated_key_leaves_old_badges_valid_and_all_in_order(made: Made) -> None:
    badge = next(one for one in made.badges() if one["version"].startswith("reading-a-clinical-trial"))
    assert "helfgott" in made.run("keys", "list").stdout
    made.run("keys", "rotate", "helfgott", "--by", "lead.helfgott@example.org", expected=1)
    assert "key 2" in made.run("keys", "rotate", "helfgott", "--by", "registrar@example.org").stdout
    made.run("verify", badge["ob3"])
    assert "Everything is in order." in made.run("check").stdout
