"""The verbs of governance."""

from laurels.governance.actions.applications import (
    draft_authority_application,
    draft_micro_credential_application,
    edit_application,
    edit_definition,
    submit_application,
    withdraw_application,
)
from laurels.governance.actions.authorities import lift_suspension, suspend_authority, warn_of_end
from laurels.governance.actions.decisions import decide
from laurels.governance.actions.reminders import remind_reviewer, tell_chair
from laurels.governance.actions.reviews import declare_interest, request_changes, submit_review
from laurels.governance.actions.rubrics import set_rubric

__all__ = [
    "decide",
    "declare_interest",
    "draft_authority_application",
    "draft_micro_credential_application",
    "edit_application",
    "edit_definition",
    "lift_suspension",
    "remind_reviewer",
    "request_changes",
    "set_rubric",
    "submit_application",
    "submit_review",
    "suspend_authority",
    "tell_chair",
    "warn_of_end",
    "withdraw_application",
]
