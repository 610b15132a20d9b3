"""The unit desk: what waits for me, our applications, definitions, rosters and awards, our issuing authority."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from laurels import clock
from laurels.awards.models import Award, Roster, RosterState
from laurels.catalogue.models import Version, VersionState
from laurels.governance import actions
from laurels.governance.authority import Standing, standing_of
from laurels.governance.models import Application, Kind, State
from laurels.governance.workflow import OPEN
from laurels.people.models import Unit, University, User
from laurels.people.permissions import may
from laurels.people.system import university
from laurels.training.waiting import many_near, many_waiting
from laurels.web import search, tables
from laurels.web.desk import HttpRequestOfPerson, desk_page, slug_of, unit_at
from laurels.web.forms.title import TitleForm
from laurels.web.search import HEAVY

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for this person: what it is, since when, where to go, what to do there."""

    title: str
    words: str
    since: datetime | None
    address: str
    act: str


@require_safe
@desk_page
def desk(request: HttpRequestOfPerson, slug: str) -> HttpResponse:
    """What waits for me here?"""
    return page(request, unit_at(request.user, slug), TitleForm())


def page(request: HttpRequestOfPerson, unit: Unit, form: TitleForm) -> HttpResponse:
    """The unit's desk, with the form that begins a definition as it was typed."""
    status = 422 if form.errors else 200
    request.house = house = university()
    return render(request, "web/desk/unit.html", {**_shown(request.user, unit, house), "form": form}, status=status)


def _shown(user: User, unit: Unit, house: University) -> dict[str, Any]:
    authority = standing_of(unit, clock.today(house.zone))
    versions = Version.objects.filter(micro_credential__unit=unit).select_related("micro_credential__unit")
    versions = versions.defer(*HEAVY).exclude(state=VersionState.SUPERSEDED).order_by("title", "-pk")
    under_way = list(applications_of(unit).filter(state__in=OPEN))
    return {
        "unit": unit,
        "authority": authority,
        "waiting": waiting_for(user, unit, authority, under_way),
        "leads": may(user, "apply", unit),
        "awards_here": may(user, "award", unit),
        "applications": applications_of(unit).order_by("-created_at")[:30],
        "versions": versions,
        "drafted": {one.micro_credential_id for one in versions if one.state == VersionState.DRAFT},
        "rosters": rosters_of(unit)[:10],
        "award_count": awards_of(unit).count(),
        "authority_open": any(one.kind == Kind.AUTHORITY for one in under_way),
    }


def applications_of(unit: Unit) -> QuerySet[Application]:
    """The unit's applications."""
    return Application.objects.filter(unit=unit).select_related("unit", "version", "decision", "applicant")


def rosters_of(unit: Unit) -> QuerySet[Roster]:
    """The unit's rosters, newest first, with their rows counted."""
    rosters = Roster.objects.filter(version__micro_credential__unit=unit).select_related("version", "uploaded_by")
    good = Count("rows", filter=Q(rows__problem=""))
    done = Count("rows", filter=Q(rows__award__isnull=False))
    light = rosters.defer("content", *(f"version__{heavy}" for heavy in HEAVY))
    return light.annotate(all_rows=Count("rows"), good=good, done=done).order_by("-uploaded_at")


def awards_of(unit: Unit) -> QuerySet[Award]:
    """The unit's awards, newest first."""
    awards = Award.objects.filter(version__micro_credential__unit=unit)
    whole = awards.select_related("version", "address", "badge").order_by("-granted_at", "-pk")
    return whole.defer(*(f"version__{heavy}" for heavy in HEAVY))


def waiting_for(user: User, unit: Unit, authority: Standing, under_way: Sequence[Application]) -> list[Waiting]:
    """What waits for this person at this desk, oldest first."""
    found: list[Waiting] = []
    if may(user, "apply", unit):
        mine = (State.DRAFT, State.CHANGES_REQUESTED)
        found += [_application(one) for one in under_way if one.state in mine]
    if may(user, "award", unit):
        checked = rosters_of(unit).filter(state=RosterState.CHECKED, uploaded_by=user)
        found += [_roster(one) for one in checked]
    if may(user, "confirm hours", unit):
        found += _training(user, unit)
    found.sort(key=lambda one: one.since or clock.now())
    if may(user, "apply", unit) and authority.state in ("near its end", "lapsed"):
        words = "Apply anew in time: after its end nothing can be awarded."
        found.insert(0, Waiting(authority.words, words, None, "#authority", "See the authority"))
    return found


def _training(user: User, unit: Unit) -> list[Waiting]:
    """Hours to confirm and awards to sign off, each as one thing with the age of its oldest."""
    found, slug = [], slug_of(unit)
    count, oldest = many_waiting(unit, user)
    if count:
        found.append(
            Waiting("Hours", f"{count} to confirm.", oldest, reverse("hours-waiting", args=[slug]), "Look and confirm")
        )
    near, since = many_near(unit) if may(user, "sign off", unit) else (0, None)
    if near:
        words = f"{near} with all hours confirmed and every competency assessed."
        found.append(Waiting("Awards", words, since, reverse("awards-ready", args=[slug]), "Look and sign off"))
    return found


def _application(application: Application) -> Waiting:
    title = application.version.title if application.version else "Issuing authority"
    address = reverse("application", args=[application.pk])
    if application.state == State.CHANGES_REQUESTED:
        return Waiting(title, "The committee asked for changes.", application.submitted_at, address, "Answer")
    return Waiting(title, "A draft, not handed in yet.", application.created_at, address, "Go on")


def _roster(roster: Any) -> Waiting:
    words = f"Checked: {roster.good} of {roster.all_rows} rows can be awarded. Nothing is awarded before you confirm."
    address = reverse("roster", args=[roster.pk])
    return Waiting(f"{roster.version.title}: {roster.filename}", words, roster.uploaded_at, address, "Look and confirm")


@require_POST
@desk_page
def begin_authority(request: HttpRequestOfPerson, slug: str) -> HttpResponse:
    """Begin an application for issuing authority."""
    application = actions.draft_authority_application(unit_at(request.user, slug), {}, by=request.user)
    return redirect("application-edit", application.pk)


@require_safe
@desk_page
def awards(request: HttpRequestOfPerson, slug: str) -> HttpResponseBase:
    """Whom did we award, and with what? As a page, or as CSV."""
    unit = unit_at(request.user, slug)
    q = search.words_of(request.GET)
    found = awards_of(unit)
    if q:
        words = Q(holder__icontains=q) | Q(address__folded__icontains=q) | Q(version__title__icontains=q)
        found = found.filter(words)
    if request.GET.get("form") == "csv":
        return tables.csv_answer(f"awards-{slug_of(unit)}.csv", tables.AWARDS, found.iterator(chunk_size=1000))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    may_revoke = may(request.user, "revoke", unit)
    return render(request, "web/desk/awards.html", {"unit": unit, "page": page, "q": q, "may_revoke": may_revoke})
