"""The outbox: work to do later, done at least once, by whichever worker comes first."""

from laurels.jobs.registry import Handler, Running, handler

__all__ = ["Handler", "Running", "handler"]
