"""The form of a definition: all that a micro-credential says, in groups, and its competencies as rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from laurels.catalogue.completeness import MOST_COMPETENCIES
from laurels.catalogue.icons import ICONS
from laurels.catalogue.models import Change, Competency, Version, Visibility, Way
from laurels.catalogue.wreath import PALETTES
from laurels.web.forms.fields import Hours, Lines, Links, Tags, Weights

GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "what",
        "What it is",
        ("change", "title", "summary", "audience", "need", "recognition", "mission_alignment", "tags"),
    ),
    ("picture", "Its picture", ("short_title", "monogram", "icon", "colours")),
    (
        "hours",
        "Hours and way of learning",
        (
            *("contact_minutes", "practice_minutes", "independent_minutes", "informal_minutes_most", "way"),
            *("prerequisites", "language", "country"),
        ),
    ),
    (
        "assessment",
        "Assessment and evidence",
        (
            *("assessment", "pass_rule", "supervision", "identity_check", "assessor_qualification", "evidence"),
            *("evidence_required", "evidence_visibility"),
        ),
    ),
    (
        "afterwards",
        "Validity, quality, notices",
        ("validity_months", "renewal_rule", "quality_assurance", "next_review", "scope_notice", "appeal_route"),
    ),
)
SHORT = {
    *("short_title", "monogram", "contact_minutes", "practice_minutes", "independent_minutes"),
    *("informal_minutes_most", "language", "country", "validity_months", "next_review", "way", "change"),
}

# A stack is earned by other awards: what belongs to training is said by them.
OF_TRAINING = (
    *("contact_minutes", "practice_minutes", "independent_minutes", "informal_minutes_most", "way", "prerequisites"),
    *("assessment", "pass_rule", "supervision", "identity_check", "assessor_qualification", "evidence"),
    *("evidence_required", "evidence_visibility"),
)


def _text(label: str, help_text: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": rows})
    )


def _line(label: str, help_text: str = "", most: int = 120) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=most)


def _words(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


def _pictured(label: str, help_text: str, plain: str, offered: Iterable[str]) -> forms.ChoiceField:
    """A choice shown by little pictures; nothing chosen is the plain one, which has no name."""
    choices = [("", plain), *((name, name.capitalize()) for name in offered if name)]
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=choices, required=False, widget=forms.RadioSelect
    )


def _hours(label: str, help_text: str = "") -> Hours:
    return Hours(label=label, help_text=help_text, required=False)


class DefinitionForm(forms.Form):
    """All fields of a definition. Nothing is required here: a draft may lack anything, and the page says what."""

    is_draft = True

    change = forms.ChoiceField(
        label="How much this version changes",
        help_text="Major: what holders can do. Minor: how they learn it. Patch: only words.",
        choices=_words(Change.values),
        required=False,
    )
    title = _line("Title", "As it will stand on the badge.")
    summary = _text("Summary", "One or two sentences: what a holder of it can do.", 2)
    audience = _text("Audience", "For whom it is.", 2)
    need = _text("Need", "Which need it answers, and how you know.")
    recognition = _text("Recognition", "Who recognises it.", 2)
    mission_alignment = _text(
        "Mission alignment", "How it serves the university's mission, in the mission's own words."
    )
    tags = Tags(label="Fields", help_text="Field tags with commas, within your issuing authority.", required=False)

    short_title = _line("Short title", "For the ribbon of the picture: about 18 letters.", 24)
    monogram = _line("Monogram", "One to three letters for the middle. Not drawn where an icon is chosen.", 3)
    icon = _pictured("In the middle", "The letters of the monogram, or an icon in their place.", "Letters", ICONS)
    colours = _pictured("Colours", "The level can be told from the leaf in all of them.", "Laurel", PALETTES)

    contact_minutes = _hours("Contact hours", "With a teacher. Write 12, 7.5 or 7 h 30 min.")
    practice_minutes = _hours("Practice hours", "Doing it, supervised.")
    independent_minutes = _hours("Independent hours", "On one's own.")
    informal_minutes_most = _hours("Informal at most", "How many of these hours may be informal.")
    way = forms.ChoiceField(label="Way of learning", choices=[("", "Choose…"), *_words(Way.values)], required=False)
    prerequisites = _text("Prerequisites", "What learners need before they begin, or that nothing is needed.", 2)
    language = _line("Language", "As a code: en, es, zh.", 10)
    country = _line("Country", "Two letters: US.", 2)

    assessment = Weights(
        label="Assessment",
        help_text="Each type on a line of its own, with its weight: “Written plan, 40 %”. The weights make 100 %.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    pass_rule = _text("Pass rule", "What it takes to pass.", 2)
    supervision = _text("Supervision", "Whether and how the assessment is supervised.", 2)
    identity_check = _text("Identity check", "How you know that it is the learner.", 2)
    assessor_qualification = _text("Assessor's qualification", "", 2)
    evidence = _text("Evidence", "What is asked for, and what is enough.", 2)
    evidence_required = forms.BooleanField(label="Each award must name evidence at an address", required=False)
    evidence_visibility = forms.ChoiceField(
        label="Who may see the evidence", choices=_words(Visibility.values), required=False
    )

    validity_months = forms.IntegerField(
        label="Valid for", help_text="Months. Empty: it has no end.", required=False, min_value=1, max_value=600
    )
    renewal_rule = _text("Renewal rule", "How it is renewed, if it ends.", 2)
    quality_assurance = _text("Quality assurance", "Which body looks after it, and how.")
    next_review = forms.DateField(
        label="Next review", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    scope_notice = _text("Scope-of-practice notice", "What a holder may not do on the strength of it.")
    appeal_route = _text("Appeal route", "How a learner can appeal.", 2)

    def clean_evidence_visibility(self) -> str:
        """Who may see evidence; nothing said means assessors only."""
        return self.cleaned_data["evidence_visibility"] or Visibility.ASSESSORS.value

    def groups(self) -> list[tuple[str, str, list[tuple[forms.BoundField, str]]]]:
        """The fields as the page shows them: anchor, title, fields with their size."""
        return [
            (anchor, title, [(self[name], "short" if name in SHORT else "") for name in names if name in self.fields])
            for anchor, title, names in GROUPS
            if any(name in self.fields for name in names)
        ]


class CompetencyForm(forms.Form):
    """One competency, as a row of the form."""

    is_draft = True

    statement = forms.CharField(
        label="A holder can …",
        help_text="Begin with a verb of doing: “Plan a week of whole-food meals for a household”.",
        required=False,
        max_length=200,
    )
    level = forms.ChoiceField(label="Level asked for", required=False)
    indicators = Lines(
        label="Indicators",
        help_text="By what an assessor sees it. One on each line.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    taught = _text("How it is taught, practised and assessed", "", 2)
    evidence_kinds = _line("Kinds of evidence", "", 200)
    links = Links(
        label="Links to skill frameworks",
        help_text="Framework | code | name | address. One on each line.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, levels: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"] = forms.ChoiceField(
            label="Level asked for", required=False, choices=[("", "Choose…"), *((one, one) for one in levels)]
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written into this row."""
        return not any(self.cleaned_data.values())


