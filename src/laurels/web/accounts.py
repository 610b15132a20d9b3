"""An account for a learner: asked for by address, opened with the letter's link. Nobody learns who has one."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from laurels.errors import Missing, Refused
from laurels.people import actions, letters
from laurels.people.system import system
from laurels.web.forms.learning import NewPasswordForm, SignUpForm
from laurels.web.forms.refusal import show_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Who are you? The answer is the same for every address."""
    form = SignUpForm(request.POST or None)
    sent = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.offer_account(form.cleaned_data["address"], form.cleaned_data["name"], by=system())
            sent = form.cleaned_data["address"]
        except Refused as refused:
            show_in(form, refused)
    status = 422 if form.errors else 200
    return render(request, "web/learn/sign_up.html", {"form": form, "sent": sent}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_account(request: HttpRequest, token: str) -> HttpResponse:
    """Which password shall be yours? For whoever holds the letter's link."""
    try:
        offered = letters.read(token)
    except Missing:
        return render(request, "web/learn/open_account.html", {"offered": None}, status=410)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.open_account(token, form.cleaned_data["password"], by=system())
        except Refused as refused:
            show_in(form, refused)
        else:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            messages.success(request, f"Welcome, {user.name}.")
            return redirect("my-laurels")
    shown = {"offered": offered, "form": form}
    return render(request, "web/learn/open_account.html", shown, status=422 if form.errors else 200)
