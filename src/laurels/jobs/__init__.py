"""The outbox: work to do later, done at least once, by whichever worker comes first."""

from laurels.jobs.registry import Handler, Pulse, Running, daily, handler

__all__ = ["Handler", "Pulse", "Running", "daily", "handler"]
