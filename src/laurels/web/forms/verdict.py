"""The form of a verdict: the level reached, the indicators that were seen, what it rests on, words for the learner."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from laurels.catalogue.models import Competency
from laurels.errors import Invalid
from laurels.training.models import Evidence
from laurels.training.verdict import LONGEST_WORDS, Verdict

NOT_YET = "not yet"


class VerdictForm(forms.Form):
    """A verdict on one competency. No level is chosen beforehand; the action says what cannot be."""

    level = forms.ChoiceField(
        label="The level reached",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose “not yet” or the level that you saw."},
    )
    indicators = forms.MultipleChoiceField(
        label="What you saw", required=False, widget=forms.CheckboxSelectMultiple, help_text="Tick what was shown."
    )
    evidence = forms.MultipleChoiceField(
        label="What your verdict rests on",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Some of this evidence was withdrawn meanwhile. Choose again."},
    )
    words = forms.CharField(
        label="Words for the learner",
        help_text="What was good, and what the next step is. The learner reads them as you write them.",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say what you saw: the learner reads it."},
    )

    def __init__(
        self,
        data: QueryDict | None,
        competency: Competency,
        levels: Sequence[str],
        evidence: Sequence[Evidence] | None,
        chosen: Sequence[Evidence] = (),
    ) -> None:
        super().__init__(data, initial={"evidence": [str(one.pk) for one in chosen]})
        self._choose("level", [(NOT_YET, "Not yet"), *((one, _level(one, competency)) for one in levels)])
        self._choose("indicators", [(one, one) for one in competency.indicators])
        if evidence is None:
            del self.fields["evidence"]
        else:
            self._choose("evidence", [(str(one.pk), one.title) for one in evidence])
        if not competency.indicators:
            del self.fields["indicators"]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def verdict(self) -> Verdict:
        """What was given, as the action takes it."""
        given = self.cleaned_data
        level = "" if given["level"] == NOT_YET else given["level"]
        return Verdict(level, given["words"], tuple(given.get("indicators", ())))

    def refuse(self, refusal: Invalid) -> None:
        """Put an action's refusal beside the fields that it speaks of."""
        for name, messages in refusal.fields.items():
            for words in messages:
                self.add_error(name if name in self.fields else None, words)
        if not refusal.fields:
            self.add_error(None, refusal.message)


def _level(level: str, competency: Competency) -> str:
    name = level.capitalize()
    return f"{name} (what is asked for)" if level == competency.level else name
