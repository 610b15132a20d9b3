"""The form of the verify page: a file, or an address or text, and perhaps whom it should be awarded to."""

from typing import Any

from django import forms

from laurels.errors import Invalid
from laurels.people.documents import fold

MOST_BYTES = 1_000_000
TOO_LARGE = "This file is too large: at most 1 MB."


class VerifyForm(forms.Form):
    """A badge to check, in one of its forms."""

    file = forms.FileField(
        label="Put the badge here",
        help_text="A picture (PNG or SVG) with the badge in it, or a JSON file. At most 1 MB.",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".png,.svg,.json,.jsonld,image/png,image/svg+xml,application/json"}),
    )
    text = forms.CharField(
        label="Or paste its address or text",
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
    )
    recipient = forms.CharField(
        label="Should it be somebody's?",
        help_text="Give an e-mail address, and we also say whether the badge was awarded to it.",
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off"}),
    )

    def clean_recipient(self) -> str:
        """The address in its folded form, or nothing."""
        given = self.cleaned_data["recipient"].strip()
        try:
            return fold(given) if given else ""
        except Invalid as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    def clean(self) -> dict[str, Any]:
        """Exactly one badge, and not too large."""
        given = super().clean() or {}
        file, text = given.get("file"), given.get("text", "")
        if file is not None and file.size > MOST_BYTES:
            self.add_error("file", TOO_LARGE)
        if len(text.encode()) > MOST_BYTES:
            self.add_error("text", "This text is too long: at most 1 MB.")
        if file is None and not text and not self.errors:
            self.add_error("file", "Give a picture, a file, an address or a text: there is nothing to check yet.")
        return given

    def source(self) -> bytes | str:
        """What to check: the file if there is one, else the text."""
        file = self.cleaned_data["file"]
        if file is None:
            return str(self.cleaned_data["text"])
        content: bytes = file.read(MOST_BYTES + 1)
        return content
