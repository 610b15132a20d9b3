"""A person's meetings for a calendar program, under an address that nobody guesses."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from laurels.people.models import User
from laurels.training import actions
from laurels.training.calendar import calendar
from laurels.training.models import CalendarFeed, EnrolmentState, Meeting
from laurels.web.desk import HttpRequestOfPerson, desk_page


@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """Which meetings are there?"""
    found = CalendarFeed.objects.filter(key=key, user__is_active=True).select_related("user").first()
    if found is None:
        raise Http404
    address = settings.BASE_URL + reverse("my-laurels")
    content = calendar(meetings_of(found.user), f"Meetings of {found.user.name}", settings.HOST or "localhost", address)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="meetings.ics"'
    answer.headers["Cache-Control"] = "private, max-age=300"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def meetings_of(user: User) -> list[Meeting]:
    """The meetings of every offering that somebody is enrolled in, teaches or assesses in."""
    mine = Q(offering__enrolments__address__person=user) | Q(offering__enrolments__address__folded=user.email)
    enrolled = mine & Q(offering__enrolments__state__in=[EnrolmentState.ENROLLED, EnrolmentState.AWARDED])
    chosen = Meeting.objects.filter(enrolled | Q(offering__staff__user=user)).values("pk")
    return list(Meeting.objects.filter(pk__in=chosen).select_related("offering").order_by("starts_at"))


@require_POST
@desk_page
def renew(request: HttpRequestOfPerson) -> HttpResponse:
    """Make the address, or a new one."""
    actions.renew_calendar(by=request.user)
    messages.success(request, "Here is the address of your calendar. An earlier one does not work any more.")
    return redirect("my-laurels")
