"""The verbs of the hours ledger: record, correct, confirm, return. No entry is ever changed."""

from collections.abc import Collection, Sequence
from zoneinfo import ZoneInfo

from django.db import transaction

from laurels import clock
from laurels.audit.record import record
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.people.models import Address, User
from laurels.people.permissions import require
from laurels.training.given import GivenHours, overlap_words, refuse_impossible, refuse_malformed
from laurels.training.ledger import DAY_MINUTES, Standing, fullest_day, overlaps, standings
from laurels.training.models import Enrolment, EnrolmentState, HoursEntry, HoursVerdict, Meeting
from laurels.training.standing import addresses_of_person, is_learner, ledgers, lines_of, new_line, require_own_or

LONGEST_WORDS = 1000


@transaction.atomic
def record_hours(enrolment: Enrolment, given: GivenHours, *, zone: str, by: User) -> HoursEntry:
    """Record hours of one enrolment; somebody else confirms them."""
    require_own_or(by, "train", enrolment)
    refuse_malformed(given, enrolment.version, clock.now(), zone, least=enrolment.version.step_minutes)
    _lock([enrolment.address])
    _refuse_ended(enrolment)
    entry = _entry(enrolment, given, zone, by)
    refuse_impossible(new_line(entry), ledgers([enrolment.address])[enrolment.address_id])
    entry.save(force_insert=True)
    record(by, "hours recorded", entry, minutes=entry.minutes)
    return entry


@transaction.atomic
def correct_hours(entry: HoursEntry, given: GivenHours, why: str, *, by: User) -> HoursEntry:
    """Correct an entry by a further one, which counts in its place once it is confirmed; no minutes take it out."""
    enrolment = entry.enrolment
    require_own_or(by, "train", enrolment)
    refuse_malformed(given, enrolment.version, clock.now(), entry.zone, least=0)
    if not why.strip() or len(why) > LONGEST_WORDS:
        raise Invalid("Say why it is corrected.", fields={"why": ["Say why, in a sentence."]})
    _lock([enrolment.address])
    _refuse_ended(enrolment)
    if entry.corrections.exclude(verdict__confirmed=False).exists():
        raise WrongState("This entry was corrected already.", mend="Correct the entry that stands in its place.")
    further = _entry(enrolment, given, entry.zone, by)
    further.corrects, further.why, further.meeting = entry, why.strip()[:200], entry.meeting
    refuse_impossible(new_line(further), ledgers([enrolment.address])[enrolment.address_id])
    further.save(force_insert=True)
    record(by, "hours corrected", further, corrects=str(entry.pk), minutes=further.minutes)
    return further


@transaction.atomic
def record_attendance(meeting: Meeting, present: Collection[Enrolment], *, by: User) -> list[HoursEntry]:
    """Record a meeting's hours for all who attended, with one act; somebody else confirms them."""
    offering = meeting.offering
    require(by, "train", offering.version.micro_credential.unit)
    if meeting.cancelled_at is not None:
        raise WrongState("This meeting was cancelled.")
    if meeting.ends_at > clock.now():
        raise WrongState("This meeting has not ended yet.", mend="Record attendance afterwards.")
    enrolled = {one.pk: one for one in present if one.offering_id == offering.pk}
    if len(enrolled) < len(present):
        raise Invalid("Somebody in this list is not enrolled in this offering.")
    _lock([one.address for one in enrolled.values()])
    had = set(meeting.hours.values_list("enrolment", flat=True))
    new = [one for pk, one in enrolled.items() if pk not in had and one.state == EnrolmentState.ENROLLED]
    entries = [_attended(meeting, one, by) for one in new]
    _refuse_impossible_attendance(entries)
    HoursEntry.objects.bulk_create(entries)
    Meeting.objects.filter(pk=meeting.pk).update(recorded_at=clock.now(), recorded_by=by)
    meeting.refresh_from_db(fields=["recorded_at", "recorded_by"])
    record(by, "attendance recorded", meeting, enrolments=[str(one.pk) for one in new])
    return entries


@transaction.atomic
def confirm_hours(entries: Sequence[HoursEntry], *, by: User) -> list[HoursEntry]:
    """Confirm hours that others entered, many at once; those that wait no more are left as they are."""
    waiting = _waiting(entries, by)
    for entry in waiting:
        if entry.entered_by_id == by.pk:
            raise NotAllowed(
                "You entered these hours, so somebody else must confirm them.",
                mend="Ask another instructor or the lead of the unit.",
            )
    _judge(waiting, by, confirmed=True, words="")
    record(by, "hours confirmed", waiting[0] if waiting else by, entries=[str(entry.pk) for entry in waiting])
    return waiting


