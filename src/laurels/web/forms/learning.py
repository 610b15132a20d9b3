"""The forms of learners: leaving, going on, an account, its password."""

from typing import Any

from django import forms

from laurels.training.models import Offering


class LeaveForm(forms.Form):
    """Why somebody leaves, if they like to say it."""

    words = forms.CharField(
        label="Why, if you like to say it", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class GoOnForm(forms.Form):
    """Where to go on after an offering was closed."""

    offering = forms.ChoiceField(label="Go on", widget=forms.RadioSelect)

    def __init__(self, *args: Any, offerings: list[Offering], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in offerings}
        others = [(key, f"In {one.title}, from {one.starts_on.isoformat()}") for key, one in self.known.items()]
        self.fields["offering"].choices = [("", "Alone, by the informal route"), *others]  # type: ignore[attr-defined]
        self.fields["offering"].required = False

    def chosen(self) -> Offering | None:
        """The offering, or none: alone."""
        return self.known.get(self.cleaned_data["offering"])


class SignUpForm(forms.Form):
    """Who asks for an account."""

    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    address = forms.EmailField(
        label="Your address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class NewPasswordForm(forms.Form):
    """A password, twice."""

    password = forms.CharField(
        label="Your password",
        help_text="At least eight characters, not a common word, and not like your name or address.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="The same once more", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        given = super().clean() or {}
        if given.get("password") != given.get("again") and not self.errors:
            self.add_error("again", "These two are not the same.")
        return given
