"""Teaching: a unit's offerings, and one offering with its meetings and its learners."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels import clock
from laurels.catalogue.models import Version, VersionState
from laurels.errors import Refused
from laurels.governance.authority import standing_of
from laurels.people.models import Membership, Role, Unit, User
from laurels.people.permissions import may
from laurels.people.system import university
from laurels.training import actions
from laurels.training.actions.offerings import MAY_STAFF
from laurels.training.models import Enrolment, EnrolmentState, Offering
from laurels.training.progress import progress_of_many
from laurels.training.seats import SEATED
from laurels.training.waiting import many_near, many_waiting
from laurels.web import rings
from laurels.web.desk import UNIVERSITY_SLUG, HttpRequestOfPerson, desk_page, slug_of
from laurels.web.forms.refusal import show_in
from laurels.web.forms.teaching import InviteForm, NewOfferingForm, OfferingForm, ReasonForm, StaffForm

A_PAGE = 50


def unit_at(user: User, slug: str) -> Unit:
    """A unit in which this person teaches or assesses, or that the registrar looks at; else it is missing."""
    unit = Unit.objects.filter(slug="" if slug == UNIVERSITY_SLUG else slug).first()
    if unit is None or not (may(user, "train", unit) or may(user, "administer", unit)):
        raise Http404
    return unit


def offering_at(user: User, pk: str) -> Offering:
    """An offering of such a unit."""
    found = Offering.objects.filter(pk=pk).select_related("version__micro_credential__unit").first()
    if found is None:
        raise Http404
    unit_at(user, slug_of(found.version.micro_credential.unit))
    return found


def done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the form was right and the act was done; a refusal is shown in the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refused:
        show_in(form, refused)
        return False
    return True


def offerings_of(unit: Unit) -> QuerySet[Offering]:
    """The unit's offerings with their seats and waiting lists counted, the newest first."""
    seated = Count("enrolments", filter=Q(enrolments__state__in=SEATED))
    waiting = Count("enrolments", filter=Q(enrolments__state=EnrolmentState.WAITING))
    offerings = Offering.objects.filter(version__micro_credential__unit=unit).select_related("version")
    return offerings.annotate(seated=seated, waiting=waiting).order_by("-starts_on", "title")


