"""Storing a document under its permanent address."""

import hashlib

import pytest
from django.conf import LazySettings

from laurels.badges.actions import store_document
from laurels.badges.models import Document, Origin
from laurels.errors import WrongState
from laurels.people.system import system

pytestmark = pytest.mark.django_db
PLACE = "/endorsements/1"


def test_it_keeps_the_bytes_and_their_digest() -> None:
    document = store_document(PLACE, b'{"a":1}', by=system(), media_type="application/vc+ld+json")
    document.refresh_from_db()
    assert bytes(document.body) == b'{"a":1}'
    assert document.sha256 == hashlib.sha256(b'{"a":1}').hexdigest()
    assert (document.status, document.media_type) == (200, "application/vc+ld+json")


def test_the_same_bytes_are_stored_once_and_others_beside_the_old_ones() -> None:
    first = store_document(PLACE, b"{}", by=system())
    assert store_document(PLACE, b"{}", by=system()) == first
    store_document(PLACE, b"[]", by=system())
    assert [bytes(document.body) for document in Document.objects.order_by("pk")] == [b"{}", b"[]"]


def test_it_records_the_origin_with_the_first_and_refuses_another_one(settings: LazySettings) -> None:
    store_document(PLACE, b"{}", by=system())
    assert Origin.objects.get().base_url == "http://localhost:8000"
    settings.BASE_URL = "https://elsewhere.example"
    with pytest.raises(WrongState, match="were signed for http://localhost:8000"):
        store_document(PLACE, b"[]", by=system())
    assert Document.objects.count() == 1
