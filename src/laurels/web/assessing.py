"""The assessors' desk: hand-ins to assess, second looks, appeals; the evidence beside the competency."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from laurels import clock
from laurels.catalogue.models import Competency
from laurels.errors import Invalid, Refused, WrongState
from laurels.people.models import Unit, User
from laurels.people.permissions import may
from laurels.training import actions, queue
from laurels.training.actions.assessment import OWN
from laurels.training.models import Appeal, Assessment, Enrolment, Evidence, HandIn, Moderation
from laurels.training.standing import is_learner, standing_assessment
from laurels.training.verdict import Verdict
from laurels.web import search
from laurels.web.desk import UNIVERSITY_SLUG, HttpRequestOfPerson, desk_page, slug_of
from laurels.web.forms.verdict import VerdictForm

A_PAGE = 50
JUDGED = "You have judged this before. Another assessor must look at it."


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to judge: where it stands, what is looked at, and how the verdict is given."""

    sort: str
    unit: Unit
    enrolment: Enrolment
    competency: Competency
    asked: str  # the learner's words, with a hand-in or an appeal
    first: Assessment | None  # what is looked at for a second time
    chosen: tuple[Evidence, ...]
    give: Callable[[Verdict, Sequence[Evidence]], Assessment]
    refused: str = ""

    @property
    def learner(self) -> str:
        """Whose work it is, as the unit knows the person."""
        return self.enrolment.name


@require_safe
@desk_page
def show(request: HttpRequestOfPerson, slug: str) -> HttpResponse:
    """What waits for me to be assessed?"""
    unit = unit_at(request.user, slug)
    return render(request, "web/desk/assessing.html", {"unit": unit, **_shown(request.user, unit, request.GET)})


def _shown(user: User, unit: Unit, given: QueryDict) -> dict[str, Any]:
    """One of the three lists, filtered, and how much is in each."""
    q, wanted = search.words_of(given), given.get("competency", "").replace("\x00", "")[:200]
    lists = {
        "assess": queue.waiting(unit),
        "moderate": queue.second_looks(unit, user),
        "appeals": queue.appeals(unit, user),
    }
    chosen = given.get("list", "") if given.get("list", "") in lists else "assess"
    found = _filtered(lists[chosen], "" if chosen == "assess" else "assessment__", q, wanted)
    return {
        "list": chosen,
        "counts": {name: found.count() for name, found in lists.items()},
        "overdue": lists["assess"].filter(queue.overdue()).count(),
        "page": Paginator(found, A_PAGE).get_page(given.get("page")),
        "competencies": _competencies(unit),
        "q": q,
        "wanted": wanted,
        "kept": urlencode({"list": chosen, "q": q, "competency": wanted}) + "&",
        "now": clock.now(),
        "me": user,
    }


def _filtered(found: QuerySet[Any], path: str, q: str, wanted: str) -> QuerySet[Any]:
    if wanted:
        found = found.filter(**{f"{path}competency__statement": wanted})
    if q:
        name, address = f"{path}enrolment__name__icontains", f"{path}enrolment__address__folded__icontains"
        found = found.filter(Q(**{name: q}) | Q(**{address: q}))
    return found


