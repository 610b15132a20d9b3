"""Every document at its permanent address: stored bytes, unchanged; pictures; and pictures that carry a badge."""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Literal
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from laurels.api.answers import LONG, content, fault, is_held, open_to_all, unchanged
from laurels.api.negotiation import media_type, prefers_page
from laurels.badges import addresses
from laurels.badges.models import Badge, BadgeState, Document
from laurels.catalogue import addresses as versions
from laurels.catalogue.models import Version, VersionState
from laurels.governance.models import Decision
from openbadgekit.baking import PreparedPicture, prepare_picture

Form = Literal["png", "svg"]
Page = Callable[..., str]

_PICTURES = {"png": "image/png", "svg": "image/svg+xml"}
_RETRY_SECONDS = 5
_VERSION = ("badge__award__version", "badge__award__version__content_hash")


def issuer_page(slug: str = "") -> str:
    """The page of a unit, or of the university."""
    return f"/units/{slug}" if slug else "/"


def list_page(slug: str, number: int) -> str:
    """The page behind a status list: the unit's."""
    return issuer_page(slug)


def badge_page(badge: str) -> str:
    """The page of a badge."""
    return addresses.badge(badge)


def version_page(slug: str, number: str) -> str:
    """The page of a micro-credential, at the part on this version."""
    return versions.criteria(slug, number)


def endorsement_page(number: UUID) -> str:
    """The page of the decision that the endorsement tells of."""
    decision = Decision.objects.filter(Q(endorsement=number) | Q(endorsement_ob2=number)).first()
    return addresses.decision(decision.number) if decision else "/"


def stored(page: Page, *, seconds: int = LONG) -> Callable[..., HttpResponse]:
    """A view of the newest document under the address that was asked for; a browser is led to its page."""

    @open_to_all
    def view(request: HttpRequest, **names: str) -> HttpResponse:
        accept = request.headers.get("Accept", "")
        if prefers_page(accept):
            return HttpResponseRedirect(page(**names), status=303, headers={"Vary": "Accept"})
        found = Document.objects.filter(address=request.path).order_by("-pk")
        document = found.values("status", "media_type", "body", "sha256").first()
        if document is None:
            return _absent(names.get("badge"))
        kind = media_type(accept, document["media_type"])
        # One ETag for each media type: the same bytes under another name are another representation.
        etag = f'"{document["sha256"]}.{kind.rpartition("/")[2]}"'
        body = bytes(document["body"])
        return content(request, body, kind, etag, seconds, status=document["status"], vary=True)

    return view


def picture(form: Form) -> Callable[..., HttpResponse]:
    """A view of the picture of an approved version, as it was frozen with it."""

    @open_to_all
    def view(request: HttpRequest, slug: str, number: str) -> HttpResponse:
        approved = Version.objects.filter(micro_credential__slug=slug, number=number).exclude(state=VersionState.DRAFT)
        body = bytes(approved.values_list(f"picture_{form}", flat=True).first() or b"")
        if not body:
            return _absent()
        return content(request, body, _PICTURES[form], f'"{hashlib.sha256(body).hexdigest()}"', LONG)

    return view


def baked(standard: Literal["2.0", "3.0"], form: Form) -> Callable[..., HttpResponse]:
    """A view of the version's picture with a badge put in: made when it is asked for, stored nowhere."""
    of = addresses.ob2 if standard == "2.0" else addresses.ob3

    @open_to_all
    def view(request: HttpRequest, badge: str) -> HttpResponse:
        # A revoked badge keeps its picture: what it holds leads to the address that answers 410.
        documents = Document.objects.filter(address=of(badge), status=200).order_by("-pk")
        found = documents.values("body", "sha256", *_VERSION).first()
        if found is None:
            return _absent(badge)
        body, etag = bytes(found["body"]), f'"{found["sha256"]}.{form}"'
        if is_held(request, etag):
            return unchanged(etag, LONG)
        address = addresses.absolute(of(badge)) if standard == "2.0" else None
        image = _ready(form, *(found[name] for name in _VERSION)).bake(body, standard, address=address)
        return content(request, image, _PICTURES[form], etag, LONG)

    return view


@lru_cache(maxsize=32)
def _ready(form: Form, version: int, content_hash: str) -> PreparedPicture:
    """The picture of an approved version, which never changes: read once, then it takes any badge."""
    frozen = Version.objects.values_list(f"picture_{form}", flat=True)
    return prepare_picture(bytes(frozen.get(pk=version, content_hash=content_hash) or b""))


def _absent(badge: str | None = None) -> HttpResponse:
    """404; or, while a badge is being signed, 503: verifiers and caches take a 404 for a badge that is gone."""
    if badge is not None and Badge.objects.filter(pk=badge, state=BadgeState.SIGNING).exists():
        words = "This badge is being signed. Ask again in a moment."
        return fault(503, words, headers={"Retry-After": str(_RETRY_SECONDS)})
    return fault(404, "There is no document at this address.")
