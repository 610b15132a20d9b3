"""Hours to confirm in bulk or to return with a reason, awards to sign off, and a roster to enrol."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from laurels.errors import Refused
from laurels.people.models import Unit, User
from laurels.people.permissions import require
from laurels.training import actions, entering
from laurels.training.models import Enrolment, HoursKind, Offering
from laurels.training.seats import newest
from laurels.training.waiting import awards_ready, hours_for
from laurels.web.desk import HttpRequestOfPerson, desk_page
from laurels.web.forms.refusal import show_in
from laurels.web.forms.roster import RosterForm
from laurels.web.forms.teaching import ReasonForm
from laurels.web.teaching import done, form_page, offering_at, unit_at

A_PAGE = 100
SALT = "laurels.training.roster"


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def hours(request: HttpRequestOfPerson, slug: str) -> HttpResponse:
    """Which hours wait for me? All chosen rows are confirmed with one button."""
    unit = unit_at(request.user, slug)
    if request.method == "POST":
        return _confirmed(request, unit)
    found = hours_for(unit, request.user)
    filters = {name: request.GET.get(name, "") for name in ("kind", "offering", "person")}
    shown = {
        "unit": unit,
        "page": Paginator(_filtered(found, filters), A_PAGE).get_page(request.GET.get("page")),
        "filters": filters,
        "kinds": HoursKind.values,
        "offerings": Offering.objects.filter(version__micro_credential__unit=unit, state="open"),
    }
    return render(request, "web/teach/hours.html", shown)


def _confirmed(request: HttpRequestOfPerson, unit: Unit) -> HttpResponse:
    entries = list(hours_for(unit, request.user).filter(pk__in=_keys(request.POST.getlist("entry"))))
    confirmed = actions.confirm_hours(entries, by=request.user) if entries else []
    words = f"Confirmed: {len(confirmed)}." if confirmed else "Nothing was chosen, or nothing waits."
    messages.success(request, words)
    return redirect(request.get_full_path())


def _filtered(found: Any, filters: dict[str, str]) -> Any:
    if filters["kind"] in HoursKind.values:
        found = found.filter(kind=filters["kind"])
    if filters["offering"]:
        found = found.filter(enrolment__offering__in=_keys([filters["offering"]]))
    if filters["person"].strip():
        found = found.filter(enrolment__name__icontains=filters["person"].strip()[:120])
    return found


def _keys(given: Sequence[str]) -> list[str]:
    """Those that can be keys at all."""
    return [one for one in given if len(one) == 36 and not set(one) - set("0123456789abcdef-")]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def give_back(request: HttpRequestOfPerson, slug: str, pk: str) -> HttpResponse:
    """Return hours: why?"""
    unit = unit_at(request.user, slug)
    entry = hours_for(unit, request.user).filter(pk=pk).first()
    if entry is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.return_hours(entry, form.cleaned_data["words"], by=request.user)
    ):
        messages.success(request, f"Returned to {entry.enrolment.name}.")
        return redirect("hours-waiting", slug)
    lede = f"{entry.enrolment.name}, {entry.day}: {entry.what}. The learner sees your words and can correct the entry."
    return form_page(request, form, unit, "Return these hours", "Return them", lede)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def ready(request: HttpRequestOfPerson, slug: str) -> HttpResponse:
    """For whom is nothing missing? Several are signed off at once."""
    unit = unit_at(request.user, slug)
    require(request.user, "sign off", unit)
    found = awards_ready(unit)
    if request.method != "POST":
        return render(request, "web/teach/ready.html", {"unit": unit, "ready": found})
    chosen = set(request.POST.getlist("enrolment"))
    signed, refused = _signed_off([one for one in found if str(one.pk) in chosen], request.user)
    if signed:
        messages.success(request, f"Signed off: {', '.join(signed)}. The badges are being made.")
    for words in refused:
        messages.error(request, words, extra_tags="bad")
    return redirect("awards-ready", slug)


def _signed_off(chosen: Sequence[Enrolment], by: User) -> tuple[list[str], list[str]]:
    """Each for itself: what is refused for one keeps nobody else from an award."""
    signed, refused = [], []
    for one in chosen:
        try:
            actions.sign_off(one, by=by)
        except Refused as refusal:
            refused.append(f"{one.name}: {refusal.message}")
        else:
            signed.append(one.name)
    return signed, refused


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def roster(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """Enrol a list of people: first every line is looked at, then the good ones are enrolled."""
    found = offering_at(request.user, pk)
    if "held" in request.POST:
        return _enrolled(request, found)
    form = RosterForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    shown: dict[str, Any] = {"offering": found, "unit": found.version.micro_credential.unit, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            shown |= _looked_at(found, entering.read(form.cleaned_data["file"].read()))
        except Refused as refused:
            show_in(form, refused)
    return render(request, "web/teach/roster.html", shown, status=422 if form.errors else 200)


def _looked_at(found: Offering, entries: Sequence[entering.Entry]) -> dict[str, Any]:
    bad = entering.refusals(newest(found.version.micro_credential), entries)
    good = [(one.line, one.address, one.name) for one in entries if one.line not in bad]
    return {
        "entries": [(one, bad.get(one.line, "")) for one in entries],
        "good": len(good),
        "held": signing.dumps(good, salt=SALT, compress=True),
    }


def _enrolled(request: HttpRequestOfPerson, found: Offering) -> HttpResponse:
    try:
        held = signing.loads(request.POST["held"], salt=SALT, max_age=86_400)
    except signing.BadSignature:
        messages.error(request, "This list is too old. Hand it in again.", extra_tags="bad")
        return redirect("teach-roster", found.pk)
    made = actions.enrol_roster(found, [entering.Entry(*one) for one in held], by=request.user)
    messages.success(request, f"Enrolled: {len(made)}. Each gets a letter.")
    return redirect("teach-offering", found.pk)