def _competencies(unit: Unit) -> list[str]:
    """What can be chosen among: the competencies of the unit's versions, whatever their version."""
    known = Competency.objects.filter(version__micro_credential__unit=unit, version__enrolments__isnull=False)
    return sorted(set(known.values_list("statement", flat=True)))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def assess(request: HttpRequestOfPerson, slug: str, pk: str) -> HttpResponse:
    """What does this work show?"""
    unit = unit_at(request.user, slug)
    related = HandIn.objects.select_related("competency", "enrolment__address", _VERSION)
    one = _of(related.filter(enrolment__version__micro_credential__unit=unit), pk)

    def give(verdict: Verdict, evidence: Sequence[Evidence]) -> Assessment:
        if one.closed_at is not None:
            raise WrongState("This was assessed already.", mend="The learner can hand in again, or appeal.")
        return actions.assess(one.enrolment, one.competency, verdict, evidence, by=request.user)

    own = OWN if is_learner(request.user, one.enrolment) else ""
    chosen = tuple(one.evidence.filter(withdrawn_at=None))
    return _judge(
        request, Case("assess", unit, one.enrolment, one.competency, one.words, None, chosen, give, own), one.closed_at
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def moderate(request: HttpRequestOfPerson, slug: str, pk: int) -> HttpResponse:
    """Does a second assessor see the same?"""
    unit = unit_at(request.user, slug)
    one = _of(_second(Moderation.objects.all(), unit), pk)
    first = one.assessment

    def give(verdict: Verdict, _: Sequence[Evidence]) -> Assessment:
        return actions.moderate(one, verdict, by=request.user)

    refused = JUDGED if first.assessor_id == request.user.pk else ""
    return _judge(request, _again("moderate", unit, first, "", give, refused, request.user), one.moderated_at)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def hear(request: HttpRequestOfPerson, slug: str, pk: int) -> HttpResponse:
    """Is the learner right?"""
    unit = unit_at(request.user, slug)
    one = _of(_second(Appeal.objects.all(), unit), pk)
    first = one.assessment

    def give(verdict: Verdict, _: Sequence[Evidence]) -> Assessment:
        return actions.hear_appeal(one, verdict, by=request.user)

    moderated = Moderation.objects.filter(assessment=first, moderated_by=request.user).exists()
    refused = JUDGED if moderated or first.assessor_id == request.user.pk else ""
    return _judge(request, _again("appeals", unit, first, one.words, give, refused, request.user), one.heard_at)


_VERSION = "enrolment__version__micro_credential__unit"


def _second(found: QuerySet[Any], unit: Unit) -> QuerySet[Any]:
    here = found.filter(assessment__enrolment__version__micro_credential__unit=unit)
    return here.select_related(
        "assessment__competency", "assessment__assessor", "assessment__enrolment__address", f"assessment__{_VERSION}"
    )


def _again(
    sort: str,
    unit: Unit,
    first: Assessment,
    words: str,
    give: Callable[[Verdict, Sequence[Evidence]], Assessment],
    refused: str,
    by: User,
) -> Case:
    """A second look at a first verdict: at the same evidence."""
    rests = tuple(one.evidence for one in first.rests_on.select_related("evidence"))
    own = OWN if is_learner(by, first.enrolment) else refused
    return Case(sort, unit, first.enrolment, first.competency, words, first, rests, give, own)


def _of(found: QuerySet[Any], pk: object) -> Any:
    one = found.filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


def unit_at(user: User, slug: str) -> Unit:
    """The unit in which this person may assess; everything else answers as missing."""
    unit = Unit.objects.filter(slug="" if slug == UNIVERSITY_SLUG else slug).first()
    if unit is None or not may(user, "assess", unit):
        raise Http404
    return unit


def _judge(request: HttpRequestOfPerson, case: Case, over: object) -> HttpResponse:
    """The page of one case: shown, refused with what was typed kept, or stored and on to the next."""
    posted = request.method == "POST"
    known = list(case.enrolment.evidence.filter(withdrawn_at=None)) if case.first is None else None
    form = VerdictForm(
        request.POST if posted else None, case.competency, case.enrolment.version.levels, known, case.chosen
    )
    refusal: Refused | None = None
    if posted and form.is_valid():
        keys = set(form.cleaned_data.get("evidence", ()))
        try:
            case.give(form.verdict(), [one for one in known or () if str(one.pk) in keys])
        except Invalid as refused:
            form.refuse(refused)
        except WrongState as refused:
            refusal = refused
        else:
            return _next(request, case)
    return _page(request, case, form, refusal, over)


def _page(
    request: HttpRequestOfPerson, case: Case, form: VerdictForm, refusal: Refused | None, over: object
) -> HttpResponse:
    status = 409 if refusal else 422 if form.errors else 200
    stands = standing_assessment(case.enrolment, case.competency)
    given = {
        "case": case,
        "unit": case.unit,
        "form": form,
        "refusal": refusal,
        "over": over,
        "stands": stands,
        "evidence": case.enrolment.evidence.filter(withdrawn_at=None) if case.first is None else case.chosen,
        "ticked": _ticked(form),
    }
    return render(request, "web/desk/assess.html", given, status=status)


def _ticked(form: VerdictForm) -> set[str]:
    if "evidence" not in form.fields:
        return set()
    return {str(one) for one in form["evidence"].value() or ()}


def _next(request: HttpRequestOfPerson, case: Case) -> HttpResponse:
    """Stored: say so, and go on to the oldest that this person can still do."""
    lists: dict[str, tuple[QuerySet[Any], str]] = {
        "assess": (queue.waiting(case.unit).exclude(queue.own(request.user)), "assess"),
        "moderate": (queue.second_looks(case.unit, request.user), "moderate"),
        "appeals": (queue.appeals(case.unit, request.user), "hear-appeal"),
    }
    found, page = lists[case.sort]
    left, first = found.count(), found.first()
    done = {"assess": "Assessed.", "moderate": "Moderated.", "appeals": "The appeal was heard."}[case.sort]
    slug = slug_of(case.unit)
    if first is None:
        messages.success(request, f"{done} Nothing else waits here.")
        return redirect(f"{reverse('assessing', args=[slug])}?list={case.sort}")
    enrolment = first.enrolment if case.sort == "assess" else first.assessment.enrolment
    messages.success(request, f"{done} {left} left. Now: {enrolment.name}.")
    return redirect(page, slug, first.pk)
