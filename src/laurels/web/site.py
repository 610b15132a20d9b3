"""What every page knows."""

from django.http import HttpRequest


def context(request: HttpRequest) -> dict[str, object]:
    """The values that the base template needs."""
    return {}
