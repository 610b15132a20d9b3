"""Messages to people: rendered at once, written into the outbox, sent by the worker."""

from laurels.mail.message import queue

__all__ = ["queue"]
