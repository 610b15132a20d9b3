"""The form of the sign-in page."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest

from laurels.errors import Invalid
from laurels.people.documents import fold


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
