"""Would the tests see a fault in the verifier? Small faults are put in, one at a time, and tests must fail.

What is changed: src/openbadgekit/verify and src/openbadgekit/proofs, in the ways of `drills/_mutators.py`. Each fault
is judged by the library's tests that run its line, quick ones first; tests that take over a second are left out. A
fault survives when none of them fails. `--sample` takes evenly from all of them. At least 85 of 100 must be found.
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from drills._mutators import Mutant, mutants
from drills._trial import ROOT, TESTS

FOLDERS = ("src/openbadgekit/verify", "src/openbadgekit/proofs")
WANTED = 0.85
HOME = ROOT / "var" / "mutants"
_QUICK = 1.0
_MOST_SECONDS = 40.0
_PRELOAD = ("httpx", "joserfc.jws", "pyoxigraph", "jsonschema_rs", "nacl.signing", "defusedxml.ElementTree", "pyld")

EQUIVALENT: Mapping[tuple[str, str], str] = {
    **{
        ("data_integrity._PLAIN_OPTIONS", f"{name!r} → {name + '~'!r}"): "the engine gives the same form, only slower"
        for name in ("type", "cryptosuite", "created", "verificationMethod", "proofPurpose")
    },
    **{
        (f"data_integrity.{place}", change): "the engine gives the same form, only slower"
        for place, change in (
            ("_plain", "'assertionMethod' → 'assertionMethod~'"),
            ("_plain", "'DataIntegrityProof' → 'DataIntegrityProof~'"),
            (
                "_plain",
                "return texts if _PLAIN_METHOD.fullmatch(texts['verificationMethod']) else None → return None",
            ),
        )
    },
    ("source._at", "2000 → 2001"): "how far into a picture one looks for a page is a matter of taste, not of right",
}
"""Changes that change nothing, by function and change, each with its reason. They are not counted, but told."""


def main(arguments: Sequence[str]) -> dict[str, Any]:
    """Put faults in and count those that are found."""
    parser = argparse.ArgumentParser(prog="drills/run mutants")
    parser.add_argument("--sample", type=int, help="at most so many, taken evenly (default: all)")
    parser.add_argument("--offset", type=int, default=0, help="another sample of the same size")
    parser.add_argument("--only", default="", help="only files with this in their path")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args(arguments)
    HOME.mkdir(parents=True, exist_ok=True)
    files = sorted(path for folder in FOLDERS for path in (ROOT / folder).glob("*.py"))
    every = [
        mutant
        for path in files
        if options.only in str(path)
        for mutant in mutants(str(path.relative_to(ROOT)), path.read_text())
    ]
    same = [mutant for mutant in every if _reason(mutant)]
    every = [mutant for mutant in every if not _reason(mutant)]
    chosen = _sample(every, options.sample, options.offset)
    known = _map([str(path) for path in files])
    verdicts = _judge(chosen, known, options.processes)
    return _result(every, chosen, verdicts, same, known)


def _reason(mutant: Mutant) -> str | None:
    return EQUIVALENT.get((f"{Path(mutant.file).stem}.{mutant.function or '.'.join(mutant.names)}", mutant.change))


def _sample(every: list[Mutant], most: int | None, offset: int) -> list[Mutant]:
    if most is None or most >= len(every):
        return every
    step = len(every) / most
    return [every[int(index * step + offset) % len(every)] for index in range(most)]


def _result(
    every: list[Mutant], chosen: list[Mutant], verdicts: list[str], same: list[Mutant], known: dict[str, Any]
) -> dict[str, Any]:
    pairs = list(zip(chosen, verdicts, strict=True))
    survivors = [mutant for mutant, verdict in pairs if verdict in ("survived", "untested")]
    counted: dict[str, Counter[bool]] = defaultdict(Counter)
    for mutant, verdict in pairs:
        counted[mutant.file.removeprefix("src/openbadgekit/")][verdict in ("killed", "endless")] += 1
    told = [f"{one.file}:{one.line}: {one.change}" for one in survivors]
    (HOME / "survivors.txt").write_text("".join(f"{line}\n" for line in told))
    killed = len(pairs) - len(survivors) - verdicts.count("broken")
    return {
        "passed": bool(pairs)
        and killed >= WANTED * len(pairs)
        and not known["failed"]
        and "broken" not in verdicts
        and known["control"] == "survived",
        "changes": len(every),
        "tried": len(pairs),
        "killed": killed,
        "of_these_endless": verdicts.count("endless"),
        "survived": len(survivors),
        "score": round(killed / max(len(pairs), 1), 4),
        "not_told": verdicts.count("broken"),
        "unchanged_program": known["control"],
        "tests": len(known["seconds"]),
        "tests_failed_before": known["failed"][:3],
        "equivalent": len(same),
        "files": {file: f"{count[True]}/{count.total()}" for file, count in sorted(counted.items())},
        "first": told[:5],
        "all_survivors": str((HOME / "survivors.txt").relative_to(ROOT)),
    }


def _map(sources: list[str]) -> dict[str, Any]:
    """Which tests run which lines; what is known of a test file holds until it, or what is judged, changes."""
    library = _digest(map(Path, sources))
    shared = _digest(path for path in sorted((ROOT / TESTS).glob("*.py")) if not path.name.startswith("test_"))
    kept = {
        path: HOME / f"map-{_digest([path])[:16]}-{library[:8]}-{shared[:8]}.json"
        for path in sorted((ROOT / TESTS).glob("test_*.py"))
    }
    for path, file in kept.items():
        if not file.exists():
            print(f"which lines {path.name} runs", file=sys.stderr)
            given = HOME / "to-map.json"
            given.write_text(json.dumps({"sources": sources, "tests": [str(path.relative_to(ROOT))]}))
            _worker("map", given, file).wait()
    whole: dict[str, Any] = {"seconds": {}, "failed": [], "lines": defaultdict(lambda: defaultdict(list))}
    for file in kept.values():
        part = json.loads(file.read_text())
        whole["seconds"].update(part["seconds"])
        whole["failed"] += part["failed"]
        for source, lines in part["lines"].items():
            for line, tests in lines.items():
                whole["lines"][source][int(line)] += tests
    return whole


def _digest(paths: Iterable[Path]) -> str:
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()


def _worker(what: str, given: Path, out: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": "src", "PYTHONHASHSEED": "0"}
    return subprocess.Popen(
        [sys.executable, "-m", "drills._trial", what, str(given), str(out)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )


def _judge(chosen: list[Mutant], known: dict[str, Any], processes: int) -> list[str]:
    verdicts = ["untested"] * len(chosen)
    quick = sorted((name for name, took in known["seconds"].items() if took < _QUICK), key=known["seconds"].get)
    jobs: list[dict[str, Any]] = [{"job": -1, "mutant": None, "tests": quick[:: max(len(quick) // 200, 1)]}]
    for number, mutant in enumerate(chosen):
        tests = _tests(mutant, known)
        if tests:
            jobs.append({"job": number, "mutant": asdict(mutant), "tests": tests})
    for job in jobs:
        job["seconds"] = 5 + 3 * sum(known["seconds"][name] for name in job["tests"])
    workers = []
    for part in range(processes):
        given, out = HOME / f"jobs-{part}.json", HOME / f"verdicts-{part}.jsonl"
        given.write_text(json.dumps({"jobs": jobs[part::processes], "preload": _PRELOAD}))
        out.write_text("")
        workers.append((_worker("judge", given, out), out))
    known["control"] = "broken"
    for worker, out in workers:
        worker.wait()
        for line in out.read_text().splitlines():
            told = json.loads(line)
            if told["job"] < 0:
                known["control"] = told["verdict"]
            else:
                verdicts[told["job"]] = told["verdict"]
    return verdicts


def _tests(mutant: Mutant, known: dict[str, Any]) -> list[str]:
    """The tests that run the line of the change; for what is no function's, those that run a line with its name,
    and those of test files that name it."""
    if mutant.function:
        lines: dict[int, list[str]] = known["lines"][mutant.file]
        found = set(lines.get(_statement(mutant, lines), ()))
    else:
        found = {test for name in mutant.names for test in _naming(name, known)}
    seconds = known["seconds"]
    by_file: dict[str, int] = Counter()
    ordered = []
    for name in sorted(found, key=lambda name: (seconds[name], name)):
        if seconds[name] < _QUICK:
            by_file[name.split("::")[0]] += 1
            ordered.append((by_file[name.split("::")[0]] // 5, name))
    left = _MOST_SECONDS
    chosen = []
    for _, name in sorted(ordered, key=lambda one: one[0]):
        left -= seconds[name]
        if left < 0:
            break
        chosen.append(name)
    return chosen if mutant.function else chosen[:300]


def _statement(mutant: Mutant, lines: dict[int, list[str]]) -> int:
    """A statement of several lines is known by one of them."""
    return next((line for line in range(mutant.line, max(mutant.line - 25, 0), -1) if lines.get(line)), mutant.line)


def _naming(name: str, known: dict[str, Any]) -> Iterator[str]:
    word = re.compile(rf"\b{re.escape(name)}\b")
    for file, lines in known["lines"].items():
        for number, text in enumerate((ROOT / file).read_text().splitlines(), 1):
            if word.search(text):
                yield from lines.get(number, ())
    named = {path.name for path in (ROOT / TESTS).glob("test_*.py") if word.search(path.read_text())}
    yield from (test for test in known["seconds"] if Path(test.split("::")[0]).name in named)
