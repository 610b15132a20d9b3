"""Correcting one line of the ledger: by a further line, never by changing it."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from laurels.errors import Refused
from laurels.training import actions
from laurels.training.models import HoursEntry
from laurels.web.desk import HttpRequestOfPerson, desk_page
from laurels.web.forms.hours import CorrectForm
from laurels.web.forms.refusal import show_in
from laurels.web.learner import enrolment_at


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def correct(request: HttpRequestOfPerson, pk: str, entry: str) -> HttpResponse:
    """What should this line have said?"""
    own = enrolment_at(request.user, pk)
    line = get_object_or_404(HoursEntry.objects.select_related("verdict"), pk=entry, enrolment=own)
    line.enrolment = own
    form = CorrectForm(request.POST if request.method == "POST" else None, initial=_as_it_is(line))
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_hours(line, form.given(), form.cleaned_data["why"], by=request.user)
        except Refused as refused:
            show_in(form, refused)
        else:
            messages.success(request, "Corrected. The correction counts once somebody else has confirmed it.")
            return redirect("enrolment", own.pk)
    shown = {"enrolment": own, "entry": line, "form": form}
    return render(request, "web/learn/correct.html", shown, status=422 if form.errors else 200)


def _as_it_is(line: HoursEntry) -> dict[str, Any]:
    place = ZoneInfo(line.zone)
    return {
        "day": line.day,
        "starts": line.starts_at.astimezone(place).strftime("%H:%M") if line.starts_at else None,
        "ends": line.ends_at.astimezone(place).strftime("%H:%M") if line.ends_at else None,
        "minutes": line.minutes,
        "what": line.what,
        "kind": line.kind,
        "informal": line.informal,
        "place": line.place,
        "zone": line.zone,
    }
