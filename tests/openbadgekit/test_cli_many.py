"""`openbadgekit verify` with folders and several sources, and how all of it looks."""

import io
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from openbadgekit.cli import main
from openbadgekit.commands import console, many, sharing
from openbadgekit.commands.sharing import SharedFetcher
from openbadgekit.errors import Malformed, NotFetched, Unsafe
from openbadgekit.fetch import Fetched
from tests.openbadgekit.loopback import serving
from tests.openbadgekit.pictures import itxt, png
from tests.openbadgekit.world import World

LONG_AGO = {"validFrom": "2021-01-01T00:00:00Z"}


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self):
        return True


class Pipe(io.StringIO):
    """A stream that is no terminal."""

    encoding = "utf-8"


@pytest.fixture
def folder(tmp_path):
    """A folder with a valid badge, in a folder of its own a changed one, and things that are no badges."""
    with serving() as server:
        world = World(server.named, approved=datetime(2020, 1, 2, tzinfo=UTC))
        world.put_list(change=lambda d: d.update(LONG_AGO, validUntil="2999-01-01T00:00:00Z"))
        badge = world.issued(lambda d: d.update(LONG_AGO, awardedDate="2021-01-01T00:00:00Z"))
        for url, page in world.pages.items():
            server.put(url.removeprefix(server.named), page.body, page.media_type, page.status)
        (tmp_path / "in").mkdir()
        (tmp_path / ".hidden").mkdir()
        (tmp_path / "good.JSON").write_text(json.dumps(badge))
        (tmp_path / "in" / "changed.json").write_text(json.dumps({**badge, "name": "Other"}))
        (tmp_path / "empty.png").write_bytes(png())
        for other in ("notes.txt", ".hidden.json", ".hidden/a.json"):
            (tmp_path / other).write_text("{}")
        yield tmp_path


def test_a_folder_is_checked_and_counted(folder, capsys):
    assert main(["verify", str(folder), "--allow-private"]) == 1
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert [line[0] for line in lines[:3]] == ["✗", "✓", "✗"]
    assert "empty.png" in lines[0] and "cannot be read as a badge" in lines[0]
    assert "good.JSON" in lines[1] and "Whole-Food Cooking" in lines[1]
    assert "changed.json" in lines[2] and "The signature does not fit this badge." in lines[2]
    assert lines[-1] == "3 badges: 1 valid, 2 not valid."
    assert captured.err == ""


def test_the_worst_verdict_is_the_exit_status(folder, capsys):
    good = str(folder / "good.JSON")
    assert main(["verify", good, good, "--allow-private"]) == 0
    assert main(["verify", good, good]) == 2
    captured = capsys.readouterr()
    assert captured.out.splitlines()[-1] == "2 badges: 2 cannot be told."
    assert "--allow-private" in captured.err
    assert main(["verify", good, '{"proof": {}}', "--allow-private"]) == 1


