"""The form of an hours entry: a day and a length, or times by the clock, in steps of a quarter hour."""

import datetime
from typing import Any
from zoneinfo import available_timezones

from django import forms

from laurels import clock
from laurels.errors import Invalid
from laurels.training.given import GivenHours
from laurels.training.models import HoursEntry, HoursKind
from laurels.training.spans import Span, moment, span
from laurels.web.forms.fields import Hours

WHICH = [("first", "The first time"), ("second", "The second time, an hour later")]
KINDS = [
    (HoursKind.CONTACT.value, "Contact: with an instructor"),
    (HoursKind.PRACTICE.value, "Practice: doing it"),
    (HoursKind.INDEPENDENT.value, "Independent: reading, preparing"),
]


class HoursForm(forms.Form):
    """What was done, when, for how long."""

    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    starts = forms.TimeField(label="From", required=False, widget=forms.TimeInput(attrs={"type": "time", "step": 900}))
    ends = forms.TimeField(label="To", required=False, widget=forms.TimeInput(attrs={"type": "time", "step": 900}))
    later_start = forms.ChoiceField(
        label="The clocks showed the start twice. Which do you mean?",
        required=False,
        choices=WHICH,
        widget=forms.HiddenInput,
    )
    later_end = forms.ChoiceField(
        label="The clocks showed the end twice. Which do you mean?",
        required=False,
        choices=WHICH,
        widget=forms.HiddenInput,
    )
    minutes = Hours(label="Length", required=False, help_text="As 1 h 30 min or 1.5. Needed where no times are given.")
    what = forms.CharField(label="What was done", max_length=200)
    kind = forms.ChoiceField(label="Kind", choices=KINDS, initial=HoursKind.INDEPENDENT.value)
    informal = forms.BooleanField(label="Informal: learned outside of an offering", required=False)
    place = forms.CharField(label="Place", max_length=200, required=False)
    zone = forms.CharField(label="Time zone", max_length=64, help_text="Such as America/Los_Angeles.")

    asks_for_times = False

    def clean_zone(self) -> str:
        """A zone that there is."""
        if (zone := str(self.cleaned_data["zone"])) not in available_timezones():
            raise forms.ValidationError("Use the name of a time zone, such as America/Los_Angeles.")
        return zone

    def clean(self) -> dict[str, Any]:
        """A length, or two times."""
        given = super().clean() or {}
        if given.get("ends") and not given.get("starts"):
            self.add_error("starts", "Say also when it began.")
        if not given.get("ends") and not given.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", "Say how long: a length, or from when to when.")
        return given

    def given(self) -> GivenHours:
        """The hours as an action takes them; Invalid asks when the clocks showed a time twice."""
        values = self.cleaned_data
        try:
            at = self._span()
        except Invalid as asked:
            self._ask(asked)
            raise
        minutes = values["minutes"] or (at.minutes if at else 0)
        return GivenHours(
            day=values["day"],
            minutes=minutes,
            what=values["what"],
            kind=values["kind"],
            informal=values["informal"],
            span=at,
            place=values["place"],
        )

    def _span(self) -> Span | None:
        values = self.cleaned_data
        if values["starts"] is None:
            return None
        first, last = _which(values["later_start"]), _which(values["later_end"])
        if values["ends"] is not None:
            return span(
                values["day"], values["starts"], values["ends"], values["zone"], later_start=first, later_end=last
            )
        began = moment(values["day"], values["starts"], values["zone"], later=first, field="starts")
        return Span(began, began + datetime.timedelta(minutes=values["minutes"]))

    def _ask(self, asked: Invalid) -> None:
        for field, question in (("starts", "later_start"), ("ends", "later_end")):
            if any("twice" in words for words in asked.fields.get(field, [])):
                self.fields[question].widget = forms.RadioSelect(choices=WHICH)


class CorrectForm(HoursForm):
    """What an entry should have said, and why; no length takes it out."""

    why = forms.CharField(label="Why it is corrected", max_length=200)
    out = forms.BooleanField(label="Take this entry out: it should not be there at all", required=False)

    def clean(self) -> dict[str, Any]:
        """Nothing else is needed to take an entry out."""
        if self.cleaned_data.get("out"):
            return self.cleaned_data
        return super().clean()

    def given(self) -> GivenHours:
        """The hours as an action takes them."""
        if not self.cleaned_data["out"]:
            return super().given()
        values = self.cleaned_data
        return GivenHours(values["day"], 0, values["what"], values["kind"], values["informal"])


def prefilled(last: HoursEntry | None, zone: str) -> dict[str, Any]:
    """Today, with the kind, the place and the length of the last entry."""
    values: dict[str, Any] = {"day": clock.today(zone), "zone": zone}
    if last is not None:
        values |= {"kind": last.kind, "place": last.place, "minutes": last.minutes, "informal": last.informal}
    return values


def _which(word: str) -> bool | None:
    return None if not word else word == "second"
