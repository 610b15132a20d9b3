"""Pages for everyone: the catalogue, a micro-credential, a unit, a decision. They set no cookie."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from laurels import clock
from laurels.catalogue.models import VersionState
from laurels.governance.authority import standing_of
from laurels.governance.models import Decision
from laurels.people.models import Unit
from laurels.people.system import university
from laurels.web import enrolling, history, rings, search, stacks


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """What can I learn here?"""
    return render(request, "web/public/catalogue.html", {"found": search.search(request.GET, university())})


@require_safe
def micro_credential(request: HttpRequest, slug: str) -> HttpResponse:
    """What will I be able to do, what does it take, who approved it? `?version=` shows an earlier version."""
    versions = history.approved_versions(slug)
    wanted = request.GET.get("version", "")
    version = next((one for one in versions if one.number == wanted or not wanted), None)
    if version is None:
        raise Http404
    unit = version.micro_credential.unit
    shown = {
        "card": search.card_of(version),
        "version": version,
        "unit": unit,
        "newest": versions[0],
        "gone": version.state == VersionState.RETIRED,
        "past_versions": history.past(versions),
        "authority": standing_of(unit, clock.today(university().zone)),
        "rings": rings.asked(version),
        "offerings": enrolling.cards(version.micro_credential),
    }
    return _page(request, shown)


def _page(request: HttpRequest, shown: dict[str, Any]) -> HttpResponse:
    if shown["version"].is_stack:
        return stacks.public_stack(request, shown)
    return render(request, "web/public/micro_credential.html", shown)


@require_safe
def unit(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is this unit, may it issue, and what can be earned there?"""
    found = get_object_or_404(Unit, slug=slug)
    house = university()
    versions = search.published().filter(micro_credential__unit=found)
    shown = {
        "unit": found,
        "authority": standing_of(found, clock.today(house.zone)),
        "cards": [search.card_of(version) for version in versions],
    }
    return render(request, "web/public/unit.html", shown)


@require_safe
def decision(request: HttpRequest, number: str) -> HttpResponse:
    """What was decided, by whom, when, and on which scores?"""
    found = get_object_or_404(
        Decision.objects.select_related("application__unit", "application__version__micro_credential"), number=number
    )
    criteria = found.application.rubric.criteria if found.application.rubric else []
    titles = [(one["title"], found.scores["criteria"].get(one["key"]), one["least"]) for one in criteria]
    shown = {"decision": found, "application": found.application, "scores": titles}
    return render(request, "web/public/decision.html", shown)
