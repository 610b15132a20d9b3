"""Where issuers, badges and their documents live for ever: paths, without the origin."""

from uuid import UUID

from django.conf import settings

from laurels.people.models import Unit


def absolute(path: str) -> str:
    """The full address of a path of ours."""
    return f"{settings.BASE_URL}{path}"


def issuer_page(unit: Unit) -> str:
    """The page of a unit; the university's is the first page."""
    return f"/units/{unit.slug}" if unit.slug else "/"


def did_document(unit: Unit) -> str:
    """The DID document of an issuer: where `did:web` says that it lies."""
    return f"/units/{unit.slug}/did.json" if unit.slug else "/.well-known/did.json"


def profile(unit: Unit) -> str:
    """The Open Badges 2.0 Profile of an issuer."""
    return f"/units/{unit.slug}/ob2.json" if unit.slug else "/ob2.json"


def status_list(unit: Unit, number: int) -> str:
    """One Bitstring Status List of a unit."""
    return f"/units/{unit.slug}/status/{number}"


def badge(badge_id: str) -> str:
    """The page of a badge."""
    return f"/badges/{badge_id}"


def ob2(badge_id: str) -> str:
    """The Open Badges 2.0 assertion of a badge."""
    return f"/badges/{badge_id}/ob2.json"


def ob3(badge_id: str) -> str:
    """The Open Badges 3.0 credential of a badge."""
    return f"/badges/{badge_id}/ob3.json"


def ob2_png(badge_id: str) -> str:
    """The PNG picture that carries the 2.0 assertion."""
    return f"/badges/{badge_id}/ob2.png"


def ob2_svg(badge_id: str) -> str:
    """The SVG picture that carries the 2.0 assertion."""
    return f"/badges/{badge_id}/ob2.svg"


def ob3_png(badge_id: str) -> str:
    """The PNG picture that carries the 3.0 credential."""
    return f"/badges/{badge_id}/ob3.png"


def ob3_svg(badge_id: str) -> str:
    """The SVG picture that carries the 3.0 credential."""
    return f"/badges/{badge_id}/ob3.svg"


def endorsement(number: UUID | str) -> str:
    """A signed endorsement by the university."""
    return f"/endorsements/{number}"


def decision(number: str) -> str:
    """The page of a decision of record."""
    return f"/decisions/{number}"
