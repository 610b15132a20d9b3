"""Awards by roster: the dry run, the attestation, and the rows that follow."""

import datetime
import hashlib
from collections.abc import Callable, Iterable, Sequence

from django.db import transaction
from django.db.models import Exists

from laurels import clock
from laurels.audit.record import record
from laurels.awards import completion
from laurels.awards import roster as rosters
from laurels.awards.actions.granting import grant_prizes
from laurels.awards.basis import Basis
from laurels.awards.completion import Completion
from laurels.awards.conditions import Conditions, already_holds, held_by
from laurels.awards.models import Award, Roster, RosterRow, RosterState
from laurels.badges import actions as badges
from laurels.badges import issuers
from laurels.catalogue.models import Version
from laurels.errors import Invalid, WrongState
from laurels.jobs import outbox
from laurels.people import actions as people
from laurels.people.models import Address, User
from laurels.people.permissions import UNIVERSITY, may, require
from laurels.people.system import university

ROWS_AT_ONCE = 1500
_RELATED = ("version__micro_credential__unit", "uploaded_by", "confirmed_by")


def check_roster(version: Version, filename: str, content: bytes, *, by: User) -> Roster:
    """Read a roster and keep the verdict on each of its rows, without awarding anything."""
    require(by, "award", version.micro_credential.unit)
    if version.is_stack:
        raise WrongState(f"“{version.title}” is a stack: it is earned by other awards, and nobody can attest it.")
    rows = _checked_rows(version, content, by)
    with transaction.atomic():
        roster = Roster.objects.create(
            version=version,
            uploaded_by=by,
            uploaded_at=clock.now(),
            filename=_filename(filename),
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        for row in rows:
            row.roster = roster
        RosterRow.objects.bulk_create(rows)
        record(by, "roster checked", roster, rows=len(rows), good=sum(not row.problem for row in rows))
    return roster


@transaction.atomic
def confirm_roster(roster: Roster, attestation: str, *, by: User) -> Roster:
    """Attest the completions of a checked roster and leave its good rows to be awarded."""
    version = roster.version
    if Conditions(version, university()).registrar_must_confirm():
        require(by, "administer", UNIVERSITY)
    else:
        require(by, "award", version.micro_credential.unit)
    if not attestation.strip():
        raise Invalid("Attest the completions first.", fields={"attestation": ["Tick the sentence."]})
    now = clock.now()
    good, key = roster.rows.filter(problem=""), issuers.current(version.micro_credential.unit)
    confirmed = Roster.objects.filter(Exists(good), Exists(key), pk=roster.pk, state=RosterState.CHECKED).update(
        state=RosterState.CONFIRMED, attestation=attestation.strip(), confirmed_at=now, confirmed_by=by
    )
    if not confirmed:
        raise _not_confirmed(roster)
    roster.state, roster.attestation = RosterState.CONFIRMED, attestation.strip()
    roster.confirmed_at, roster.confirmed_by = now, by
    outbox.put("awards.roster", {"roster": str(roster.pk)})
    record(by, "roster confirmed", roster)
    return roster


@transaction.atomic
def award_rows(roster: Roster, *, by: User, most: int = ROWS_AT_ONCE) -> int:
    """Award the next rows of a confirmed roster, and return how many are left."""
    # The lock keeps a second worker, whose lease has begun too early, from awarding the same rows beside us.
    held = Roster.objects.select_for_update(of=("self",)).select_related(*_RELATED).get(pk=roster.pk)
    waiting = held.rows.filter(problem="", award=None)
    rows = list(waiting[:most])
    if held.state != RosterState.CONFIRMED:
        return 0
    awards = _awards_of(held, rows, by)
    left = waiting.exclude(pk__in=[row.pk for row in rows]).count() if len(rows) == most else 0
    if awards:
        outbox.put("awards.sign", {"badges": [award.badge_id for award in awards]})
        if held.version.counts_to:
            grant_prizes([award.address for award in awards], stacks=held.version.counts_to, by=by)
    if not left:
        Roster.objects.filter(pk=held.pk).update(state=RosterState.DONE, done_at=clock.now())
    record(by, "rows awarded", held, rows=len(rows), awards=len(awards))
    return left


def _not_confirmed(roster: Roster) -> WrongState:
    """Why a roster could not be confirmed."""
    try:
        issuers.current_key(roster.version.micro_credential.unit)  # without one, badges would wait for ever
    except WrongState as refused:
        return refused
    if not roster.rows.filter(problem="").exists():
        return WrongState("No row of this roster can be awarded.", mend="Mend the file and upload it again.")
    return WrongState("This roster was confirmed already.")


def _awards_of(roster: Roster, rows: Sequence[RosterRow], by: User) -> list[Award]:
    """Award the good ones of the rows; those that have become impossible since the dry run say why."""
    conditions = Conditions(roster.version, university())
    attested_by = roster.confirmed_by or roster.uploaded_by
    completions = {row.pk: Completion.of(row.data["read"]) for row in rows}
    judge = _judge(conditions, (roster.uploaded_by, attested_by))
    held = held_by(roster.version, [one.address for one in completions.values()])
    good = []
    for row in sorted(rows, key=lambda row: str(completions[row.pk].completed_on)):
        one = completions[row.pk]
        problems = judge(one, _basis(roster, row, one, attested_by))
        if one.address in held:
            problems.append(already_holds(held[one.address], conditions.zone))
        row.problem = " ".join(problems)
        if not problems:
            good.append(row)
    known = people.attest_addresses([row.data["cells"]["address"] for row in good], by=attested_by) if good else {}
    opened = badges.open_badges(conditions.unit, len(good), by=by) if good else []
    awards = []
    for row, badge in zip(good, opened, strict=True):
        one = completions[row.pk]
        day, basis = _day_of(one), _basis(roster, row, one, attested_by)
        awards.append(conditions.award(known[one.address], one.name, basis, day, badge))
        row.award = awards[-1]
    Award.objects.bulk_create(awards)
    RosterRow.objects.bulk_update(rows, ["award", "problem"], batch_size=500)
    return awards


def _checked_rows(version: Version, content: bytes, by: User) -> list[RosterRow]:
    """The rows of the file with the verdict on each."""
    competencies = [(str(one.key), one.statement) for one in version.competencies.all()]
    read = rosters.read(content, competencies)
    completions = [completion.read(row, competencies, version.levels, version.step_minutes) for row in read]
    conditions = Conditions(version, university())
    # Before the registrar has confirmed, a row is judged as the registrar could confirm it.
    judge = _judge(conditions, (by,), by_registrar=lambda: True)
    held = held_by(version, [one.address for one in completions])
    verdicts: dict[int, list[str]] = {}
    for row, one in sorted(zip(read, completions, strict=True), key=lambda pair: str(pair[1].completed_on)):
        basis = Basis("roster", "", one.minutes, one.informal_minutes, one.levels, one.evidence)
        verdicts[row.line] = one.problems or judge(one, basis)
    first_line: dict[str, int] = {}
    rows = []
    for row, one in zip(read, completions, strict=True):
        problems = verdicts[row.line]
        if one.address and first_line.setdefault(one.address, row.line) != row.line:
            problems = [*problems, f"This address is in line {first_line[one.address]} already."]
        elif one.address in held:
            problems = [*problems, already_holds(held[one.address], conditions.zone)]
        data = {"cells": dict(row.cells), "levels": dict(row.levels), "read": one.plain()}
        rows.append(
            RosterRow(
                line=row.line,
                address=row.cell("address")[:320],
                name=row.cell("name"),
                data=data,
                problem=" ".join(problems),
            )
        )
    return rows


def _judge(
    conditions: Conditions, attesting: Iterable[User], by_registrar: Callable[[], bool] | None = None
) -> Callable[[Completion, Basis], list[str]]:
    """What keeps a completion from being awarded, if these people attest it; the last one confirms."""
    people_attesting = list(attesting)
    own = {address for person in people_attesting for address in _own(person)}
    registrar = by_registrar or (lambda: may(people_attesting[-1], "administer", UNIVERSITY))

    def judge(one: Completion, basis: Basis) -> list[str]:
        return conditions.refusals(_day_of(one), basis, is_uploader=one.address in own, by_registrar=registrar)

    return judge


def _basis(roster: Roster, row: RosterRow, one: Completion, attested_by: User) -> Basis:
    return Basis(
        kind="roster",
        reference=f"{roster.pk} line {row.line}",
        minutes=one.minutes,
        informal_minutes=one.informal_minutes,
        levels=one.levels,
        evidence=one.evidence,
        attested_by=str(attested_by.pk),
        attestation=roster.attestation,
    )


def _day_of(one: Completion) -> datetime.date:
    if one.completed_on is None:
        raise Invalid("The day of completion is missing.")
    return one.completed_on


def _own(person: User) -> set[str]:
    """The addresses of a person who attests: nobody attests an own completion."""
    return {person.email, *Address.objects.filter(person=person).values_list("folded", flat=True)}


def _filename(given: str) -> str:
    """The name of the file alone, without what would break a page or a header."""
    name = given.replace("\\", "/").rpartition("/")[2]
    kept = "".join(character for character in name if character.isprintable())
    return kept[:200] or "roster.csv"
