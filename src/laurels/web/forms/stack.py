"""The form of a stack: a definition without hours, and its rule as rows of parts, or as JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from laurels.catalogue import stackoffer, stackrule
from laurels.catalogue.models import PartsPolicy, Version
from laurels.catalogue.stackrule import MOST_NUMBER
from laurels.people.models import Unit
from laurels.web.forms.definition import Definition, first_id, typed_in
from laurels.web.forms.stackrows import GROUPS, JOIN, WHAT, Joined, Row, Rows, json_of, known_names, rows_of

MOST_PARTS = 24
_POLICY = {
    PartsPolicy.KEEP: "Keep the prize: it says what was true when it was granted",
    PartsPolicy.FLAG: "Ask the registrar, who keeps or revokes it",
    PartsPolicy.REVOKE: "Revoke the prize too; it is granted anew when the rule is met again",
}


def _number(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=help_text, required=False, min_value=1, max_value=MOST_NUMBER, widget=forms.NumberInput
    )


def _join(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(JOIN.items()), required=False)


class RuleForm(forms.Form):
    """What holds the parts together, and what happens when one is lost."""

    is_draft = True

    written_as = forms.ChoiceField(
        label="How the rule is written",
        choices=[("rows", "As the parts below"), ("json", "As JSON, for rules nested deeper")],
        required=False,
        widget=forms.RadioSelect,
    )
    join = _join("How many of the parts")
    join_number = _number("So many", "Where you chose “at least so many”.")
    months = _number("Within months", "All parts completed within so many months of each other. Empty: any time.")
    rule = forms.CharField(
        label="The rule as JSON",
        help_text="{“version”: 1, “rule”: …}. Used only where you chose JSON above.",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    parts_policy = forms.ChoiceField(
        label="When a part is revoked or ends, and the rest is not enough",
        choices=[(key.value, words) for key, words in _POLICY.items()],
        required=False,
        widget=forms.RadioSelect,
    )


for _group in GROUPS:
    RuleForm.base_fields[f"join_{_group}"] = _join(f"How many of group {_group}")
    RuleForm.base_fields[f"number_{_group}"] = _number(f"So many of group {_group}")


class PartForm(forms.Form):
    """One part of the rule, as a row."""

    is_draft = True

    what = forms.ChoiceField(label="What", choices=[("", "Choose…"), *WHAT.items()], required=False)
    which = forms.CharField(
        label="Which",
        help_text="A title or a name; several with semicolons. A competency: its words. A target: its address.",
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"list": "rule-names"}),
    )
    number = _number("Blocks", "Of blocks: how many.")
    level = forms.ChoiceField(label="Level at least", required=False)
    group = forms.ChoiceField(label="Group", choices=[("", "none"), *((one, one) for one in GROUPS)], required=False)

    def __init__(self, *args: Any, levels: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "any"), *((one, one) for one in levels)]
        self.fields["level"] = forms.ChoiceField(label="Level at least", required=False, choices=choices)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written into this row."""
        return not any(self.cleaned_data.get(name) for name in ("what", "which", "number", "level"))

    def clean(self) -> dict[str, Any]:
        """A row that was begun says what it is and which."""
        given = self.cleaned_data
        if not self.is_empty:
            for name, words in (("what", "Choose what this part is."), ("which", "Say which.")):
                if not given.get(name):
                    self.add_error(name, words)
            if given.get("what") in ("units", "tags", "list", "competencies") and not given.get("number"):
                self.add_error("number", "Say how many blocks.")
            if given.get("what") in ("competency", "framework") and not given.get("level"):
                self.add_error("level", "Choose the level.")
        return given


