"""A badge's page: is this true? Checked at this moment; everybody who has the address sees the same."""

from dataclasses import dataclass
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from laurels import clock
from laurels.awards.models import Award
from laurels.badges import addresses
from laurels.badges.models import BadgeState
from laurels.badges.reasons import REASONS
from laurels.badges.verification import verify_badge
from laurels.catalogue.models import Competency
from laurels.web import rings, stacks
from laurels.web.findings import Shown, shown
from laurels.web.same_file import SameFileForm, digests, open_evidence
from laurels.web.search import card_of
from laurels.web.security import with_the_link


@dataclass(frozen=True, slots=True)
class Reached:
    """One competency, and the level that the holder reached."""

    competency: Competency
    level: str


@require_safe
@with_the_link
def badge(request: HttpRequest, badge_id: str) -> HttpResponse:
    """Is this true, and what can its holder do?"""
    related = Award.objects.select_related("badge__unit", "version__micro_credential__unit")
    award = get_object_or_404(related.prefetch_related("version__competencies"), badge=badge_id)
    signing = award.badge.state == BadgeState.SIGNING
    report = None if signing else shown(verify_badge(addresses.absolute(addresses.ob3(badge_id))))
    given = {
        "award": award,
        "version": award.version,
        "unit": award.badge.unit,
        "card": card_of(award.version),
        "report": report,
        "checked_at": clock.now(),
        "reason": REASONS.get(award.badge.reason, ""),
        "parts": stacks.parts_shown(award) if award.version.is_stack else [],
        **_earned(award, report),
        **_to_take_away(badge_id, signing),
    }
    return render(request, "web/public/badge.html", given)


def _to_take_away(badge_id: str, signing: bool) -> dict[str, Any]:
    """The address, as text and as QR code, and the files as soon as there are any; for verifiers, the documents."""
    address = addresses.absolute(addresses.badge(badge_id))
    documents = [("application/vc+ld+json", addresses.ob3(badge_id)), ("application/ld+json", addresses.ob2(badge_id))]
    return {
        "address": address,
        "qr": qr(address),
        "files": [] if signing else files(badge_id),
        "alternates": [] if signing else documents,
    }


def _earned(award: Award, report: Shown | None) -> dict[str, Any]:
    """What was reached, by which hours, on which evidence."""
    basis = award.basis
    levels = basis.get("levels", {})
    competencies = award.version.competencies.all()
    return {
        "reached": [Reached(one, levels.get(str(one.key), one.level)) for one in competencies],
        "rings": rings.confirmed(basis["minutes"], basis["informal_minutes"], award.version),
        "evidence": open_evidence(award),
        "digests": digests(basis),
        "form": SameFileForm(),
        "approvals": report.approvals if report else [],
    }


def files(badge_id: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everything that can be taken away: the standard, then each form with its address."""
    return [
        (
            "Open Badges 3.0",
            [
                ("Picture, PNG", addresses.ob3_png(badge_id)),
                ("Picture, SVG", addresses.ob3_svg(badge_id)),
                ("Document, JSON", addresses.ob3(badge_id)),
            ],
        ),
        (
            "Open Badges 2.0",
            [
                ("Picture, PNG", addresses.ob2_png(badge_id)),
                ("Picture, SVG", addresses.ob2_svg(badge_id)),
                ("Document, JSON", addresses.ob2(badge_id)),
            ],
        ),
    ]


def qr(address: str) -> SafeString:
    """The address as a QR code: an SVG without style attributes, as the Content-Security-Policy asks."""
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(omitsize=True, border=0, dark="#000", light=None, svgclass=None, lineclass=None)
    return SafeString(drawing.replace("<svg ", '<svg role="img" aria-label="QR code of this page’s address" ', 1))
