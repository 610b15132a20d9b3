"""Who acts at the command line: somebody with an account, named by address."""

from laurels.errors import Missing
from laurels.people.documents import fold
from laurels.people.models import User


def account(address: str) -> User:
    """The account with this address."""
    found = User.objects.filter(email=fold(address), is_active=True, is_system=False).first()
    if found is None:
        raise Missing(f"Nobody here has the address {address}.", mend="Give the address that the person signs in with.")
    return found
