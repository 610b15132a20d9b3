"""A refusal shown in the form that caused it: each message beside its field, the rest above."""

from django import forms

from laurels.errors import Invalid, Refused


def show_in(form: forms.Form, refused: Refused) -> None:
    """Put what an action said into the form, so that nothing that was typed is lost."""
    fields = refused.fields if isinstance(refused, Invalid) else {}
    for name, messages in fields.items():
        for words in messages:
            form.add_error(name if name in form.fields else None, words)
    if not fields:
        form.add_error(None, " ".join(part for part in (refused.message, refused.mend) if part))
