"""What a version asks of a completion, and what a completion lacks, in words (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from laurels.catalogue import hours
from laurels.catalogue.models import Version


@dataclass(frozen=True, slots=True)
class Asked:
    """One competency that is asked for: its key, what a holder can do, and the level."""

    key: str
    statement: str
    level: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """The hours (in minutes), competencies and evidence that a version asks for."""

    minutes: int
    informal_most: int
    levels: tuple[str, ...]
    competencies: tuple[Asked, ...]
    evidence_required: bool

    @classmethod
    def of(cls, version: Version) -> "Requirement":
        """What the version asks for: as it was frozen, without a query; for a draft, as it stands."""
        if version.frozen is None:
            asked = [Asked(str(one.key), one.statement, one.level) for one in version.competencies.all()]
        else:
            asked = [Asked(one["key"], one["statement"], one["level"]) for one in version.frozen["competencies"]]
        return cls(
            minutes=version.minutes,
            informal_most=version.informal_minutes_most,
            levels=tuple(version.levels),
            competencies=tuple(asked),
            evidence_required=version.evidence_required,
        )

    def counted(self, minutes: int, informal_minutes: int) -> tuple[int, int]:
        """Of so many confirmed minutes, the informal ones among them: how many count here, and how many informal."""
        informal = min(informal_minutes, self.informal_most)
        return minutes - informal_minutes + informal, informal

    def shortfall(
        self, minutes: int, informal_minutes: int, levels: Mapping[str, str], evidence: Sequence[object]
    ) -> list[str]:
        """Everything that a completion lacks, in words; empty when nothing is missing.

        `minutes` are all confirmed ones, `informal_minutes` those among them that were learned informally; `levels`
        has the level reached for each competency's key.
        """
        return [
            *self._hours(minutes, informal_minutes),
            *filter(None, (self.short_of_level(one, levels.get(one.key, "")) for one in self.competencies)),
            *(
                ["Not yet: evidence is asked for, and none is named."]
                if self.evidence_required and not evidence
                else []
            ),
        ]

    def _hours(self, minutes: int, informal_minutes: int) -> list[str]:
        counted, informal = self.counted(minutes, informal_minutes)
        if counted >= self.minutes:
            return []
        if informal == informal_minutes:
            return [f"Not yet: {hours.words(counted)} of {hours.words(self.minutes)} are confirmed."]
        return [
            f"Not yet: {hours.words(counted)} of {hours.words(self.minutes)} are confirmed. "
            f"{hours.words(informal_minutes)} informal are confirmed, {hours.words(informal)} of them count here."
        ]

    def short_of_level(self, one: Asked, reached: str) -> str:
        """What keeps the level reached from being enough for a competency, in words; "" when it is enough."""
        ranks = {level.casefold(): rank for rank, level in enumerate(self.levels)}
        if not reached:
            return f"Not yet: “{one.statement}” has no level; {one.level} is asked for."
        if reached.casefold() not in ranks:
            return f"“{reached}”, for “{one.statement}”, is not a level. The levels are {', '.join(self.levels)}."
        if ranks[reached.casefold()] < ranks[one.level.casefold()]:
            return f"Not yet: “{one.statement}” is at {reached.casefold()}; {one.level} is asked for."
        return ""
