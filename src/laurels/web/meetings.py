"""Meetings: plan one or a series, move, cancel, and record attendance in one act."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from laurels.errors import Invalid, Refused
from laurels.people.models import User
from laurels.training import actions
from laurels.training.models import Enrolment, EnrolmentState, Meeting
from laurels.web.desk import HttpRequestOfPerson, desk_page
from laurels.web.forms.teaching import MeetingForm, ReasonForm, SeriesForm
from laurels.web.teaching import done, form_page, offering_at


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def plan(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """Plan a meeting, or the same in several weeks."""
    found = offering_at(request.user, pk)
    form = SeriesForm(request.POST or None, initial={"day": found.starts_on})
    if request.method == "POST" and done(
        form, lambda: actions.plan_meetings(found, form.given(), form.cleaned_data["weeks"], by=request.user)
    ):
        messages.success(request, "Planned.")
        return redirect("teach-offering", found.pk)
    return form_page(request, form, found, "Plan meetings", "Plan", f"Times are of {found.zone}.")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def move(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """Change a meeting; those enrolled are told."""
    meeting = meeting_at(request, pk)
    form = MeetingForm(request.POST or None, initial=MeetingForm.of(meeting))
    if request.method == "POST" and done(form, lambda: actions.move_meeting(meeting, form.given(), by=request.user)):
        messages.success(request, "Saved.")
        return redirect("teach-offering", meeting.offering.pk)
    lede = f"Those enrolled get a letter when its time or place changes. Times are of {meeting.offering.zone}."
    return form_page(request, form, meeting.offering, f"Change {meeting.what}", "Save", lede)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def cancel(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """Cancel a meeting; those enrolled are told why."""
    meeting = meeting_at(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.cancel_meeting(meeting, form.cleaned_data["words"], by=request.user)
    ):
        messages.success(request, "Cancelled. Those enrolled get a letter.")
        return redirect("teach-offering", meeting.offering.pk)
    return form_page(request, form, meeting.offering, f"Cancel {meeting.what}", "Cancel the meeting")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def attendance(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """Who was there? Everybody is ticked: untick who was not."""
    meeting = meeting_at(request, pk)
    enrolled = _enrolled(meeting)
    ticked = set(request.POST.getlist("present")) if request.method == "POST" else {str(one.pk) for one in enrolled}
    problems: list[str] = []
    if request.method == "POST":
        made, problems = _recorded(meeting, [one for one in enrolled if str(one.pk) in ticked], request.user)
        if not problems:
            messages.success(request, f"Recorded for {made}. Somebody else confirms the hours.")
            return redirect("teach-offering", meeting.offering.pk)
    had = set(meeting.hours.values_list("enrolment", flat=True))
    rows = [(one, str(one.pk) in ticked, one.pk in had) for one in enrolled]
    shown = {"meeting": meeting, "offering": meeting.offering, "rows": rows, "problems": problems}
    return render(request, "web/teach/attendance.html", shown, status=422 if problems else 200)


def _recorded(meeting: Meeting, present: list[Enrolment], by: User) -> tuple[int, list[str]]:
    """For how many it was recorded, or why for nobody."""
    try:
        return len(actions.record_attendance(meeting, present, by=by)), []
    except Refused as refused:
        problems = refused.fields.get("present", []) if isinstance(refused, Invalid) else []
        return 0, problems or [" ".join(part for part in (refused.message, refused.mend) if part)]


def _enrolled(meeting: Meeting) -> list[Enrolment]:
    related = ("address", "offering", "version__micro_credential__unit")
    enrolled = Enrolment.objects.filter(offering=meeting.offering_id, state=EnrolmentState.ENROLLED)
    return list(enrolled.select_related(*related).order_by("name", "pk"))


def meeting_at(request: HttpRequestOfPerson, pk: str) -> Meeting:
    """A meeting of an offering whose unit this person teaches in."""
    found = Meeting.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.offering = offering_at(request.user, str(found.offering_id))
    return found
