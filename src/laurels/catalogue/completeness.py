"""What a definition still lacks, in words: the form shows it while it is filled in, and approval asks for it (pure).

Mandatory are the elements that the European recommendation on micro-credentials (2022/C 243/02) requires of the
definition (title, country, outcomes, workload, level, assessment, form of participation, quality assurance; learner,
awarding body and date come with each award), what a badge cannot be made without, and the university's own rules.
The rest of the recommendation's elements, and what a reader would want to know, is recommended.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from laurels.catalogue import hours, lettering
from laurels.catalogue.models import Competency, Version

MOST_COMPETENCIES = 7

_MANDATORY: Mapping[str, str] = {
    "title": "Give it a title.",
    "summary": "Say in one or two sentences what it is.",
    "mission_alignment": "Say how it serves the university's mission.",
    "language": "Say in which language it is taught.",
    "country": "Say in which country it is awarded.",
    "way": "Choose the way of learning.",
    "quality_assurance": "Say how its quality is assured, and by which body.",
    "evidence": "Say which evidence is asked for.",
}

# A stack has no training of its own: these are said by its parts.
_OF_TRAINING = frozenset(
    {"way", "evidence", "prerequisites", "pass_rule", "supervision", "identity_check", "assessor_qualification"}
)

_RECOMMENDED: Mapping[str, str] = {
    "audience": "Say for whom it is.",
    "need": "Say which need it answers.",
    "recognition": "Say who recognises it.",
    "prerequisites": "Say what learners need before they begin, or that nothing is needed.",
    "pass_rule": "Say what it takes to pass.",
    "supervision": "Say whether the assessment is supervised.",
    "identity_check": "Say how the learner's identity is checked.",
    "assessor_qualification": "Say which qualification an assessor has.",
    "next_review": "Say when it is reviewed next.",
    "scope_notice": "Say what a holder may not do on the strength of it: the scope-of-practice notice.",
    "appeal_route": "Say how a learner can appeal.",
}

# First words that name a thing or a state instead of an act. A machine cannot tell a noun from a verb in general:
# the committee reads every statement; this only catches what is wrong for certain.
_NO_VERBS = frozenset(
    {"a", "an", "the", "this", "that", "these", "those", "how", "what", "why", "when", "where", "who", "all", "some"}
    | {"basic", "good", "strong", "better", "and", "or", "of", "in", "on", "to", "is", "are", "be", "have", "has"}
    | {"can", "able", "knowledge", "understanding", "ability", "skill", "skills", "awareness", "familiarity"}
    | {"competence", "competency", "appreciation", "proficiency", "mastery", "introduction", "overview"}
    | {"fundamentals", "principles"}
)
_VERBS_IN_ING = frozenset({"bring", "sing", "ring", "swing", "fling", "string", "spring", "cling", "wring"})
_UNSEEN = frozenset({"know", "understand", "appreciate", "learn", "realise", "realize", "grasp", "comprehend"})


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that a definition lacks: where, in words, and whether approval waits for it."""

    field: str
    words: str
    mandatory: bool = True


def missing(version: Version, competencies: Sequence[Competency]) -> list[Lack]:
    """Everything that the definition lacks, mandatory things first."""
    left_out = _OF_TRAINING if version.is_stack else frozenset()
    found = [
        *(
            Lack(name, words)
            for name, words in _MANDATORY.items()
            if name not in left_out and not str(getattr(version, name)).strip()
        ),
        *_tags(version),
        *(_stack(version) if version.is_stack else _hours(version)),
        *_outcomes(version, competencies),
        *([] if version.is_stack else _assessment(version)),
        *_picture(version),
        *(
            Lack(name, words, mandatory=False)
            for name, words in _RECOMMENDED.items()
            if name not in left_out and not str(getattr(version, name) or "").strip()
        ),
    ]
    if version.validity_months and not version.renewal_rule.strip():
        found.append(Lack("renewal_rule", "It ends after a time: say how it is renewed.", mandatory=False))
    return sorted(found, key=lambda lack: not lack.mandatory)


def _tags(version: Version) -> Iterator[Lack]:
    if not version.tags:
        yield Lack("tags", "Name at least one field: the unit's issuing authority is for fields.")


def _stack(version: Version) -> Iterator[Lack]:
    if not version.rule:
        yield Lack("rule", "Say by which awards it is earned: the rule of the stack.")
    if version.minutes or version.informal_minutes_most:
        yield Lack("contact_minutes", "A stack has no hours of its own: its parts have them.")


