"""Is this file the one that was assessed? Anyone asks, with a file, on the badge's page. Nothing is kept."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from laurels import clock
from laurels.awards.models import Award
from laurels.catalogue.models import Visibility
from laurels.training.files import MOST_BYTES
from laurels.training.models import EnrolmentState, Evidence
from laurels.web.security import with_the_link

SAME = "The open evidence is the file that was assessed."
OTHER = "{file} is not the file that was assessed."
TOO_LARGE = f"This file is too large: at most {MOST_BYTES // 2**20} MB."


class SameFileForm(forms.Form):
    """The file that is asked about."""

    file = forms.FileField(
        label="Is your file the one that was assessed?",
        help_text="Put it here. Only its SHA-256 is compared; the file is not kept.",
        allow_empty_file=True,
        error_messages={"required": "Choose the file first."},
    )

    def clean_file(self) -> object:
        """Not larger than any evidence."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def sha256(self) -> str:
        """The digest of the file, read in pieces."""
        found = hashlib.sha256()
        for chunk in cast("UploadedFile[bytes]", self.cleaned_data["file"]).chunks():
            found.update(chunk)
        return found.hexdigest()


# Nothing is changed and no session is read, so a forged request gains nothing: the page needs no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@with_the_link
def same_file(request: HttpRequest, badge_id: str) -> HttpResponse:
    """Is this file the one that was assessed?"""
    award = get_object_or_404(Award.objects.select_related("version__micro_credential__unit"), badge=badge_id)
    known = digests(award.basis)
    form = SameFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    given: dict[str, Any] = {"award": award, "version": award.version, "form": form, "digests": known}
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["file"].name
        found = known.get(form.sha256())
        given |= {"asked": True, "found": found, "words": SAME if found is not None else OTHER.format(file=name)}
    return render(request, "web/public/same_file.html", given, status=422 if form.errors else 200)


def digests(basis: Mapping[str, Any]) -> dict[str, str]:
    """What the badge's evidence is called, by its SHA-256; evidence without a digest cannot be compared."""
    return {one["sha256"].lower(): one["name"] for one in basis.get("evidence", []) if one["sha256"]}


def open_evidence(award: Award) -> list[Mapping[str, Any]]:
    """The evidence that everybody can open now: what the learner shows, or what the unit's version makes public."""
    known: list[Mapping[str, Any]] = award.basis.get("evidence", [])
    if award.basis.get("kind") != "enrolment":
        return known if award.version.evidence_visibility == Visibility.PUBLIC else []
    shown = Evidence.objects.filter(
        enrolment__award=award, enrolment__state=EnrolmentState.AWARDED, visibility=Visibility.PUBLIC, withdrawn_at=None
    )
    titles = {str(one.pk): one.title for one in shown if one.visible_until is None or one.visible_until > clock.now()}
    return list(_named(known, titles))


def _named(known: Iterable[Mapping[str, Any]], titles: Mapping[str, str]) -> Iterable[Mapping[str, Any]]:
    for one in known:
        title = titles.get(one["address"].rpartition("/")[2])
        if title is not None:
            yield {**one, "name": title}
