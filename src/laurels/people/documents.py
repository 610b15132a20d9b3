"""Where our addresses meet the library's: one folded form for storing, comparing and hashing."""

from laurels.errors import Invalid
from openbadgekit.errors import BadgeError
from openbadgekit.identity import fold_address


def fold(address: str) -> str:
    """The one form of an e-mail address; Invalid, saying why, when it is none."""
    try:
        return fold_address(address)
    except BadgeError as error:
        raise Invalid(f"“{address}”: {error}", fields={"address": [str(error)]}) from error
