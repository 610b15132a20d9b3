"""A stack's rule as pages show it: a nested list with slots in words, and the same as a drawing (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from laurels.catalogue import stackpicture
from laurels.catalogue.models import Version
from laurels.catalogue.stackoutcome import Outcome
from laurels.catalogue.stackpicture import Sized
from laurels.catalogue.stackrule import Blocks, OneAward, OneStack, Reached, Rule, Within, parts
from laurels.catalogue.stackwords import line
from laurels.catalogue.wreath import Form, form_of

SLOT = 40
_LABEL = 270.0  # the room for a leaf's words
_COLUMN = 110.0
_ROW = 52.0


@dataclass(frozen=True, slots=True)
class Node:
    """One line of the rule: its words, its state in words ("" for visitors), its slot, where it leads, its parts."""

    words: str
    state: str
    slot: SafeString
    slug: str = ""
    note: str = ""
    next_offering: str = ""
    parts: tuple["Node", ...] = field(default=())
    by: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Words:
    """What the lines of a rule say beside the rule itself: titles by slug, sizes of parts, offerings, what was lost."""

    names: Mapping[str, str]
    sizes: Mapping[str, Sized]
    levels: Sequence[str]
    offerings: Mapping[str, str] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    under_way: frozenset[str] = frozenset()
    titles: Mapping[str, str] = field(default_factory=dict)


def tree(rule: Rule, words: Words, told: Outcome | None = None) -> Node:
    """The rule as nodes, each with its state where somebody's awards were asked."""
    below = parts(rule)
    outcomes: Sequence[Outcome | None] = told.parts if told else [None] * len(below)
    inner = tuple(tree(part, words, outcome) for part, outcome in zip(below, outcomes, strict=True))
    slug = rule.of if isinstance(rule, OneAward | OneStack) else ""
    state = _state(rule, told, words) if told else ""
    return Node(
        words=line(rule, words.names),
        state=state,
        slot=_slot(state, _sized(rule, words), words.levels) if not below else SafeString(""),
        slug=slug if slug in words.sizes else "",
        note=_note(rule, told),
        next_offering=words.offerings.get(slug, "") if state != "held" else "",
        parts=inner,
        by=tuple(words.titles[key] for key in told.by if key in words.titles) if told and not below else (),
    )


def _state(rule: Rule, told: Outcome, words: Words) -> str:
    if told.met:
        return "held"
    if isinstance(rule, OneAward | OneStack) and rule.of in words.lost:
        return "lost"
    if isinstance(rule, OneAward) and rule.of in words.under_way:
        return "under way"
    return "one step away" if told.steps == 1 else "missing"


def _note(rule: Rule, told: Outcome | None) -> str:
    if told is None or isinstance(rule, OneAward | OneStack | Reached | Within):
        return ""
    return f"{told.have} of {told.need}"


def _sized(rule: Rule, words: Words) -> Sized:
    lowest = words.levels[0]
    match rule:
        case OneAward(of) | OneStack(of):
            return words.sizes.get(of, Sized(of, 1, lowest))
        case Blocks(n):
            return Sized("", n, lowest)
        case Reached(_, at_least):
            return Sized("", 1, at_least)
        case _:
            return Sized("", 1, lowest)


def _form(level: str, levels: Sequence[str]) -> Form:
    return form_of(level if level in levels else levels[0], levels)


def _slot(state: str, one: Sized, levels: Sequence[str]) -> SafeString:
    """The slot of a part: its disc where it is held (and for visitors), else what is told by pages.md, section 3."""
    return format_html(
        '<svg class="slot" viewBox="0 0 96 96" width="{0}" height="{0}" aria-hidden="true" focusable="false">{1}</svg>',
        SLOT,
        _shapes(state, one, levels),
    )


def _shapes(state: str, one: Sized, levels: Sequence[str]) -> SafeString:
    if state == "one step away":
        return SafeString(
            '<circle class="slot-near" cx="48" cy="48" r="44"/><circle class="slot-near" cx="48" cy="48" r="36"/>'
            '<path class="slot-near" d="M48 32V64M32 48H64"/>'
        )
    if state in ("missing", "under way"):
        return SafeString(f'<circle class="slot-{"way" if state == "under way" else "open"}" cx="48" cy="48" r="44"/>')
    disc = stackpicture.disc(one.blocks, _form(one.level, levels))
    inner = disc.partition(">")[2].removesuffix("</svg>")
    if state == "lost":
        return SafeString(f'<g class="slot-lost">{inner}</g><path class="slot-strike" d="M14 82L82 14"/>')
    return SafeString(inner)


def rank(node: Node) -> int:
    """How many columns the node needs, with those below it."""
    return 1 + max((rank(part) for part in node.parts), default=0)


def drawing(root: Node, stack: Version) -> SafeString:
    """What adds up to what: parts on the left, joined on the way to the stack on the right. The list says the same."""
    depth = rank(root)
    shapes: list[SafeString] = []
    _, height = _place(root, depth, 0, shapes)
    width = _x_of(depth, 1) + _COLUMN + SLOT
    top = _y_of(root, 0)
    end = format_html(
        '<path class="joins" d="M{0} {1}H{2}"/><circle class="joins-end" cx="{3}" cy="{1}" r="20"/>'
        '<text x="{3}" y="{4}" text-anchor="middle">{5}</text>',
        *(f"{one:.1f}" for one in (_x_of(depth, 1), top, width - SLOT - 8, width - 28, top + 5)),
        stack.monogram or stack.title[:2],
    )
    body = format_html_join("", "{}", ((one,) for one in [*shapes, end]))
    return format_html(
        '<svg class="adds-up" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>',
        f"{width:.0f}",
        f"{max(height, 1) * _ROW:.0f}",
        body,
    )


def _leaves(node: Node) -> int:
    return sum(_leaves(part) for part in node.parts) or 1


def _x_of(depth: int, level: int) -> float:
    """The column of a node: the outermost part of the rule stands furthest to the right."""
    return _LABEL + SLOT + (depth - level) * _COLUMN


def _y_of(node: Node, first: int) -> float:
    return (first + _leaves(node) / 2) * _ROW


def _place(node: Node, depth: int, first: int, shapes: list[SafeString], level: int = 1) -> tuple[float, int]:
    """Draw a node and what is below it, from the row `first` on; the height of its middle, and the next free row."""
    middle = _y_of(node, first)
    if not node.parts:
        label = node.words if len(node.words) <= 40 else node.words[:39] + "…"
        shapes.append(
            format_html(
                '<g transform="translate(0 {})">{}</g><text x="{}" y="{}">{}</text><path class="joins" d="M{} {}H{}"/>',
                f"{middle - SLOT / 2:.1f}",
                node.slot,
                SLOT + 8,
                f"{middle - 8:.1f}",
                label,
                SLOT + 6,
                f"{middle:.1f}",
                f"{_x_of(depth, level):.1f}",
            )
        )
        return middle, first + 1
    row = first
    heights = []
    for part in node.parts:
        height, row = _place(part, depth, row, shapes, level + 1)
        heights.append(height)
    x = _x_of(depth, level + 1)
    bracket = f"M{x:.1f} {heights[0]:.1f}V{heights[-1]:.1f}M{x:.1f} {middle:.1f}H{_x_of(depth, level):.1f}"
    text = format_html('<text x="{}" y="{}">{}</text>', f"{x + 6:.1f}", f"{middle - 8:.1f}", node.words)
    shapes.append(format_html('<path class="joins" d="{}"/>{}', mark_safe(bracket), text))  # noqa: S308 - numbers
    return middle, row
