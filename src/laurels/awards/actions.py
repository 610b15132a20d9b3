"""Everything that changes awards and rosters."""

import datetime
import hashlib
import secrets
from collections.abc import Callable, Iterable, Sequence

from django.db import IntegrityError, transaction

from laurels import clock, mail
from laurels.audit.record import record
from laurels.awards import completion
from laurels.awards import roster as rosters
from laurels.awards.basis import Basis
from laurels.awards.completion import Completion
from laurels.awards.conditions import OWN, Conditions, already_holds, held_by
from laurels.awards.models import Award, Roster, RosterRow, RosterState
from laurels.badges import actions as badges
from laurels.badges import addresses, issuers
from laurels.badges.models import Badge
from laurels.badges.reasons import public_words
from laurels.catalogue.models import Version
from laurels.errors import Invalid, WrongState
from laurels.jobs import outbox
from laurels.people import actions as people
from laurels.people.documents import fold
from laurels.people.models import Address, User
from laurels.people.permissions import UNIVERSITY, may, require
from laurels.people.system import university

ROWS_AT_ONCE = 250
_RELATED = ("version__micro_credential__unit", "uploaded_by", "confirmed_by")


def grant_award(
    address: str, holder: str, version: Version, basis: Basis, completed_on: datetime.date, *, by: User
) -> Award:
    """Grant an award when nothing is missing, and leave its badge to be signed."""
    try:
        with transaction.atomic():
            return _granted(address, holder, version, basis, completed_on, by)
    except IntegrityError:
        conditions = Conditions(version, university())
        held = held_by(version, [fold(address)])
        if not held:
            raise
        raise WrongState(already_holds(held[fold(address)], conditions.zone)) from None


def check_roster(version: Version, filename: str, content: bytes, *, by: User) -> Roster:
    """Read a roster and keep the verdict on each of its rows, without awarding anything."""
    require(by, "award", version.micro_credential.unit)
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
    issuers.current_key(version.micro_credential.unit)  # without a key, badges would wait for ever
    if not attestation.strip():
        raise Invalid("Attest the completions first.", fields={"attestation": ["Tick the sentence."]})
    if not roster.rows.filter(problem="").exists():
        raise WrongState("No row of this roster can be awarded.", mend="Mend the file and upload it again.")
    confirmed = Roster.objects.filter(pk=roster.pk, state=RosterState.CHECKED).update(
        state=RosterState.CONFIRMED, attestation=attestation.strip(), confirmed_at=clock.now(), confirmed_by=by
    )
    if not confirmed:
        raise WrongState("This roster was confirmed already.")
    roster.refresh_from_db()
    outbox.put("awards.roster", {"roster": str(roster.pk)}, key=f"roster:{roster.pk}")
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
    if not left:
        Roster.objects.filter(pk=held.pk).update(state=RosterState.DONE, done_at=clock.now())
    record(by, "rows awarded", held, rows=len(rows), awards=len(awards))
    return left


@transaction.atomic
def revoke_award(award: Award, reason: str, words: str, *, by: User) -> Award:
    """Revoke an award and its badge for a public reason; the address can earn it anew."""
    require(by, "revoke", award.version.micro_credential.unit)
    badges.revoke_badge(award.badge, reason, words, by=by)
    Award.objects.filter(pk=award.pk).update(live=False)
    award.refresh_from_db(fields=["live"])
    record(by, "award revoked", award, reason=reason)
    context = {
        "holder": award.holder,
        "title": award.version.title,
        "unit": award.version.micro_credential.unit.name,
        "reason": public_words(reason),
        "path": addresses.badge(award.badge_id),
    }
    mail.queue("award_revoked", to=[award.address.folded], context=context)
    return award


def _granted(given: str, holder: str, version: Version, basis: Basis, completed_on: datetime.date, by: User) -> Award:
    conditions = Conditions(version, university())
    folded = fold(given)
    refused = conditions.refusals(
        completed_on, basis, is_uploader=folded == by.email, by_registrar=lambda: may(by, "administer", UNIVERSITY)
    )
    if refused:
        raise WrongState(" ".join(refused))
    address = people.attest_address(given, by=by)
    if address.person_id == by.pk:
        raise WrongState(OWN)
    badge = badges.open_badge(conditions.unit, by=by)
    award = _award(conditions, address, holder, basis, completed_on, badge)
    award.save(force_insert=True)
    record(by, "award granted", award, badge=badge.pk)
    outbox.put("awards.sign", {"badges": [badge.pk]})
    return award


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
        awards.append(_award(conditions, known[one.address], one.name, basis, day, badge))
        row.award = awards[-1]
    Award.objects.bulk_create(awards)
    RosterRow.objects.bulk_update(rows, ["award", "problem"])
    return awards


def _award(
    conditions: Conditions, address: Address, holder: str, basis: Basis, completed_on: datetime.date, badge: Badge
) -> Award:
    return Award(
        version=conditions.version,
        address=address,
        holder=holder,
        completed_on=completed_on,
        granted_at=clock.now().replace(microsecond=0),
        valid_until=conditions.valid_until(completed_on),
        basis=basis.plain(),
        salt=secrets.token_hex(16),
        badge=badge,
    )


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
