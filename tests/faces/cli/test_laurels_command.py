"""The command line as a person meets it: quick help, plain refusals, exit statuses."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from laurels.cli import main as command_line
from laurels.errors import Invalid, Refused

BODIES = (
    "serve",
    "web",
    "worker",
    "demo",
    "award",
    "assess",
    "verify",
    "keys",
    "check",
    "found",
    "units",
    "persons",
    "jobs",
)


def _ran(*words: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "laurels", *words]
    around = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, env=around, cwd=cwd, timeout=60, check=False)


def _commands(group: click.Group, *before: str) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*before, name)
        if isinstance(command, click.Group):
            yield from _commands(command, *before, name)


@pytest.mark.parametrize("words", [(), *_commands(command_line.laurels)], ids=" ".join)
def test_help_answers_without_opening_the_house(words: tuple[str, ...]) -> None:
    loaded = f"import sys; sys.argv = ['laurels', *{words!r}, '--help']\n"
    loaded += "from laurels.cli.main import main\n"
    loaded += "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
    loaded += "assert not {'django', 'rich', 'granian'} & set(sys.modules), 'something heavy was loaded'\n"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "Usage: laurels" in done.stdout


@pytest.mark.parametrize("body", BODIES)
def test_every_command_has_a_body(body: str) -> None:
    assert callable(import_module(f"laurels.cli.{body}").run)


def test_it_refuses_wrong_use_with_3() -> None:
    done = _ran("verify")
    assert done.returncode == 3
    assert "Missing argument 'SOURCE'" in done.stderr


def test_it_refuses_a_file_that_is_not_there_with_3(tmp_path: Path) -> None:
    done = _ran("verify", str(tmp_path / "none.png"), LAURELS_VAR=str(tmp_path / "var"))
    assert done.returncode == 3
    assert "There is no file" in done.stderr


def test_it_refuses_to_ask_about_what_is_no_address_with_3(tmp_path: Path) -> None:
    done = _ran("verify", "{}", "--recipient", "ada", LAURELS_VAR=str(tmp_path / "var"))
    assert done.returncode == 3
    assert "--recipient: This is not an e-mail address" in done.stderr


@pytest.mark.parametrize("text", [" {}", "\n{" + "x" * 5000, "<svg/>", "eyJhbGciOiJ4In0.e30.AAAA"])
def test_it_takes_a_text_of_any_length(tmp_path: Path, text: str) -> None:
    done = _ran("verify", text, LAURELS_VAR=str(tmp_path / "var"))
    assert done.returncode in (1, 2), done.stderr
    assert "Traceback" not in done.stderr


def test_it_takes_a_file_whatever_its_name_begins_with(tmp_path: Path) -> None:
    (tmp_path / "eye.json").write_text("{")
    done = _ran("verify", "eye.json", cwd=tmp_path, LAURELS_VAR=str(tmp_path / "var"))
    assert done.returncode == 1
    assert "JSON" in done.stdout


def test_it_says_unsafe_settings_in_plain_words(tmp_path: Path) -> None:
    done = _ran("check", LAURELS_VAR=str(tmp_path), LAURELS_ENV="production", LAURELS_DEMO="1")
    assert done.returncode == 1
    assert "LAURELS_DEMO=1 lets anybody sign in as anybody: unset it." in done.stderr
    assert "Traceback" not in done.stderr


def test_it_refuses_a_demonstration_in_production(tmp_path: Path) -> None:
    safe = {
        "LAURELS_VAR": str(tmp_path),
        "LAURELS_ENV": "production",
        "LAURELS_BASE_URL": "https://badges.university.example",
        "LAURELS_SECRET_KEY": "kXw0-Vd7QmB3_zYt9RfHs2LpNc6JgUa8EiOo1x5KyTb4",
        "LAURELS_KEY_ENCRYPTION_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    }
    done = _ran("demo", **safe)
    assert done.returncode == 1
    assert "A demonstration is not made in production." in done.stderr


def test_a_refusal_is_one_plain_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(**_: object) -> int:
        raise Invalid("The file cannot be read.", fields={"file": ["Line 3 has two cells."]}, mend="Save it as UTF-8.")

    monkeypatch.setattr(command_line, "run", lambda body, **options: refuse(**options))
    monkeypatch.setattr(sys, "argv", ["laurels", "check"])
    with pytest.raises(SystemExit) as end:
        command_line.main()
    assert end.value.code == 1
    assert capsys.readouterr().err == "The file cannot be read. Save it as UTF-8.\n  file: Line 3 has two cells.\n"
    assert issubclass(Invalid, Refused)
