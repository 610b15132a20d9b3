"""The catalogue as its readers search it: what fits, what is chosen, and what comes nearest when nothing fits."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTransform
from django.http import QueryDict

from laurels.catalogue import hours
from laurels.catalogue.models import Competency, Version, VersionState, Way
from laurels.people.models import University

HEAVY = ("picture_svg", "picture_png", "frozen")  # of a version: no list shows them
MOST_BLOCKS = 4  # this many and more are one choice


@dataclass(frozen=True, slots=True)
class Card:
    """One micro-credential as a line of the catalogue."""

    version: Version
    competencies: tuple[Competency, ...]
    blocks: int
    level: str

    @property
    def promise(self) -> str:
        """What a holder can do, in one line."""
        return self.competencies[0].statement if self.competencies else ""

    @property
    def words(self) -> str:
        """Everything that a search looks into."""
        version = self.version
        statements = [competency.statement for competency in self.competencies]
        unit = version.micro_credential.unit.name
        return " ".join([version.title, version.summary, unit, *version.tags, *statements]).casefold()


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: its words, how many fit, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of the catalogue, as a group of choices."""

    name: str
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    without: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    q: str
    cards: tuple[Card, ...]
    nearest: tuple[Card, ...]
    filters: tuple[Filter, ...]
    chips: tuple[Chip, ...]
    total: int


# name of the filter -> its title and the value of a card under it
_FACETS: dict[str, tuple[str, Callable[[Card], str]]] = {
    "unit": ("Unit", lambda card: card.version.micro_credential.unit.slug),
    "blocks": ("Blocks of twelve hours", lambda card: str(min(card.blocks, MOST_BLOCKS))),
    "level": ("Level", lambda card: card.level),
    "way": ("Way of learning", lambda card: card.version.way),
}


def card_of(version: Version) -> Card:
    """A version as a line of the catalogue; its level is the lowest that is asked of its competencies."""
    competencies = tuple(version.competencies.all())
    return Card(
        version=version,
        competencies=competencies,
        blocks=_blocks(version),
        level=lowest([competency.level for competency in competencies], version.levels),
    )


def _blocks(version: Version) -> int:
    """The blocks of a version; of a stack, those that its holders have at least in its parts."""
    if version.is_stack:
        found = getattr(version, "stack_blocks", None)  # lists ask for this one number of what is frozen
        return int(found if found is not None else (version.frozen or {}).get("blocks", 0))
    return hours.blocks(version.minutes, version.block_minutes)


def lowest(levels: Iterable[str], scale: list[str]) -> str:
    """The lowest of these levels on the scale, or nothing."""
    known = [level for level in levels if level in scale]
    return min(known, key=scale.index) if known else ""


def published() -> QuerySet[Version]:
    """The versions that can be earned now, with what a line shows."""
    versions = Version.objects.filter(state=VersionState.PUBLISHED)
    related = versions.select_related("micro_credential__unit").prefetch_related("competencies")
    return related.annotate(stack_blocks=KeyTransform("blocks", "frozen")).defer(*HEAVY).order_by("title")


def search(given: QueryDict, university: University) -> Found:
    """What fits the words and the filters that were asked for."""
    every = tuple(card_of(version) for version in published())
    q = words_of(given)
    chosen = {name: set(given.getlist(name)) for name in _FACETS}
    fitting = tuple(card for card in every if _has_words(card, q) and _passes(card, chosen))
    return Found(
        q=q,
        cards=fitting,
        nearest=() if fitting else _nearest(every, q),
        filters=tuple(_filter(name, every, chosen[name], university) for name in _FACETS),
        chips=_chips(given, every),
        total=len(every),
    )


def words_of(given: QueryDict) -> str:
    """The words of a search: one space between them, no more than a line."""
    return " ".join(given.get("q", "").replace("\x00", "").split())[:100]


def _has_words(card: Card, q: str) -> bool:
    return all(word in card.words for word in q.casefold().split())


def _passes(card: Card, chosen: dict[str, set[str]]) -> bool:
    return all(not values or _FACETS[name][1](card) in values for name, values in chosen.items())


def _nearest(every: tuple[Card, ...], q: str) -> tuple[Card, ...]:
    asked = _threes(q)
    return tuple(sorted(every, key=lambda card: len(asked & _threes(card.words)), reverse=True)[:3])


def _threes(text: str) -> set[str]:
    """The letters of a text in runs of three: two texts are near when they share many."""
    padded = f"  {text.casefold()} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def _filter(name: str, every: tuple[Card, ...], chosen: set[str], university: University) -> Filter:
    title, value_of = _FACETS[name]
    counts: dict[str, int] = {}
    for card in every:
        counts[value_of(card)] = counts.get(value_of(card), 0) + 1
    order = university.levels if name == "level" else [str(way) for way in Way] if name == "way" else sorted(counts)
    values = [value for value in order if value in counts]
    choices = tuple(Choice(value, _label(name, value, every), counts[value], value in chosen) for value in values)
    return Filter(name, title, choices)


def _label(name: str, value: str, every: tuple[Card, ...]) -> str:
    if name == "blocks":
        more = " or more" if value == str(MOST_BLOCKS) else ""
        return f"{value} block{'' if value == '1' else 's'}{more}"
    if name == "unit":
        units = (card.version.micro_credential.unit for card in every)
        return next((unit.name for unit in units if unit.slug == value), value)
    return value


def _chips(given: QueryDict, every: tuple[Card, ...]) -> tuple[Chip, ...]:
    chips = []
    for name in _FACETS:
        for value in given.getlist(name):
            left = given.copy()
            left.setlist(name, [other for other in given.getlist(name) if other != value])
            chips.append(Chip(_label(name, value, every), f"?{left.urlencode()}"))
    return tuple(chips)
