"""Sends what was queued."""

from django.conf import settings
from django.core.mail import EmailMessage

from laurels.jobs import Running, handler
from laurels.jobs.registry import Payload


@handler("mail.send")
def send(payload: Payload, job: Running) -> None:
    """Send one message to one recipient. Sent twice, it has the same Message-ID: the receiver keeps one."""
    EmailMessage(
        subject=payload["subject"],
        body=payload["body"],
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[payload["to"]],
        headers={"Message-ID": payload["id"], "Date": payload["date"], "Auto-Submitted": "auto-generated"},
    ).send()
