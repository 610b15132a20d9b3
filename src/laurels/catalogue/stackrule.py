"""The rule of a stack: a small tree, read from versioned JSON, said in words (pure).

    {"version": 1, "rule": {"all": [{"award": "diet-history"}, {"blocks": {"n": 3, "from": {"units": ["food"]}}}]}}

Each node has one key: `all`, `any`, `at_least`, `award`, `blocks`, `level`, `within`, `stack`.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from laurels.errors import Invalid

FORMAT: Final = 1
DEEPEST: Final = 6
MOST_NODES: Final = 60
MOST_NUMBER: Final = 1000
SOURCES: Final = ("units", "competencies", "tags", "list")
_LONGEST_TEXT: Final = 500

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Rule: TypeAlias = "All | Either | AtLeast | OneAward | Blocks | Reached | Within | OneStack"


@dataclass(frozen=True, slots=True)
class All:
    """Each of the parts is met."""

    parts: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of the parts is met (`any`)."""

    parts: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """So many of the parts are met."""

    n: int
    parts: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class OneAward:
    """One micro-credential is held, in any version; `of` is its slug (`award`)."""

    of: str


@dataclass(frozen=True, slots=True)
class Blocks:
    """So many blocks from some source: each micro-credential counts once, and a stack's prize adds none.

    `source` is one of SOURCES: slugs of units, statements of competencies, field tags, or slugs of micro-credentials.
    """

    n: int
    source: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """A competency (by its statement) or a framework's target (by its address) at a level or above (`level`)."""

    target: str
    at_least: str
    is_framework: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """The part is met by awards completed within so many months of each other."""

    months: int
    part: "Rule"


@dataclass(frozen=True, slots=True)
class OneStack:
    """Another stack's prize is held; `of` is its slug (`stack`)."""

    of: str


def read(given: Json) -> Rule:
    """Read a rule from its versioned JSON; Invalid says what is wrong, and where (a JSON pointer)."""
    if not isinstance(given, dict) or set(given) != {"version", "rule"}:
        raise _wrong("", "A stack's rule is an object with “version” and “rule”.")
    if given["version"] != FORMAT or isinstance(given["version"], bool):
        raise _wrong("/version", f"This version of the rule language is not known; write {FORMAT}.")
    rule = _node(given["rule"], "/rule", 1)
    if sum(1 for _ in walk(rule)) > MOST_NODES:
        raise _wrong("/rule", f"The rule has more than {MOST_NODES} parts. Make a stack of some of them first.")
    return rule


def plain(rule: Rule) -> dict[str, Json]:
    """The rule as versioned JSON: `read(plain(rule)) == rule`."""
    return {"version": FORMAT, "rule": _plain(rule)}


def text(rule: Rule) -> str:
    """The rule as JSON text, one form for one rule."""
    return json.dumps(plain(rule), ensure_ascii=False, sort_keys=True)


def parts(rule: Rule) -> tuple[Rule, ...]:
    """The parts directly below a node; none for a leaf."""
    match rule:
        case All(some) | Either(some) | AtLeast(_, some):
            return some
        case Within(_, part):
            return (part,)
        case _:
            return ()


def walk(rule: Rule) -> Iterator[Rule]:
    """The node and all nodes below it."""
    yield rule
    for part in parts(rule):
        yield from walk(part)


def _wrong(pointer: str, words: str) -> Invalid:
    return Invalid(words, fields={"rule": [f"{words} (at {pointer or 'the start'})"]})


def _node(given: Json, at: str, depth: int) -> Rule:
    if depth > DEEPEST:
        raise _wrong(at, f"The rule is nested more than {DEEPEST} deep.")
    if not isinstance(given, dict) or len(given) != 1:
        raise _wrong(at, f"A part of a rule is an object with one of these: {', '.join(_READERS)}.")
    ((kind, body),) = given.items()
    if kind not in _READERS:
        raise _wrong(at, f"“{kind[:40]}” is no kind of rule. Use one of these: {', '.join(_READERS)}.")
    return _READERS[kind](body, f"{at}/{kind}", depth)


