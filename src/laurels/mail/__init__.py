"""Messages to people: rendered at once, written into the outbox, sent by the worker."""

from laurels.mail.message import queue, queue_each

__all__ = ["queue", "queue_each"]
