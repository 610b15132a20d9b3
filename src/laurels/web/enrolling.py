"""Getting on the way: an offering with its seats, beginning alone, and an invitation."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from laurels import clock
from laurels.catalogue.models import MicroCredential
from laurels.errors import Refused
from laurels.people import actions as people
from laurels.people import letters
from laurels.people.models import User
from laurels.people.system import system, university
from laurels.training import actions
from laurels.training.models import Enrolment, EnrolmentState, Offering, OfferingState, Seats
from laurels.training.seats import free, is_invitation_token, newest
from laurels.web import rings
from laurels.web.forms.learning import NewPasswordForm
from laurels.web.forms.refusal import show_in


@dataclass(frozen=True, slots=True)
class Card:
    """One offering for everybody: its dates and its seats, in words."""

    offering: Offering
    seats: int | None

    @property
    def words(self) -> str:
        """How many seats are left."""
        if self.seats is None:
            return "seats for everybody"
        return f"{self.seats} seat{'' if self.seats == 1 else 's'} left" if self.seats else "full, with a waiting list"


def cards(micro_credential: MicroCredential) -> list[Card]:
    """The public offerings that take learners, the next first."""
    same = Offering.objects.filter(version__micro_credential=micro_credential, state=OfferingState.OPEN)
    public = same.filter(seats=Seats.PUBLIC, ends_on__gte=clock.today(university().zone)).order_by("starts_on")
    return [Card(one, free(one)) for one in public[:10]]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offering(request: HttpRequest, pk: str) -> HttpResponse:
    """When and where is it, who teaches, is there a seat? And: enrol."""
    related = Offering.objects.select_related("version__micro_credential__unit")
    found = get_object_or_404(related, pk=pk, seats=Seats.PUBLIC)
    if request.method == "POST" and request.user.is_authenticated:
        made = actions.enrol(found, by=request.user)
        waits = made.state == EnrolmentState.WAITING
        messages.success(request, "You are on the waiting list." if waits else f"Enrolled: {found.title}.")
        return redirect("enrolment", made.pk)
    version = found.version
    shown = {
        "card": Card(found, free(found)),
        "offering": found,
        "version": version,
        "rings": rings.asked(version),
        "meetings": found.meetings.filter(cancelled_at=None),
        "staff": found.staff.select_related("user").order_by("role", "user__name"),
        "is_over": found.state != OfferingState.OPEN or found.ends_on < clock.today(found.zone),
    }
    return render(request, "web/learn/offering.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alone(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin alone, by the informal route?"""
    version = newest(get_object_or_404(MicroCredential, slug=slug))
    if request.method == "POST" and request.user.is_authenticated:
        made = actions.begin_informal(version, by=request.user)
        messages.success(request, f"Begun: {version.title}. Record your first hours below.")
        return redirect("enrolment", made.pk)
    return render(request, "web/learn/alone.html", {"version": version, "rings": rings.asked(version)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, pk: str, token: str) -> HttpResponse:
    """Accept the invitation of a letter: signed in, or with a new account for the invited address."""
    related = Enrolment.objects.select_related("address__person", "offering", "version__micro_credential__unit")
    invited = related.filter(pk=pk).first()
    if invited is None or not is_invitation_token(invited, token):
        raise Http404
    is_known = invited.address.person is not None or User.objects.filter(email=invited.address.folded).exists()
    form = None if request.user.is_authenticated or is_known else NewPasswordForm(request.POST or None)
    if request.method == "POST" and _accepted(request, invited, token, form):
        messages.success(request, f"Accepted: {invited.version.title}.")
        return redirect("enrolment", invited.pk)
    gone = invited.state != EnrolmentState.INVITED
    shown = {"enrolment": invited, "form": form, "gone": gone, "is_known": is_known}
    status = 410 if gone else 422 if form is not None and form.errors else 200
    return render(request, "web/learn/invitation.html", shown, status=status)


def _accepted(request: HttpRequest, invited: Enrolment, token: str, form: NewPasswordForm | None) -> bool:
    """Whether it was accepted; without an account one is opened first, as the letter shows whose address it is."""
    if isinstance(request.user, User):
        actions.accept_invitation(invited, token, by=request.user)
        return True
    if form is None or not form.is_valid() or invited.state != EnrolmentState.INVITED:
        return False
    try:
        offered = letters.token(invited.address.folded, invited.name)
        user = people.open_account(offered, form.cleaned_data["password"], by=system())
    except Refused as refused:
        show_in(form, refused)
        return False
    actions.accept_invitation(invited, token, by=user)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return True
