"""What every page knows: the university, whether this is a demonstration, and where the page stands."""

from django.conf import settings
from django.http import HttpRequest

from laurels.people.models import University


def context(request: HttpRequest) -> dict[str, object]:
    """The values that the base template needs. It opens no session: pages for everyone set no cookie."""
    site = getattr(request, "house", None) or University.objects.select_related("unit").first()
    return {
        "site": site,
        "zone": site.zone if site else "UTC",
        "demo": settings.DEMO,
        "origin": settings.BASE_URL,
        "address": settings.BASE_URL + request.path,
    }
