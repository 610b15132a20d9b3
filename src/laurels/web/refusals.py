"""From our errors to pages: the one table of this face."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from laurels.errors import Invalid, Missing, NotAllowed, Refused, Unreachable, WrongState

# kind of refusal -> (status, word for the title, heading)
_TABLE: tuple[tuple[type[Refused], int, str, str], ...] = (
    (NotAllowed, 403, "Not allowed", "You cannot do this here"),
    (WrongState, 409, "Not now", "This cannot be done now"),
    (Missing, 404, "Not found", "There is nothing at this address"),
    (Invalid, 422, "Not accepted", "Something is missing or wrong"),
    (Unreachable, 503, "Not now", "Something does not answer"),
)

# what can be done at once about a refusal -> (words, page, whether it is an act and no link)
_REMEDIES: dict[str, tuple[str, str, bool]] = {
    "declare interest": ("Declare it", "application", False),
    "tell the chair": ("Tell the chair", "tell-chair", True),
}


@dataclass(frozen=True, slots=True)
class Way:
    """How to go on after a refusal: a link, or an act as a button."""

    words: str
    address: str
    is_act: bool


def way_of(refusal: Refused) -> Way | None:
    """How to go on after this refusal, where a click can do it."""
    if refusal.remedy is None:
        return None
    words, name, is_act = _REMEDIES[refusal.remedy.act]
    return Way(words, reverse(name, args=[refusal.remedy.thing]), is_act)


def page(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The page of a refusal: what is wrong, why, and how to go on."""
    rows = (row[1:] for row in _TABLE if isinstance(refusal, row[0]))
    status, word, heading = next(rows, (409, "Refused", "This cannot be done"))
    back = request.headers.get("Referer", "")
    ours = back.startswith(request.build_absolute_uri("/"))
    shown = {"refusal": refusal, "word": word, "heading": heading, "back": back if ours else "", "way": way_of(refusal)}
    return render(request, "web/refused.html", shown, status=status)


class RefusalMiddleware:
    """Turns a Refused that no form caught into a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal becomes its page; everything else is not ours to hide."""
        if not isinstance(exception, Refused):
            return None
        if isinstance(exception, NotAllowed) and not request.user.is_authenticated:
            return HttpResponseRedirect(f"{reverse('sign-in')}?next={request.path}")
        return page(request, exception)
