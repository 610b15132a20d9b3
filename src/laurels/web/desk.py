"""Where a person works: which desks are theirs, and what they may see there. Hidden things answer as missing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from laurels.governance.models import Application
from laurels.people.models import Role, Unit, University, User
from laurels.people.permissions import UNIVERSITY, may, remember

P = ParamSpec("P")
UNIVERSITY_SLUG = "university"  # the desk of the unit without a slug
DESK_ROLES = (Role.LEAD, Role.ASSESSOR, Role.INSTRUCTOR)


class HttpRequestOfPerson(HttpRequest):
    """A request of somebody who has signed in."""

    user: User
    house: University | None = None  # read once, for the view and for the base template


PersonView = Callable[Concatenate[HttpRequestOfPerson, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def desk_page(view: PersonView[P]) -> View[P]:
    """A page for people who have signed in; no cache keeps it."""

    @never_cache
    @login_required
    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        person = cast("HttpRequestOfPerson", request)
        remember(person.user)
        return view(person, *args, **kwargs)

    return cast("View[P]", answer)


@dataclass(frozen=True, slots=True)
class Desk:
    """One place to work at."""

    name: str
    address: str


def desks_of(user: User) -> list[Desk]:
    """The desks of a person: the units that they lead or assess for, all units for a registrar, the committee's."""
    found = []
    if may(user, "review", UNIVERSITY):
        found.append(Desk("Committee", reverse("committee-desk")))
    units = Unit.objects.order_by("name")
    if not may(user, "administer", UNIVERSITY):
        units = units.filter(memberships__user=user, memberships__role__in=DESK_ROLES).distinct()
    teaches = set() if may(user, "administer", UNIVERSITY) else _only_teaches(user)
    for unit in units:
        found.append(Desk(unit.name, reverse("training" if unit.pk in teaches else "unit-desk", args=[slug_of(unit)])))
    return found


def _only_teaches(user: User) -> set[int]:
    """The units in which somebody is an instructor and nothing else: their desk is the one of training."""
    if user.held_roles is None:
        remember(user)
    held = [(unit, role) for unit, _, role in user.held_roles or () if role in DESK_ROLES]
    return {unit for unit, _ in held} - {unit for unit, role in held if role != Role.INSTRUCTOR}


def slug_of(unit: Unit) -> str:
    """A unit as desk addresses name it."""
    return unit.slug or UNIVERSITY_SLUG


def unit_at(user: User, slug: str) -> Unit:
    """The unit of a desk, if this person may see it."""
    unit = Unit.objects.filter(slug="" if slug == UNIVERSITY_SLUG else slug).first()
    if unit is None or not sees(user, unit):
        raise Http404
    return unit


def sees(user: User, unit: Unit) -> bool:
    """Whether this person may see the unit's desk: its lead, its assessors, and the registrar."""
    return may(user, "award", unit) or may(user, "revoke", unit)


def reads(user: User, application: Application) -> bool:
    """Whether this person may read the application as one of the unit's people."""
    return may(user, "award", application.unit)


@require_safe
@desk_page
def chooser(request: HttpRequestOfPerson) -> HttpResponse:
    """The one desk of a person, or a choice of theirs."""
    desks = desks_of(request.user)
    if len(desks) == 1:
        return redirect(desks[0].address)
    if not desks:
        return redirect("my-laurels")
    return render(request, "web/desk/chooser.html", {"desks": desks})
