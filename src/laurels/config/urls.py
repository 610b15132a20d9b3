"""All addresses: documents (api) first, then pages (web)."""

from django.urls import include, path

urlpatterns = [
    path("", include("laurels.api.urls")),
    path("", include("laurels.web.urls")),
]
