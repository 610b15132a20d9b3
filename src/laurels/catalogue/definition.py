"""What a definition is: its frozen form, what changed between two of them, and the approval that froze it (pure)."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from laurels.catalogue import hours, stackrule, stackwords
from laurels.catalogue.completeness import Lack, missing
from laurels.catalogue.models import Competency, Version

__all__ = ["Approval", "Difference", "Lack", "differences", "freeze", "missing", "next_number"]

LABELS: Mapping[str, str] = {
    "title": "title",
    "short_title": "short title",
    "monogram": "monogram",
    "icon": "icon",
    "colours": "colours",
    "summary": "summary",
    "audience": "audience",
    "need": "need",
    "recognition": "who recognises it",
    "mission_alignment": "mission alignment",
    "language": "language",
    "country": "country",
    "tags": "field tags",
    "way": "way of learning",
    "contact_minutes": "contact hours",
    "practice_minutes": "practice hours",
    "independent_minutes": "independent hours",
    "informal_minutes_most": "informal hours at most",
    "prerequisites": "prerequisites",
    "assessment": "assessment",
    "pass_rule": "pass rule",
    "supervision": "supervision",
    "identity_check": "identity check",
    "assessor_qualification": "assessor's qualification",
    "evidence": "evidence asked for",
    "evidence_required": "evidence required for each award",
    "evidence_visibility": "visibility of evidence",
    "validity_months": "validity",
    "renewal_rule": "renewal rule",
    "quality_assurance": "quality assurance",
    "next_review": "next review",
    "scope_notice": "scope-of-practice notice",
    "appeal_route": "appeal route",
}
"""The fields of a definition, in the order in which people read them, and their names in words."""

STACK_LABELS: Mapping[str, str] = {
    "rule": "rule of the stack",
    "parts_policy": "when a part is lost",
}
"""The fields that only a stack has."""

POLICY_LABELS: Mapping[str, str] = {
    "levels": "scale of levels",
    "block_minutes": "length of a block",
    "step_minutes": "steps in which hours count",
}

COMPETENCY_LABELS: Mapping[str, str] = {
    "statement": "statement",
    "level": "level",
    "indicators": "indicators",
    "evidence_kinds": "kinds of evidence",
    "taught": "how it is taught, practised and assessed",
    "links": "framework links",
}


@dataclass(frozen=True, slots=True)
class Approval:
    """The basis on which a version is published: a decision of record. The two uuids name its endorsements."""

    number: str
    date: date
    body: str
    rubric: int
    endorsement: str
    endorsement_ob2: str

    def plain(self) -> dict[str, str | int]:
        """The approval as the plain values that a version keeps."""
        return {
            "number": self.number,
            "date": self.date.isoformat(),
            "body": self.body,
            "rubric": self.rubric,
            "endorsement": self.endorsement,
            "endorsement_ob2": self.endorsement_ob2,
        }

    @classmethod
    def of(cls, plain: Mapping[str, str | int]) -> "Approval":
        """Read an approval back from a version's plain values."""
        return cls(
            number=str(plain["number"]),
            date=date.fromisoformat(str(plain["date"])),
            body=str(plain["body"]),
            rubric=int(plain["rubric"]),
            endorsement=str(plain["endorsement"]),
            endorsement_ob2=str(plain["endorsement_ob2"]),
        )

    def faults(self) -> list[str]:
        """What keeps this from being a decision of record, in words; empty when it holds."""
        found = [] if self.number.strip() else ["The approval has no decision number."]
        if not self.body.strip():
            found.append("The approval does not say which body decided.")
        if self.rubric < 1:
            found.append("The approval does not say by which rubric it was scored.")
        for name in (self.endorsement, self.endorsement_ob2):
            try:
                uuid.UUID(name)
            except ValueError:
                found.append("The approval does not name its endorsements.")
                break
        return found


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two definitions say differently: the field, its name in words, and both texts for reading."""

    field: str
    label: str
    before: str
    after: str


def freeze(version: Version) -> dict[str, object]:
    """The whole definition as plain JSON values: what is hashed, compared, and shown for ever."""
    return {
        "micro_credential": version.micro_credential.slug,
        "unit": {"name": version.micro_credential.unit.name, "slug": version.micro_credential.unit.slug},
        "number": version.number,
        **{name: _plain(getattr(version, name)) for name in (*LABELS, *POLICY_LABELS)},
        **_of_stack(version),
        "competencies": [_competency(one) for one in version.competencies.all()],
        "pictures": {"svg": _sha256(version.picture_svg), "png": _sha256(version.picture_png)},
    }


def _of_stack(version: Version) -> dict[str, object]:
    """What only a stack says: the definition of everything else is, to the byte, what it was before there were any."""
    if not version.is_stack:
        return {}
    return {"kind": version.kind, **{name: getattr(version, name) for name in STACK_LABELS}}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _competency(one: Competency) -> dict[str, object]:
    return {"key": str(one.key), **{name: getattr(one, name) for name in COMPETENCY_LABELS}}


def _sha256(picture: bytes | memoryview) -> str | None:
    return hashlib.sha256(picture).hexdigest() if picture else None


def differences(before: Mapping[str, object] | None, after: Mapping[str, object]) -> list[Difference]:
    """What `after` says differently from `before`; numbers, keys and pictures are left out: they always differ."""
    old = before or {}
    found = [
        Difference(name, label, _words(name, old.get(name)), _words(name, after.get(name)))
        for name, label in {**LABELS, **STACK_LABELS, **POLICY_LABELS}.items()
        if _differ(old.get(name), after.get(name))
    ]
    olds, news = _competencies(old), _competencies(after)
    for place in range(max(len(olds), len(news))):
        one = olds[place] if place < len(olds) else {}
        other = news[place] if place < len(news) else {}
        found += [
            Difference(
                f"competencies.{place}.{name}",
                f"competency {place + 1}: {label}",
                _words(name, one.get(name)),
                _words(name, other.get(name)),
            )
            for name, label in COMPETENCY_LABELS.items()
            if _differ(one.get(name), other.get(name))
        ]
    return found


def _competencies(frozen: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    found = frozen.get("competencies", [])
    return found if isinstance(found, list) else []


def _differ(one: object, other: object) -> bool:
    empty: tuple[object, ...] = (None, "", [], False)
    return one != other and not (one in empty and other in empty)


def _words(name: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        if name == "validity_months":
            return f"{value} months"
        return hours.words(value) if "minutes" in name else str(value)
    if isinstance(value, list):
        return "; ".join(_item(one) for one in value)
    if name == "rule" and isinstance(value, dict):
        return stackwords.sentence(stackrule.read(value))
    return str(value)


def _item(value: object) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    if "weight" in value:
        return f"{value.get('type', '')} {value['weight']} %".strip()
    return ", ".join(str(part) for part in value.values() if part)


def next_number(published: Sequence[str], change: str) -> str:
    """The next semantic version after the newest of those published: 1.0.0 first, then by major, minor or patch."""
    if not published:
        return "1.0.0"
    major, minor, patch = max(order(number) for number in published)
    if change == "major":
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if change == "minor" else f"{major}.{minor}.{patch + 1}"


def order(number: str) -> tuple[int, int, int]:
    """A version's number as something to sort by."""
    major, minor, patch = number.split(".")
    return int(major), int(minor), int(patch)
