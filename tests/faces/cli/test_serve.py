"""`laurels serve` keeps a site and a worker alive, and takes both with it when it goes."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PATIENCE = 60.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


def _answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/verify", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == 200
    except OSError:
        return False


def _children(of: int) -> dict[str, int]:
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            words = (path / "cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if parent == of and "laurels" in words:
            found[words[words.index("laurels") + 1]] = int(path.name)
    return found


def _is_gone(process: int) -> bool:
    return not Path(f"/proc/{process}").exists()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = _free_port()
    environment = {**os.environ, "LAURELS_VAR": str(tmp_path), "LAURELS_BASE_URL": f"http://localhost:{port}"}
    environment.pop("LAURELS_DATABASE_URL", None)
    command = [sys.executable, "-m", "laurels", "serve", "--port", str(port)]
    serve = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        assert _until(lambda: _answers(port)), "the site did not answer"
        yield serve, port
    finally:
        serve.kill()
        serve.wait()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see children")
def test_it_starts_what_dies_anew_and_takes_all_with_it_when_killed(
    served: tuple[subprocess.Popen[bytes], int],
) -> None:
    serve, port = served
    before = _children(serve.pid)
    assert set(before) == {"web", "worker"}
    os.kill(before["worker"], signal.SIGKILL)
    os.kill(before["web"], signal.SIGKILL)
    assert _until(lambda: set(_children(serve.pid).values()).isdisjoint(before.values()) and _answers(port))
    after = _children(serve.pid)
    serve.kill()
    serve.wait()
    assert _until(lambda: all(_is_gone(process) for process in after.values()))
    assert _until(lambda: not _answers(port))


def test_it_ends_in_peace_on_sigterm(served: tuple[subprocess.Popen[bytes], int]) -> None:
    serve, port = served
    serve.terminate()
    assert serve.wait(PATIENCE) == 0
    assert not _answers(port)
