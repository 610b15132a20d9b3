"""What an application says, laid out for reading: answers, definition, what changed, what a criterion is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from laurels.catalogue.definition import Difference
from laurels.governance import submissions
from laurels.governance.models import Application, Submission

# Which of the applicant's words speak to which criterion of the default rubric: answers, then fields of the definition.
_SPEAKS_TO: dict[str, tuple[str, ...]] = {
    "mission": ("mission", "mission_alignment"),
    "rigor": (
        "training",
        "rigor",
        "rule",
        "parts",
        "parts_policy",
        "quality_assurance",
        "assessor_qualification",
        "next_review",
    ),
    "competencies": ("competencies", "mastery"),
    "assessment": ("assessors", "assessment", "pass_rule", "supervision", "identity_check", "assessor_qualification"),
    "hours": ("contact_minutes", "practice_minutes", "independent_minutes", "informal_minutes_most", "way", "rule"),
    "evidence": ("evidence", "evidence_required", "evidence_visibility"),
    "need": ("need", "recognition", "audience"),
    "duplication": ("title", "summary", "tags", "scope"),
    "access": ("audience", "prerequisites", "way", "language"),
    "safety": ("scope_notice", "supervision", "appeal_route"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said: its field, its name in words, the words."""

    field: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Round:
    """One round after the first: what was asked of the one before, and what changed."""

    submission: Submission
    asked: str
    changed: tuple[Difference, ...]


def answers_of(application: Application) -> list[Line]:
    """The questions of the application with what is answered at present."""
    found = []
    for question in submissions.QUESTIONS[application.kind]:
        said = application.answers.get(question.key) or ""
        found.append(Line(question.key, question.title, ", ".join(said) if isinstance(said, list) else said))
    return found


def said(application: Application, submission: Submission) -> list[Line]:
    """Everything that was handed in, in the order of reading; what was left empty is left out."""
    every = submissions.differences(application.kind, None, submission.content)
    return [Line(one.field, one.label[:1].upper() + one.label[1:], one.after) for one in every if one.after]


def speaking_to(key: str, lines: Iterable[Line]) -> list[Line]:
    """The lines that a criterion is about; none for a criterion that only the whole can answer."""
    wanted = _SPEAKS_TO.get(key, ())
    return [line for line in lines if line.field in wanted or line.field.partition(".")[0] in wanted]


def rounds_of(application: Application) -> list[Round]:
    """What changed from round to round, newest first."""
    handed_in: Sequence[Submission] = list(application.submissions.select_related("by", "changes_by"))
    return [_round(application, earlier, later) for earlier, later in pairwise(handed_in)][::-1]


def _round(application: Application, earlier: Submission, later: Submission) -> Round:
    changed: list[Any] = submissions.differences(application.kind, earlier.content, later.content)
    return Round(later, earlier.changes_words, tuple(changed))


def since_version(application: Application, submission: Submission) -> tuple[Difference, ...]:
    """What a new version changes in the definition that is approved already; nothing for a first version."""
    base = submissions.of_base(application)
    if base is None:
        return ()
    after = {"answers": {}, "definition": submission.content["definition"]}
    return tuple(submissions.differences(application.kind, base, after))
