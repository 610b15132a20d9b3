import io
import json
import re
import runpy
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from openbadgekit.baking import bake
from openbadgekit.cli import main
from openbadgekit.commands import files
from tests.openbadgekit.loopback import serving
from tests.openbadgekit.pictures import SVG, png
from tests.openbadgekit.world import HOLDER, World

LONG_AGO = {"validFrom": "2021-01-01T00:00:00Z"}
HEAVY = ("pyoxigraph", "jsonschema_rs", "nacl", "rfc8785", "defusedxml", "http.client", "openbadgekit.verify.verifier")


@pytest.fixture
def published():
    with serving() as server:
        world = World(server.named, approved=datetime(2020, 1, 2, tzinfo=UTC))
        world.put_list(change=lambda d: d.update(LONG_AGO, validUntil="2999-01-01T00:00:00Z"))
        old = world.issued(lambda d: d.update(LONG_AGO, awardedDate="2021-01-01T00:00:00Z"))
        for url, page in world.pages.items():
            server.put(url.removeprefix(server.named), page.body, page.media_type, page.status)
        yield world, old


def run(*arguments):
    try:
        return main(arguments)
    except SystemExit as leaving:
        return leaving.code


def test_help_loads_nothing_heavy():
    code = "import sys; from openbadgekit.cli import main\ntry: main(['verify', '--help'])\nexcept SystemExit: pass\n"
    code += f"print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=20)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "--recipient ADDRESS" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [(), ("verify",), ("frobnicate",), ("verify", "a", "b"), ("verify", "--nonsense", "a"), ("verify", "missing.png"),
     ("verify", ""), ("verify", "."), ("verify", "a.png", " "), ("unbake", ""),
     ("verify", "--recipient", "nobody", "{}"), ("bake", "a"), ("unbake", "missing.png"),
     ("verify", "\0"), ("verify", "a" * 5000), ("verify", "a" * 5000, "b")],
)  # fmt: skip
def test_wrong_use_is_three(arguments, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == 3
    captured = capsys.readouterr()
    assert captured.err
    assert not captured.out


def test_help_is_zero(capsys):
    assert run("--help") == 0
    assert "verify" in capsys.readouterr().out


def test_a_valid_badge_is_zero(published, tmp_path, capsys):
    _, badge = published
    file = tmp_path / "badge.json"
    file.write_text(json.dumps(badge))
    assert run("verify", str(file), "--allow-private", "--recipient", HOLDER) == 0
    out = capsys.readouterr().out
    assert out.startswith("Valid. Signed by localhost:")
    assert "✓ proof: Its content is exactly what was signed." in out
    assert re.search(r"\nPlan a week: +Proficient\n", out)


def test_json_is_the_report(published, tmp_path, capsys):
    _, badge = published
    file = tmp_path / "badge.json"
    file.write_text(json.dumps({**badge, "name": "Other"}))
    assert run("verify", str(file), "--allow-private", "--json") == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["verdict"] == "invalid"
    assert {"check": "proof", "outcome": "failed", "message": "Its content is not what was signed."} in answer[
        "findings"
    ]


def test_without_leave_it_cannot_be_told_and_says_why(published, tmp_path, capsys):
    world, badge = published
    file = tmp_path / "badge.json"
    file.write_text(json.dumps(badge))
    for source in (str(file), world.credential.id):
        assert run("verify", source, "--json") == 2
        captured = capsys.readouterr()
        assert json.loads(captured.out)["verdict"] == "unknown"
        assert "--allow-private" in captured.err


def test_standard_input(published, capsys, monkeypatch):
    _, badge = published

    class Input:
        buffer = io.BytesIO(json.dumps(badge).encode())

    monkeypatch.setattr(sys, "stdin", Input)
    assert run("verify", "-", "--allow-private") == 0


def test_another_recipient_is_one(published, tmp_path):
    _, badge = published
    file = tmp_path / "badge.json"
    file.write_text(json.dumps(badge))
    assert run("verify", str(file), "--allow-private", "--recipient", "bob@uni.example") == 1


def test_findings_that_failed_come_first(capsys):
    assert run("verify", '{"proof": {}}') == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith(("✗", "?", "✓"))]
    assert lines[0].startswith("✗")


def test_what_a_badge_says_cannot_move_the_cursor(capsys):
    run("verify", '{"type":["VerifiableCredential"],"proof":{},"issuer":"https://a.example/\\u001b[2J"}')
    assert "\x1b" not in capsys.readouterr().out


def test_bake_and_unbake(tmp_path, capsys):
    world = World()
    for name, picture in (("a.png", png()), ("a.svg", SVG)):
        for badge in (world.document, world.assertion):
            (tmp_path / name).write_bytes(picture)
            (tmp_path / "badge.json").write_text(json.dumps(badge))
            out = tmp_path / f"baked-{name}"
            assert run("bake", str(tmp_path / name), str(tmp_path / "badge.json"), str(out)) == 0
            assert run("unbake", str(out)) == 0
            assert json.loads(capsys.readouterr().out) == badge
            assert run("bake", str(out), str(tmp_path / "badge.json"), str(out)) == 1
    assert "holds a badge already" in capsys.readouterr().err
    assert run("unbake", str(tmp_path / "a.png")) == 1