def _list(body: Json, at: str, depth: int, least: int = 1) -> tuple[Rule, ...]:
    if not isinstance(body, list) or len(body) < least:
        raise _wrong(at, f"Name at least {'one part' if least == 1 else f'{least} parts'} here.")
    found = tuple(_node(part, f"{at}/{place}", depth + 1) for place, part in enumerate(body))
    for place, part in enumerate(found):
        if part in found[:place]:
            raise _wrong(f"{at}/{place}", "The same part stands here twice.")
    return found


def _members(body: Json, at: str, *names: str) -> dict[str, Json]:
    if not isinstance(body, dict) or set(body) != set(names):
        raise _wrong(at, f"Say {' and '.join(f'“{name}”' for name in names)} here, and nothing else.")
    return body


def _number(given: Json, at: str) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= MOST_NUMBER:
        raise _wrong(at, f"Use a whole number from 1 to {MOST_NUMBER}.")
    return given


def _text(given: Json, at: str) -> str:
    if not isinstance(given, str) or not given.strip() or len(given) > _LONGEST_TEXT:
        raise _wrong(at, "Name something here.")
    return given.strip()


def _all(body: Json, at: str, depth: int) -> Rule:
    return All(_list(body, at, depth))


def _either(body: Json, at: str, depth: int) -> Rule:
    return Either(_list(body, at, depth))


def _at_least(body: Json, at: str, depth: int) -> Rule:
    members = _members(body, at, "n", "of")
    found = _list(members["of"], f"{at}/of", depth)
    n = _number(members["n"], f"{at}/n")
    if n > len(found):
        raise _wrong(f"{at}/n", f"It asks for {n} of {len(found)}, which nobody can have.")
    return AtLeast(n, found)


def _award(body: Json, at: str, depth: int) -> Rule:
    return OneAward(_text(body, at))


def _blocks(body: Json, at: str, depth: int) -> Rule:
    members = _members(body, at, "n", "from")
    source = members["from"]
    if not isinstance(source, dict) or len(source) != 1 or next(iter(source)) not in SOURCES:
        raise _wrong(f"{at}/from", f"Say from where the blocks come, with one of these: {', '.join(SOURCES)}.")
    ((kind, given),) = source.items()
    if not isinstance(given, list) or not given:
        raise _wrong(f"{at}/from/{kind}", "Name at least one here.")
    names = [_text(name, f"{at}/from/{kind}/{place}") for place, name in enumerate(given)]
    if len(set(names)) < len(names):
        raise _wrong(f"{at}/from/{kind}", "The same name stands here twice.")
    return Blocks(_number(members["n"], f"{at}/n"), kind, tuple(names))


def _level(body: Json, at: str, depth: int) -> Rule:
    kind = "framework" if isinstance(body, dict) and "framework" in body else "competency"
    members = _members(body, at, kind, "at_least")
    target, level = _text(members[kind], f"{at}/{kind}"), _text(members["at_least"], f"{at}/at_least")
    return Reached(target, level, is_framework=kind == "framework")


def _within(body: Json, at: str, depth: int) -> Rule:
    members = _members(body, at, "months", "rule")
    return Within(_number(members["months"], f"{at}/months"), _node(members["rule"], f"{at}/rule", depth + 1))


def _stack(body: Json, at: str, depth: int) -> Rule:
    return OneStack(_text(body, at))


_READERS: Final[Mapping[str, Callable[[Json, str, int], Rule]]] = {
    "all": _all,
    "any": _either,
    "at_least": _at_least,
    "award": _award,
    "blocks": _blocks,
    "level": _level,
    "within": _within,
    "stack": _stack,
}


def _plain(rule: Rule) -> Json:
    match rule:
        case All(some):
            return {"all": _plains(some)}
        case Either(some):
            return {"any": _plains(some)}
        case AtLeast(n, some):
            return {"at_least": {"n": n, "of": _plains(some)}}
        case OneAward(of):
            return {"award": of}
        case Blocks(n, source, names):
            return {"blocks": {"n": n, "from": {source: list(names)}}}
        case Reached(target, at_least, is_framework):
            return {"level": {"framework" if is_framework else "competency": target, "at_least": at_least}}
        case Within(months, part):
            return {"within": {"months": months, "rule": _plain(part)}}
        case OneStack(of):
            return {"stack": of}


def _plains(some: Sequence[Rule]) -> list[Json]:
    return [_plain(part) for part in some]
