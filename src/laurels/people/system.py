"""The two rows that there is one of: the university, and the account that acts when no person does."""

from laurels.errors import Missing
from laurels.people import actions
from laurels.people.models import University, User


def university() -> University:
    """The university of this installation."""
    found = University.objects.select_related("unit").first()
    if found is None:
        raise Missing("There is no university here yet.", mend="Run `laurels found`, or `laurels demo` for a sample.")
    return found


def system() -> User:
    """The account that acts when no person does, made when it is first needed."""
    return User.objects.filter(is_system=True).first() or actions.create_system_account(by=User(is_system=True))
