"""The peer's side of the pipe, for Python. It runs in the peer's own environment: standard library only."""

import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from typing import Any

_ANSWERS = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)  # what a package prints, from here on, is not an answer


def serve(acts: Mapping[str, Callable[[Any], Callable[[int], object]]]) -> None:
    """Answer every line: prepare the act with what was given, then time it.

    Each value prepares one act and returns what is timed: a function of the number of the run, whose last answer (JSON)
    goes back.
    """
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = _timed(acts[asked["act"]](asked["given"]), asked["count"])
        except Exception:  # noqa: BLE001 (a foreign package may fail in any way; who asked is told)
            answer = {"error": traceback.format_exc()}
        _ANSWERS.write(json.dumps(answer) + "\n")
        _ANSWERS.flush()


def _timed(act: Callable[[int], object], count: int) -> dict[str, object]:
    answer: object = None
    cpu, wall = time.process_time(), time.perf_counter()
    for number in range(count):
        answer = act(number)
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "answer": answer}
