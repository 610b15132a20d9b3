"""`openbadgekit verify` with a folder or with several sources: side by side, with a table at the end."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..jsontype import Json
from ..verify import Report, Verdict
from .console import Colour, Progress, columns, paint, plain
from .files import Wrong, is_file_name

SUFFIXES: Final = frozenset({".png", ".svg", ".json", ".jsonld", ".jwt", ".jws"})
"""What may be a badge, in a folder."""

WORDS: Final[dict[Verdict, str]] = {"valid": "valid", "invalid": "not valid", "unknown": "cannot be told"}
MARKS: Final[dict[Verdict, tuple[str, Colour]]] = {
    "valid": ("✓", "green"),
    "invalid": ("✗", "red"),
    "unknown": ("?", "yellow"),
}
_AT_A_TIME: Final = 8


@dataclass(frozen=True, slots=True)
class Judged:
    """One source and what was found."""

    name: str
    report: Report


def is_folder(name: str) -> bool:
    """Tell whether a source is a folder."""
    return is_file_name(name) and _ask(Path(name).is_dir)


def spread(names: Sequence[str]) -> list[str]:
    """Return the sources, with every folder replaced by the files in and below it that may be badges.

    Hidden files and folders are passed over. Raises Wrong when a folder holds nothing that may be a badge, and when
    there is no such file.
    """
    spread_out: list[str] = []
    for name in names:
        if not is_folder(name):
            if is_file_name(name) and not _ask(Path(name).exists):
                raise Wrong(f"{name}: No such file or directory")
            spread_out.append(name)
            continue
        root = Path(name)
        found = sorted(path for path in root.rglob("*") if _may_be_badge(path, root))
        if not found:
            raise Wrong(f"{name}: no file in this folder can be a badge ({', '.join(sorted(SUFFIXES))})")
        spread_out.extend(map(str, found))
    return spread_out


def _ask(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:  # the name is too long, or a folder on the way may not be entered
        return False


def _may_be_badge(path: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return path.suffix.lower() in SUFFIXES and not hidden and path.is_file()


def judge(names: Sequence[str], verify: Callable[[str], Report]) -> list[Judged]:
    """Verify the sources, eight at a time, and return them in their order."""
    progress = Progress(len(names), "checked")

    def one(name: str) -> Judged:
        return Judged(name, verify(name))

    judged = []
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        try:
            for found in pool.map(one, names):
                judged.append(found)
                progress.step()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
        finally:
            progress.end()
    return judged


def counts(judged: Sequence[Judged]) -> dict[Verdict, int]:
    """Return how many have each verdict."""
    return {verdict: sum(one.report.verdict == verdict for one in judged) for verdict in WORDS}


def table(judged: Sequence[Judged]) -> str:
    """Return a line for each source, and one that counts them."""
    rows = columns([plain(one.name), WORDS[one.report.verdict], _why(one.report)] for one in judged)
    lines = []
    for one, (name, words, why) in zip(judged, rows, strict=True):
        mark, colour = MARKS[one.report.verdict]
        lines.append(f"{paint(mark, colour)} {name}  {paint(words, colour)}  {why}".rstrip())
    told = ", ".join(f"{number} {WORDS[verdict]}" for verdict, number in counts(judged).items() if number)
    badges = "1 badge" if len(judged) == 1 else f"{len(judged)} badges"
    return "\n".join([*lines, "", paint(f"{badges}: {told}.", "bold")])


def _why(report: Report) -> str:
    """What a valid badge is, in short; of another why it is not."""
    said = report.subject
    if report.verdict == "valid" and said is not None:
        return plain(f"{said.domain}: {said.achievement_name}" if said.achievement_name else said.domain)
    words = plain(report.sentence)
    for start in ("Not valid. ", "Cannot be told. "):
        words = words.removeprefix(start)
    return words


def to_json(judged: Sequence[Judged]) -> dict[str, Json]:
    """Return {"badges": [{"source", and what Report.to_json says}], "valid", "invalid", "unknown"}: three counts."""
    answer: dict[str, Json] = {"badges": [{"source": one.name, **one.report.to_json()} for one in judged]}
    answer.update(counts(judged).items())
    return answer
