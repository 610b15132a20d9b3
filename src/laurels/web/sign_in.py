"""Signing in: Django's own way, and in a demonstration one click for each sample role."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import LoginView, PasswordResetConfirmView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from laurels.people.models import Membership, User
from laurels.web.forms.sign_in import PasswordForm, SignInForm


def one_click() -> bool:
    """Whether anybody may sign in as a sample person: only in a demonstration, never in production."""
    return bool(settings.DEMO) and not settings.PRODUCTION


class SignIn(LoginView):
    """Who are you? With an address and a password."""

    template_name = "web/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and in a demonstration the sample people with their roles."""
        given = super().get_context_data(**kwargs)
        del given["site"]  # Django's idea of the site, which would hide the university
        return {**given, "people": sample_people() if one_click() else []}


class ChoosePassword(PasswordResetConfirmView):
    """Which password shall be yours? For whoever holds a link that the registrar made."""

    template_name = "web/password.html"
    form_class = PasswordForm
    post_reset_login = True
    success_url = reverse_lazy("desk")

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """The page: gone when the link does not hold, and not accepted when the form is wrong."""
        status = 410 if not self.validlink else 422 if context["form"].errors else 200
        return super().render_to_response(context, status=status, **kwargs)


def sample_people() -> Sequence[tuple[User, str]]:
    """The people of the demonstration with their roles in words, those of the university first."""
    memberships = Membership.objects.select_related("user", "unit").filter(user__is_active=True, user__is_system=False)
    roles: dict[User, list[str]] = {}
    for one in memberships.order_by("unit__slug", "role", "user__name"):
        place = "the university" if one.unit.is_university else one.unit.name
        roles.setdefault(one.user, []).append(f"{one.role} of {place}")
    return [(user, ", ".join(held)) for user, held in roles.items()]


@never_cache
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as a sample person with one click."""
    if not one_click():
        raise Http404
    people = User.objects.filter(is_active=True, is_system=False, memberships__isnull=False).distinct()
    number = request.POST.get("person", "")
    user = get_object_or_404(people, pk=int(number) if number.isascii() and number.isdigit() else 0)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if safe else reverse("desk"))
