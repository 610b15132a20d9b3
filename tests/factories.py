"""People and things for tests, made by the same verbs that the faces call."""

from itertools import count

from laurels.people import actions
from laurels.people.models import Role, Unit, University, User
from laurels.people.system import system

_number = count(1)


def university(name: str = "National University of Example", **policy: object) -> University:
    """The university: the one there is, or a new one."""
    found = University.objects.select_related("unit").first()
    if found and not policy:
        return found
    given = {"short_name": "NUE", "email": "registrar@university.example", "mission": "To teach and to heal."}
    return actions.found_university(name, by=system(), **(given | policy))


def unit(name: str = "", slug: str = "") -> Unit:
    """A unit of the university."""
    university()
    number = next(_number)
    return actions.open_unit(
        name or f"Department {number}",
        slug or f"department-{number}",
        "department@university.example",
        "Teaches and trains.",
        by=system(),
    )


def user(role: Role | str | None = None, unit: Unit | None = None, name: str = "") -> User:
    """A person with an account; with a role, in the unit given or else in the university."""
    number = next(_number)
    person = actions.create_user(f"person{number}@university.example", name or f"Person {number}", by=system())
    if role is not None:
        actions.give_role(person, unit or university().unit, Role(role), by=system())
    return person
