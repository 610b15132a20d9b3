"""Which role may do which verb where. Own work, interest and authority are rules of the stages."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.db.models import Q

from laurels.errors import NotAllowed
from laurels.people.models import Membership, Role, Unit, User


class Scope(Enum):
    """A place to have a right in, named without its row."""

    UNIVERSITY = "the university"


UNIVERSITY = Scope.UNIVERSITY


@dataclass(frozen=True)
class Right:
    """Who may do a verb: these roles of the unit itself, and these of the university, whatever the unit."""

    of_unit: tuple[Role, ...] = ()
    of_university: tuple[Role, ...] = ()


UNIVERSITY_ROLES = (Role.COMMITTEE, Role.CHAIR, Role.DEPUTY, Role.REGISTRAR)
VERBS = {
    "apply": Right(of_unit=(Role.LEAD,)),
    "edit draft": Right(of_unit=(Role.LEAD,)),
    "award": Right(of_unit=(Role.LEAD, Role.ASSESSOR)),
    "revoke": Right(of_unit=(Role.LEAD,), of_university=(Role.REGISTRAR,)),
    "retire": Right(of_unit=(Role.LEAD,), of_university=(Role.REGISTRAR,)),
    "offer": Right(of_unit=(Role.LEAD, Role.INSTRUCTOR)),
    "train": Right(of_unit=(Role.LEAD, Role.INSTRUCTOR, Role.ASSESSOR)),
    "confirm hours": Right(of_unit=(Role.LEAD, Role.INSTRUCTOR, Role.ASSESSOR)),
    "assess": Right(of_unit=(Role.ASSESSOR,)),
    "sign off": Right(of_unit=(Role.LEAD, Role.ASSESSOR)),
    "review": Right(of_university=(Role.COMMITTEE, Role.CHAIR, Role.DEPUTY)),
    "decide": Right(of_university=(Role.CHAIR, Role.DEPUTY)),
    "administer": Right(of_university=(Role.REGISTRAR,)),
    "rotate keys": Right(of_university=(Role.REGISTRAR,)),
    "lift": Right(of_university=(Role.REGISTRAR,)),
}


def may(user: User, verb: str, unit: Unit | Scope) -> bool:
    """Whether the person has the right. Denied unless the table says so; the system's own account may all."""
    right = VERBS[verb]
    if user.pk is None or not user.is_active:
        return False
    if user.is_system:
        return True
    if user.held_roles is not None:
        key = unit.pk if isinstance(unit, Unit) else None
        return any(
            (is_university and role in right.of_university) or (where == key and role in right.of_unit)
            for where, is_university, role in user.held_roles
        )
    place = Q(unit__slug="", role__in=right.of_university)
    if isinstance(unit, Unit):
        place |= Q(unit=unit.pk, role__in=right.of_unit)
    return Membership.objects.filter(place, user=user.pk).exists()


def remember(user: User) -> None:
    """Read the roles of a person once, for as long as this object of the person is used: for one request."""
    held = Membership.objects.filter(user=user.pk).values_list("unit", "unit__slug", "role")
    user.held_roles = frozenset((unit, slug == "", role) for unit, slug, role in held)


def require(user: User, verb: str, unit: Unit | Scope) -> None:
    """Raise NotAllowed, in plain words, unless the person has the right."""
    if may(user, verb, unit):
        return
    right = VERBS[verb]
    places = []
    if isinstance(unit, Unit) and right.of_unit:
        places.append(f"{_either(right.of_unit)} of {unit.name}")
    if right.of_university:
        places.append(f"{_either(right.of_university)} of the university")
    raise NotAllowed(
        f"This is for the {' or the '.join(places)}. You are signed in as {user.name or 'nobody'}.",
        mend="Ask one of them to do it, or ask the registrar for the role.",
    )


def _either(roles: Iterable[Role]) -> str:
    return " or ".join(role.value for role in roles)
