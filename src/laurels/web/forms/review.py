"""The committee's forms: declaring interest, scoring, asking for changes, deciding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from laurels.errors import Invalid
from laurels.governance.decision import end_of_term, term
from laurels.governance.models import Outcome, Rubric
from laurels.governance.rubric import SCORES


class InterestForm(forms.Form):
    """Whether somebody has an interest in an application."""

    has_interest = forms.ChoiceField(
        label="Do you have an interest in this application?",
        choices=[
            ("no", "No. I do not gain or lose by it, and I am not close to those who applied."),
            ("yes", "Yes, or somebody could think so."),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one: without a declaration nobody reads on."},
    )
    interest = forms.CharField(
        label="What is the interest?",
        help_text="Only if you have one: a few words. The committee keeps them.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@dataclass(frozen=True, slots=True)
class Anchor:
    """One score that can be chosen, with what it stands for."""

    score: int
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One criterion as the form asks it."""

    key: str
    title: str
    question: str
    least: int
    anchors: tuple[Anchor, ...]
    reason: str
    errors: tuple[str, ...]
    place: int


class ReviewForm:
    """A score and a reason for each criterion of a rubric. Nothing is chosen beforehand."""

    def __init__(self, rubric: Rubric, data: QueryDict | None = None) -> None:
        self.rubric, self.data = rubric, data
        self.errors: dict[str, list[str]] = {}

    def scores(self) -> dict[str, dict[str, Any]]:
        """What was given, as the action takes it."""
        return {one["key"]: self._given(one["key"]) for one in self.rubric.criteria}

    def _given(self, key: str) -> dict[str, Any]:
        data = self.data if self.data is not None else {}
        score = str(data.get(f"{key}-score", ""))
        chosen = int(score) if score.isascii() and score.isdigit() else None
        return {"score": chosen, "reason": str(data.get(f"{key}-reason", "")).replace("\x00", "")}

    def refuse(self, fields: Mapping[str, Sequence[str]]) -> None:
        """Put an action's refusal beside the criteria that it speaks of."""
        self.errors.update({key: list(messages) for key, messages in fields.items()})

    def criteria(self) -> list[Asked]:
        """The criteria in order, with what was typed."""
        return [self._asked(one, place) for place, one in enumerate(self.rubric.criteria, start=1)]

    def _asked(self, one: Mapping[str, Any], place: int) -> Asked:
        given = self._given(one["key"])
        anchors = zip(SCORES, one["anchors"], strict=True)
        return Asked(
            key=one["key"],
            title=one["title"],
            question=one["question"],
            least=one["least"],
            anchors=tuple(Anchor(score, words, given["score"] == score) for score, words in anchors),
            reason=given["reason"],
            errors=tuple(self.errors.get(one["key"], ())),
            place=place,
        )


class ChangesForm(forms.Form):
    """What the committee asks a unit to change. The action refuses when nothing is said."""

    is_draft = True

    words = forms.CharField(
        label="What should be changed?",
        help_text="The unit reads these words as you write them.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class DecisionForm(forms.Form):
    """What the committee decides, before it is recorded."""

    outcome = forms.ChoiceField(
        label="The committee",
        choices=[(Outcome.APPROVE.value, "approves it"), (Outcome.DECLINE.value, "declines it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )
    conditions = forms.CharField(
        label="Conditions",
        help_text="What the unit has to do, and by when. They become public with the decision.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(
        label="Words to the unit",
        help_text="With a decline: the reasons. The unit reads them; they do not become public.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    valid_from = forms.DateField(
        label="Term from", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    valid_until = forms.DateField(
        label="until", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: QueryDict | None, *, has_term: bool, today: date, months: int) -> None:
        self.today, self.months = today, months
        super().__init__(data, initial={"valid_from": today, "valid_until": end_of_term(today, months)})
        if not has_term:
            del self.fields["valid_from"], self.fields["valid_until"]

    def clean(self) -> dict[str, Any]:
        """A term that can be one, and reasons for a decline: said beside the field before anything is recorded."""
        given = super().clean() or {}
        if given.get("outcome") == Outcome.DECLINE and not given.get("note"):
            self.add_error("note", "Give the unit the reasons for the decline.")
        if given.get("outcome") == Outcome.APPROVE and {"valid_from", "valid_until"} <= given.keys():
            begins, ends = given["valid_from"], given["valid_until"]
            try:
                given["valid_from"], given["valid_until"] = term(begins, ends, today=self.today, months=self.months)
            except Invalid as refusal:
                for name, messages in refusal.fields.items():
                    self.add_error(name, messages)
        return given

    def term(self) -> dict[str, Any]:
        """The term of an approval, where there is one to give."""
        given = self.cleaned_data
        if given["outcome"] != Outcome.APPROVE or "valid_from" not in given:
            return {}
        return {"valid_from": given["valid_from"], "valid_until": given["valid_until"]}
