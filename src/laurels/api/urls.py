"""The permanent addresses. They stand inside signed badges: none of them may ever change."""

from django.urls import path

from laurels.api import documents as d
from laurels.api.answers import SHORT

_VERSION = "micro-credentials/<slug:slug>/versions/<str:number>"

urlpatterns = [
    path(".well-known/did.json", d.stored(d.issuer_page, seconds=SHORT)),
    path("ob2.json", d.stored(d.issuer_page, seconds=SHORT)),
    path("units/<slug:slug>/did.json", d.stored(d.issuer_page, seconds=SHORT)),
    path("units/<slug:slug>/ob2.json", d.stored(d.issuer_page, seconds=SHORT)),
    path("units/<slug:slug>/status/<int:number>", d.stored(d.list_page, seconds=SHORT)),
    path(_VERSION, d.stored(d.version_page)),
    path(f"{_VERSION}/ob2.json", d.stored(d.version_page)),
    path(f"{_VERSION}/image.png", d.picture("png")),
    path(f"{_VERSION}/image.svg", d.picture("svg")),
    path("badges/<str:badge>/ob2.json", d.stored(d.badge_page, seconds=SHORT)),
    path("badges/<str:badge>/ob3.json", d.stored(d.badge_page)),
    path("badges/<str:badge>/ob3.png", d.baked("3.0", "png")),
    path("badges/<str:badge>/ob3.svg", d.baked("3.0", "svg")),
    path("badges/<str:badge>/ob2.png", d.baked("2.0", "png")),
    path("badges/<str:badge>/ob2.svg", d.baked("2.0", "svg")),
    path("endorsements/<uuid:number>", d.stored(d.endorsement_page)),
]
