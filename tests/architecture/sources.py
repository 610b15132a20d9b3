"""The source files as syntax trees, for the rules of this folder.

A rule is a function from a Source to the faults that it finds, so that each rule can be shown a bad sample too.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
STAGES = ("people", "catalogue", "governance", "badges", "awards", "training")
GROUND = ("audit", "jobs", "mail")
FACES = ("web", "api", "cli")

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Fault(NamedTuple):
    """A rule that is broken, and where."""

    place: str
    words: str


@dataclass(frozen=True)
class Source:
    """One file: its path below src, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        return Path(self.path).parts

    @property
    def package(self) -> str:
        """openbadgekit or laurels."""
        return self.parts[0]

    @property
    def room(self) -> str:
        """The stage, face or ground room of a file of laurels; "" for one that stands alone."""
        return self.parts[1] if self.package == "laurels" and len(self.parts) > 2 else ""

    @property
    def name(self) -> str:
        return self.parts[-1]

    @property
    def is_actions(self) -> bool:
        """Whether the file holds verbs: actions.py, or a file of the folder actions that others see."""
        return self.room != "" and (self.parts[2] == "actions.py" or (self.parts[2] == "actions" and self.is_public))

    @property
    def is_public(self) -> bool:
        return not self.name.startswith("_")

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.parts

    def fault(self, node: ast.AST, words: str) -> Fault:
        return Fault(f"{self.path}:{getattr(node, 'lineno', 1)}", words)

    def nodes(self, kind: type | tuple[type, ...]) -> Iterator[ast.AST]:
        return (node for node in ast.walk(self.tree) if isinstance(node, kind))

    def imports(self) -> Iterator[tuple[ast.AST, str]]:
        """Each name that the file imports, whole: `from a.b import c` gives a.b.c."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                package = ".".join(Path(self.path).parts[: -node.level]) if node.level else ""
                base = ".".join(part for part in (package, node.module) if part)
                yield from ((node, f"{base}.{alias.name}") for alias in node.names)

    def verbs(self) -> Iterator[Function]:
        """The public functions of the file."""
        for node in self.tree.body:
            if isinstance(node, Function) and not node.name.startswith("_"):
                yield node


Rule = Callable[[Source], Iterable[Fault]]


def all_sources() -> list[Source]:
    """Every Python file under src, but the migrations."""
    files = (path for path in sorted(SRC.rglob("*.py")) if "build" not in path.relative_to(SRC).parts)
    sources = (Source(str(path.relative_to(SRC)), path.read_text(encoding="utf-8")) for path in files)
    return [source for source in sources if not source.is_migration]


def is_within(name: str, module: str) -> bool:
    """Whether an imported name is the module or something in it."""
    return name == module or name.startswith(f"{module}.")
