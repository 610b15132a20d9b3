"""What an application is scored against, and what the scores amount to. Pure: no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

LEAST_MEAN = Decimal("2.00")
SCORES = (0, 1, 2, 3)

DEFAULT: list[dict[str, Any]] = [
    {
        "key": "mission",
        "title": "Mission alignment",
        "question": "Does this serve the university's mission, in the mission's own terms?",
        "anchors": [
            "It has nothing to do with the mission, or works against it.",
            "The mission is quoted, but what is taught does not follow from it.",
            "It plainly serves a named part of the mission, and says how.",
            "It serves the mission in a way that nothing else at the university does, and shows it with examples.",
        ],
        "least": 2,
    },
    {
        "key": "rigor",
        "title": "Academic rigor",
        "question": "Are the content, the teaching and the standard those of a university?",
        "anchors": [
            "The content is unsupported, out of date or not taught by qualified people.",
            "The content is sound in parts; sources, standards or the teachers' qualification stay unclear.",
            "Sound and current, taught by qualified people, to a written standard that is kept.",
            "As before, with moderation of results and a regular review of the content by people outside the unit.",
        ],
        "least": 2,
    },
    {
        "key": "competencies",
        "title": "Clarity of competencies",
        "question": "Is it clear what a holder is able to do, and how well?",
        "anchors": [
            "Topics are listed; nothing says what a holder can do.",
            "Some competencies can be observed; others are intentions or topics.",
            "Each competency is one observable act, with indicators and a level.",
            "As before, and each is tied to a recognised framework and clear to an employer at first reading.",
        ],
        "least": 1,
    },
    {
        "key": "assessment",
        "title": "Validity of assessment",
        "question": "Does the assessment show that the competency is there?",
        "anchors": [
            "Nothing is assessed, or being present is enough.",
            "There is an assessment, but it tests something else, or leaves the verdict to taste.",
            "Each competency is assessed by what a holder does, against stated criteria, by somebody qualified.",
            "As before, in realistic conditions, with a second assessor or moderation and a road of appeal.",
        ],
        "least": 1,
    },
    {
        "key": "hours",
        "title": "Sufficiency of hours and practice",
        "question": "Are the hours enough to reach the level asked for, with practice among them?",
        "anchors": [
            "The hours cannot lead to the level asked for.",
            "The hours may do for some learners; there is too little practice.",
            "The hours and the practice fit the level, and informal learning is bounded.",
            "As before, and the figures rest on experience with earlier learners.",
        ],
        "least": 1,
    },
    {
        "key": "evidence",
        "title": "Evidence",
        "question": "Does each award rest on evidence that another person could look at?",
        "anchors": [
            "No evidence is kept.",
            "Evidence is kept for some competencies, or says little about them.",
            "Evidence for each competency is named, kept and can be looked at by a second assessor.",
            "As before, with examples of what is enough and what is not, and privacy thought through.",
        ],
        "least": 1,
    },
    {
        "key": "need",
        "title": "Need and recognition",
        "question": "Who needs this, and who will recognise it?",
        "anchors": [
            "No need is shown.",
            "A need is claimed, without a source.",
            "A need is shown by named groups, employers or professional bodies.",
            "As before, and at least one of them has said in writing that it will recognise the micro-credential.",
        ],
        "least": 1,
    },
    {
        "key": "duplication",
        "title": "No duplication",
        "question": "Does it differ from what the university already offers?",
        "anchors": [
            "The same is offered already.",
            "It overlaps for the most part, and the overlap is not explained.",
            "It is distinct, or the overlap is small and explained.",
            "It is distinct and fits with what is there, so that learners can go on from one to the other.",
        ],
        "least": 1,
    },
    {
        "key": "access",
        "title": "Access and equity",
        "question": "Can those for whom it is meant really take part and succeed?",
        "anchors": [
            "People are shut out without a reason.",
            "Barriers of cost, place, time, language or disability are named, but not met.",
            "Prerequisites are justified, barriers are met, and adjustments are offered.",
            "As before, and the unit follows who takes part and who completes, and acts on it.",
        ],
        "least": 1,
    },
    {
        "key": "safety",
        "title": "Scope of practice and safety",
        "question": "Does it say what a holder may not do, and is nobody put in danger?",
        "anchors": [
            "It could be taken for a licence to practise, or its practice is unsafe.",
            "Limits or safety are mentioned, but leave doubt.",
            "The limits of practice are stated, supervision is arranged, and risks are handled.",
            "As before, and holders are assessed on knowing their limits and when to refer.",
        ],
        "least": 1,
    },
]


class Scale(Protocol):
    """A rubric: its criteria and the mean that it asks for."""

    criteria: Any
    least_mean: Any


class Scored(Protocol):
    """A review: its scores by criterion key."""

    scores: Any


@dataclass(frozen=True, slots=True)
class Standing:
    """What the scores amount to: mean by criterion key, the mean of those, and what falls short, in words."""

    means: Mapping[str, Fraction]
    mean: Fraction
    shortfalls: tuple[str, ...]
    reviews: int

    @property
    def passes(self) -> bool:
        """Whether there are scores, and every minimum is met."""
        return self.reviews > 0 and not self.shortfalls

    @property
    def refusal(self) -> str:
        """Why it cannot be approved, in the words that the chair reads."""
        return f"It cannot be approved as it stands: {'; '.join(self.shortfalls)}. You can ask for changes, or decline."

    def plain(self) -> dict[str, Any]:
        """The scores of record, as plain values."""
        return {
            "criteria": {key: float(shown(mean)) for key, mean in self.means.items()},
            "mean": float(shown(self.mean)),
            "reviews": self.reviews,
        }


def shown(value: Fraction | Decimal | int) -> str:
    """A mean with at most two decimals, cut and never rounded up: 1.996 must not look like the 2 that it misses."""
    hundredths = int(Fraction(value) * 100)
    return f"{Decimal(hundredths) / 100:f}"


def standing(rubric: Scale, reviews: Sequence[Scored]) -> Standing:
    """What the counted reviews amount to against the rubric's minima.

    A criterion's score is the mean over the reviews, the whole mean is the mean over the criteria. Exact fractions.
    """
    if not reviews:
        return Standing({}, Fraction(0), ("no review is in",), 0)
    means: dict[str, Fraction] = {}
    shortfalls: list[str] = []
    for criterion in rubric.criteria:
        scores = [review.scores[criterion["key"]]["score"] for review in reviews]
        mean = means[criterion["key"]] = Fraction(sum(scores), len(scores))
        if mean < criterion["least"]:
            title = criterion["title"][:1].lower() + criterion["title"][1:]
            shortfalls.append(f"{title} has {shown(mean)} and needs {criterion['least']}")
    mean = sum(means.values(), Fraction(0)) / len(means)
    least = Fraction(rubric.least_mean)
    if mean < least:
        shortfalls.append(f"the mean of all criteria has {shown(mean)} and needs {shown(least)}")
    return Standing(means, mean, tuple(shortfalls), len(reviews))


def problems(rubric: Scale, scores: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is missing or wrong in a review's scores: criterion key → words. Empty when they are complete."""
    found: dict[str, list[str]] = {}
    known = {criterion["key"]: criterion["title"] for criterion in rubric.criteria}
    for key, title in known.items():
        given = scores.get(key)
        given = given if isinstance(given, Mapping) else {}
        score, reason = given.get("score"), given.get("reason")
        words = []
        if isinstance(score, bool) or score not in SCORES:
            words.append(f"{title}: choose a score from 0 to 3.")
        if not isinstance(reason, str) or not reason.strip():
            words.append(f"{title}: give the reason for the score.")
        if words:
            found[key] = words
    for key in scores.keys() - known.keys():
        found[str(key)] = [f"The rubric has no criterion “{key}”."]
    return found


def flaws(criteria: Sequence[Mapping[str, Any]], least_mean: Decimal) -> list[str]:
    """What keeps a list of criteria from being a rubric, in words. Empty when it can be used."""
    found = []
    if not criteria:
        found.append("A rubric needs at least one criterion.")
    keys = [criterion.get("key") for criterion in criteria]
    if len(set(keys)) != len(keys):
        found.append("Two criteria have the same key.")
    for position, criterion in enumerate(criteria, start=1):
        anchors = criterion.get("anchors")
        if not all(isinstance(criterion.get(name), str) and criterion[name] for name in ("key", "title", "question")):
            found.append(f"Criterion {position} needs a key, a title and a question.")
        if not isinstance(anchors, list) or len(anchors) != len(SCORES) or not all(anchors):
            found.append(f"Criterion {position} needs four anchors, for the scores 0 to 3.")
        if criterion.get("least") not in SCORES:
            found.append(f"Criterion {position} needs a minimum from 0 to 3.")
    if not SCORES[0] <= least_mean <= SCORES[-1]:
        found.append("The mean asked for must lie between 0 and 3.")
    return found