class Definition:
    """The whole form: the definition's fields, and its rows of competencies."""

    def __init__(self, version: Version, data: QueryDict | None = None) -> None:
        self.version, self.data = version, data
        self.form = _form(version, data) if data is not None else _form(version, initial=_initial(version))
        if data is not None:
            count = _count(data.get("rows", ""))
            self.rows = [self._row(place, data=data) for place in range(count)]
        else:
            held = list(version.competencies.all())
            self.rows = [self._row(place, initial=_initial_of(one)) for place, one in enumerate(held)]
            self.rows = self.rows or [self._row(0)]

    def _row(self, place: int, **given: Any) -> CompetencyForm:
        return CompetencyForm(prefix=f"competencies.{place}", levels=self.version.levels, **given)

    @property
    def can_grow(self) -> bool:
        """Whether there is room for another competency."""
        return len(self.rows) < MOST_COMPETENCIES

    def is_valid(self) -> bool:
        """Whether everything could be read."""
        return all([self.form.is_valid(), *(row.is_valid() for row in self.rows)])

    def fields(self) -> dict[str, Any]:
        """The definition's fields as the action takes them."""
        return dict(self.form.cleaned_data)

    def competencies(self) -> list[dict[str, Any]]:
        """The rows as the action takes them; empty rows are dropped."""
        return [dict(row.cleaned_data) for row in self.rows if not row.is_empty]

    def refuse(self, fields: Mapping[str, Sequence[str]]) -> None:
        """Put an action's refusal beside the fields that it speaks of."""
        for name, messages in fields.items():
            head, _, rest = name.partition(".")
            place, _, part = rest.partition(".")
            for words in messages:
                if head == "competencies" and place.isdigit() and int(place) < len(self.rows):
                    row = self.rows[int(place)]
                    row.add_error(part if part in row.fields else None, words)
                else:
                    self.form.add_error(name if name in self.form.fields else None, words)

    def problems(self) -> list[tuple[str, str, str]]:
        """Every error as (id of the field, its label, words), for the summary above the form."""
        found = [("", "", str(words)) for form in (self.form, *self.rows) for words in form.non_field_errors()]
        for place, form in enumerate((self.form, *self.rows)):
            prefix = f"Competency {place}, " if place else ""
            found += [(first_id(one), f"{prefix}{one.label}", str(words)) for one in form for words in one.errors]
        return found

    def changed(self, act: str) -> "Definition":
        """The same with a row more ("add") or less ("remove 2"), every typed word kept, and nothing complained of."""
        assert self.data is not None
        rows = [typed_in(row, self.data) for row in self.rows]
        verb, _, place = act.partition(" ")
        if verb == "add" and self.can_grow:
            rows.append({})
        elif verb == "remove" and place.isdigit() and int(place) < len(rows):
            del rows[int(place)]
        fresh = type(self)(self.version)
        fresh.form = _form(self.version, initial=typed_in(self.form, self.data))
        fresh.rows = [fresh._row(number, initial=typed) for number, typed in enumerate(rows)]
        return fresh


def _form(version: Version, data: QueryDict | None = None, initial: Mapping[str, Any] | None = None) -> DefinitionForm:
    form = DefinitionForm(data, initial=dict(initial or {}))
    if version.base_id is None:
        del form.fields["change"]  # the first version changes nothing
    for name in OF_TRAINING if version.is_stack else ():
        del form.fields[name]
    return form


def first_id(bound: forms.BoundField) -> str:
    """The id of the control where a field begins: of a group of choices, the first."""
    return bound.id_for_label or f"{bound.auto_id}_0"


def typed_in(form: forms.Form, data: QueryDict) -> dict[str, Any]:
    """What was typed into a form, as initial values of the next one."""
    typed = {name: data.get(form.add_prefix(name), "") for name in form.fields}
    return {**typed, "evidence_required": bool(typed["evidence_required"])} if "evidence_required" in typed else typed


def _count(given: str) -> int:
    return min(int(given), MOST_COMPETENCIES + 3) if given.isascii() and given.isdigit() else 0


def _initial(version: Version) -> dict[str, Any]:
    return {name: getattr(version, name) for name in DefinitionForm.base_fields}


def _initial_of(competency: Competency) -> dict[str, Any]:
    return {name: getattr(competency, name) for name in CompetencyForm.base_fields}
