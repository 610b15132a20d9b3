"""How a document is answered: any origin may read it, caches may keep it, a strong ETag names its bytes and type."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]

SHORT, LONG = 30, 300
_METHODS = "GET, HEAD, OPTIONS"
# Pictures may be shown on other sites; an SVG that is opened by itself runs nothing.
_SHOWN_ANYWHERE = {"Cross-Origin-Resource-Policy": "cross-origin"}
_SANDBOX = {"Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"}
_PICTURE_HEADERS = {"image/png": _SHOWN_ANYWHERE, "image/svg+xml": _SHOWN_ANYWHERE | _SANDBOX}


def open_to_all(view: View) -> View:
    """Let any origin read the answers of a view, and refuse everything but reading."""

    # A document takes no form and knows no session: who writes to it hears that it cannot be written, and nothing else.
    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, **names: str) -> HttpResponse:
        if request.method == "OPTIONS":
            response = _empty(204)
            response.headers["Allow"] = _METHODS
        elif request.method in ("GET", "HEAD"):
            response = view(request, **names)
        else:
            response = fault(405, "Documents can be read, not changed.", headers={"Allow": _METHODS})
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = _METHODS
            response.headers["Access-Control-Allow-Headers"] = "Accept, Cache-Control, If-None-Match"
            response.headers["Access-Control-Max-Age"] = "86400"
        return response

    return answer


def is_held(request: HttpRequest, etag: str) -> bool:
    """Whether the reader holds these very bytes already (If-None-Match, compared weakly: RFC 9110 §13.1.2)."""
    given = parse_etags(request.headers.get("If-None-Match", ""))
    return etag in (name.removeprefix("W/") for name in given) or "*" in given


def unchanged(etag: str, seconds: int, *, vary: bool = False) -> HttpResponse:
    """304: what the reader holds is what is here."""
    return _cached(_empty(304), etag, seconds, vary=vary)


def _empty(status: int) -> HttpResponse:
    """An answer without a body, and so without the type of one."""
    response = HttpResponse(status=status)
    del response.headers["Content-Type"]
    return response


def content(
    request: HttpRequest,
    body: bytes,
    media_type: str,
    etag: str,
    seconds: int,
    *,
    status: int = 200,
    vary: bool = False,
) -> HttpResponse:
    """The bytes, or 304 when the reader holds them; HEAD tells their length alone."""
    if status == 200 and is_held(request, etag):
        return unchanged(etag, seconds, vary=vary)
    response = HttpResponse(b"" if request.method == "HEAD" else body, content_type=media_type, status=status)
    response.headers["Content-Length"] = str(len(body))
    response.headers["X-Content-Type-Options"] = "nosniff"
    for name, value in _PICTURE_HEADERS.get(media_type, {}).items():
        response.headers[name] = value
    return _cached(response, etag, seconds, vary=vary)


def fault(status: int, words: str, *, headers: dict[str, str] | None = None) -> HttpResponse:
    """An error as JSON, kept by no cache."""
    return JsonResponse({"error": words}, status=status, headers={"Cache-Control": "no-store", **(headers or {})})


def _cached(response: HttpResponse, etag: str, seconds: int, *, vary: bool) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    if vary:
        response.headers["Vary"] = "Accept"
    return response
