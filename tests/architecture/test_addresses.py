"""A badge's address is a promise: the permanent addresses are these, and none may change or go."""

import re

import pytest
from django.urls import Resolver404, resolve

from laurels.api import urls

DOCUMENTS = {
    ".well-known/did.json",
    "ob2.json",
    "units/SLUG/did.json",
    "units/SLUG/ob2.json",
    "units/SLUG/status/N",
    "micro-credentials/SLUG/versions/NUMBER",
    "micro-credentials/SLUG/versions/NUMBER/ob2.json",
    "micro-credentials/SLUG/versions/NUMBER/image.png",
    "micro-credentials/SLUG/versions/NUMBER/image.svg",
    "badges/ID/ob2.json",
    "badges/ID/ob3.json",
    "badges/ID/ob2.png",
    "badges/ID/ob2.svg",
    "badges/ID/ob3.png",
    "badges/ID/ob3.svg",
    "endorsements/UUID",
}
# The university is the unit without a slug; its status lists stand beside its documents.
OF_THE_UNIVERSITY = {"status/N"}
PAGES = {"badges/ID", "decisions/NUMBER"}
NAMES = {
    "units/<slug:slug>": "units/SLUG",
    "micro-credentials/<slug:slug>": "micro-credentials/SLUG",
    "badges/<str:badge>": "badges/ID",
    "endorsements/<uuid:number>": "endorsements/UUID",
    "status/<int:number>": "status/N",
    "versions/<str:number>": "versions/NUMBER",
}
VALUES = {
    "SLUG": "herbal-medicine",
    "NUMBER": "1.0.0",
    "ID": "0f" * 16,
    "UUID": "5b0e4d1c-6f5c-4a5e-9d57-0f2f9a1c7f11",
    "N": "1",
}


def plain(route):
    """A route with its parameters as the list above writes them."""
    for given, name in NAMES.items():
        route = route.replace(given, name)
    return route


def example(address):
    return "/" + re.sub(r"\b(SLUG|NUMBER|ID|UUID|N)\b", lambda found: VALUES[found[0]], address)


def served():
    return {plain(str(pattern.pattern)) for pattern in urls.urlpatterns}


def test_the_documents_are_served_at_the_frozen_addresses_and_no_other():
    assert served() - OF_THE_UNIVERSITY == DOCUMENTS


@pytest.mark.parametrize("address", sorted(DOCUMENTS))
def test_a_document_answers_at_its_address(address):
    assert resolve(example(address)).func.__module__.startswith("laurels.api")


@pytest.mark.parametrize("address", sorted(PAGES))
def test_a_page_answers_at_its_address(address):
    assert resolve(example(address)).func.__module__.startswith("laurels.web")


def test_a_changed_address_would_be_seen():
    assert plain("badges/<str:badge>/ob3.json") in DOCUMENTS
    assert plain("badge/<str:badge>/ob3.json") not in DOCUMENTS
    assert plain("badges/<int:badge>/ob3.json") not in DOCUMENTS
    with pytest.raises(Resolver404):
        resolve("/badges/" + VALUES["ID"] + "/ob4.json")
