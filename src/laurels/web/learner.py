"""The learner's pages: My laurels, and one enrolment with its rings, what is missing, and the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from laurels import clock
from laurels.awards.models import Award
from laurels.errors import Refused
from laurels.people.models import User
from laurels.people.system import university
from laurels.training import actions
from laurels.training.models import (
    CalendarFeed,
    Enrolment,
    EnrolmentState,
    Meeting,
    Offering,
    OfferingState,
    Seats,
)
from laurels.training.models.enrolment import LIVE
from laurels.training.progress import Progress, progress_of, progress_of_many
from laurels.training.standing import is_learner, may_see
from laurels.web import ledgers, rings
from laurels.web.desk import HttpRequestOfPerson, desk_page
from laurels.web.forms.hours import HoursForm, prefilled
from laurels.web.forms.learning import GoOnForm, LeaveForm
from laurels.web.forms.refusal import show_in
from laurels.web.search import HEAVY


@dataclass(frozen=True, slots=True)
class UnderWay:
    """One enrolment on My laurels: how far it is, and when it goes on."""

    progress: Progress
    rings: rings.Rings
    next: Meeting | None

    @property
    def enrolment(self) -> Enrolment:
        """Whose progress it is."""
        return self.progress.enrolment


@require_safe
@desk_page
def my_laurels(request: HttpRequestOfPerson) -> HttpResponse:
    """What is one step away, under way, earned?"""
    mine = list(enrolments_of(request.user).filter(state__in=LIVE))
    active = [one for one in mine if one.state == EnrolmentState.ENROLLED]
    found, coming = progress_of_many(active), next_meetings(active)
    shown = {
        "under_way": [_under_way(found[one.pk], coming) for one in active],
        "waiting": [one for one in mine if one.state == EnrolmentState.WAITING],
        "invited": [one for one in mine if one.state == EnrolmentState.INVITED],
        "earned": awards_of(request.user),
        "calendar": CalendarFeed.objects.filter(user=request.user).first(),
    }
    return render(request, "web/learn/my.html", shown)


def _under_way(progress: Progress, coming: dict[Any, Meeting]) -> UnderWay:
    return UnderWay(progress, rings.under_way(progress), coming.get(progress.enrolment.offering_id))


def enrolments_of(user: User) -> QuerySet[Enrolment]:
    """The enrolments of a person, over all addresses."""
    own = Q(address__person=user) | Q(address__folded=user.email)
    related = ("address", "offering", "version__micro_credential__unit")
    return Enrolment.objects.filter(own).select_related(*related).order_by("-enrolled_at")


def awards_of(user: User) -> QuerySet[Award]:
    """What a person has earned, newest first."""
    own = Q(address__person=user) | Q(address__folded=user.email)
    awards = Award.objects.filter(own).select_related("badge", "version__micro_credential__unit")
    return awards.order_by("-granted_at").defer(*(f"version__{heavy}" for heavy in HEAVY))


def next_meetings(enrolments: Sequence[Enrolment]) -> dict[Any, Meeting]:
    """The next meeting of each offering."""
    offerings = {one.offering_id for one in enrolments if one.offering_id is not None}
    coming = Meeting.objects.filter(offering__in=offerings, cancelled_at=None, ends_at__gt=clock.now())
    return {one.offering_id: one for one in coming.order_by("-starts_at")}


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def enrolment(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """How far is it, what is missing, and which hours were done?"""
    own = enrolment_at(request.user, pk)
    zone = own.offering.zone if own.offering else university().zone
    if request.method != "POST":
        return _page(request, own, HoursForm(initial=prefilled(ledgers.last(own), zone)))
    form = HoursForm(request.POST)
    if form.is_valid():
        try:
            actions.record_hours(own, form.given(), zone=form.cleaned_data["zone"], by=request.user)
        except Refused as refused:
            show_in(form, refused)
        else:
            messages.success(request, f"Saved. {rings.spoken(progress_of(own))}")
            again = "#record" if "another" in request.POST else ""
            return redirect(f"{request.path}{again}")
    return _page(request, own, form)


def _page(request: HttpRequestOfPerson, own: Enrolment, form: HoursForm) -> HttpResponse:
    progress = progress_of(own)
    now = clock.now()
    meetings = list(own.offering.meetings.all()) if own.offering else []
    is_own = is_learner(request.user, own)
    shown = {
        "enrolment": own,
        "version": own.version,
        "progress": progress,
        "rings": rings.under_way(progress),
        "ledger": ledgers.weeks(progress),
        "form": form,
        "meetings": meetings,
        "next": next((one for one in meetings if one.cancelled_at is None and one.ends_at > now), None),
        "is_own": is_own,
        "is_open": own.state == EnrolmentState.ENROLLED,
        "go_on": GoOnForm(offerings=others(own)) if is_own and closed(own) else None,
    }
    return render(request, "web/learn/enrolment.html", shown, status=422 if form.errors else 200)


def closed(own: Enrolment) -> bool:
    """Whether the enrolment is under way in an offering that is over."""
    under_way = own.state == EnrolmentState.ENROLLED
    return under_way and own.offering is not None and own.offering.state != OfferingState.OPEN


def others(own: Enrolment) -> list[Offering]:
    """The public offerings in which the enrolment could go on."""
    same = Offering.objects.filter(version__micro_credential=own.version.micro_credential_id, state=OfferingState.OPEN)
    public = same.filter(seats=Seats.PUBLIC, ends_on__gte=clock.today(university().zone))
    return [one for one in public if one.pk != own.offering_id]


@require_http_methods(["POST"])
@desk_page
def go_on(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """Go on elsewhere, or alone."""
    own = enrolment_at(request.user, pk)
    form = GoOnForm(request.POST, offerings=others(own))
    if form.is_valid():
        actions.go_on(own, form.chosen(), by=request.user)
        messages.success(request, "You go on. Your hours came along.")
    return redirect("enrolment", own.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def withdraw(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """Leave? The hours stay in the ledger."""
    own = enrolment_at(request.user, pk)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(own, form.cleaned_data["words"], by=request.user)
        messages.success(request, f"Withdrawn from {own.version.title}. The hours stay in the ledger.")
        return redirect("my-laurels" if is_learner(request.user, own) else "enrolment", *_rest(request.user, own))
    shown = {"enrolment": own, "form": form, "is_own": is_learner(request.user, own)}
    return render(request, "web/learn/withdraw.html", shown, status=422 if form.errors else 200)


def _rest(user: User, own: Enrolment) -> list[object]:
    return [] if is_learner(user, own) else [own.pk]


@require_http_methods(["POST"])
@desk_page
def accept(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """Accept an invitation, signed in with the invited address."""
    own = enrolment_at(request.user, pk)
    actions.accept_invitation(own, by=request.user)
    messages.success(request, f"Accepted: {own.version.title}.")
    return redirect("enrolment", own.pk)


def enrolment_at(user: User, pk: str) -> Enrolment:
    """An enrolment that this person may see; everything else answers as missing."""
    related = ("address", "offering", "award__badge", "version__micro_credential__unit")
    found = Enrolment.objects.filter(pk=pk).select_related(*related).first()
    if found is None or not may_see(user, found):
        raise Http404
    return found
