"""The forms around awards: handing in a roster, attesting it, revoking, retiring."""

from django import forms

from laurels.badges.reasons import REASONS

MOST_BYTES = 8_000_000


class RosterForm(forms.Form):
    """A roster as a file."""

    file = forms.FileField(
        label="The roster",
        help_text="A spreadsheet (XLSX), or a CSV file.",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
        error_messages={"required": "Choose the file first."},
    )

    def clean_file(self) -> object:
        """Not too large to be looked at in one go."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("This file is too large: at most 8 MB. Hand it in as several rosters.")
        return file


class AttestForm(forms.Form):
    """The attestation of a roster."""

    attested = forms.BooleanField(
        label="I attest this.", error_messages={"required": "Nothing is awarded without your attestation."}
    )


class RevokeForm(forms.Form):
    """Why a badge is revoked."""

    reason = forms.ChoiceField(
        label="The reason, which everybody can read",
        choices=[(reason, words) for reason, words in REASONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the reason that the badge's page will give."},
    )
    words = forms.CharField(
        label="Your own words",
        help_text="What happened, for the university's records. They never become public.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what happened: whoever looks into it later needs to know."},
    )


class RetireForm(forms.Form):
    """From when, and what learners under way can do."""

    on = forms.DateField(label="From this day on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(
        label="What learners under way can do",
        help_text="The page of the micro-credential shows it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
