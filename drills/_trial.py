"""A worker of `drills/run mutants`: finds out which tests run which lines, and lets them judge changed programs.

A change in a function is put into the functions that live in this process, in a child of it; a change outside of them
(a constant, a default) into the module as a child imports it anew. A child ends at the first test that fails.
"""

import ast
import contextlib
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import resource
import signal
import sys
import time
import types
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import coverage
import pytest
from _pytest.runner import runtestprotocol
from hypothesis import settings

from drills._mutators import Mutant, mutated

ROOT = Path(__file__).resolve().parents[1]
TESTS = "tests/openbadgekit"
_ENDLESS = 120.0
"""Seconds by the clock after which a child that waits for something is ended."""


class Mapper:
    """Runs tests, and writes down for each the lines that it runs and the seconds of the processor that it takes."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._coverage = coverage.Coverage(data_file=None, include=list(sources))
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []

    def pytest_collection_finish(self) -> None:
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        self._coverage.switch_context(item.nodeid)
        started = time.process_time()
        result = yield
        self.seconds[item.nodeid] = time.process_time() - started
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def result(self) -> dict[str, Any]:
        """Return {"seconds": {test: s}, "failed": [test], "lines": {file: {line: [test]}}}."""
        self._coverage.stop()
        data = self._coverage.get_data()
        lines = {
            str(Path(file).relative_to(ROOT)): {
                line: [one for one in tests if one] for line, tests in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        }
        return {"seconds": self.seconds, "failed": self.failed, "lines": lines}


class Judge:
    """Instead of running tests, lets them judge each job; a job is a mutant, its tests, and the seconds it may take."""

    def __init__(self, jobs: Sequence[dict[str, Any]], out: Path) -> None:
        self._jobs, self._out = jobs, out

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        importlib.import_module("openbadgekit.verify.verifier")
        for job in self._jobs:
            chosen = [items[name] for name in job["tests"] if name in items]
            verdict = _in_child(job, lambda job=job, chosen=chosen: _judge_function(job, chosen))  # type: ignore[misc]
            _write(self._out, job, verdict)
        return True


def _judge_function(job: dict[str, Any], chosen: Sequence[pytest.Item]) -> int:
    if job["mutant"] is not None:
        _put_in(Mutant(**job["mutant"]))
    for item, following in zip(chosen, [*chosen[1:], None], strict=True):
        if any(report.failed for report in runtestprotocol(item, nextitem=following, log=False)):
            return 1
    return 0


def _put_in(mutant: Mutant) -> None:
    path = ROOT / mutant.file
    importlib.import_module(_module_of(path))
    code = _find(compile(mutated(path.read_text(), mutant), str(path), "exec"), mutant.function)
    found = [
        one
        for one in gc.get_objects()
        if isinstance(one, types.FunctionType)
        and one.__code__.co_qualname == mutant.function
        and Path(one.__code__.co_filename).resolve() == path
    ]
    if not found:
        raise LookupError(f"{mutant.function} of {mutant.file} does not live here.")
    for one in found:
        one.__code__ = code


def _find(code: types.CodeType, name: str) -> types.CodeType:
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            if constant.co_qualname == name:
                return constant
            if name.startswith(f"{constant.co_qualname}."):
                return _find(constant, name)
    raise LookupError(name)


def _module_of(path: Path) -> str:
    parts = path.relative_to(ROOT / "src").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


class _Changed(importlib.abc.MetaPathFinder):
    """Imports one module from a changed tree."""

    def __init__(self, mutant: Mutant) -> None:
        path = ROOT / mutant.file
        self._name = _module_of(path)
        self._path, self._tree = path, mutated(path.read_text(), mutant)

    def find_spec(self, fullname: str, path: object, target: object = None) -> importlib.machinery.ModuleSpec | None:
        """Answer for that module alone."""
        if fullname != self._name:
            return None
        loader = _Loader(fullname, str(self._path))
        loader.tree = self._tree
        return importlib.util.spec_from_file_location(fullname, self._path, loader=loader)


class _Loader(importlib.machinery.SourceFileLoader):
    tree: ast.Module

    def get_code(self, fullname: str) -> types.CodeType:
        return compile(self.tree, self.path, "exec")


def _judge_module(job: dict[str, Any]) -> int:
    sys.meta_path.insert(0, _Changed(Mutant(**job["mutant"])))
    status = pytest.main(["-x", "-q", "-p", "no:cacheprovider", *job["tests"]])
    return 0 if status == pytest.ExitCode.OK else 1


def _in_child(job: dict[str, Any], judge: Any) -> str:
    """Return "survived", "killed" or "endless"."""
    child = os.fork()
    if child == 0:
        status = 2
        with contextlib.suppress(BaseException):
            silence = os.open(os.devnull, os.O_RDWR)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            seconds = int(job["seconds"]) + 1 + int(time.process_time())
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
            status = judge()
        os._exit(status)
    ends = time.monotonic() + _ENDLESS + job["seconds"]
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() > ends:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return "endless"
        time.sleep(0.01)
    if os.WIFSIGNALED(status):
        return "endless"
    return ("survived", "killed", "broken")[min(os.WEXITSTATUS(status), 2)]


def _write(out: Path, job: dict[str, Any], verdict: str) -> None:
    with out.open("a") as file:
        file.write(json.dumps({"job": job["job"], "verdict": verdict}) + "\n")


def main(what: str, given: str, out: str) -> int:
    """Map the test files, or judge the jobs, of a JSON file."""
    settings.register_profile("drill", max_examples=20, derandomize=True, database=None, deadline=None)
    settings.load_profile("drill")
    task = json.loads(Path(given).read_text())
    plain = ["-q", "-p", "no:cacheprovider"]
    if what == "map":
        mapper = Mapper(task["sources"])
        pytest.main([*plain, *task["tests"]], plugins=[mapper])
        Path(out).write_text(json.dumps(mapper.result()))
        return 0
    for name in task["preload"]:
        importlib.import_module(name)
    for job in task["jobs"]:
        if job["mutant"] and not job["mutant"]["function"]:
            _write(Path(out), job, _in_child(job, lambda job=job: _judge_module(job)))  # type: ignore[misc]
    jobs = [job for job in task["jobs"] if not job["mutant"] or job["mutant"]["function"]]
    pytest.main([*plain, TESTS], plugins=[Judge(jobs, Path(out))])
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
