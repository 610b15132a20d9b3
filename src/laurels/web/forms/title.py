"""The form that begins a definition: its title alone."""

from django import forms


class TitleForm(forms.Form):
    """The title of a new micro-credential. What it may be is for the catalogue to say."""

    is_draft = True

    title = forms.CharField(
        label="Define a new micro-credential",
        help_text="Give it a title. This begins a draft of the definition and of its application.",
        required=False,
        widget=forms.TextInput(attrs={"maxlength": 120}),
    )
