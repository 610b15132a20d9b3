"""Results of assessments from a table (CSV or XLSX): which row is whose verdict on what.

What cannot be read as such a table is refused whole; what can be read is judged row by row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from laurels.awards import sheet
from laurels.catalogue.models import Competency
from laurels.errors import Invalid
from laurels.people.documents import fold
from laurels.people.models import Unit, User
from laurels.people.permissions import VERBS
from laurels.training.models import Enrolment, EnrolmentState, Evidence, HandIn
from laurels.training.verdict import Verdict

NEEDED = ("competency", "level", "words")
NAMES: Mapping[str, str] = {
    **{name: name for name in (*NEEDED, "enrolment", "address", "indicators", "micro-credential")},
    "enrollment": "enrolment",
    "e-mail": "address",
    "email": "address",
    "e-mail address": "address",
    "email address": "address",
    "comment": "words",
    "comments": "words",
    "feedback": "words",
    "micro credential": "micro-credential",
}
_NOT_YET = ("", "not yet")


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands: the line it begins on, and its cells by column."""

    line: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """The cell of a column without white space around it; "" when there is no such column."""
        return self.cells.get(column, "").strip()

    @property
    def who(self) -> str:
        """The enrolment or the address, as it was given."""
        return self.cell("enrolment") or self.cell("address")


@dataclass(frozen=True, slots=True)
class Result:
    """What a row says: a verdict on one competency of one enrolment, and the evidence that it rests on."""

    enrolment: Enrolment
    competency: Competency
    verdict: Verdict
    evidence: tuple[Evidence, ...]


def read(content: bytes) -> list[Row]:
    """Every row of the file; Invalid when it is no table of results."""
    rows = [Row(line, cells) for line, cells in sheet.table(content, NEEDED, NAMES)]
    if not any({"enrolment", "address"} & row.cells.keys() for row in rows):
        raise sheet.refused("The first line lacks a column “enrolment” or “address”: whose results are these?")
    return rows


def result_of(row: Row, by: User) -> Result:
    """What a row says, within the units in which this person assesses; Invalid with what is wrong in it."""
    enrolment = _enrolment(row, by)
    competency = _competency(row, list(enrolment.version.competencies.all()))
    indicators = tuple(one.strip() for one in row.cell("indicators").split(";") if one.strip())
    verdict = Verdict(_level(row, enrolment.version.levels), row.cell("words"), indicators)
    return Result(enrolment, competency, verdict, _evidence(enrolment, competency))


def _enrolment(row: Row, by: User) -> Enrolment:
    units = Unit.objects.filter(memberships__user=by, memberships__role__in=VERBS["assess"].of_unit)
    here = Enrolment.objects.filter(version__micro_credential__unit__in=units)
    found = list(here.filter(_asked(row)).select_related("address", "version__micro_credential__unit").distinct()[:2])
    if not found:
        raise Invalid(f"There is no enrolment “{row.who[:80]}” under way in a unit in which you assess.")
    if len(found) > 1:
        raise Invalid(
            f"{row.who[:80]} has several enrolments. Name the enrolment, or add the column “micro-credential”."
        )
    return found[0]


def _asked(row: Row) -> Q:
    if row.cell("enrolment"):
        try:
            return Q(pk=UUID(row.cell("enrolment").rstrip("/").rpartition("/")[2]))
        except ValueError:
            raise Invalid(f"“{row.cell('enrolment')[:80]}” is not the number of an enrolment.") from None
    address = fold(row.cell("address"))
    asked = Q(address__folded=address, state=EnrolmentState.ENROLLED)
    slug = row.cell("micro-credential")
    return asked & Q(version__micro_credential__slug=slug) if slug else asked


def _competency(row: Row, known: Sequence[Competency]) -> Competency:
    """By its statement, or by its place: 1 is the first."""
    said = sheet.folded(row.cell("competency"))
    for place, one in enumerate(known, start=1):
        if said in (str(place), sheet.folded(one.statement), str(one.key)):
            return one
    stated = "; ".join(f"{place}. {one.statement}" for place, one in enumerate(known, start=1))
    raise Invalid(f"“{row.cell('competency')[:80]}” is none of the competencies: {stated}.")


def _level(row: Row, levels: Sequence[str]) -> str:
    said = sheet.folded(row.cell("level"))
    if said in _NOT_YET:
        return ""
    for level in levels:
        if said == sheet.folded(level):
            return level
    raise Invalid(f"“{row.cell('level')[:40]}” is no level: write “not yet” or one of {', '.join(levels)}.")


def _evidence(enrolment: Enrolment, competency: Competency) -> tuple[Evidence, ...]:
    """What was handed in for the competency; without a hand-in, all evidence of the enrolment."""
    waiting = HandIn.objects.filter(enrolment=enrolment, competency=competency, closed_at=None).first()
    handed = waiting.evidence.all() if waiting is not None else enrolment.evidence.all()
    return tuple(handed.filter(withdrawn_at=None))
