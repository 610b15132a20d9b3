"""The committee desk: what is before us, declarations of interest, reviews, decisions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels import clock
from laurels.errors import Invalid, Refused
from laurels.governance import actions, decision, reviews
from laurels.governance.models import Application, Kind, Outcome, Review, State, Submission
from laurels.governance.rubric import Standing, shown, standing
from laurels.people.models import User
from laurels.people.permissions import UNIVERSITY, may
from laurels.people.system import university
from laurels.web import dossier, tables
from laurels.web.desk import HttpRequestOfPerson, desk_page
from laurels.web.forms.review import ChangesForm, DecisionForm, InterestForm, ReviewForm

BEFORE_US = (State.SUBMITTED, State.UNDER_REVIEW)


@dataclass(frozen=True, slots=True)
class Case:
    """One application as a line of the desk."""

    application: Application
    quorum: reviews.Quorum
    mine: str  # "" | "to declare" | "to review" | "in" | "interest" | "own unit"
    may_decide: bool


def applications() -> Any:
    """Every application that was ever handed in."""
    found = Application.objects.exclude(state=State.DRAFT).exclude(round=0)
    return found.select_related("unit", "version__micro_credential__unit", "rubric", "decision", "applicant")


def application_at(user: User, pk: int) -> Application:
    """An application before the committee, for its members; everything else answers as missing."""
    if not may(user, "review", UNIVERSITY):
        raise Http404
    found: Application = get_object_or_404(applications(), pk=pk)
    return found


@require_safe
@desk_page
def desk(request: HttpRequestOfPerson) -> HttpResponseBase:
    """What is before us?"""
    if not may(request.user, "review", UNIVERSITY):
        raise Http404
    if request.GET.get("form") == "csv":
        return tables.csv_answer("applications.csv", tables.APPLICATIONS, applications().order_by("submitted_at"))
    cases = [case_of(one, request.user) for one in applications().filter(state__in=BEFORE_US).order_by("submitted_at")]
    given = {
        "waiting": [case for case in cases if case.mine in ("to declare", "to review")],
        "ready": [case for case in cases if case.quorum.met],
        "before_us": cases,
        "with_units": applications().filter(state=State.CHANGES_REQUESTED).order_by("submitted_at"),
        "decided": applications().filter(decision__isnull=False).order_by("-decision__at")[:30],
    }
    return render(request, "web/committee/desk.html", given)


def case_of(application: Application, user: User) -> Case:
    """An application as this person meets it."""
    return Case(
        application, reviews.quorum(application), mine(application, user), reviews.may_decide(application, user)
    )


def mine(application: Application, user: User) -> str:
    """What this person has done about the application in the present round, or has still to do."""
    if reviews.belongs(user, application):
        return "own unit"
    declared = reviews.declaration(application, user)
    if declared is None:
        return "to declare"
    if declared.has_interest:
        return "interest"
    return "in" if declared.submitted_at else "to review"


def application_page(request: HttpRequestOfPerson, application: Application) -> HttpResponse:
    """The door to an application: the declaration first, and nothing else before it."""
    application = application_at(request.user, application.pk)
    state, before_us = mine(application, request.user), application.state in BEFORE_US
    if not before_us or state in ("interest", "own unit"):
        given = {"application": application, "mine": state, "before_us": before_us}
        status = 403 if before_us and state == "own unit" else 200
        return render(request, "web/committee/closed.html", given, status=status)
    if state == "to declare":
        return _declaration(request, application, InterestForm())
    return redirect("review", application.pk)


def _declaration(request: HttpRequestOfPerson, application: Application, form: InterestForm) -> HttpResponse:
    given = {"application": application, "form": form}
    return render(request, "web/committee/interest.html", given, status=422 if form.errors else 200)


@require_POST
@desk_page
def declare(request: HttpRequestOfPerson, pk: int) -> HttpResponse:
    """Declare an interest, or none."""
    application = application_at(request.user, pk)
    form = InterestForm(request.POST)
    if not form.is_valid():
        return _declaration(request, application, form)
    has_interest = form.cleaned_data["has_interest"] == "yes"
    try:
        actions.declare_interest(application, has_interest, form.cleaned_data["interest"], by=request.user)
    except Invalid as refusal:
        form.add_error("interest", refusal.message)
        return _declaration(request, application, form)
    return redirect("application", pk)


@require_POST
@desk_page
def remind(request: HttpRequestOfPerson, pk: int) -> HttpResponse:
    """Remind somebody whose review is waited for."""
    application = application_at(request.user, pk)
    number = request.POST.get("person", "")
    person = get_object_or_404(User, pk=int(number) if number.isascii() and number.isdigit() else 0)
    actions.remind_reviewer(application, person, by=request.user)
    messages.success(request, f"{person.name} has been reminded.")
    wanted = request.POST.get("from", "")
    return redirect(wanted if wanted in ("review", "decide") else "application", pk)


@require_POST
@desk_page
def tell_chair(request: HttpRequestOfPerson, pk: int) -> HttpResponse:
    """Tell the chair that one cannot review."""
    actions.tell_chair(application_at(request.user, pk), by=request.user)
    messages.success(request, "The chair has been told.")
    return redirect("committee-desk")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def review(request: HttpRequestOfPerson, pk: int) -> HttpResponse:
    """What do I think of it, criterion by criterion? And once mine is in: what do the others?"""
    application = application_at(request.user, pk)
    if application.state not in BEFORE_US or mine(application, request.user) in ("to declare", "interest", "own unit"):
        return redirect("application", pk)
    assert application.rubric is not None
    form = ReviewForm(application.rubric, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            actions.submit_review(application, form.scores(), by=request.user)
        except Invalid as refusal:
            form.refuse(refusal.fields)
            return render(request, "web/committee/review.html", _review(request.user, application, form), status=422)
        messages.success(request, "Your review is in. The others can see it now, and you can see theirs.")
        return redirect("review", pk)
    return render(request, "web/committee/review.html", _review(request.user, application, form))


def _review(user: User, application: Application, form: ReviewForm) -> dict[str, Any]:
    submission: Submission = application.submissions.get(round=application.round)
    lines = dossier.said(application, submission)
    is_in = mine(application, user) == "in"
    visible = reviews.visible_reviews(application, user)
    present = [one for one in visible if one.round == application.round]
    assert application.rubric is not None
    return {
        "application": application,
        "submission": submission,
        "lines": lines,
        "criteria": [(asked, dossier.speaking_to(asked.key, lines)) for asked in form.criteria()],
        "errors": form.errors,
        "is_in": is_in,
        "columns": by_criterion(application.rubric.criteria, present) if is_in else [],
        "reviews": present if is_in else [],
        "earlier": [one for one in visible if one.round < application.round],
        "rounds": dossier.rounds_of(application),
        "since_version": dossier.since_version(application, submission),
        "titles": {one["key"]: one["title"] for one in application.rubric.criteria},
        **_waiting(application),
        "standing": words_of(standing(application.rubric, present)) if is_in else None,
        "may_decide": reviews.may_decide(application, user),
    }


def _waiting(application: Application) -> dict[str, Any]:
    """Where the quorum stands, and which of those who are waited for were reminded today."""
    today = clock.today(university().zone)
    return {"quorum": reviews.quorum(application), "reminded": reviews.reminded_on(application, today)}


def by_criterion(criteria: Sequence[Any], given: Sequence[Review]) -> list[tuple[Any, list[Any]]]:
    """The criteria, each with the score and reason of every review."""
    return [(one, [review.scores.get(one["key"], {}) for review in given]) for one in criteria]


def words_of(scores: Standing) -> dict[str, Any]:
    """The standing as a page shows it."""
    means = {key: shown(mean) for key, mean in scores.means.items()}
    return {"means": means, "mean": shown(scores.mean), "passes": scores.passes, "shortfalls": scores.shortfalls}


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def decide(request: HttpRequestOfPerson, pk: int) -> HttpResponse:
    """What does the committee decide? First the sentence as it will be recorded, then the decision."""
    application = application_at(request.user, pk)
    if request.method != "POST" and application.state not in BEFORE_US:
        return redirect("application", pk)
    reviews.refuse_decider(application, request.user)
    form = _decision_form(request, application)
    refusal: Refused | None = None
    if request.POST.get("act") == "record" and form.is_valid():
        try:
            number = _record(request, application, form)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, f"Recorded as decision {number}. The unit has been told.")
            return redirect("committee-desk")
    status = 422 if form.errors or refusal else 200
    return render(request, "web/committee/decide.html", _decision(request, application, form, refusal), status=status)


def _record(request: HttpRequestOfPerson, application: Application, form: DecisionForm) -> str:
    """Record the decision whose sentence was shown, and no other; its number."""
    given = form.cleaned_data
    shown_before = request.POST.get("shown", "")
    if reviews.quorum(application).met and shown_before.split() != _sentence(application, form).split():
        raise Invalid("This is not the sentence that you were shown. Read it as it will be recorded, then record it.")
    words = {"note": given["note"], "conditions": given["conditions"], **form.term()}
    return actions.decide(application, Outcome(given["outcome"]), by=request.user, **words).number


def _decision_form(request: HttpRequestOfPerson, application: Application) -> DecisionForm:
    policy = university()
    data = request.POST if "act" in request.POST else None
    has_term, today = application.kind == Kind.AUTHORITY, clock.today(policy.zone)
    return DecisionForm(data, has_term=has_term, today=today, months=policy.authority_months)


def _decision(
    request: HttpRequestOfPerson, application: Application, form: DecisionForm, refusal: Refused | None
) -> dict[str, Any]:
    assert application.rubric is not None
    counted, quorum = reviews.counted(application), reviews.quorum(application)
    scores = standing(application.rubric, counted)
    looked = form.is_bound and form.is_valid() and quorum.met and refusal is None
    below = looked and form.cleaned_data["outcome"] == Outcome.APPROVE and not scores.passes
    return {
        "application": application,
        "form": form,
        "changes": ChangesForm(),
        "refusal": refusal,
        **_waiting(application),
        "standing": words_of(scores),
        "reviews": counted if quorum.met else [],
        "columns": by_criterion(application.rubric.criteria, counted) if quorum.met else [],
        "below": scores.refusal if below else "",
        "sentence": _sentence(application, form) if looked and not below else "",
    }


def _sentence(application: Application, form: DecisionForm) -> str:
    assert application.rubric is not None
    scores = standing(application.rubric, reviews.counted(application))
    given = form.cleaned_data
    today = clock.today(university().zone)
    facts = decision.facts_of(application, given["outcome"], scores, university(), today)
    submission = application.submissions.get(round=application.round)
    scope = tuple(submission.content["answers"].get("scope", ()))
    return decision.sentence(replace(facts, conditions=given["conditions"], scope=scope, **form.term()))


@require_POST
@desk_page
def changes(request: HttpRequestOfPerson, pk: int) -> HttpResponse:
    """Ask the unit for changes."""
    application = application_at(request.user, pk)
    form = ChangesForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    try:
        actions.request_changes(application, words, by=request.user)
    except Invalid as refusal:
        form.add_error("words", refusal.message)
        shown = _decision(request, application, _decision_form(request, application), None) | {"changes": form}
        return render(request, "web/committee/decide.html", shown, status=422)
    messages.success(request, f"{application.unit.name} has been asked for changes.")
    return redirect("committee-desk")
