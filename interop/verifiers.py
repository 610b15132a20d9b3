"""Runs the verifiers: ours, and those that we did not write, each in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import rich
from openbadgeslib.ob3.contexts import bundled_contexts

from interop.cases import BAZAAR, LIB, OFFICIAL, OURS, Case
from interop.site import ROOT, VAR, Site
from openbadgekit.fetch import Fetched
from openbadgekit.verify import Policy, verify

HERE = Path(__file__).parent
OFFICIAL_HOME = VAR / "openbadges"
BAZAAR_HOME = VAR / "digitalbazaar"
Results = dict[str, dict[str, str]]


def prepare() -> None:
    """Install the foreign verifiers once, by exact versions, into var/interop."""
    _install_official()
    _install_bazaar()


def _stale(stamp: Path, source: Path) -> bool:
    return not stamp.exists() or stamp.read_bytes() != source.read_bytes()


def _install_official() -> None:
    install_python(OFFICIAL_HOME, HERE / "openbadges.txt", "the official validator of Open Badges 2.0")


def install_python(home: Path, pins: Path, words: str) -> None:
    """Make an environment with the packages of a list, once."""
    stamp = home / "installed"
    if not _stale(stamp, pins):
        return
    rich.print(f"Installing {words}")
    venv.create(home, with_pip=True, clear=True)
    pip = [str(home / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet", "--quiet", "install"]
    subprocess.run([*pip, "--no-deps", "-r", str(pins)], check=True)  # noqa: S603 (our own list)
    stamp.write_bytes(pins.read_bytes())


def _install_bazaar() -> None:
    shutil.rmtree(BAZAAR_HOME / "run", ignore_errors=True)
    install_node(BAZAAR_HOME, HERE / "package.json", "Digital Bazaar's verifier")


def install_node(home: Path, pins: Path, words: str) -> None:
    """Install the packages of a package.json, once."""
    stamp, npm = home / "installed", shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise SystemExit(f"`make interop` needs node (20 or newer) and npm for {words}: install them.")
    if not _stale(stamp, pins):
        return
    rich.print(f"Installing {words}")
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(pins, home / "package.json")
    options = ["--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--silent"]
    subprocess.run([npm, "install", *options], cwd=home, check=True)  # noqa: S603
    stamp.write_bytes(pins.read_bytes())


def judge(site: Site, cases: Sequence[Case]) -> dict[str, Results]:
    """Verifier → case → verdict and reason."""
    second = [case for case in cases if case.standard == "2.0"]
    third = [case for case in cases if case.standard == "3.0"]
    by_lib = _by_lib(site, cases)
    return {
        OURS: {case.name: _ours(site, case) for case in cases},
        OFFICIAL: _by_official(site, second),
        LIB: by_lib,
        BAZAAR: _by_bazaar(site, third, by_lib),
    }


class LoopbackFetcher:
    """Our verifier's way out: to the server that plays the public host, and nowhere else."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def fetch(self, url: str, *, accept: str, deadline: float) -> Fetched:
        """What the public host answers at this address."""
        status, media_type, body = self._site.get(url)
        return Fetched(url=url, status=status, media_type=media_type, body=body)


def _ours(site: Site, case: Case) -> dict[str, str]:
    source = case.value if case.kind == "text" else Path(case.value).read_bytes()
    report = verify(source, policy=Policy(), fetcher=LoopbackFetcher(site))
    against = [f"{f.check}: {f.message}" for f in report.findings if f.outcome == "failed"]
    return {"verdict": "valid" if report.verdict == "valid" else "refused", "why": "; ".join(against)}


def _by_official(site: Site, cases: Sequence[Case]) -> Results:
    tasks = [{"name": c.name, "kind": "text" if c.kind == "text" else "file", "value": c.value} for c in cases]
    python = str(OFFICIAL_HOME / "bin" / "python")
    return _run([python, "-W", "ignore", str(HERE / "official_ob2.py")], site, tasks)


def _by_lib(site: Site, cases: Sequence[Case]) -> Results:
    tasks = [{"name": c.name, "standard": c.standard, "kind": c.kind, "value": c.value} for c in cases]
    return _run([sys.executable, str(HERE / "openbadgeslib_both.py")], site, tasks)


def _by_bazaar(site: Site, cases: Sequence[Case], by_lib: Results) -> Results:
    """Digital Bazaar's packages read JSON alone: out of pictures it was taken by openbadgeslib."""
    tasks, results = [], {}
    for case in cases:
        text = case.value if case.kind == "text" else by_lib[case.name]["text"]
        if text:
            tasks.append({"name": case.name, "credential": json.loads(text)})
        else:
            results[case.name] = {"verdict": "refused", "why": "nothing was found in the picture"}
    script = BAZAAR_HOME / "verify.mjs"
    shutil.copy(HERE / "digitalbazaar.mjs", script)
    contexts = dict(bundled_contexts())
    return results | _run(["node", str(script)], site, tasks, contexts=contexts)


def _run(command: list[str], site: Site, tasks: list[dict[str, Any]], **more: Any) -> Results:
    given = json.dumps({"origin": site.origin, "listen": site.listen, "tasks": tasks, **more})
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(  # noqa: S603 (our own command)
        command, input=given, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=900, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"{command[-1]} ended with status {done.returncode}:\n{done.stderr[-3000:]}")
    results: Results = json.loads(done.stdout)
    return results