def _hours(version: Version) -> Iterator[Lack]:
    kinds = {
        "contact_minutes": "contact hours",
        "practice_minutes": "practice hours",
        "independent_minutes": "independent hours",
        "informal_minutes_most": "informal hours",
    }
    for name, label in kinds.items():
        if not hours.in_steps(getattr(version, name), version.step_minutes):
            yield Lack(
                name,
                f"The {label} are {hours.words(getattr(version, name))}: hours count in steps of "
                f"{hours.words(version.step_minutes)}.",
            )
    if version.minutes < version.block_minutes:
        yield Lack(
            "contact_minutes",
            f"A micro-credential takes at least {hours.words(version.block_minutes)} of training; "
            f"this one has {hours.words(version.minutes)}.",
        )
    if version.informal_minutes_most > version.minutes:
        yield Lack(
            "informal_minutes_most",
            f"{hours.words(version.informal_minutes_most)} may be informal, which is more than the "
            f"{hours.words(version.minutes)} of training in all.",
        )


def _outcomes(version: Version, competencies: Sequence[Competency]) -> Iterator[Lack]:
    if not competencies:
        yield Lack("competencies", "Say what holders will be able to do: one to seven competencies.")
    if len(competencies) > MOST_COMPETENCIES:
        yield Lack("competencies", f"{len(competencies)} competencies are too many: seven is the most.")
    seen: set[str] = set()
    for place, one in enumerate(competencies):
        yield from _outcome(version, one, f"competencies.{place}", place + 1)
        folded = " ".join(one.statement.casefold().split())
        if folded and folded in seen:
            yield Lack(f"competencies.{place}.statement", f"Competency {place + 1} says the same as one above it.")
        seen.add(folded)


def _outcome(version: Version, one: Competency, field: str, place: int) -> Iterator[Lack]:
    if not one.statement.strip():
        yield Lack(f"{field}.statement", f"Competency {place} has no statement: say what holders can do.")
    elif version.language.lower().split("-")[0] == "en":
        yield from _verb(one.statement, f"{field}.statement", place)
    if one.level not in version.levels:
        asked = f"“{one.level}” is not a level" if one.level else "Choose a level"
        yield Lack(f"{field}.level", f"Competency {place}: {asked} of the university's scale: {_list(version.levels)}.")
    if not one.indicators:
        yield Lack(f"{field}.indicators", f"Competency {place}: say by what an assessor sees it.", mandatory=False)
    if not one.evidence_kinds.strip() and not version.is_stack:
        yield Lack(f"{field}.evidence_kinds", f"Competency {place}: say which evidence can show it.", mandatory=False)
    if not one.taught.strip() and not version.is_stack:
        words = f"Competency {place}: say how it is taught, practised and assessed."
        yield Lack(f"{field}.taught", words, mandatory=False)
    if not one.links:
        yield Lack(f"{field}.links", f"Competency {place} has no link to a skill framework.", mandatory=False)


def _verb(statement: str, field: str, place: int) -> Iterator[Lack]:
    first = re.match(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", statement.strip())
    word = first[0].casefold() if first else ""
    noun = word in _NO_VERBS or (word.endswith("ing") and len(word) > 4 and word not in _VERBS_IN_ING)
    if not word or noun or word.endswith("ness"):
        yield Lack(
            field,
            f"Competency {place} does not begin with a verb: write what a holder does, "
            "as in “Plan a week of meals”, without “can” or “be able to”.",
        )
    elif word in _UNSEEN:
        words = f"Competency {place}: nobody can see whether someone does “{word}”. A verb of doing is better."
        yield Lack(field, words, mandatory=False)


def _assessment(version: Version) -> Iterator[Lack]:
    if not version.assessment:
        yield Lack("assessment", "Say by which types of assessment it is earned, with their weights.")
        return
    if any(not one["type"].strip() for one in version.assessment):
        yield Lack("assessment", "A type of assessment has no name.")
    weight = sum(one["weight"] for one in version.assessment)
    if weight != 100:
        yield Lack("assessment", f"The weights of the assessment add up to {weight} %; they must add up to 100 %.")


def _picture(version: Version) -> Iterator[Lack]:
    if not version.short_title.strip():
        yield Lack("short_title", "Give a short title for the ribbon of the picture, about 18 letters.")
    else:
        yield from (Lack("short_title", words) for words in lettering.ribbon_faults(version.short_title))
    if version.icon:
        return  # it stands where the monogram would
    if not version.monogram.strip():
        yield Lack("monogram", "Choose an icon, or one to three letters, for the middle of the picture.")
    else:
        yield from (Lack("monogram", words) for words in lettering.monogram_faults(version.monogram))


def _list(words: Sequence[str]) -> str:
    return ", ".join(words[:-1]) + (" or " if len(words) > 1 else "") + words[-1] if words else ""
