"""The first days of the sample university: itself, its units, and the people who speak for them."""

from collections.abc import Iterator
from functools import partial

from laurels.badges import actions as badges
from laurels.badges.models import SigningKey
from laurels.cli.demonstration.sample import Person, facts, people
from laurels.cli.demonstration.timeline import Event
from laurels.people import actions
from laurels.people.models import Membership, Role, Unit, University, User
from laurels.people.system import system, university

OPENED = 1092
STAFF = (
    ("registrar", Role.REGISTRAR),
    ("chair", Role.CHAIR),
    ("deputy", Role.DEPUTY),
    ("member-1", Role.COMMITTEE),
    ("member-2", Role.COMMITTEE),
    ("member-3", Role.COMMITTEE),
    ("member-4", Role.COMMITTEE),
)
# This member teaches in a unit that applies, and so may not review its application.
TEACHES = ("member-4", "classical-chinese-medicine")


def staff() -> dict[str, Person]:
    """Everybody who acts, by the word before the @ of their address."""
    words = [word for word, _ in STAFF]
    words += [f"{role}.{unit['slug']}" for unit in facts()["units"] for role in ("lead", "assessor")]
    names = people(len(words), "staff")
    return {word: Person(person.name, f"{word}@example.org") for word, person in zip(words, names, strict=True)}


def user(word: str) -> User:
    """The account of one of the staff."""
    return User.objects.get(email=staff()[word].address)


def unit(slug: str) -> Unit:
    """A unit by its slug; the university itself has an empty one."""
    return Unit.objects.get(slug=slug)


def events() -> Iterator[Event]:
    """Founding, units, accounts and roles, all on one day."""
    yield Event(OPENED, "The university is founded", _found)
    for facts_of_unit in facts()["units"]:
        yield Event(OPENED - 1, f"{facts_of_unit['name']} opens", partial(_open, facts_of_unit))
    yield Event(OPENED - 2, "People take their roles", _appoint)


def _found() -> None:
    if not University.objects.exists():
        given = dict(facts()["university"])
        given["description"] = given.pop("note")
        actions.found_university(given.pop("name"), by=system(), **given)
    _give_key(university().unit)


def _open(given: dict[str, str]) -> None:
    if not Unit.objects.filter(slug=given["slug"]).exists():
        actions.open_unit(given["name"], given["slug"], given["email"], given["description"], by=system())
    _give_key(unit(given["slug"]))


def _give_key(owner: Unit) -> None:
    if not SigningKey.objects.filter(unit=owner).exists():
        badges.create_key(owner, by=system())


def _appoint() -> None:
    for word, role in STAFF:
        _give(word, university().unit, role)
    for facts_of_unit in facts()["units"]:
        slug = facts_of_unit["slug"]
        _give(f"lead.{slug}", unit(slug), Role.LEAD)
        _give(f"assessor.{slug}", unit(slug), Role.ASSESSOR)
    member, slug = TEACHES
    _give(member, unit(slug), Role.INSTRUCTOR)


def _give(word: str, where: Unit, role: Role) -> None:
    person = staff()[word]
    account = User.objects.filter(email=person.address).first()
    if account is None:
        account = actions.create_user(person.address, person.name, by=system())
    if not Membership.objects.filter(user=account, unit=where, role=role).exists():
        actions.give_role(account, where, role, by=system())
