"""Small faults put into a program: what can be changed in a module, and the module with one thing changed.

Not changed are words for people (messages, docstrings, text put together of parts), annotations and decorators.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_SPEAKING = frozenset({"passed", "failed", "unknown", "unread", "broken", "unchecked", "Problem"})
"""Calls whose texts are words for people, beside the making of exceptions."""


@dataclass(frozen=True)
class Mutant:
    """One change: its place, what is changed, the outermost function it is in ("" for none), the names it defines."""

    file: str
    line: int
    number: int
    function: str
    names: tuple[str, ...]
    change: str


@dataclass(frozen=True)
class _Place:
    node: ast.AST
    function: str
    names: tuple[str, ...]


_Edit = tuple[str, Callable[[], ast.AST | None]]


def mutants(file: str, source: str) -> list[Mutant]:
    """Return everything that can be changed in a module, in the order of its text."""
    return [
        Mutant(file, _line(place.node), number, place.function, place.names, change)
        for number, (place, (change, _)) in enumerate(_changes(ast.parse(source)))
    ]


def _line(node: ast.AST) -> int:
    return node.target.lineno if isinstance(node, ast.comprehension) else getattr(node, "lineno", 0)


def mutated(source: str, mutant: Mutant) -> ast.Module:
    """Return the module with that one change in it."""
    tree = ast.parse(source)
    for number, (place, (_, edit)) in enumerate(_changes(tree)):
        if number == mutant.number:
            other = edit()
            if other is not None:
                _replace(tree, place.node, other)
            return ast.fix_missing_locations(tree)
    raise LookupError(f"There is no change {mutant.number} in {mutant.file}.")


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    ast.copy_location(new, old)
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
                return
            if isinstance(value, list):
                for index, item in enumerate(value):
                    if item is old:
                        value[index] = new
                        return


def _changes(tree: ast.Module) -> Iterator[tuple[_Place, _Edit]]:
    for place in list(_places(tree.body, "", "", ())):
        for edit in _edits(place.node):
            yield place, edit


def _places(body: list[ast.stmt], inside: str, function: str, names: tuple[str, ...]) -> Iterator[_Place]:
    """Every node that may be changed, with where it is; an import and a docstring are none."""
    for statement in body:
        if isinstance(statement, ast.Import | ast.ImportFrom) or _is_text(statement):
            continue
        if isinstance(statement, ast.ClassDef):
            yield from _places(statement.body, f"{inside}{statement.name}.", function, (statement.name,))
        elif isinstance(statement, ast.FunctionDef):
            yield from _defaults(statement)
            yield from _places(statement.body, f"{inside}{statement.name}.", function or inside + statement.name, names)
        else:
            yield from _nodes(statement, function, names if function else _defined(statement))


def _defaults(function: ast.FunctionDef) -> Iterator[_Place]:
    for default in [*function.args.defaults, *function.args.kw_defaults]:
        if default is not None:
            yield from _nodes(default, "", (function.name,))


def _defined(statement: ast.stmt) -> tuple[str, ...]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return tuple(target.id for target in targets if isinstance(target, ast.Name))


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _nodes(node: ast.AST, function: str, names: tuple[str, ...], words: bool = False) -> Iterator[_Place]:
    if not (words and isinstance(node, ast.Constant)):
        yield _Place(node, function, names)
    words = words or isinstance(node, ast.Raise | ast.JoinedStr) or (isinstance(node, ast.Call) and _speaks(node))
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "args") and not isinstance(node, ast.Call):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _nodes(child, function, names, words)


def _speaks(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in _SPEAKING


def _edits(node: ast.AST) -> Iterator[_Edit]:
    """The changes of one node: what is said of it, and the making of the other node (None: changed where it is)."""
    if isinstance(node, ast.Compare):
        yield from _of_comparison(node)
    elif isinstance(node, ast.BoolOp):
        yield from _of_junction(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield f"not taken from {_short(node)}", lambda: node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        other = ast.BinOp(node.left, _OPERATORS[type(node.op)](), node.right)
        yield f"{_short(node)} → {_short(other)}", lambda: other
    elif isinstance(node, ast.Constant):
        yield from _of_constant(node)
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield f"{_short(node)} → return None", lambda: ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Expr | ast.Raise | ast.AugAssign):
        yield f"taken out: {_short(node)}", ast.Pass
    elif isinstance(node, ast.Continue | ast.Break):
        other_way = ast.Break if isinstance(node, ast.Continue) else ast.Continue
        yield f"{_short(node)} → {_short(other_way())}", other_way
    elif isinstance(node, ast.If | ast.While | ast.IfExp) and isinstance(
        node.test, ast.Name | ast.Call | ast.Attribute
    ):
        yield f"condition turned over: {_short(node.test)}", lambda: _turned(node)
    elif isinstance(node, ast.comprehension):
        for index, condition in enumerate(node.ifs):
            yield f"condition taken out: {_short(condition)}", _without(node, index)


def _of_comparison(node: ast.Compare) -> Iterator[_Edit]:
    for index, operator in enumerate(node.ops):
        if type(operator) in _COMPARISONS:
            ops = [*node.ops[:index], _COMPARISONS[type(operator)](), *node.ops[index + 1 :]]
            other = ast.Compare(node.left, ops, node.comparators)
            yield f"{_short(node)} → {_short(other)}", lambda other=other: other  # type: ignore[misc]


def _of_junction(node: ast.BoolOp) -> Iterator[_Edit]:
    other = ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    yield f"{_short(node)} → {_short(other)}", lambda: other


def _of_constant(node: ast.Constant) -> Iterator[_Edit]:
    value = node.value
    other: object = None
    if isinstance(value, bool):
        other = not value
    elif isinstance(value, int | float):
        other = value + 1
    elif isinstance(value, str) and value:
        other = f"{value}~"
    elif isinstance(value, bytes):
        other = value + b"~"
    else:
        return
    yield f"{value!r} → {other!r}", lambda: ast.Constant(other)  # type: ignore[arg-type]


def _turned(node: ast.If | ast.While | ast.IfExp) -> None:
    node.test = ast.UnaryOp(ast.Not(), node.test)


def _without(node: ast.comprehension, index: int) -> Callable[[], None]:
    def take_out() -> None:
        del node.ifs[index]

    return take_out


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 90 else f"{text[:87]}..."
