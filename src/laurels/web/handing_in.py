"""The learner hands competencies in, reads what was assessed, and appeals."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from laurels.catalogue.models import Competency
from laurels.errors import Refused
from laurels.training import actions
from laurels.training.models import Appeal, Assessment, EnrolmentState, HandIn
from laurels.training.progress import Progress, progress_of
from laurels.web.desk import HttpRequestOfPerson, desk_page
from laurels.web.forms.evidence import AppealForm, HandInForm, show_refusal
from laurels.web.own_evidence import own_enrolment


@dataclass(frozen=True, slots=True)
class Stand:
    """How one competency stands: what is asked, what was reached, what waits, and what the learner can do."""

    competency: Competency
    stands: Assessment | None
    earlier: Sequence[Assessment]
    waits: HandIn | None
    appeal: Appeal | None
    second_look: bool

    @property
    def is_judged(self) -> bool:
        """Whether an appeal against the standing assessment can still be made."""
        return self.stands is not None and self.appeal is None and not self.is_final

    @property
    def is_final(self) -> bool:
        """Whether the standing assessment is the answer to an appeal."""
        return self.stands is not None and self.stands.sort == "appeal"


def stands_of(progress: Progress) -> list[Stand]:
    """The competencies of an enrolment in their order, in one query more than the progress."""
    waits = {one.competency_id: one for one in progress.hand_ins if one.closed_at is None}
    return [
        _stand(one, progress, waits.get(one.pk)) for one in progress.enrolment.version.competencies.order_by("position")
    ]


def _stand(competency: Competency, progress: Progress, waits: HandIn | None) -> Stand:
    made = [one for one in progress.assessments if one.competency_id == competency.pk]
    stands = progress.standing.get(str(competency.key))
    moderation = getattr(stands, "moderation", None)
    return Stand(
        competency=competency,
        stands=stands,
        earlier=[one for one in reversed(made) if one != stands],
        waits=waits,
        appeal=getattr(stands, "appeal", None),
        second_look=moderation is not None and moderation.moderated_at is None,
    )


@require_safe
@desk_page
def show(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """What was assessed, and what can I do?"""
    own = own_enrolment(request.user, pk)
    is_open = own.state == EnrolmentState.ENROLLED
    given = {"enrolment": own, "progress": progress_of(own), "is_own": True, "is_open": is_open}
    return render(request, "web/learn/assessment_page.html", given)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def hand_in(request: HttpRequestOfPerson, pk: str, competency: int) -> HttpResponse:
    """What shows that I can do this?"""
    own = own_enrolment(request.user, pk)
    asked = own.version.competencies.filter(pk=competency).first()
    if asked is None:
        raise Http404
    known = list(own.evidence.filter(withdrawn_at=None))
    form = HandInForm(request.POST if request.method == "POST" else None, known)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.hand_in(own, asked, form.chosen(), form.cleaned_data["words"], by=request.user)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, f"Handed in: {made.competency.statement}. You get a letter when it is assessed.")
            return redirect("own-assessment", own.pk)
    given = {"enrolment": own, "competency": asked, "form": form, "known": known}
    return render(request, "web/learn/hand_in.html", given, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def appeal(request: HttpRequestOfPerson, pk: str, assessment: str) -> HttpResponse:
    """What was overlooked?"""
    own = own_enrolment(request.user, pk)
    related = Assessment.objects.select_related("competency", "assessor", "enrolment__address")
    one = related.filter(pk=assessment, enrolment=own).first()
    if one is None:
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.appeal(one, form.cleaned_data["words"], by=request.user)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, "Your appeal is in. Another assessor hears it, and you get a letter.")
            return redirect("own-assessment", own.pk)
    given = {"enrolment": own, "one": one, "form": form}
    return render(request, "web/learn/appeal.html", given, status=422 if form.errors else 200)
