"""A piece of evidence at its address, for whoever may see it. What is hidden answers as what is missing."""

import unicodedata

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laurels.catalogue.models import Visibility
from laurels.errors import Missing
from laurels.training import files
from laurels.training.models import Evidence, EvidenceKind
from laurels.training.seeing import may_see_evidence

SANDBOX = "sandbox; default-src 'none'"
PUBLIC_SECONDS = 60


@require_safe
def show(request: HttpRequest, pk: str) -> HttpResponseBase:
    """What was handed in?"""
    related = Evidence.objects.select_related("enrolment__address", "enrolment__version__micro_credential__unit")
    evidence = related.filter(pk=pk).first()
    if evidence is None or not may_see_evidence(request.user, evidence):
        raise Http404
    if evidence.kind == EvidenceKind.FILE:
        answer: HttpResponseBase = _file(evidence)
    else:
        answer = render(request, "web/public/evidence.html", {"evidence": evidence})
    return _guarded(answer, evidence)


def _file(evidence: Evidence) -> FileResponse:
    """The file as it is kept; shown in place only where a browser can do nothing with it but show it."""
    try:
        opened = files.opened(evidence.stored or "")
    except Missing:
        raise Http404 from None
    inline = evidence.media_type in files.INLINE
    answer = FileResponse(
        opened, as_attachment=not inline, filename=file_name(evidence), content_type=evidence.media_type
    )
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _guarded(answer: HttpResponseBase, evidence: Evidence) -> HttpResponseBase:
    """Only what is public may be kept by a cache, for a moment, or listed by an index."""
    if evidence.visibility == Visibility.PUBLIC and evidence.visible_until is None:
        answer.headers["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}"
        return answer
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex, noarchive"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def file_name(evidence: Evidence) -> str:
    """The title as the name of a file: no path, nothing that hides how it ends."""
    plain = "".join(" " if unicodedata.category(sign).startswith("C") else sign for sign in evidence.title)
    name = " ".join(plain.replace("/", " ").replace("\\", " ").replace(":", " ").split()).strip(". ")
    ending = files.EXTENSIONS.get(evidence.media_type, "")
    return f"{name.removesuffix(ending) or 'evidence'}{ending}"
