"""What an application must answer, and how two rounds of it differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from laurels.catalogue import stackoffer
from laurels.catalogue.definition import Difference, freeze, missing
from laurels.catalogue.definition import differences as definition_differences
from laurels.catalogue.models import Version
from laurels.errors import WrongState
from laurels.governance.models import Application, Kind, Submission

MOST_CHARACTERS = 20_000
MOST_FIELDS = 30


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that an application answers in the applicant's own words."""

    key: str
    title: str
    help: str
    required: bool = True
    is_list: bool = False


COVERING_WORDS = Question(
    "words", "Words to the committee", "Anything that the committee should know beside the answers.", required=False
)
QUESTIONS: dict[str, tuple[Question, ...]] = {
    Kind.AUTHORITY.value: (
        Question("training", "Training", "What training does the unit give, and who teaches it?"),
        Question("mission", "Mission", "How does it meet the university's mission, in the mission's own words?"),
        Question(
            "rigor", "Rigor", "How is rigor kept: how is learning assessed, and how are results moderated and reviewed?"
        ),
        Question("assessors", "Assessors", "Who assesses, with which qualification?"),
        Question("scope", "Fields", "Which fields shall the authority cover? One or more field tags.", is_list=True),
        COVERING_WORDS,
    ),
    Kind.MICRO_CREDENTIAL.value: (COVERING_WORDS,),
    Kind.STACK.value: (
        Question("mastery", "Mastery", "What mastery does it show that its parts, one by one, do not?"),
        Question("parts", "Parts", "Why these parts, and why so many of them?"),
        COVERING_WORDS,
    ),
}


def cleaned(kind: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers in the form in which they are kept: texts stripped, field tags without doubles."""
    fields = {question.key: question for question in QUESTIONS[kind]}
    kept: dict[str, Any] = {}
    for key, value in answers.items():
        if key in fields and fields[key].is_list and isinstance(value, list | tuple):
            tags = [tag.strip() if isinstance(tag, str) else tag for tag in value]
            seen = {tag.casefold() if isinstance(tag, str) else tag: tag for tag in reversed(tags) if tag}
            kept[key] = list(reversed(seen.values()))
        else:
            kept[key] = value.strip() if isinstance(value, str) else value
    return kept


def malformed(kind: str, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """What cannot even be kept in a draft: question key → words."""
    fields = {question.key: question for question in QUESTIONS[kind]}
    found: dict[str, list[str]] = {}
    for key, value in answers.items():
        question = fields.get(key)
        if question is None:
            found[str(key)] = [f"This application has no question “{key}”."]
        elif question.is_list:
            if not isinstance(value, list) or not all(isinstance(tag, str) and len(tag) <= 60 for tag in value):
                found[key] = [f"{question.title}: give a list of short tags, each of at most 60 characters."]
            elif len(value) > MOST_FIELDS:
                found[key] = [f"{question.title}: at most {MOST_FIELDS}."]
        elif not isinstance(value, str):
            found[key] = [f"{question.title}: give a text."]
        elif len(value) > MOST_CHARACTERS:
            found[key] = [f"{question.title}: at most {MOST_CHARACTERS} characters."]
    return found


def unanswered(kind: str, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is missing before the application can be handed in: question key → words."""
    return {
        question.key: [f"{question.title} is missing. {question.help}"]
        for question in QUESTIONS[kind]
        if question.required and not answers.get(question.key)
    }


def content(answers: Mapping[str, Any], definition: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is frozen when an application is handed in."""
    return {"answers": dict(answers), "definition": dict(definition) if definition is not None else None}


def differences(kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[Difference]:
    """What changed from one round's content to a later one's, answers first; everything, where there is no earlier."""
    old_answers = before["answers"] if before else {}
    new_answers = after["answers"]
    found = [
        Difference(
            question.key, question.title, _text(old_answers.get(question.key)), _text(new_answers.get(question.key))
        )
        for question in QUESTIONS[kind]
        if (old_answers.get(question.key) or "") != (new_answers.get(question.key) or "")
    ]
    if after["definition"] is not None:
        found += definition_differences(before["definition"] if before else None, after["definition"])
    return found


def of_round(application: Application, number: int) -> dict[str, Any] | None:
    """What was handed in in that round, or None."""
    found = Submission.objects.filter(application=application, round=number).first()
    return dict(found.content) if found is not None else None


def of_base(application: Application) -> dict[str, Any] | None:
    """The newest approved definition of the same micro-credential, in the form of a round's content: what the first
    round of a new version is compared with. None where there is no earlier version."""
    version = definition_of(application)
    if version is None:
        return None
    earlier = Version.objects.filter(micro_credential=version.micro_credential_id).exclude(pk=version.pk)
    earlier = earlier.filter(published_at__isnull=False)
    if version.published_at is not None:
        earlier = earlier.filter(published_at__lt=version.published_at)
    newest = earlier.order_by("published_at").last()
    return content({}, newest.frozen) if newest is not None else None


def definition_of(application: Application) -> Version | None:
    """The version that the application is about as it is recorded now, whatever the caller's copy says."""
    if application.version_id is None:
        return None
    return Version.objects.select_related("micro_credential__unit").get(pk=application.version_id)


def lacking(application: Application, version: Version | None) -> dict[str, list[str]]:
    """What is missing before the application can be handed in: field → words."""
    found = unanswered(application.kind, application.answers)
    if version is not None:
        for lack in missing(version, list(version.competencies.all())):
            if lack.mandatory:
                found.setdefault(lack.field, []).append(lack.words)
        if version.is_stack and (words := stackoffer.faults(version)):
            found.setdefault("rule", []).extend(words)
    return found


def refuse_changed(application: Application) -> None:
    """What is approved is what was reviewed: refused when the definition is not the one that was handed in."""
    handed_in = of_round(application, application.round)
    version = definition_of(application)
    if version is None or handed_in is None:
        return
    changed = definition_differences(handed_in["definition"], freeze(version))
    if changed:
        fields = ", ".join(difference.label for difference in changed)
        raise WrongState(
            f"The definition was changed after it was handed in ({fields}), so it is not what was reviewed. "
            "You can ask for changes, or decline."
        )


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else (value or "")
