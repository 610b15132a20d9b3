"""The form of an application's answers, made from the questions that governance asks."""

from typing import Any

from django import forms
from django.http import QueryDict

from laurels.errors import Invalid
from laurels.governance.models import Application
from laurels.governance.submissions import QUESTIONS, Question
from laurels.web.forms.fields import Tags


def _field(question: Question) -> forms.Field:
    # Nothing is required of a draft; what is missing is said on the application's page, and when it is handed in.
    given: dict[str, Any] = {"label": question.title, "help_text": question.help, "required": False}
    if question.is_list:
        return Tags(**given | {"help_text": f"{question.help} Separate them with commas."})
    return forms.CharField(**given, widget=forms.Textarea(attrs={"rows": 7}))


class AnswersForm(forms.Form):
    """What a unit answers."""

    is_draft = True

    def __init__(self, application: Application, data: QueryDict | None) -> None:
        super().__init__(data, initial=application.answers)
        self.fields.update({question.key: _field(question) for question in QUESTIONS[application.kind]})

    def refuse(self, refusal: Invalid) -> None:
        """Put the action's refusal beside the fields that it speaks of."""
        for name, messages in refusal.fields.items():
            for words in messages:
                self.add_error(name if name in self.fields else None, words)
        if not refusal.fields:
            self.add_error(None, refusal.message)
