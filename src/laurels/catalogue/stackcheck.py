"""What cannot be a stack's rule: unknown names, circles, what nobody can meet, what everybody meets (pure)."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from laurels.catalogue.stackoutcome import Held, Terms, evaluate, folded
from laurels.catalogue.stackrule import Blocks, OneAward, OneStack, Reached, Rule, walk

_ONE_DAY = datetime.date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be earned now: each published, unretired version as the best award of it, and the rules of stacks.

    `units` are the slugs of all units, `stacks` the rule of each published stack by its slug.
    """

    awards: tuple[Held, ...]
    units: frozenset[str]
    stacks: Mapping[str, Rule]


def refusals(rule: Rule, offer: Offer, terms: Terms, *, own: str = "") -> list[str]:
    """Everything that keeps the rule from being one, in plain words; `own` is the stack's own slug, if it has one."""
    found = list(dict.fromkeys(words for node in walk(rule) for words in _unknown(node, offer, terms)))
    circle = _circle(rule, offer.stacks, own)
    if circle:
        return [*found, f"It goes in a circle: {' needs '.join(circle)}. Nobody could ever earn it."]
    if found:
        return found
    if evaluate(rule, (), terms).met:
        return ["It asks for nothing: everybody would have it at once."]
    if not evaluate(rule, [replace(one, completed_on=_ONE_DAY) for one in offer.awards], terms).met:
        return ["Nobody can meet it with what is published and not retired.", *_short(rule, offer, terms)]
    return []


def _unknown(node: Rule, offer: Offer, terms: Terms) -> Iterator[str]:
    slugs = {one.of: one.is_stack for one in offer.awards}
    match node:
        case OneAward(of) if slugs.get(of):
            yield f"“{of}” is a stack: ask for it as a stack."
        case OneAward(of) if of not in slugs:
            yield f"No micro-credential “{of}” is published and not retired."
        case OneStack(of) if of in slugs and not slugs[of]:
            yield f"“{of}” is a micro-credential and no stack: ask for it as an award."
        case OneStack(of) if of not in slugs:
            yield f"No stack “{of}” is published and not retired."
        case Reached(target, at_least, is_framework):
            yield from _unknown_level(target, at_least, is_framework, offer.awards, terms)
        case Blocks(_, "units", names):
            yield from (f"There is no unit “{name}”." for name in names if name not in offer.units)
        case Blocks(_, "list", names):
            wanted = (name for name in names if slugs.get(name, True))
            yield from (f"No micro-credential “{name}” is published and not retired." for name in wanted)
        case Blocks(_, "competencies", names):
            known = {statement for one in offer.awards for statement in one.levels}
            yield from (
                f"No micro-credential has the competency “{name}”." for name in names if folded(name) not in known
            )
        case _:
            return


def _unknown_level(
    target: str, at_least: str, is_framework: bool, awards: Iterable[Held], terms: Terms
) -> Iterator[str]:
    if not terms.rank(at_least):
        yield f"“{at_least}” is not a level. The levels are {', '.join(terms.levels)}."
    elif is_framework and not any(target in one.targets for one in awards):
        yield f"No micro-credential is aligned with {target}."
    elif not is_framework and not any(folded(target) in one.levels for one in awards):
        yield f"No micro-credential has the competency “{target}”."


def _circle(rule: Rule, stacks: Mapping[str, Rule], own: str) -> Sequence[str]:
    """The way round, from a stack back to itself; empty when there is none."""

    def search(node: Rule, way: tuple[str, ...]) -> tuple[str, ...]:
        for inner in walk(node):
            if isinstance(inner, OneStack):
                if inner.of in way:
                    return (*way[way.index(inner.of) :], inner.of)
                if inner.of in stacks and (found := search(stacks[inner.of], (*way, inner.of))):
                    return found
        return ()

    return search(rule, (own,) if own else ())


def _short(rule: Rule, offer: Offer, terms: Terms) -> list[str]:
    """Where blocks are asked for, how many there are at all."""
    best = [replace(one, completed_on=_ONE_DAY) for one in offer.awards]
    found = []
    for node in walk(rule):
        if isinstance(node, Blocks):
            outcome = evaluate(node, best, terms)
            if not outcome.met:
                found.append(f"{node.n} blocks are asked for from {', '.join(node.names)}; there are {outcome.have}.")
    return found
