"""The forms of teaching: an offering, a meeting, an invitation, staff, a reason."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from laurels.catalogue.models import Version
from laurels.people.models import User
from laurels.training.models import HoursKind, Meeting, Offering, Seats
from laurels.training.plans import GivenMeeting, GivenOffering
from laurels.web.forms.fields import Hours
from laurels.web.forms.hours import WHICH

DAY = {"type": "date"}


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))


class OfferingForm(forms.Form):
    """What an offering says of itself."""

    title = forms.CharField(label="A title of its own", max_length=120, required=False)
    starts_on = _day("First day")
    ends_on = _day("Last day")
    zone = forms.CharField(label="Time zone of its meetings", max_length=64)
    place = forms.CharField(label="Place", max_length=200, required=False)
    link = forms.CharField(
        label="Where it meets online", max_length=500, required=False, help_text="Only those enrolled see it."
    )
    note = forms.CharField(label="Good to know", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    seats = forms.ChoiceField(
        label="Who may take a seat",
        widget=forms.RadioSelect,
        initial=Seats.PUBLIC.value,
        choices=[(Seats.PUBLIC.value, "Everybody"), (Seats.RESERVED.value, "Only those invited or on a roster")],
    )
    capacity = forms.IntegerField(label="Seats", required=False, help_text="Empty: as many as come.")

    def given(self) -> GivenOffering:
        """The offering as an action takes it."""
        names = ("starts_on", "ends_on", "zone", "title", "place", "link", "note", "seats", "capacity")
        return GivenOffering(**{name: self.cleaned_data[name] for name in names})

    @staticmethod
    def of(offering: Offering) -> dict[str, Any]:
        """What it says now."""
        names = ("title", "starts_on", "ends_on", "zone", "place", "link", "note", "seats", "capacity")
        return {name: getattr(offering, name) for name in names}


class NewOfferingForm(OfferingForm):
    """An offering of one of the unit's micro-credentials."""

    version = forms.ChoiceField(label="Towards which micro-credential")
    field_order = ("version",)

    def __init__(self, *args: Any, versions: Sequence[Version], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in versions}
        choices = [(key, f"{one.title} {one.number}") for key, one in self.known.items()]
        self.fields["version"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> Version:
        """The version."""
        return self.known[self.cleaned_data["version"]]


class MeetingForm(forms.Form):
    """When a meeting is, and how much of it is training."""

    what = forms.CharField(label="What it is about", max_length=200)
    day = _day("Day")
    starts = forms.TimeField(label="From", widget=forms.TimeInput(attrs={"type": "time", "step": 900}))
    ends = forms.TimeField(label="To", widget=forms.TimeInput(attrs={"type": "time", "step": 900}))
    minutes = Hours(label="Training in it", required=False, help_text="Without the breaks. Empty: all of it.")
    kind = forms.ChoiceField(label="Kind", choices=HoursKind.choices, initial=HoursKind.CONTACT.value)
    place = forms.CharField(label="Place", max_length=200, required=False, help_text="Empty: where the offering is.")
    later_start = forms.ChoiceField(
        label="The clocks show the start twice that day. Which is meant?",
        required=False,
        choices=[("", "It is not shown twice"), *WHICH],
    )

    def given(self) -> GivenMeeting:
        """The meeting as an action takes it."""
        names = ("day", "starts", "ends", "what", "minutes", "kind", "place")
        later = {"first": False, "second": True}.get(self.cleaned_data["later_start"])
        values = {name: self.cleaned_data[name] for name in names}
        return GivenMeeting(**values, later_start=later, later_end=later)

    @staticmethod
    def of(meeting: Meeting) -> dict[str, Any]:
        """What it says now."""
        zone = ZoneInfo(meeting.offering.zone)
        starts, ends = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
        times = {"day": starts.date(), "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
        return {**times, **{name: getattr(meeting, name) for name in ("what", "minutes", "kind", "place")}}


class SeriesForm(MeetingForm):
    """A meeting, once or each week."""

    weeks = forms.IntegerField(label="In how many weeks", initial=1, help_text="1: only once.")


class InviteForm(forms.Form):
    """Who is invited."""

    name = forms.CharField(label="Name", max_length=120)
    address = forms.EmailField(label="E-mail address", max_length=254)


class StaffForm(forms.Form):
    """Who teaches, who assesses."""

    instructors = forms.MultipleChoiceField(label="Who teaches", required=False, widget=forms.CheckboxSelectMultiple)
    assessors = forms.MultipleChoiceField(label="Who assesses", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, instructors: Sequence[User], assessors: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in (*instructors, *assessors)}
        for name, people in (("instructors", instructors), ("assessors", assessors)):
            self.fields[name].choices = [(str(one.pk), one.name) for one in people]  # type: ignore[attr-defined]

    def chosen(self, name: str) -> list[User]:
        """The people who were ticked."""
        return [self.people[key] for key in self.cleaned_data[name]]


class ReasonForm(forms.Form):
    """Why, for those whom it concerns."""

    words = forms.CharField(label="Why", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
