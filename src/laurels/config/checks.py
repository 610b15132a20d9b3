"""What can be asked only when the database is there: is the origin still the one that badges were signed for?"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import connections

from laurels.badges.models import Origin


def origin(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The recorded origin, where one was recorded, is the base URL: addresses inside signed badges cannot move."""
    if (
        "default" not in (databases or ())
        or Origin._meta.db_table not in connections["default"].introspection.table_names()
    ):
        return []
    recorded = Origin.objects.first()
    if recorded is None or recorded.base_url == settings.BASE_URL:
        return []
    return [
        Error(
            f"Badges here were signed for {recorded.base_url}, and LAURELS_BASE_URL is {settings.BASE_URL}.",
            hint=f"Set LAURELS_BASE_URL to {recorded.base_url}, or begin with a new database.",
            id="laurels.E001",
        )
    ]
