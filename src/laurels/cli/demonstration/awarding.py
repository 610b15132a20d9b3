"""The sample's rosters: who completed what, how it was awarded, and what happened to a badge afterwards."""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from laurels import clock
from laurels.awards import actions
from laurels.awards.basis import attestation
from laurels.awards.models import Award, Roster, RosterState
from laurels.badges.models import BadgeState
from laurels.catalogue.models import Version
from laurels.cli.demonstration.founding import user
from laurels.cli.demonstration.governing import version
from laurels.cli.demonstration.sample import Person, people
from laurels.cli.demonstration.timeline import Event
from laurels.jobs import outbox
from laurels.people.system import university

HEADER = ("address", "name", "completed on", "hours", "informal hours")


@dataclass(frozen=True)
class Completions:
    """One roster: so many people, completed some days before it was handed in, perhaps with mistakes in it.

    Rosters with the same `of` are of the same people, the first of them: they earn one after the other.
    """

    title: str
    days_ago: int
    count: int
    mistakes: bool = False
    of: str = ""


# The first is long past: Good Clinical Practice is valid for 24 months, so these badges have expired.
ROSTERS = (
    Completions("Good Clinical Practice in Natural Medicine Research", 1000, 3),
    Completions("Whole-Food Cooking Foundations", 800, 6),
    Completions("Identifying Medicinal Plants of the Pacific Northwest", 600, 5),
    Completions("Nutrition Conversations in Primary Care", 560, 4),
    Completions("Reading a Clinical Trial", 480, 5),
    Completions("Herbal Preparations: Infusions, Tinctures, Salves", 320, 4),
    Completions("Leading a Community Cooking Workshop", 250, 4),
    Completions("Whole-Food Cooking Foundations", 205, 3, of="educators"),
    Completions("Nutrition Conversations in Primary Care", 200, 3, of="educators"),
    Completions("Leading a Community Cooking Workshop", 190, 2, of="educators"),  # completes a stack for two of them
    Completions("Herb–Drug Interactions for Practitioners", 180, 3),
    Completions("Herbal Preparations: Infusions, Tinctures, Salves", 170, 2, of="herbalists"),
    Completions("Identifying Medicinal Plants of the Pacific Northwest", 160, 2, of="herbalists"),
    Completions("Herb–Drug Interactions for Practitioners", 150, 1, of="herbalists"),
    Completions("Good Clinical Practice in Natural Medicine Research", 120, 3),
    Completions("Whole-Food Cooking Foundations", 40, 5, mistakes=True),
)
REVOKED = ("Whole-Food Cooking Foundations", 790, "wrong address")
LAG = 4


def events() -> Iterator[Event]:
    """Every roster, and the badge that is revoked."""
    for completions in ROSTERS:
        yield Event(completions.days_ago, f"Roster: {completions.title}", partial(_award, completions))
    title, days_ago, reason = REVOKED
    yield Event(days_ago, f"A badge is revoked: {title}", partial(_revoke, title, reason))


def _award(completions: Completions) -> None:
    asked = version(completions.title)
    lead = user(f"lead.{asked.micro_credential.unit.slug}")
    filename = f"{asked.micro_credential.slug}-{completions.days_ago}.csv"
    roster = Roster.objects.filter(version=asked, filename=filename).first()
    if roster is None:
        roster = actions.check_roster(asked, filename, _file(completions, asked), by=lead)
    if roster.state == RosterState.CHECKED:
        actions.confirm_roster(roster, attestation(asked), by=lead)
    outbox.run_pending()


def learners(completions: Completions) -> list[Person]:
    """The people of one roster: always the same."""
    return people(completions.count, completions.of or f"{completions.title} {completions.days_ago}")


def _file(completions: Completions, asked: Version) -> bytes:
    competencies = list(asked.competencies.all())
    written = io.StringIO()
    out = csv.writer(written)
    out.writerow([*HEADER, *(f"level: {c.statement}" for c in competencies), "evidence", "evidence sha256"])
    day = clock.today(university().zone) - timedelta(days=LAG)
    for position, person in enumerate(learners(completions)):
        levels = [_level(c.level, (position + index) % 3 == 0) for index, c in enumerate(competencies)]
        hours = asked.minutes / 60 + (position % 4) * 0.5
        informal = min(asked.informal_minutes_most / 60, position % 3)
        link = f"https://evidence.example.org/{asked.micro_credential.slug}/{completions.days_ago}-{position}.pdf"
        digest = hashlib.sha256(link.encode()).hexdigest() if position % 2 else ""
        evidence = ("", "") if position % 3 == 2 else (link, digest)
        out.writerow([person.address, person.name, day, f"{hours:g}", f"{informal:g}", *levels, *evidence])
    if completions.mistakes:
        _add_mistakes(out, completions, competencies[0].level, len(competencies), day.isoformat())
    return written.getvalue().encode()


def _add_mistakes(out: object, completions: Completions, level: str, width: int, day: str) -> None:
    write = out.writerow  # type: ignore[attr-defined]
    twice = learners(completions)[0]
    levels = [level] * width
    write([twice.address.upper(), twice.name, day, "12", "0", *levels, "", ""])
    write(["nobody at example.org", "No Address", day, "12", "0", *levels, "", ""])
    write(["short.hours@example.org", "Short Hours", day, "9.5", "0", *levels, "", ""])


def _level(asked: str, higher: bool) -> str:
    scale = university().levels
    return str(scale[min(len(scale) - 1, scale.index(asked) + 1)]) if higher else asked


def _revoke(title: str, reason: str) -> None:
    first = next(completions for completions in ROSTERS if completions.title == title)
    wrong = learners(first)[-1]
    found = Award.objects.filter(version__title=title, address__folded=wrong.address).order_by("granted_at").first()
    if found is not None and found.badge.state == BadgeState.LIVE:
        words = "The learner wrote that the address is not theirs."
        actions.revoke_award(found, reason, words, by=user("registrar"))
        outbox.run_pending()
