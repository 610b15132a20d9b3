"""The badges of many recipients: the sample's, with another recipient each time."""

from copy import deepcopy
from uuid import UUID

from openbadgekit.identity import hash_identity
from tests.openbadgekit import sample

_WHOLE = {name: member for name, member in sample.signed_badge().items() if name != "proof"}
_LIST = _WHOLE["credentialStatus"]["statusListCredential"]


def badge(number=0):
    """The unsigned badge of one recipient: 3.0, both endorsements inside, 7 KB."""
    document = deepcopy(_WHOLE)
    salt = f"{number:032x}"
    subject = document["credentialSubject"]
    document["id"] = f"https://uni.example/badges/{number:032x}/ob3.json"
    subject["id"] = f"urn:uuid:{UUID(int=number)}"
    subject["identifier"][0] |= {"identityHash": hash_identity(f"a{number}@x.example", salt), "salt": salt}
    subject["result"][1]["value"] = str(12 + number % 50)
    document["credentialStatus"] |= {"id": f"{_LIST}#{number}", "statusListIndex": str(number)}
    return document
