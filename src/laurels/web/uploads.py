"""What may be posted at all: a body that is too large is refused before any of it is read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from laurels.training.files import MOST_BYTES

ENVELOPE = 2**20  # what a form may add to its file


def limit(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: refuse by its length a body that holds more than the largest file that any page takes.

    It stands before everything that reads forms. A body without a length is taken for empty by Django.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if length_of(request) > MOST_BYTES + ENVELOPE:
            shown = {"most": f"{MOST_BYTES // 2**20} MB"}
            response = render(request, "web/too_large.html", shown, status=413)
            response.headers["Connection"] = "close"
            return response
        return get_response(request)

    return answer


def length_of(request: HttpRequest) -> int:
    """How long the request's body says it is."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
