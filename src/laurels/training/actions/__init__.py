"""The verbs of training."""

from laurels.training.actions.assessment import appeal, assess, hand_in, hear_appeal, moderate
from laurels.training.actions.calendar import renew_calendar
from laurels.training.actions.enrolments import (
    accept_invitation,
    begin_informal,
    enrol,
    enrol_roster,
    go_on,
    invite,
)
from laurels.training.actions.evidence import add_file, add_link, add_text, show_evidence, withdraw_evidence
from laurels.training.actions.hours import (
    confirm_hours,
    correct_hours,
    record_attendance,
    record_hours,
    return_hours,
)
from laurels.training.actions.leaving import record_no_show, withdraw
from laurels.training.actions.meetings import cancel_meeting, move_meeting, plan_meeting, plan_meetings
from laurels.training.actions.offerings import (
    cancel_offering,
    edit_offering,
    end_offering,
    open_offering,
    staff_offering,
)
from laurels.training.actions.reminders import remind_assessors
from laurels.training.actions.seating import fill_seats
from laurels.training.actions.signing_off import sign_off

__all__ = [
    "accept_invitation",
    "add_file",
    "add_link",
    "add_text",
    "appeal",
    "assess",
    "begin_informal",
    "cancel_meeting",
    "cancel_offering",
    "confirm_hours",
    "correct_hours",
    "edit_offering",
    "end_offering",
    "enrol",
    "enrol_roster",
    "fill_seats",
    "go_on",
    "hand_in",
    "hear_appeal",
    "invite",
    "moderate",
    "move_meeting",
    "open_offering",
    "plan_meeting",
    "plan_meetings",
    "record_attendance",
    "record_hours",
    "record_no_show",
    "remind_assessors",
    "renew_calendar",
    "return_hours",
    "show_evidence",
    "sign_off",
    "staff_offering",
    "withdraw",
    "withdraw_evidence",
]
