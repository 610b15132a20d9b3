"""Fields that read what people write: hours, tags, lines. They parse; the rules stand in the stages."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from laurels.catalogue import hours

_WEIGHTED = re.compile(r"(?P<type>.*?)[\s,;:–-]*\(?(?P<weight>\d{1,3})\s*%?\)?\s*")


def _plain(value: Any) -> str:
    """What was typed, without the one character that no database keeps."""
    return str(value or "").replace("\x00", "")


class Lines(forms.CharField):
    """A text with one thing on each line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """A list as lines."""
        return "\n".join(str(one) for one in value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        """The lines that hold something."""
        return [line.strip() for line in _plain(value).splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        """Whether something is missing is for the stages to say."""

    def run_validators(self, value: Any) -> None:
        """Lines have no validators: what they may say is for the stages."""


class Tags(forms.CharField):
    """Field tags, separated by commas or lines."""

    def prepare_value(self, value: Any) -> Any:
        """A list as words with commas."""
        return ", ".join(str(one) for one in value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        """The tags, without doubles."""
        tags = [" ".join(tag.split()) for tag in re.split(r"[,;\n]", _plain(value))]
        return list(dict.fromkeys(tag for tag in tags if tag))

    def validate(self, value: Any) -> None:
        """Whether something is missing is for the stages to say."""

    def run_validators(self, value: Any) -> None:
        """Tags have no validators: what they may say is for the stages."""


class Hours(forms.CharField):
    """A duration as people write it, in minutes: "12", "12.5", "7 h 30 min"."""

    def prepare_value(self, value: Any) -> Any:
        """Minutes in words."""
        return hours.words(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        """The minutes; nothing is none."""
        if not str(value or "").strip():
            return 0
        try:
            return hours.minutes_of(str(value))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def validate(self, value: Any) -> None:
        """How many are needed is for the stages to say."""

    def run_validators(self, value: Any) -> None:
        """A number of minutes has no length to check."""


class Weights(Lines):
    """Types of assessment with their weights in percent: "Written plan, 40 %" on each line."""

    def prepare_value(self, value: Any) -> Any:
        """The list as lines."""
        if isinstance(value, list) and all(isinstance(one, Mapping) for one in value):
            return "\n".join(f"{one['type']}, {one['weight']} %" for one in value)
        return value

    def to_python(self, value: Any) -> Any:
        """The list of types and weights."""
        return [self._part(line) for line in super().to_python(value)]

    def _part(self, line: str) -> dict[str, Any]:
        found = _WEIGHTED.fullmatch(line)
        if found is None or not found["type"].strip():
            raise forms.ValidationError(f"“{line[:60]}” has no weight. Write it as in “Written plan, 40 %”.")
        return {"type": found["type"].strip(), "weight": int(found["weight"])}


class Links(Lines):
    """Links into skill frameworks, one on each line: framework | code | name | address."""

    parts: Sequence[str] = ("framework", "code", "name", "url")

    def prepare_value(self, value: Any) -> Any:
        """The list as lines."""
        if isinstance(value, list) and all(isinstance(one, Mapping) for one in value):
            return "\n".join(" | ".join(str(one.get(part, "")) for part in self.parts) for one in value)
        return value

    def to_python(self, value: Any) -> Any:
        """The list of links."""
        return [self._link(line) for line in super().to_python(value)]

    def _link(self, line: str) -> dict[str, str]:
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != len(self.parts) or not cells[3].startswith(("https://", "http://")):
            raise forms.ValidationError(
                f"“{line[:60]}” is not a link. Write “O*NET-SOC | 35-1011.00 | Chefs and head cooks | https://…”."
            )
        return dict(zip(self.parts, cells, strict=True))
