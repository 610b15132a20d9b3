"""A worker process for test_worker.py: `python slow_worker.py FILE` writes a line to FILE for each step of its job."""

import signal
import sys
import time
from importlib import import_module
from pathlib import Path
from threading import Event

import django

django.setup()

from django.conf import settings  # noqa: E402

from laurels.jobs import handler, worker  # noqa: E402


@handler("test.steps")
def steps(payload, job):
    """Do the steps that were not done yet: each is kept with its effect, as a roster's rows are."""
    for step in range(len(Path(sys.argv[1]).read_text().split()), payload["steps"]):
        line({"line": step}, job)
        job.progress(step + 1, payload["steps"])
        time.sleep(0.05)


@handler("test.line")
def line(payload, job):
    """Write one line."""
    with Path(sys.argv[1]).open("a") as file:
        file.write(f"{payload['line']}\n")


def main():
    """Work until SIGTERM."""
    if settings.BROKER_URL:
        print("ready", flush=True)
        import_module("laurels.jobs.broker").run()
        return
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    print("ready", flush=True)
    worker.run(stop)


main()
