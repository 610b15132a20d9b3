"""The work of this stage that waits in the outbox."""

from laurels.badges import statuslists
from laurels.badges.models import StatusList
from laurels.jobs import Running, handler
from laurels.jobs.registry import Payload


@handler("badges.status_list")
def sign_status_list(payload: Payload, job: Running) -> None:
    """Sign a status list anew: after a change, or (with a revision) when that one is still the newest a day later."""
    number = payload["list"]
    revision = payload.get("revision")
    if revision is None or StatusList.objects.filter(pk=number, revision=revision).exists():
        statuslists.sign_anew(number)