def test_only_badges_are_baked(tmp_path, capsys):
    (tmp_path / "a.png").write_bytes(png())
    (tmp_path / "badge.json").write_text('{"type":"Thing"}')
    assert run("bake", str(tmp_path / "a.png"), str(tmp_path / "badge.json"), str(tmp_path / "out.png")) == 1
    assert "neither a 2.0 assertion nor a signed 3.0 credential" in capsys.readouterr().err
    assert not (tmp_path / "out.png").exists()


def test_baking_says_what_is_wrong_with_the_files(tmp_path, capsys):
    world = World()
    (tmp_path / "a.png").write_bytes(png())
    (tmp_path / "badge.json").write_text(json.dumps(world.document))
    picture, badge = str(tmp_path / "a.png"), str(tmp_path / "badge.json")
    assert run("bake", picture, str(tmp_path / "missing.json"), str(tmp_path / "out.png")) == 3
    assert run("bake", picture, badge, str(tmp_path / "no" / "such" / "folder.png")) == 3
    assert "No such file" in capsys.readouterr().err


def test_an_empty_source_says_so(capsys):
    assert run("verify", "") == 3
    assert 'the source is empty (""): give a file' in capsys.readouterr().err


def test_what_a_hosted_badge_says_in_words_is_shown(published, capsys):
    world, _ = published
    assert run("verify", world.credential.assertion, "--allow-private") == 1  # it holds only from a later day
    out = " ".join(capsys.readouterr().out.split())
    assert "12.5 hours" in out and "Proficient" in out


def test_baking_and_unbaking_answer_with_json(tmp_path, capsys):
    world = World()
    (tmp_path / "a.svg").write_bytes(SVG)
    (tmp_path / "badge.json").write_text(json.dumps(world.assertion))
    out = tmp_path / "out.svg"
    assert run("bake", str(tmp_path / "a.svg"), str(tmp_path / "badge.json"), str(out), "--json") == 0
    made = json.loads(capsys.readouterr().out)
    assert made == {"output": str(out), "bytes": out.stat().st_size, "standard": "2.0"}
    assert run("unbake", str(out), "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found == {"standard": "2.0", "badge": world.assertion, "address": world.credential.assertion}


def test_a_token_in_a_picture_is_printed_as_it_is(tmp_path, capsys):
    token = "eyJhbGciOiJSUzI1NiJ9.eyJpZCI6MX0.c2ln"
    (tmp_path / "a.png").write_bytes(bake(png(), token, "3.0"))
    assert run("unbake", str(tmp_path / "a.png")) == 0
    assert capsys.readouterr().out == token + "\n"
    assert run("unbake", str(tmp_path / "a.png"), "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"standard": "3.0", "badge": token, "address": None}


def test_an_error_is_json_too_when_that_was_asked_for(tmp_path, capsys):
    (tmp_path / "a.png").write_bytes(png())
    assert run("unbake", str(tmp_path / "a.png"), "--json") == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {
        "error": "Malformed", "message": "There is no badge in this picture.", "pointer": "", "mend": "",
    }  # fmt: skip
    assert "There is no badge" in captured.err
    assert run("unbake", str(tmp_path / "missing.png"), "--json") == 3
    assert json.loads(capsys.readouterr().out)["error"] == "Wrong"


def test_a_new_file_is_never_half_written(tmp_path, monkeypatch):
    place = tmp_path / "a"
    files.write(str(place), b"1", mode=0o600, new=True)
    assert (place.read_bytes(), place.stat().st_mode & 0o777) == (b"1", 0o600)
    with pytest.raises(files.Wrong, match="exists already"):
        files.write(str(place), b"2", new=True)
    files.write(str(place), b"2")
    assert place.read_bytes() == b"2"
    with pytest.raises(files.Wrong, match="not the name of a file"):
        files.write("\0", b"")

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_put", full)
    for new in (True, False):
        with pytest.raises(files.Wrong, match="No space left"):
            files.write(str(tmp_path / f"b{new}"), b"3", new=new)
    assert not (tmp_path / "bTrue").exists()
    assert (tmp_path / "bFalse").exists()


def test_it_runs_as_a_module(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["openbadgekit", "verify", "{}"])
    monkeypatch.delitem(sys.modules, "openbadgekit.cli")
    with pytest.raises(SystemExit) as leaving:
        runpy.run_module("openbadgekit.cli", run_name="__main__")
    assert leaving.value.code == 1


def test_a_token_can_stand_in_the_place_of_a_file(capsys):
    token = "eyJhbGciOiJub25lIn0.eyJpZCI6MX0."
    assert run("verify", token) == 1
    assert "not valid" in capsys.readouterr().out.lower()
    assert run("verify", token, token) == 1
