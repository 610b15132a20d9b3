"""Is this badge genuine? Any badge, from anywhere. Nothing that is given is kept, and no cookie is set."""

import base64
import json
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from laurels import clock
from laurels.badges.verification import verify_badge
from laurels.errors import Invalid, Unreachable
from laurels.web.findings import Report, shown
from laurels.web.forms.verify import MOST_BYTES, TOO_LARGE, VerifyForm

ENVELOPE = 100_000  # what the form itself may add to the file
GUESSES, GUESSES_SECONDS = 10, 600


# Nothing is changed and no session is read, so a forged request gains nothing: the page needs no cookie.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Is this badge genuine?"""
    if request.method != "POST":
        return render(request, "web/public/verify.html", {"form": VerifyForm(initial=request.GET.dict())})
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + ENVELOPE:
        return render(request, "web/public/verify.html", {"form": VerifyForm(), "too_large": TOO_LARGE}, status=413)
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "web/public/verify.html", {"form": form}, status=422)
    report = verify_badge(form.source(), recipient=form.cleaned_data["recipient"])
    try:
        refuse_guessing(report, form.cleaned_data["recipient"])
    except (Invalid, Unreachable) as refusal:
        form.add_error("recipient", refusal.message)
        status = 429 if isinstance(refusal, Invalid) else 503
        return render(request, "web/public/verify.html", {"form": form}, status=status)
    return render(request, "web/public/verified.html", _result(report))


def _result(report: Report) -> dict[str, Any]:
    moment, found = clock.now(), shown(report)
    kept = {**found.json, "sentence": found.sentence, "checked": moment.isoformat(timespec="seconds")}
    encoded = base64.b64encode(json.dumps(kept, ensure_ascii=False, indent=1).encode()).decode()
    return {"report": found, "checked_at": moment, "saved": f"data:application/json;base64,{encoded}"}


def refuse_guessing(report: Report, recipient: str) -> None:
    """Limit, for each badge, how often one may ask whose it is: the hash must not be guessed through us."""
    if not recipient or report.subject is None:
        return
    if _guesses(f"guesses:{report.subject.credential_id}"[:240]) > GUESSES:
        raise Invalid("Too many addresses were tried on this badge. Try again in ten minutes, or ask the holder.")


def _guesses(key: str) -> int:
    """How many there were, with this one; without an answer nobody is told whose badge it is."""
    try:
        cache.add(key, 0, GUESSES_SECONDS)
        return int(cache.incr(key))
    except ValueError:  # the ten minutes were over just now
        return 1
    except Unreachable as error:
        words = "We cannot check the address just now. Leave it empty to check the badge alone, or try again soon."
        raise Unreachable(words) from error