def test_a_folder_as_json(folder, capsys):
    assert main(["verify", str(folder / "in"), "--allow-private", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["valid"], answer["invalid"], answer["unknown"]) == (0, 1, 0)
    (badge,) = answer["badges"]
    assert badge["source"].endswith("changed.json")
    assert badge["verdict"] == "invalid"
    assert {"proof", "readable"} <= {finding["check"] for finding in badge["findings"]}


def test_a_file_that_is_not_there_is_wrong_use_before_anything_is_checked(folder, capsys):
    assert main(["verify", str(folder), str(folder / "missing.png")]) == 3
    captured = capsys.readouterr()
    assert "missing.png: No such file" in captured.err
    assert captured.out == ""


def test_a_file_that_cannot_be_read_cannot_be_told(folder, capsys, monkeypatch):
    monkeypatch.setattr(many, "spread", lambda names: [str(folder / "gone.json"), "{}"])
    assert main(["verify", str(folder)]) == 1
    assert "gone.json  cannot be told  The badge could not be read." in capsys.readouterr().out


def test_progress_and_colour_are_for_terminals(folder, monkeypatch):
    out, err = Terminal(), Terminal()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert main(["verify", str(folder), "--allow-private"]) == 1
    assert "\x1b[31m✗\x1b[0m" in out.getvalue() and "\x1b[32m✓\x1b[0m" in out.getvalue()
    assert err.getvalue().startswith("\r0 of 3 checked\r1 of 3 checked")
    assert err.getvalue().endswith("\r" + " " * len("3 of 3 checked") + "\r")


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colour_is_honoured(name, value, folder, monkeypatch):
    out = Terminal()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv(name, value)
    assert main(["verify", str(folder / "in" / "changed.json"), "--allow-private"]) == 1
    assert "\x1b" not in out.getvalue()


def test_an_interrupted_run_ends_at_once(monkeypatch):
    begun = []

    def interrupted(name):
        begun.append(name)
        if name == "3":
            raise KeyboardInterrupt
        time.sleep(0.01)

    with pytest.raises(KeyboardInterrupt):
        many.judge([str(number) for number in range(500)], interrupted)
    assert len(begun) < 500


def test_an_interrupt_and_a_closed_pipe_are_no_crash(monkeypatch, capsys):
    def raising(error):
        def run(_arguments):
            raise error

        return run

    for error in (KeyboardInterrupt(), BrokenPipeError()):
        monkeypatch.setattr("openbadgekit.commands.verify.run", raising(error))
        monkeypatch.setattr(sys, "stderr", io.StringIO())
        assert main(["verify", "{}"]) == 3


def test_long_text_is_wrapped_beside_its_name(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    assert console.facts([("Name", "word " * 20), ("Other thing", "")]) == [
        "Name:         " + " ".join(["word"] * 9),
        "              " + " ".join(["word"] * 9),
        "              word word",
        "Other thing:  ",
    ]
    assert console.facts([]) == []


def test_foreign_text_is_one_line_without_tricks():
    assert console.plain("a\u202eb\n\x1b[2J c\u2066") == "a b [2J c"
    assert console.plain("x" * 3000) == "x" * 2000 + "…"


class Host:
    """Answers after a moment, and counts."""

    def __init__(self, error=None):
        self.asked, self.error = [], error

    def fetch(self, url, *, accept, deadline):
        self.asked.append((url, accept))
        time.sleep(0.01)
        if self.error:
            raise self.error
        return Fetched(url, 200, accept, b"{}")


def soon(seconds=5.0):
    return time.monotonic() + seconds


def test_many_who_ask_for_one_address_ask_its_host_once():
    host = Host()
    shared = SharedFetcher(host)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: shared.fetch("https://a/", accept="a", deadline=soon()), range(20)))
    assert len(host.asked) == 1
    assert len(set(map(id, answers))) == 1
    shared.fetch("https://a/", accept="b", deadline=soon())
    assert len(host.asked) == 2


def test_an_answer_is_not_kept_for_long(monkeypatch):
    host = Host()
    shared = SharedFetcher(host)
    monkeypatch.setattr(sharing, "KEPT_SECONDS", 0.0)
    for _ in range(2):
        shared.fetch("https://a/", accept="a", deadline=soon())
    assert len(host.asked) == 2


@pytest.mark.parametrize("error", [NotFetched("a does not answer."), Unsafe("No.", "/a", "Do."), Malformed("Bad.")])
def test_a_failure_is_kept_for_all_too(error):
    host = Host(error)
    shared = SharedFetcher(host)
    for _ in range(2):
        with pytest.raises(type(error)) as raised:
            shared.fetch("https://a/", accept="a", deadline=soon())
        assert str(raised.value) == str(error)
        assert raised.value is not error
    assert len(host.asked) == 1


def test_a_failure_for_want_of_time_is_nobody_elses():
    host = Host(NotFetched("too slow"))
    shared = SharedFetcher(host)
    for _ in range(2):
        with pytest.raises(NotFetched):
            shared.fetch("https://a/", accept="a", deadline=soon(0.5))
    assert len(host.asked) == 2


def test_nobody_waits_longer_than_their_own_time():
    shared = SharedFetcher(Host())
    place = shared._places.setdefault(("https://a/", "a"), sharing._Place())
    place.lock.acquire()
    with pytest.raises(NotFetched, match="time for this check is over"):
        shared.fetch("https://a/", accept="a", deadline=soon(0.01))


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_what_lies_in_a_picture_cannot_steer_a_terminal(options, tmp_path, monkeypatch):
    picture = png(itxt(b"openbadges", '{"a":"\\u001b[2J\x9b1A\u202e\u2066é"}'.encode()))
    (tmp_path / "a.png").write_bytes(picture)
    for stream in (Terminal(), Pipe()):
        monkeypatch.setattr(sys, "stdout", stream)
        assert main(["unbake", str(tmp_path / "a.png"), *options]) == 0
        shown = stream.getvalue()
        assert not {"\x1b", "\x9b", "\u202e", "\u2066"} & set(shown) or isinstance(stream, Pipe)
        badge = json.loads(shown)["badge"] if options else json.loads(shown)
        assert badge == {"a": "\x1b[2J\x9b1A\u202e\u2066é"}
    assert "\x9b" in shown


def test_complaints_cannot_steer_a_terminal_either(monkeypatch):
    err = Terminal()
    monkeypatch.setattr(sys, "stderr", err)
    assert main(["verify", "no\x1b[2J\x1b[31msuch.png"]) == 3
    assert "no\\u001b[2J\x1b[31msuch.png" in err.getvalue()
