"""Awards by roster: hand in a file, look at the dry run, attest and confirm, watch it being done; and revoking."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels import clock
from laurels.awards import actions, export
from laurels.awards.basis import attestation
from laurels.awards.models import Award, Roster, RosterState
from laurels.badges.models import BadgeState
from laurels.catalogue import actions as catalogue
from laurels.catalogue.models import Version, VersionState
from laurels.errors import Invalid, Refused
from laurels.people.models import User
from laurels.people.permissions import may
from laurels.people.system import university
from laurels.web.desk import HttpRequestOfPerson, desk_page, sees, slug_of
from laurels.web.forms.roster import AttestForm, RetireForm, RevokeForm, RosterForm

A_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def new(request: HttpRequestOfPerson, pk: int) -> HttpResponse:
    """Who completed it? As a CSV file."""
    version = version_at(request.user, pk, "award")
    form = RosterForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            roster = actions.check_roster(version, file.name, file.read(), by=request.user)
        except Refused as refused:
            refusal = refused
        else:
            return redirect("roster", roster.pk)
    given = {"version": version, "form": form, "refusal": refusal, "competencies": version.competencies.all()}
    status = 422 if form.errors or refusal else 200
    return render(request, "web/desk/roster_new.html", given, status=status)


@require_safe
@desk_page
def template_file(request: HttpRequestOfPerson, pk: int) -> HttpResponse:
    """An empty roster with the right columns."""
    version = version_at(request.user, pk, "award")
    columns = ["address", "name", "completed on", "hours", "informal hours"]
    columns += [f"level: {competency.statement}" for competency in version.competencies.all()]
    columns += ["evidence", "evidence sha256", "student number"]
    line = ",".join(f'"{column.replace(chr(34), chr(34) * 2)}"' for column in columns)
    answer = HttpResponse(f"\ufeff{line}\r\n", content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="roster-{version.micro_credential.slug}.csv"'
    return answer


@require_safe
@desk_page
def show(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """What would be awarded, or how far is it, or what came of it?"""
    return _page(request, roster_at(request.user, pk), AttestForm())


def _page(request: HttpRequestOfPerson, roster: Roster, form: AttestForm, status: int = 200) -> HttpResponse:
    rows = roster.rows.select_related("award")
    only = request.GET.get("only", "")
    if only == "problems":
        rows = rows.exclude(problem="")
    counts = _counts(roster)
    signing = counts["signed"] < counts["done"]
    given: dict[str, Any] = {
        "roster": roster,
        "version": roster.version,
        "unit": roster.version.micro_credential.unit,
        "counts": counts,
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "only": only,
        "form": form,
        "attestation": attestation(roster.version),
        "running": roster.state == RosterState.CONFIRMED or (roster.state == RosterState.DONE and signing),
    }
    return render(request, "web/desk/roster.html", given, status=status)


def _counts(roster: Roster) -> dict[str, int]:
    """How many rows there are, can be awarded, cannot, are awarded, and are signed."""
    is_done = Q(award__isnull=False)
    found: dict[str, int] = roster.rows.aggregate(
        all=Count("pk"),
        good=Count("pk", filter=Q(problem="")),
        bad=Count("pk", filter=~Q(problem="")),
        done=Count("pk", filter=is_done),
        signed=Count("pk", filter=is_done & ~Q(award__badge__state=BadgeState.SIGNING)),
    )
    return found


@require_POST
@desk_page
def confirm(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """Attest the completions, and have the good rows awarded."""
    roster = roster_at(request.user, pk)
    form = AttestForm(request.POST)
    if not form.is_valid():
        return _page(request, roster, form, status=422)
    actions.confirm_roster(roster, attestation(roster.version), by=request.user)
    messages.success(request, "Confirmed. The awards are being made and signed; you can leave this page.")
    return redirect("roster", roster.pk)


@require_safe
@desk_page
def result(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """The result of each row, as a CSV file."""
    roster = roster_at(request.user, pk)
    answer = HttpResponse(export.result_file(roster), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="result-{roster.pk}.csv"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def revoke(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """Why should this badge not be true any more?"""
    related = Award.objects.select_related("badge", "address", "version__micro_credential__unit")
    award = get_object_or_404(related, pk=pk)
    unit = award.version.micro_credential.unit
    if not may(request.user, "revoke", unit):
        raise Http404
    if request.method != "POST" and award.badge.state == BadgeState.REVOKED:
        messages.info(request, f"The badge of {award.holder} is revoked already.")
        return redirect("awards", slug_of(unit))
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.revoke_award(award, given["reason"], given["words"], by=request.user)
        messages.success(request, f"Revoked: the badge of {award.holder}. Its page says so from now on.")
        return redirect("awards", slug_of(unit))
    given = {"award": award, "unit": unit, "form": form}
    return render(request, "web/desk/revoke.html", given, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def retire(request: HttpRequestOfPerson, pk: int) -> HttpResponse:
    """From which day is this version not offered any more?"""
    version = version_at(request.user, pk, "retire")
    today = clock.today(university().zone)
    form = RetireForm(request.POST if request.method == "POST" else None, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        try:
            catalogue.retire_version(version, form.cleaned_data["on"], form.cleaned_data["note"], by=request.user)
        except Invalid as refusal:
            for name, found in refusal.fields.items():
                form.add_error(name if name in form.fields else None, found)
        else:
            messages.success(request, f"Retired: {version.title} {version.number}. Badges awarded stay true.")
            return redirect("unit-desk", slug_of(version.micro_credential.unit))
    given = {"version": version, "unit": version.micro_credential.unit, "form": form}
    return render(request, "web/desk/retire.html", given, status=422 if form.errors else 200)


def version_at(user: User, pk: int, verb: str) -> Version:
    """An approved version for which this person has the right; everything else answers as missing."""
    versions = Version.objects.exclude(state=VersionState.DRAFT).select_related("micro_credential__unit")
    version = get_object_or_404(versions, pk=pk)
    if not may(user, verb, version.micro_credential.unit):
        raise Http404
    return version


def roster_at(user: User, pk: str) -> Roster:
    """A roster of a unit whose desk this person sees; everything else answers as missing."""
    roster = get_object_or_404(Roster.objects.defer("content").select_related("version__micro_credential__unit"), pk=pk)
    if not sees(user, roster.version.micro_credential.unit):
        raise Http404
    return roster