@require_safe
@desk_page
def training(request: HttpRequestOfPerson, slug: str) -> HttpResponse:
    """What do we offer, and what waits for me?"""
    unit = unit_at(request.user, slug)
    shown = {
        "unit": unit,
        "page": Paginator(offerings_of(unit), A_PAGE).get_page(request.GET.get("page")),
        "hours": many_waiting(unit, request.user)[0],
        "ready": many_near(unit)[0] if may(request.user, "sign off", unit) else 0,
        "authority": standing_of(unit, clock.today(university().zone)),
        "offers": may(request.user, "offer", unit),
        "alone": Enrolment.objects.filter(
            version__micro_credential__unit=unit, offering=None, state=EnrolmentState.ENROLLED
        ).select_related("version")[:A_PAGE],
    }
    return render(request, "web/teach/training.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def new(request: HttpRequestOfPerson, slug: str) -> HttpResponse:
    """Open an offering."""
    unit = unit_at(request.user, slug)
    versions = Version.objects.filter(micro_credential__unit=unit, state=VersionState.PUBLISHED)
    versions = versions.select_related("micro_credential__unit").order_by("title")
    form = NewOfferingForm(request.POST or None, versions=list(versions), initial={"zone": university().zone})
    made: list[Offering] = []
    if request.method == "POST" and done(
        form, lambda: made.append(actions.open_offering(form.chosen(), form.given(), by=request.user))
    ):
        messages.success(request, f"Open: {made[0].title}. Plan its meetings next.")
        return redirect("teach-offering", made[0].pk)
    return form_page(request, form, unit, "Open an offering", "Open it")


@require_safe
@desk_page
def offering(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """How is this offering: its meetings, who is enrolled and how far, who waits?"""
    found = offering_at(request.user, pk)
    unit = found.version.micro_credential.unit
    everybody = _learners(found)
    page = Paginator(everybody.filter(state__in=SEATED), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "offering": found,
        "unit": unit,
        "version": found.version,
        "meetings": found.meetings.select_related("recorded_by"),
        "staff": found.staff.select_related("user").order_by("role", "user__name"),
        "page": page,
        "rows": _rows(list(page)),
        "others": everybody.exclude(state__in=SEATED).order_by("state", "enrolled_at"),
        "offers": may(request.user, "offer", unit),
        "now": clock.now(),
    }
    return render(request, "web/teach/offering.html", shown)


def _learners(found: Offering) -> QuerySet[Enrolment]:
    related = ("address", "offering", "award", "version__micro_credential__unit")
    return found.enrolments.select_related(*related).order_by("name", "pk")


def _rows(enrolments: list[Enrolment]) -> list[tuple[Enrolment, str, int]]:
    """Each learner with the hours in words, and how many things are missing."""
    found = progress_of_many(enrolments)
    return [(one, rings.spoken(found[one.pk]), len(found[one.pk].missing)) for one in enrolments]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def edit(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """Change what it says of itself."""
    found = offering_at(request.user, pk)
    form = OfferingForm(request.POST or None, initial=OfferingForm.of(found))
    if request.method == "POST" and done(form, lambda: actions.edit_offering(found, form.given(), by=request.user)):
        messages.success(request, "Saved.")
        return redirect("teach-offering", found.pk)
    return form_page(request, form, found, f"Change {found.title}", "Save")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def staff(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """Who teaches, who assesses?"""
    found = offering_at(request.user, pk)
    unit = found.version.micro_credential.unit
    people = {"instructors": _held(unit, Role.INSTRUCTOR, Role.LEAD), "assessors": _held(unit, Role.ASSESSOR)}
    named = {f"{role}s": [str(one.user_id) for one in found.staff.filter(role=role)] for role in MAY_STAFF}
    form = StaffForm(request.POST if request.method == "POST" else None, initial=named, **people)
    if request.method == "POST" and done(
        form,
        lambda: actions.staff_offering(found, form.chosen("instructors"), form.chosen("assessors"), by=request.user),
    ):
        messages.success(request, "Saved.")
        return redirect("teach-offering", found.pk)
    return form_page(request, form, found, "Who teaches and assesses", "Save")


def _held(unit: Unit, *roles: Role) -> list[User]:
    held = Membership.objects.filter(unit=unit, role__in=roles)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name"))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def invite(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """Invite somebody by address."""
    found = offering_at(request.user, pk)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and done(
        form,
        lambda: actions.invite(found, form.cleaned_data["address"], form.cleaned_data["name"], by=request.user),
    ):
        messages.success(request, f"Invited: {form.cleaned_data['name']}. A letter is on its way.")
        return redirect("teach-offering", found.pk)
    return form_page(request, form, found, "Invite a learner", "Send the invitation")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def cancel(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """Cancel it? Nobody's hours are lost."""
    found = offering_at(request.user, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.cancel_offering(found, form.cleaned_data["words"], by=request.user)
    ):
        messages.success(request, "Cancelled. Everybody enrolled gets a letter; their hours stay.")
        return redirect("teach-offering", found.pk)
    lede = "Enrolments and hours stay. Everybody gets your words, and can go on alone or in another offering."
    return form_page(request, form, found, f"Cancel {found.title}", "Cancel the offering", lede)


@require_POST
@desk_page
def end(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """End it: its last day has come."""
    found = actions.end_offering(offering_at(request.user, pk), by=request.user)
    messages.success(request, "Ended. Learners under way go on.")
    return redirect("teach-offering", found.pk)


@require_POST
@desk_page
def no_show(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """This person never came."""
    related = ("address", "offering", "version__micro_credential__unit")
    one = Enrolment.objects.filter(pk=pk).select_related(*related).first()
    if one is None or one.offering is None:
        raise Http404
    offering_at(request.user, str(one.offering.pk))
    actions.record_no_show(one, by=request.user)
    messages.success(request, f"Recorded: {one.name} never came.")
    return redirect("teach-offering", one.offering.pk)


def form_page(
    request: HttpRequestOfPerson, form: forms.Form, of: Unit | Offering, heading: str, act: str, lede: str = ""
) -> HttpResponse:
    """A page that is one form."""
    found = of if isinstance(of, Offering) else None
    unit = found.version.micro_credential.unit if found else of
    shown: dict[str, Any] = {
        "form": form,
        "offering": found,
        "unit": unit,
        "heading": heading,
        "act": act,
        "lede": lede,
    }
    return render(request, "web/teach/form.html", shown, status=422 if form.errors else 200)
