"""What the committee does before it decides: declare interest, review, ask for changes."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from laurels import clock
from laurels.audit.record import record
from laurels.errors import Invalid, WrongState
from laurels.governance import news, reviews, rubric, workflow
from laurels.governance.models import Application, Review, Submission
from laurels.people.models import User
from laurels.people.permissions import UNIVERSITY, require


@transaction.atomic
def declare_interest(application: Application, has_interest: bool, interest: str = "", *, by: User) -> Review:
    """Declare whether one has an interest in the application, before anything else."""
    require(by, workflow.right_for("declare"), UNIVERSITY)
    reviews.refuse_own_unit(application, by)
    words = interest.strip()
    if has_interest and not words:
        raise Invalid("Say in a few words what the interest is.", fields={"interest": ["Say what the interest is."]})
    # Another member's declaration may have taken it from submitted to under review meanwhile: that stops nobody.
    application.refresh_from_db(fields=["state"])
    workflow.move(application, "declare")
    declared = reviews.declaration(application, by)
    if declared is None:
        declared = Review(application=application, reviewer=by, round=application.round)
    elif declared.submitted_at is not None:
        raise WrongState("Your review is in, and cannot be changed afterwards.")
    elif declared.has_interest:
        raise WrongState("You declared an interest in this round already. It stands until the next one.")
    declared.has_interest, declared.interest = has_interest, words if has_interest else ""
    declared.declared_at = clock.now()
    declared.save()
    record(by, "interest declared", application, has_interest=has_interest, round=application.round)
    return declared


@transaction.atomic
def submit_review(application: Application, scores: Mapping[str, Any], *, by: User) -> Review:
    """Hand in one's scores with their reasons, once and for all in this round."""
    require(by, workflow.right_for("review"), UNIVERSITY)
    reviews.refuse_own_unit(application, by)
    workflow.hold(application, "review")
    review = reviews.require_disinterest(application, by)
    if review.submitted_at is not None:
        raise WrongState("Your review is in, and cannot be changed afterwards.")
    problems = rubric.problems(reviews.scale(application), scores)
    if problems:
        raise Invalid("Every criterion needs a score and a reason.", fields=problems)
    review.scores = {
        key: {"score": int(given["score"]), "reason": given["reason"].strip()} for key, given in scores.items()
    }
    review.submitted_at = clock.now()
    review.save(update_fields=["scores", "submitted_at"])
    record(by, "review submitted", application, round=application.round)
    quorum = reviews.quorum(application)
    if quorum.counted == quorum.needed:
        news.quorum_met(application, quorum, reviews.deciders(application))
    return review


@transaction.atomic
def request_changes(application: Application, words: str, *, by: User) -> Submission:
    """Give the application back to the unit, saying what should be changed."""
    require(by, workflow.right_for("request changes"), UNIVERSITY)
    reviews.refuse_decider(application, by)
    if not words.strip():
        raise Invalid("Say what should be changed.", fields={"words": ["Say what should be changed."]})
    workflow.move(application, "request changes")
    submission = application.submissions.get(round=application.round)
    submission.changes_words, submission.changes_by, submission.changes_at = words.strip(), by, clock.now()
    submission.save(update_fields=["changes_words", "changes_by", "changes_at"])
    record(by, "changes requested", application, round=application.round)
    news.changes_requested(application, submission.changes_words)
    return submission