class StackDefinition(Definition):
    """The whole form of a stack: the definition, its competencies, and its rule."""

    def __init__(self, version: Version, data: QueryDict | None = None) -> None:
        super().__init__(version, data)
        self.market = stackoffer.market()
        names = {unit.slug: unit.name for unit in Unit.objects.exclude(slug="")} | self.market.names()
        self.names = {slug: name for slug, name in names.items() if slug}
        if data is not None:
            self.rule = RuleForm(data, prefix="rule")
            self.parts = [self._part(place, data=data) for place in range(_count(data.get("parts", "")))]
        else:
            self._show(version.rule)

    def _show(self, plain: Any) -> None:
        rule = stackrule.read(plain) if plain else None
        shown = rows_of(rule) if rule is not None else Rows()
        text = json.dumps(plain, ensure_ascii=False, indent=1) if plain else ""
        given = {"written_as": "json" if shown is None else "rows", "rule": text}
        given["parts_policy"] = self.version.parts_policy
        rows = shown or Rows()
        given |= {"join": rows.top.join, "join_number": rows.top.number, "months": rows.months}  # type: ignore[dict-item]
        for name, joined in rows.groups.items():
            given |= {f"join_{name}": joined.join, f"number_{name}": joined.number}  # type: ignore[dict-item]
        self.rule = RuleForm(prefix="rule", initial=given)
        self.parts = [self._part(place, initial=self._typed(row)) for place, row in enumerate(rows.rows)]
        self.parts = self.parts or [self._part(place) for place in range(3)]

    def _typed(self, row: Row) -> dict[str, Any]:
        which = "; ".join(self.names.get(one, one) for one in row.names())
        plain = row.which if row.what in ("competency", "framework") else which
        return {"what": row.what, "which": plain, "number": row.number, "level": row.level, "group": row.group}

    def _part(self, place: int, **given: Any) -> PartForm:
        return PartForm(prefix=f"parts.{place}", levels=self.version.levels, **given)

    @property
    def can_grow_parts(self) -> bool:
        """Whether there is room for another part."""
        return len(self.parts) < MOST_PARTS

    def suggestions(self) -> list[str]:
        """Names that can stand in a part, for the browser to offer."""
        statements = {
            one["statement"] for version in self.market.offered() for one in (version.frozen or {})["competencies"]
        }
        tags = {tag for version in self.market.offered() for tag in version.tags}
        return sorted({*self.names.values(), *statements, *tags}, key=str.casefold)

    def groups(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """The groups with their two fields."""
        return [(name, self.rule[f"join_{name}"], self.rule[f"number_{name}"]) for name in GROUPS]

    def is_valid(self) -> bool:
        """Whether everything could be read."""
        return all([super().is_valid(), self.rule.is_valid(), *(row.is_valid() for row in self.parts)])

    def fields(self) -> dict[str, Any]:
        """The stack's fields as the action takes them."""
        policy = self.rule.cleaned_data["parts_policy"] or self.version.parts_policy
        return {**super().fields(), "rule": self._given(), "parts_policy": policy}

    def _given(self) -> Any:
        given = self.rule.cleaned_data
        if given["written_as"] == "json":
            return given["rule"]
        rows = tuple(Row(**row.cleaned_data) for row in self.parts if not row.is_empty)
        joins = {name: Joined(given[f"join_{name}"] or "all", given[f"number_{name}"]) for name in GROUPS}
        top = Joined(given["join"] or "all", given["join_number"])
        return json_of(Rows(top, given["months"], rows, joins), known_names(self.names)) if rows else None

    def refuse(self, fields: Mapping[str, Sequence[str]]) -> None:
        """Put an action's refusal beside the fields that it speaks of."""
        for words in fields.get("rule", ()):
            as_json = self.rule.cleaned_data.get("written_as") == "json"
            self.rule.add_error("rule" if as_json else "join", words)
        super().refuse({name: words for name, words in fields.items() if name != "rule"})

    def problems(self) -> list[tuple[str, str, str]]:
        """Every error as (id of the field, its label, words), for the summary above the form."""
        found = super().problems()
        for place, form in enumerate((self.rule, *self.parts)):
            prefix = f"Part {place}, " if place else ""
            found += [(first_id(one), f"{prefix}{one.label}", str(words)) for one in form for words in one.errors]
        return found

    def changed(self, act: str) -> "StackDefinition":
        """The same with a row more or less; "add part" and "remove part 2" speak of the rule."""
        assert self.data is not None
        parts = [typed_in(row, self.data) for row in self.parts]
        if act == "add part" and self.can_grow_parts:
            parts.append({})
        elif act.startswith("remove part ") and (place := act.rpartition(" ")[2]).isdigit() and int(place) < len(parts):
            del parts[int(place)]
        fresh = super().changed(act if "part" not in act else "")
        assert isinstance(fresh, StackDefinition)
        fresh.rule = RuleForm(prefix="rule", initial=typed_in(self.rule, self.data))
        fresh.parts = [fresh._part(number, initial=typed) for number, typed in enumerate(parts)]
        return fresh


def definition_of(version: Version, data: QueryDict | None = None) -> Definition:
    """The form that fits the version: of a stack, or of what is earned by training."""
    return StackDefinition(version, data) if version.is_stack else Definition(version, data)


def _count(given: str) -> int:
    return min(int(given), MOST_PARTS + 1) if given.isascii() and given.isdigit() else 0
