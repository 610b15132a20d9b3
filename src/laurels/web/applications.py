"""An application: as its unit sees it, and for the committee the door to its review."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels import clock
from laurels.errors import Invalid, WrongState
from laurels.governance import actions, submissions, workflow
from laurels.governance.authority import in_force
from laurels.governance.models import Application
from laurels.people.models import User
from laurels.people.permissions import UNIVERSITY, may
from laurels.people.system import university
from laurels.web import committee, dossier
from laurels.web.desk import HttpRequestOfPerson, desk_page, reads, slug_of
from laurels.web.forms.application import AnswersForm


def application_at(user: User, pk: int) -> Application:
    """An application of a unit that this person leads; everything else answers as missing."""
    related = Application.objects.select_related("unit", "version__micro_credential__unit", "rubric", "decision")
    application = get_object_or_404(related, pk=pk)
    if not may(user, "apply", application.unit):
        raise Http404
    return application


@require_safe
@desk_page
def show(request: HttpRequestOfPerson, pk: int) -> HttpResponse:
    """Where does this application stand, and what does it say?"""
    related = Application.objects.select_related("unit", "version__micro_credential__unit", "rubric", "decision")
    application = get_object_or_404(related, pk=pk)
    if reads(request.user, application):
        return render(request, "web/desk/application.html", _shown(request.user, application))
    if may(request.user, "review", UNIVERSITY):
        return committee.application_page(request, application)
    raise Http404


def _shown(user: User, application: Application) -> dict[str, Any]:
    verbs = workflow.verbs_from(application.state) if may(user, "apply", application.unit) else frozenset()
    lacks = submissions.lacking(application, submissions.definition_of(application))
    ready = "submit" in verbs and not lacks
    asked = application.submissions.exclude(changes_words="").select_related("changes_by").last()
    return {
        "application": application,
        "may_edit": "edit" in verbs,
        "may_submit": "submit" in verbs,
        "may_withdraw": "withdraw" in verbs,
        "lacks": [words for found in lacks.values() for words in found] if "submit" in verbs else [],
        "refused": _refused(application) if ready else None,
        "answers": dossier.answers_of(application),
        "rounds": dossier.rounds_of(application),
        "asked": asked,
        "desk": slug_of(application.unit),
    }


def _refused(application: Application) -> WrongState | None:
    """Why the unit may not issue what it defines: no authority in force, or fields outside its scope."""
    if application.version is None:
        return None
    try:
        in_force(application.unit, application.version, clock.today(university().zone))
    except WrongState as refused:
        return refused
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def edit(request: HttpRequestOfPerson, pk: int) -> HttpResponse:
    """What does the unit answer?"""
    application = application_at(request.user, pk)
    form = AnswersForm(application, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_application(application, form.cleaned_data, by=request.user)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Saved as a draft. Nothing is handed in yet.")
            return redirect("application", application.pk)
    status = 422 if form.errors else 200
    return render(request, "web/desk/answers.html", {"application": application, "form": form}, status=status)


@require_POST
@desk_page
def submit(request: HttpRequestOfPerson, pk: int) -> HttpResponse:
    """Hand the application in."""
    application = application_at(request.user, pk)
    actions.submit_application(application, by=request.user)
    messages.success(request, "Handed in. The committee has been told, and you will be told of its decision.")
    return redirect("application", application.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def withdraw(request: HttpRequestOfPerson, pk: int) -> HttpResponse:
    """Take the application back?"""
    application = application_at(request.user, pk)
    if request.method != "POST":
        return render(request, "web/desk/withdraw.html", {"application": application})
    actions.withdraw_application(application, by=request.user)
    messages.success(request, "Withdrawn.")
    return redirect("unit-desk", slug_of(application.unit))
