"""May this completion be awarded now? One version's conditions, read once and asked of each completion."""

import calendar
import datetime
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from laurels import clock
from laurels.awards import stacking
from laurels.awards.basis import Basis
from laurels.awards.models import Award
from laurels.badges.models import Badge
from laurels.catalogue.definition import Approval
from laurels.catalogue.models import Version, VersionState
from laurels.catalogue.requirement import Requirement
from laurels.errors import WrongState
from laurels.governance.authority import Leave, day, in_force, standing_of
from laurels.people.models import Address, Unit, University

MOST_NAMED = 2000  # beyond, reading all is the shorter question
OWN = "This is your own address: somebody else must attest your completion."


@dataclass(frozen=True, slots=True)
class TeachOut:
    """After a lapse or a retirement: until when completions of before are awarded, and why."""

    why: str
    until: datetime.date


class Conditions:
    """What stands between a completion of this version and its award."""

    def __init__(self, version: Version, university: University) -> None:
        self.version = version
        self.unit: Unit = version.micro_credential.unit
        self.zone = ZoneInfo(university.zone)
        self.today = clock.today(university.zone)
        self._requirement = Requirement.of(version)
        self._teach_out_days = datetime.timedelta(days=university.teach_out_days)
        self._leaves: list[tuple[datetime.date, Leave]] = []
        self._refused_days: dict[datetime.date, str] = {}
        self._lapse: tuple[TeachOut | None, str] | None = None

    def refusals(
        self, completed_on: datetime.date, basis: Basis, *, is_uploader: bool, by_registrar: Callable[[], bool]
    ) -> list[str]:
        """Everything that keeps the completion from being awarded, in plain words; empty when nothing does."""
        found = stacking.refusals(self.version, basis)
        if found:
            return found
        found = self._of_day(completed_on)
        if not found:
            found = self._of_teach_out(completed_on, by_registrar)
        if is_uploader:
            found.append(OWN)
        found += self._requirement.shortfall(
            basis.minutes, basis.informal_minutes, basis.levels, [one.address for one in basis.evidence]
        )
        end = self.valid_until(completed_on)
        if not found and end is not None and end <= clock.now():
            found.append(f"It would have ended already, on {day(end.astimezone(self.zone).date())}.")
        return found

    def award(self, address: Address, holder: str, basis: Basis, completed_on: datetime.date, badge: Badge) -> Award:
        """The award, not stored yet."""
        return Award(
            version=self.version,
            address=address,
            holder=holder,
            completed_on=completed_on,
            granted_at=clock.now().replace(microsecond=0),
            valid_until=self.valid_until(completed_on),
            basis=basis.plain(),
            salt=secrets.token_hex(16),
            badge=badge,
        )

    def registrar_must_confirm(self) -> str:
        """Why only the registrar can confirm completions of this version now; "" when a lead or an assessor can."""
        teach_outs = [one for one in (self._retirement(), self._authority_today()[0]) if one is not None]
        return " ".join(
            f"{one.why} Completions of before are awarded until {day(one.until)}, when the registrar confirms them."
            for one in teach_outs
        )

    def valid_until(self, completed_on: datetime.date) -> datetime.datetime | None:
        """The end of the last day of validity, in the university's zone; None when it does not end."""
        months = self.version.validity_months
        if not months:
            return None
        last = _months_after(completed_on, months)
        return datetime.datetime.combine(last, datetime.time(23, 59, 59), self.zone).astimezone(datetime.UTC)

    def leave_on(self, completed_on: datetime.date) -> Leave:
        """The authority in force that day, or WrongState; asked once for each term when days come in order."""
        for since, leave in self._leaves:
            if since <= completed_on <= leave.valid_until:
                return leave
        leave = in_force(self.unit, self.version, completed_on)
        self._leaves.append((completed_on, leave))
        return leave

    def _of_day(self, completed_on: datetime.date) -> list[str]:
        if self.version.state == VersionState.DRAFT or not self.version.approval:
            return ["This version is not approved, so nothing can be awarded for it."]
        approved = Approval.of(self.version.approval).date
        if completed_on > self.today:
            return [f"The day of completion, {day(completed_on)}, lies in the future."]
        if completed_on < approved:
            return [f"It was completed on {day(completed_on)}, before this version was approved on {day(approved)}."]
        if completed_on not in self._refused_days:
            try:
                self.leave_on(completed_on)
            except WrongState as error:
                self._refused_days[completed_on] = error.message
        refused = self._refused_days.get(completed_on)
        retired = self.version.retired_on
        if retired is not None and completed_on >= retired:
            return [f"This version was retired on {day(retired)}; it was completed on {day(completed_on)}."]
        return [refused] if refused else []

    def _of_teach_out(self, completed_on: datetime.date, by_registrar: Callable[[], bool]) -> list[str]:
        """The day was right; is it too late to award it, or for the registrar to confirm?"""
        authority, blocked = self._authority_today(completed_on)
        if blocked:
            return [blocked]
        for one in (self._retirement(), authority):
            if one is not None and self.today > one.until:
                return [f"{one.why} Completions of before were awarded until {day(one.until)}."]
            if one is not None and not by_registrar():
                return [f"{one.why} Until {day(one.until)}, the registrar can confirm completions of before."]
        return []

    def _retirement(self) -> TeachOut | None:
        retired = self.version.retired_on
        if retired is None or retired > self.today:
            return None
        return TeachOut(f"This version was retired on {day(retired)}.", retired + self._teach_out_days)

    def _authority_today(self, completed_on: datetime.date | None = None) -> tuple[TeachOut | None, str]:
        """The teach-out after a lapse, and the words of a suspension; neither while authority is in force."""
        if completed_on is not None and self.leave_on(completed_on).valid_until >= self.today:
            return None, ""
        if self._lapse is None:
            standing = standing_of(self.unit, self.today)
            lapsed = standing.state == "lapsed" and standing.valid_until is not None
            ends = (standing.valid_until or self.today) + self._teach_out_days
            self._lapse = (
                TeachOut(standing.words, ends) if lapsed else None,
                "" if lapsed or standing.may_issue else standing.words,
            )
        return self._lapse


def already_holds(award: Award, zone: ZoneInfo) -> str:
    """The words for somebody who holds this badge: since when, and until when."""
    until = f", valid until {day(award.valid_until.astimezone(zone).date())}" if award.valid_until else ""
    granted = day(award.granted_at.astimezone(zone).date())
    return f"{award.holder} already holds this badge, awarded on {granted}{until}."


def held_by(version: Version, addresses: Collection[str]) -> dict[str, Award]:
    """The live awards of this version that these (folded) addresses hold."""
    wanted = set(addresses)
    live = Award.objects.filter(version=version, live=True)
    if len(wanted) <= MOST_NAMED:
        live = live.filter(address__folded__in=wanted)
    found = live.select_related("address").only("holder", "granted_at", "valid_until", "address__folded", "badge")
    return {award.address.folded: award for award in found if award.address.folded in wanted}


def _months_after(start: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; the last day of the month where there is no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
