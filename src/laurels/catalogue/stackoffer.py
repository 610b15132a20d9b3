"""What can be earned now, as rules of stacks see it; what keeps a rule from being one; what an award can bear on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from laurels import clock
from laurels.catalogue.models import Version, VersionState
from laurels.catalogue.stackcheck import Offer, refusals
from laurels.catalogue.stackoutcome import Held, Terms, adds, folded
from laurels.catalogue.stackrule import Blocks, OneAward, OneStack, Reached, Rule, read, walk
from laurels.people.models import Unit
from laurels.people.system import university

# A rule never looks at a version's pictures and long texts.
_FIELDS: Final = (
    *("id", "kind", "state", "rule", "title", "tags", "levels", "frozen", "counts_to", "block_minutes"),
    *("contact_minutes", "practice_minutes", "independent_minutes", "parts_policy", "number", "published_at"),
    *("micro_credential", "micro_credential__slug", "micro_credential__unit", "micro_credential__unit__slug"),
    *("micro_credential__unit__name",),
)


@dataclass(frozen=True, slots=True)
class Market:
    """Everything that was ever published, by its key, and the university's scale: read by one query."""

    versions: Mapping[int, Version]
    terms: Terms

    def offered(self) -> list[Version]:
        """What can be earned now."""
        return [one for one in self.versions.values() if one.state == VersionState.PUBLISHED]

    def stacks(self) -> dict[int, Version]:
        """The stacks that can be earned now, by the key of their micro-credential."""
        return {one.micro_credential_id: one for one in self.offered() if one.is_stack}

    def names(self) -> dict[str, str]:
        """Titles by slug, and the names of units by theirs where no micro-credential has it."""
        found = {slug_of(one): one.title for one in self.versions.values()}
        for one in self.versions.values():
            found.setdefault(one.micro_credential.unit.slug, one.micro_credential.unit.name)
        return found


def market() -> Market:
    """Read what was ever published."""
    published = Version.objects.exclude(state=VersionState.DRAFT).select_related("micro_credential__unit")
    versions = {one.pk: one for one in published.only(*_FIELDS).order_by("pk")}
    largest = max((one.blocks for one in versions.values() if one.state == VersionState.PUBLISHED), default=1)
    return Market(versions, Terms(tuple(university().levels), max(1, largest)))


def fact_of(version: Version, terms: Terms, reached: Mapping[str, str] | None = None) -> Held:
    """The version as the award of it: with the levels that were reached, by competency's key, or else the best ones."""
    frozen: Mapping[str, Any] = version.frozen or {}
    levels: dict[str, int] = {}
    targets: dict[str, int] = {}
    for one in frozen.get("competencies", []):
        rank = len(terms.levels) if reached is None else terms.rank(reached.get(one["key"], ""))
        statement = folded(one["statement"])
        levels[statement] = max(rank, levels.get(statement, 0))
        for link in one["links"]:
            targets[link["url"]] = max(rank, targets.get(link["url"], 0))
    return Held(
        key=f"version {version.pk}",
        of=slug_of(version),
        unit=version.micro_credential.unit.slug,
        completed_on=clock.today(university().zone),
        blocks=0 if version.is_stack else version.blocks,
        is_stack=version.is_stack,
        tags=frozenset(version.tags),
        levels=levels,
        targets=targets,
    )


def offer(of: Market, *, without: str = "") -> Offer:
    """What a rule may ask for; a stack's own earlier version (`without`, its slug) does not count."""
    stacks = {slug_of(one): read(one.rule) for one in of.stacks().values() if one.rule}
    stacks.pop(without, None)
    return Offer(
        awards=tuple(fact_of(one, of.terms) for one in of.offered() if not without or slug_of(one) != without),
        units=frozenset(Unit.objects.values_list("slug", flat=True)),
        stacks=stacks,
    )


def faults(version: Version, rule: "Rule | None" = None, of: Market | None = None) -> list[str]:
    """What keeps a stack's rule (its own, or the one given) from being one, with what is published today."""
    if rule is None and not version.rule:
        return []
    shop = of or market()
    own = version.micro_credential.slug or ""
    return refusals(rule or read(version.rule), _with_own(offer(shop, without=own), own), shop.terms, own=own)


def _with_own(given: Offer, own: str) -> Offer:
    """A rule that asks for its own stack goes in a circle: that is said, and not that the stack is unknown."""
    if not own:
        return given
    fake = Held(own, own, "", clock.today(university().zone), is_stack=True)
    return Offer((*given.awards, fake), given.units, given.stacks)


def bears_on(rule: Rule, fact: Held) -> bool:
    """Whether an award of this can change what the rule says."""
    return any(is_about(node, fact) for node in walk(rule))


def bearing(version: Version, stacks: Iterable[Version], terms: Terms) -> list[int]:
    """The keys of the stacks (micro-credentials) that an award of the version can bear on, lowest first."""
    fact = fact_of(version, terms)
    return sorted(one.micro_credential_id for one in stacks if one.rule and bears_on(read(one.rule), fact))


def slug_of(version: Version) -> str:
    """The slug under which rules know it."""
    return version.micro_credential.slug or ""


def is_about(node: Rule, fact: Held) -> bool:
    """Whether this node alone, a leaf, looks at awards of this."""
    match node:
        case OneAward(of):
            return fact.of == of and not fact.is_stack
        case OneStack(of):
            return fact.of == of and fact.is_stack
        case Reached(target, _, is_framework):
            return target in fact.targets if is_framework else folded(target) in fact.levels
        case Blocks():
            return adds(node, fact)
        case _:
            return False
