"""Issuing authority: may this unit issue this, that day? The one thing that awards ask of governance."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from laurels.catalogue.models import Version
from laurels.errors import WrongState
from laurels.governance.models import IssuingAuthority
from laurels.people.models import Unit

NEAR_DAYS = 90


@dataclass(frozen=True, slots=True)
class Leave:
    """The authority that covers one day: its decision, its term (both days inclusive), its scope, its endorsements."""

    decision_number: str
    date: datetime.date
    valid_from: datetime.date
    valid_until: datetime.date
    scope: tuple[str, ...]
    endorsement: uuid.UUID | None
    endorsement_ob2: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit's authority stands on a day, for pages.

    `state`: "in force", "near its end" (also in force), "suspended", "lapsed", "not yet" or "none".
    """

    state: str
    words: str
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None
    days_left: int | None = None
    scope: tuple[str, ...] = ()
    decision_number: str = ""
    conditions: str = ""

    @property
    def may_issue(self) -> bool:
        """Whether the authority covers the day."""
        return self.state in ("in force", "near its end")


def in_force(unit: Unit, version: Version, on: datetime.date) -> Leave:
    """The authority under which the unit may issue this version on that day, or WrongState in plain words.

    Awards ask for the day of completion: after a lapse, the term that covered that day still answers. A suspension
    that is not lifted blocks every day up to the end of the suspended term.
    """
    authorities = _authorities(unit)
    suspended = next((one for one in authorities if one.suspended_at and one.valid_until >= on), None)
    if suspended is not None:
        raise WrongState(f"{_suspended(suspended)} Its earlier badges stay true.", mend="Ask the registrar.")
    covering = [one for one in authorities if one.valid_from <= on <= one.valid_until]
    if not covering:
        raise _none_covers(unit, authorities, on)
    for one in covering:
        if not outside(one.scope, version.tags):
            return _leave(one)
    scope = list(dict.fromkeys(field for one in covering for field in one.scope))
    if not outside(scope, version.tags):  # each field is covered by one of them, and all of them by none
        scope = covering[0].scope
    raise WrongState(
        f"{unit.name} may issue in {listed(scope)}. This is {listed(outside(scope, version.tags))}.",
        mend="Apply to widen the scope.",
    )


def standing_of(unit: Unit, today: datetime.date) -> Standing:
    """How the unit's issuing authority stands today."""
    authorities = _authorities(unit)
    if not authorities:
        return Standing("none", f"{unit.name} has no issuing authority.")
    suspended = next((one for one in authorities if one.suspended_at and one.valid_until >= today), None)
    if suspended is not None:
        return _standing("suspended", _suspended(suspended), suspended)
    covering = max(
        (one for one in authorities if one.valid_from <= today <= one.valid_until),
        key=lambda one: one.valid_until,
        default=None,
    )
    if covering is not None:
        return _current(covering, today)
    past = max((one for one in authorities if one.valid_until < today), key=lambda one: one.valid_until, default=None)
    if past is not None:
        return _standing("lapsed", f"{unit.name}'s issuing authority ended on {day(past.valid_until)}.", past)
    first = min(authorities, key=lambda one: one.valid_from)
    return _standing("not yet", f"{unit.name}'s issuing authority begins on {day(first.valid_from)}.", first)


def outside(scope: Iterable[str], tags: Iterable[str]) -> list[str]:
    """The tags that lie outside the scope, whatever their case."""
    within = {field.strip().casefold() for field in scope}
    return [tag for tag in tags if tag.strip().casefold() not in within]


def day(value: datetime.date) -> str:
    """A day as pages write it: 12 March 2027."""
    return f"{value.day} {value:%B} {value.year}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words in a row: "a", "a and b", "a, b and c"."""
    *first, end = list(words) or ["nothing"]
    return f"{', '.join(first)} {last} {end}" if first else end


def _authorities(unit: Unit) -> list[IssuingAuthority]:
    rows = IssuingAuthority.objects.filter(unit=unit).select_related("unit", "decision")
    return list(rows.order_by("-valid_from", "-pk"))


def _leave(authority: IssuingAuthority) -> Leave:
    decision = authority.decision
    return Leave(
        decision_number=decision.number,
        date=decision.date,
        valid_from=authority.valid_from,
        valid_until=authority.valid_until,
        scope=tuple(authority.scope),
        endorsement=decision.endorsement,
        endorsement_ob2=decision.endorsement_ob2,
    )


def _none_covers(unit: Unit, authorities: list[IssuingAuthority], on: datetime.date) -> WrongState:
    stops = "so it cannot open offerings or make awards"
    ended = [one.valid_until for one in authorities if one.valid_until < on]
    if ended:
        return WrongState(
            f"{unit.name}'s issuing authority ended on {day(max(ended))}, {stops}. Its earlier badges stay true.",
            mend="Apply for renewal.",
        )
    begins = [one.valid_from for one in authorities if one.valid_from > on]
    if begins:
        return WrongState(f"{unit.name}'s issuing authority begins on {day(min(begins))}, {stops} for {day(on)}.")
    return WrongState(f"{unit.name} has no issuing authority, {stops}.", mend="Apply for issuing authority.")


def _suspended(authority: IssuingAuthority) -> str:
    return f"{authority.unit.name}'s issuing authority is suspended, so it cannot open offerings or make awards."


def _standing(state: str, words: str, authority: IssuingAuthority, days_left: int | None = None) -> Standing:
    return Standing(
        state=state,
        words=words,
        valid_from=authority.valid_from,
        valid_until=authority.valid_until,
        days_left=days_left,
        scope=tuple(authority.scope),
        decision_number=authority.decision.number,
        conditions=authority.decision.conditions,
    )


def _current(authority: IssuingAuthority, today: datetime.date) -> Standing:
    left = (authority.valid_until - today).days
    words = f"{authority.unit.name}'s issuing authority is in force until {day(authority.valid_until)}."
    if left > NEAR_DAYS:
        return _standing("in force", words, authority, left)
    ends = "ends today" if left == 0 else f"ends in {left} day{'' if left == 1 else 's'}"
    return _standing("near its end", f"{words} It {ends}.", authority, left)
