"""Which form of a document is wanted (RFC 9110 §12.5.1): a media type of one and the same bytes, or the page."""

from collections.abc import Iterator

VC_LINKED_DATA = "application/vc+ld+json"
LINKED_DATA = "application/ld+json"
JSON = "application/json"
_ALSO = {
    VC_LINKED_DATA: (VC_LINKED_DATA, "application/vc", LINKED_DATA, JSON),
    LINKED_DATA: (LINKED_DATA, JSON),
}


def media_type(accept: str, stored: str) -> str:
    """The media type to answer with: the document's own, unless only another name for it is accepted."""
    wanted = dict(_ranges(accept))
    return next((offer for offer in _ALSO.get(stored, (stored,)) if _quality(wanted, offer) > 0), stored)


def prefers_page(accept: str) -> bool:
    """Whether this is a browser: it names HTML, and likes every form of the document less."""
    wanted = dict(_ranges(accept))
    page = wanted.get("text/html", 0.0)
    return page > max(_quality(wanted, offer) for offer in _ALSO[VC_LINKED_DATA])


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in (accept or "*/*").lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        try:
            yield name, min(max(float(quality), 0.0), 1.0)
        except ValueError:
            yield name, 0.0


def _quality(wanted: dict[str, float], offer: str) -> float:
    """The quality of the most specific range that the offer falls under."""
    main = offer.partition("/")[0]
    return next((wanted[name] for name in (offer, f"{main}/*", "*/*") if name in wanted), 0.0)
