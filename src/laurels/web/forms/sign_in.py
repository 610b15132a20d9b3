"""The forms of signing in: an address and a password, and choosing the password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.http import HttpRequest

from laurels.errors import Invalid
from laurels.people import actions
from laurels.people.documents import fold
from laurels.people.models import User


class SignInForm(AuthenticationForm):
    """An address, in any of its written forms, and a password."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": "This address and this password do not belong together. A password minds its case.",
        "inactive": "This account is closed. Ask the registrar.",
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = "Your address"
        self.fields["username"].widget = forms.EmailInput(attrs={"autocomplete": "username", "maxlength": 254})
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"

    def clean_username(self) -> str:
        """The folded form of the address, which is how accounts are known."""
        try:
            return fold(self.cleaned_data["username"])
        except Invalid:
            return str(self.cleaned_data["username"])


class PasswordForm(SetPasswordForm):  # type: ignore[type-arg] # it is generic for the type checker alone
    """A new password, twice."""

    error_messages = {"password_mismatch": "These two are not the same."}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        first, second = self.fields["new_password1"], self.fields["new_password2"]
        first.label, second.label = "Your password", "The same once more"
        first.help_text = "At least eight characters, not a common word, and not like your name or address."
        second.help_text = ""

    def validate_password_for_user(self, user: User, password_field_name: str = "") -> None:
        """What is wrong with a password stands beside it, not beside its repetition."""
        super().validate_password_for_user(user, "new_password1")

    def save(self, commit: bool = True) -> User:
        """Choose it."""
        user: User = self.user
        actions.choose_password(user, self.cleaned_data["new_password1"], by=user)
        return user
