"""The learner's forms: adding evidence, saying who may see it, handing in, appealing."""

import datetime
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict

from laurels.catalogue.models import Visibility
from laurels.errors import Invalid, Refused
from laurels.people.models import User
from laurels.training import actions, files
from laurels.training.actions.evidence import LONGEST_TEXT, LONGEST_TITLE
from laurels.training.models import Enrolment, Evidence, EvidenceKind, Patients

TOO_LARGE = f"This file is too large: at most {files.MOST_BYTES // 2**20} MB."
SEEN_BY = {
    Visibility.ASSESSORS: "Assessors only: those who teach and assess in the unit",
    Visibility.LINK: "By link: whoever has its address, until the end that you set",
    Visibility.EMPLOYER: "An employer whom you name: nobody else before you agree",
    Visibility.PUBLIC: "Public: everybody, also from the badge's page",
}


class EvidenceForm(forms.Form):
    """A new piece of evidence of one kind. The action says what cannot be taken."""

    title = forms.CharField(
        label="What it is",
        max_length=LONGEST_TITLE,
        help_text="A few words by which your assessor knows it.",
        error_messages={"required": "Name it in a few words."},
    )
    file = forms.FileField(
        label="The file",
        help_text=f"{files.KINDS[0].upper()}{files.KINDS[1:]}. At most {files.MOST_BYTES // 2**20} MB. "
        "Where and with what a picture was taken is removed from it.",
        allow_empty_file=True,
        error_messages={"required": "Choose the file first."},
    )
    link = forms.CharField(
        label="The address",
        help_text="As https://example.org/work. Your assessor opens it; we do not.",
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        error_messages={"required": "Give the address."},
    )
    text = forms.CharField(
        label="The text",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Write something first."},
    )

    def __init__(self, kind: str, *given: Any) -> None:
        super().__init__(*given)
        self.kind = kind
        for other in set(EvidenceKind.values) - {kind}:
            del self.fields[other]

    def clean_file(self) -> object:
        """Not larger than what is kept."""
        file = self.cleaned_data["file"]
        if file.size > files.MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def add(self, enrolment: Enrolment, by: User) -> Evidence:
        """Hand it in."""
        given = self.cleaned_data
        if self.kind == EvidenceKind.FILE:
            return actions.add_file(enrolment, given["title"], given["file"].read(files.MOST_BYTES + 1), by=by)
        add = actions.add_link if self.kind == EvidenceKind.LINK else actions.add_text
        return add(enrolment, given["title"], given[self.kind], by=by)


class VisibilityForm(forms.Form):
    """Who may see a piece of evidence. Nothing is chosen beforehand."""

    visibility = forms.ChoiceField(
        label="Who may see it",
        choices=[(str(value), words) for value, words in SEEN_BY.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who may see it."},
    )
    patients = forms.ChoiceField(
        label="Patients",
        help_text="Before anybody but the assessors sees it, one of these must be true.",
        choices=[
            (Patients.NONE.value, "No patient can be recognised in it"),
            (Patients.CONSENT.value, "Consent is recorded"),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    until = forms.DateField(
        label="Until the end of this day",
        help_text="A link needs an end. The other ways may have one.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def ends(self, zone: str) -> datetime.datetime | None:
        """The moment at which the chosen day ends in the university's zone."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        return datetime.datetime.combine(day, datetime.time(23, 59, 59), ZoneInfo(zone))


class HandInForm(forms.Form):
    """What a hand-in rests on, and words to the assessor."""

    evidence = forms.MultipleChoiceField(
        label="Evidence for this competency",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Some of this evidence was withdrawn meanwhile. Choose again."},
    )
    words = forms.CharField(
        label="Words to your assessor",
        help_text="What you did, and what to look at.",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, data: QueryDict | None, known: Sequence[Evidence]) -> None:
        super().__init__(data)
        self.known = known
        field = self.fields["evidence"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.pk), one.title) for one in known]
        if not known:
            del self.fields["evidence"]

    def chosen(self) -> list[Evidence]:
        """The pieces that were ticked."""
        keys = set(self.cleaned_data.get("evidence", ()))
        return [one for one in self.known if str(one.pk) in keys]


class AppealForm(forms.Form):
    """Why an assessment is appealed against."""

    words = forms.CharField(
        label="What was overlooked?",
        help_text="Another assessor reads it beside your work. That answer is final.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say what you think was overlooked."},
    )


def show_refusal(form: forms.Form, refused: Refused) -> None:
    """Put what an action said into the form, beside its fields, so that nothing that was typed is lost."""
    fields = refused.fields if isinstance(refused, Invalid) else {}
    for name, messages in fields.items():
        for words in messages:
            form.add_error(name if name in form.fields else None, words)
    if not fields:
        form.add_error(None, " ".join(part for part in (refused.message, refused.mend) if part))
