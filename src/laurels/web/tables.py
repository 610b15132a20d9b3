"""Tables to take away as CSV. A cell that a spreadsheet would take for a formula is neutralised."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from django.http import StreamingHttpResponse

from laurels.awards.export import harmless as neutral
from laurels.awards.models import Award
from laurels.badges.addresses import absolute, badge
from laurels.governance.models import Application

T = TypeVar("T")
Columns = Sequence[tuple[str, Callable[[T], object]]]

AWARDS: Columns[Award] = (
    ("name", lambda award: award.holder),
    ("address", lambda award: award.address.as_given),
    ("micro-credential", lambda award: award.version.title),
    ("version", lambda award: award.version.number),
    ("completed on", lambda award: award.completed_on.isoformat()),
    ("awarded at (UTC)", lambda award: award.granted_at.isoformat(timespec="seconds")),
    ("state", lambda award: award.badge.state),
    ("badge", lambda award: absolute(badge(award.badge_id))),
)
APPLICATIONS: Columns[Application] = (
    ("unit", lambda one: one.unit.name),
    ("kind", lambda one: one.kind),
    ("micro-credential", lambda one: one.version.title if one.version else ""),
    ("state", lambda one: one.state),
    ("handed in at (UTC)", lambda one: one.submitted_at.isoformat(timespec="seconds") if one.submitted_at else ""),
    ("decision", lambda one: one.decision.number if hasattr(one, "decision") else ""),
)


def csv_answer(filename: str, columns: Columns[T], rows: Iterable[T]) -> StreamingHttpResponse:
    """The rows as a CSV file to download, streamed."""
    answer = StreamingHttpResponse(_lines(columns, rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer


def _lines(columns: Columns[T], rows: Iterable[T]) -> Iterator[str]:
    # The byte-order mark tells spreadsheets that this is UTF-8.
    yield "\ufeff" + _line([title for title, _ in columns])
    for row in rows:
        yield _line([value(row) for _, value in columns])


def _line(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([neutral(str(cell)) for cell in cells])
    return out.getvalue()
