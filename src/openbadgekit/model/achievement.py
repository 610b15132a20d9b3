"""What can be earned, and what results there are of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .node import Node, Text
from .profile import IdentifierEntry, Image, Profile

if TYPE_CHECKING:
    from .credential import Embedded


@dataclass(frozen=True, slots=True)
class Criteria(Node):
    """What it takes (3.0 §B.1.6, 2.0 §Criteria): an address, or words (Markdown), or both."""

    id: str | None = None
    narrative: Text | None = None


@dataclass(frozen=True, slots=True)
class Alignment(Node):
    """A link into a framework (3.0 §B.1.4, 2.0 §AlignmentObject); `target_type` is 3.0's, or begins "ext:"."""

    target_name: Text
    target_url: str
    target_description: Text | None = None
    target_code: Text | None = None
    target_framework: Text | None = None
    target_type: str | None = None


@dataclass(frozen=True, slots=True)
class RubricCriterionLevel(Node):
    """A step of a rubric's criterion (3.0 §B.1.25); `level` and `points` are text."""

    id: str
    name: Text
    description: Text | None = None
    level: Text | None = None
    points: Text | None = None
    alignment: tuple[Alignment, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultDescription(Node):
    """A result that there can be (3.0 §B.1.24).

    `result_type` is one of the specification's (GradePointAverage, LetterGrade, Percent, PerformanceLevel,
    PredictedScore, RawScore, Result, RubricCriterion, RubricCriterionLevel, RubricScore, ScaledScore, Status) or
    begins "ext:". Values are text, `required_level` the id of a level.
    """

    id: str
    name: Text
    result_type: str
    allowed_value: tuple[Text, ...] = ()
    rubric_criterion_level: tuple[RubricCriterionLevel, ...] = ()
    required_level: str | None = None
    required_value: Text | None = None
    value_min: Text | None = None
    value_max: Text | None = None
    alignment: tuple[Alignment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Node):
    """A result that was reached (3.0 §B.1.23): a value, or a level by its id, or a status (Completed, …)."""

    result_description: str | None = None
    achieved_level: str | None = None
    value: Text | None = None
    status: str | None = None
    alignment: tuple[Alignment, ...] = ()


@dataclass(frozen=True, slots=True)
class Related(Node):
    """Another achievement that this one is related to (3.0 §B.1.22)."""

    id: str
    in_language: str | None = None
    version: Text | None = None


@dataclass(frozen=True, slots=True)
class Achievement(Node):
    """What can be earned (3.0 §B.1.1 Achievement, 2.0 §BadgeClass).

    Both standards ask for name, description and criteria; 2.0 also for an image and a creator, whom it calls issuer.
    An achievement of which only the address is known has but its `id`.
    """

    id: str
    name: Text | None = None
    description: Text | None = None
    criteria: Criteria | None = None
    achievement_type: str | None = None
    version: Text | None = None
    in_language: str | None = None
    creator: Profile | None = None
    image: Image | None = None
    tag: tuple[Text, ...] = ()
    result_description: tuple[ResultDescription, ...] = ()
    alignment: tuple[Alignment, ...] = ()
    credits_available: float | None = None
    field_of_study: Text | None = None
    human_code: Text | None = None
    specialization: Text | None = None
    other_identifier: tuple[IdentifierEntry, ...] = ()
    related: tuple[Related, ...] = ()
    endorsement: "tuple[Embedded, ...]" = ()
    endorsement_jwt: tuple[str, ...] = ()
