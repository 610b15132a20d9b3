"""A stack's rule in words, node by node and as one sentence (pure)."""

from collections.abc import Mapping, Sequence

from laurels.catalogue import hours
from laurels.catalogue.hours import BLOCK_MINUTES
from laurels.catalogue.stackrule import All, AtLeast, Blocks, Either, OneAward, OneStack, Reached, Rule, Within, parts

_FROM = {
    "units": "from",
    "competencies": "from what shows",
    "tags": "from the fields",
    "list": "from",
}


def line(rule: Rule, names: Mapping[str, str] | None = None, block_minutes: int = BLOCK_MINUTES) -> str:
    """One node in words, without the parts below it; `names` gives titles of micro-credentials and names of units."""
    known = names or {}
    match rule:
        case All():
            return "all of"
        case Either():
            return "one of"
        case AtLeast(n):
            return f"any {n} of"
        case OneAward(of):
            return known.get(of, of)
        case OneStack(of):
            return f"the stack {known.get(of, of)}"
        case Blocks(n, source, given):
            named = _or([f"“{one}”" if source == "competencies" else known.get(one, one) for one in given])
            size = hours.long_words(n * block_minutes)
            return f"{n} {'block' if n == 1 else 'blocks'} ({size}) {_FROM[source]} {named}"
        case Reached(target, at_least):
            return f"“{known.get(target, target)}” at level {at_least} or above"
        case Within(months):
            return f"within {months} {'month' if months == 1 else 'months'}"


def sentence(rule: Rule, names: Mapping[str, str] | None = None, block_minutes: int = BLOCK_MINUTES) -> str:
    """The whole rule in one line: "all of: A; any 2 of (B; C; D)"."""
    return _said(rule, names or {}, block_minutes, outermost=True)


def _said(rule: Rule, names: Mapping[str, str], block_minutes: int, *, outermost: bool = False) -> str:
    head = line(rule, names, block_minutes)
    if isinstance(rule, Within):
        return f"{head}: {_said(rule.part, names, block_minutes, outermost=outermost)}"
    if not (below := parts(rule)):
        return head
    inner = "; ".join(_said(part, names, block_minutes) for part in below)
    return f"{head}: {inner}" if outermost else f"{head} ({inner})"


def _or(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
