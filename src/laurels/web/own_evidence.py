"""The learner's evidence: add it, say who may see it, withdraw it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from laurels.catalogue.models import Visibility
from laurels.errors import Refused
from laurels.people.models import User
from laurels.people.system import university
from laurels.training import actions
from laurels.training.models import Enrolment, EnrolmentState, Evidence, EvidenceKind, Patients
from laurels.training.standing import is_learner
from laurels.web.desk import HttpRequestOfPerson, desk_page
from laurels.web.forms.evidence import EvidenceForm, VisibilityForm, show_refusal


@require_safe
@desk_page
def show(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """What have I handed in, and who may see it?"""
    own = own_enrolment(request.user, pk)
    given = {"enrolment": own, "is_own": True, "is_open": own.state == EnrolmentState.ENROLLED}
    return render(request, "web/learn/evidence_page.html", given)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def add(request: HttpRequestOfPerson, pk: str, kind: str) -> HttpResponse:
    """A file, a link or a text?"""
    own = own_enrolment(request.user, pk)
    if kind not in EvidenceKind.values:
        raise Http404
    form = EvidenceForm(kind, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            made = form.add(own, request.user)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, f"Added: {made.title}. Only the assessors see it.")
            return redirect("own-evidence", own.pk)
    given = {"enrolment": own, "kind": kind, "form": form}
    return render(request, "web/learn/evidence_new.html", given, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def visibility(request: HttpRequestOfPerson, pk: str, piece: str) -> HttpResponse:
    """What becomes public?"""
    one = own_piece(request.user, pk, piece)
    form = VisibilityForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        ends, patients = form.ends(university().zone), Patients(given["patients"])
        try:
            actions.show_evidence(one, Visibility(given["visibility"]), patients, until=ends, by=request.user)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, f"Saved: {one.title}, {one.visibility}.")
            return redirect("own-evidence", one.enrolment_id)
    shown = {"enrolment": one.enrolment, "one": one, "form": form}
    return render(request, "web/learn/evidence_visibility.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def withdraw(request: HttpRequestOfPerson, pk: str, piece: str) -> HttpResponse:
    """Take it back, for good?"""
    one = own_piece(request.user, pk, piece)
    if request.method == "POST":
        actions.withdraw_evidence(one, by=request.user)
        messages.success(request, f"Withdrawn: {one.title}.")
        return redirect("own-evidence", one.enrolment_id)
    return render(request, "web/learn/evidence_withdraw.html", {"enrolment": one.enrolment, "one": one})


def own_enrolment(user: User, pk: str) -> Enrolment:
    """An enrolment of this person; everything else answers as missing."""
    related = Enrolment.objects.select_related("address", "offering", "version__micro_credential__unit")
    found = related.filter(pk=pk).first()
    if found is None or not is_learner(user, found):
        raise Http404
    return found


def own_piece(user: User, pk: str, piece: str) -> Evidence:
    """A piece of evidence of this person's enrolment that was not withdrawn."""
    found = Evidence.objects.filter(pk=piece, enrolment=own_enrolment(user, pk), withdrawn_at=None)
    one = found.select_related("enrolment__address", "enrolment__version__micro_credential__unit").first()
    if one is None:
        raise Http404
    return one