@transaction.atomic
def return_hours(entry: HoursEntry, words: str, *, by: User) -> HoursEntry:
    """Return an entry with a reason; it does not count, and can be corrected."""
    if not words.strip() or len(words) > LONGEST_WORDS:
        raise Invalid("Say why, so that it can be mended.", fields={"words": ["Say why, in a sentence or two."]})
    waiting = _waiting([entry], by)
    if not waiting:
        raise WrongState("This entry waits no more.", mend="Look at it again: somebody else was faster.")
    _judge(waiting, by, confirmed=False, words=words.strip())
    record(by, "hours returned", entry)
    return entry


def _entry(enrolment: Enrolment, given: GivenHours, zone: str, by: User) -> HoursEntry:
    return HoursEntry(
        enrolment=enrolment,
        day=given.day,
        starts_at=given.span.starts_at if given.span else None,
        ends_at=given.span.ends_at if given.span else None,
        zone=zone,
        minutes=given.minutes,
        kind=given.kind,
        informal=given.informal,
        what=given.what.strip(),
        place=given.place.strip(),
        entered_by=by,
        entered_at=clock.now(),
    )


def _attended(meeting: Meeting, enrolment: Enrolment, by: User) -> HoursEntry:
    offering = meeting.offering
    return HoursEntry(
        enrolment=enrolment,
        day=meeting.starts_at.astimezone(ZoneInfo(offering.zone)).date(),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        zone=offering.zone,
        minutes=meeting.minutes,
        kind=meeting.kind,
        what=meeting.what,
        place=meeting.place or offering.place,
        meeting=meeting,
        entered_by=by,
        entered_at=clock.now(),
    )


def _lock(addresses: Sequence[Address]) -> None:
    """Hold the addresses of these people, in one order, so that two entries cannot pass each other unseen."""
    condition = addresses_of_person(addresses[0]) if addresses else None
    for address in addresses[1:]:
        condition = addresses_of_person(address) if condition is None else condition | addresses_of_person(address)
    if condition is not None:
        list(Address.objects.select_for_update().filter(condition).order_by("pk").values_list("pk"))


def _refuse_ended(enrolment: Enrolment) -> None:
    state = Enrolment.objects.values_list("state", flat=True).get(pk=enrolment.pk)
    if state == EnrolmentState.AWARDED:
        raise WrongState("The award was granted, and rests on the hours as they stand.", mend="Ask the registrar.")
    if state != EnrolmentState.ENROLLED:
        raise WrongState(f"This enrolment is {state}: no hours can be recorded for it.")


def _refuse_impossible_attendance(entries: Sequence[HoursEntry]) -> None:
    """Name everybody for whom the meeting's hours cannot be, all at once: whoever records can then untick them."""
    known = ledgers([entry.enrolment.address for entry in entries])
    problems = []
    for entry in entries:
        new = new_line(entry)
        lines = known[entry.enrolment.address_id]
        shared = overlaps(new, lines)
        if shared:
            problems.append(f"{entry.enrolment.name}: {overlap_words(shared[0])}")
        elif fullest_day(new, lines)[1] > DAY_MINUTES:
            problems.append(f"{entry.enrolment.name}: this day would have more than 24 h.")
    if problems:
        raise Invalid("These hours cannot be recorded for everybody.", fields={"present": problems})


def _waiting(entries: Sequence[HoursEntry], by: User) -> list[HoursEntry]:
    """Those of the entries that wait, read under a lock; refused for own hours and without the right."""
    chosen = HoursEntry.objects.select_for_update(of=("self",)).filter(pk__in=[entry.pk for entry in entries])
    held = list(chosen.select_related("enrolment__address", "enrolment__version__micro_credential__unit"))
    enrolments = {entry.enrolment_id: entry.enrolment for entry in held}
    for unit in {one.version.micro_credential.unit for one in enrolments.values()}:
        require(by, "confirm hours", unit)
    if any(is_learner(by, one) for one in enrolments.values()):
        raise NotAllowed("These are your own hours, so somebody else must confirm them.")
    found: dict[str, Standing] = {}
    for one in enrolments.values():
        found |= standings(lines_of(one))
    return [entry for entry in held if found[str(entry.pk)] is Standing.WAITING]


def _judge(entries: Sequence[HoursEntry], by: User, *, confirmed: bool, words: str) -> None:
    HoursVerdict.objects.bulk_create(
        HoursVerdict(entry=entry, confirmed=confirmed, words=words, by=by, at=clock.now()) for entry in entries
    )
