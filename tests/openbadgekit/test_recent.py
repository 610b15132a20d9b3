"""What is remembered: by content alone, within a weight, the longest unused first."""

from types import MappingProxyType

import pytest

from openbadgekit import canonical, safe_mode
from openbadgekit.canonical import rdf_canonical
from openbadgekit.documents.contexts import context
from openbadgekit.errors import Malformed
from openbadgekit.recent import Recent, fingerprint
from openbadgekit.safe_mode import problems, read
from tests.openbadgekit import sample


def test_the_one_that_was_not_asked_for_longest_goes_first():
    kept = Recent[str](most=100)
    for name in (b"a", b"b", b"c", b"d"):
        kept.put(name, name.decode(), 25)
    assert kept.get(b"a") == "a"
    kept.put(b"e", "e", 20)
    assert [kept.get(name) for name in (b"a", b"b", b"c", b"d", b"e")] == ["a", None, "c", "d", "e"]


def test_what_is_put_anew_weighs_once():
    kept = Recent[str](most=100)
    for _ in range(9):
        kept.put(b"a", "a", 25)
    kept.put(b"b", "b", 25)
    assert kept.get(b"a") == "a"


def test_what_is_too_heavy_or_has_no_fingerprint_is_not_kept():
    kept = Recent[str](most=100)
    kept.put(b"a", "a", 26)
    kept.put(None, "b", 1)
    assert (kept.get(b"a"), kept.get(None)) == (None, None)


def test_a_fingerprint_tells_types_and_orders_apart():
    values = [1, 1.0, True, "1", [1], {"a": 1, "b": 2}, {"b": 2, "a": 1}, {"a": 1}, {1: 1}, None, -0.0, 0.0, 0]
    assert len({fingerprint(value) for value in values}) == len(values)
    assert fingerprint({"a": [1, "x"]}) == fingerprint({"a": [1, "x"]})
    assert fingerprint(MappingProxyType({})) is None


@pytest.fixture
def forgetful(monkeypatch):
    monkeypatch.setattr(safe_mode, "_READ", Recent(most=20_000))
    monkeypatch.setattr(canonical, "_FORMS", Recent(most=2_000_000))


def test_a_document_is_read_once_and_with_it_the_document_without_its_proof(forgetful, monkeypatch):
    badge = sample.signed_badge()
    bare = {name: value for name, value in badge.items() if name != "proof"}
    expected = rdf_canonical(bare, load=lambda url: context(url))
    assert problems(badge) == []
    monkeypatch.delattr(safe_mode, "_Walk")
    assert rdf_canonical(bare) == expected
    monkeypatch.delattr(canonical, "canonical")
    assert rdf_canonical(bare) == expected
    assert rdf_canonical(bare) == expected


def test_a_document_that_was_changed_is_read_anew(forgetful):
    badge = sample.signed_badge()
    assert problems(badge) == []
    before = rdf_canonical(badge)
    badge["name"] = "Another name"
    assert rdf_canonical(badge) != before
    badge["motto"] = "x"
    assert problems(badge) != []
    with pytest.raises(Malformed):
        rdf_canonical(badge)


def test_other_contexts_are_not_remembered(forgetful):
    badge = sample.signed_badge()
    assert read(badge, lambda url: context(url)) is not read(badge, lambda url: context(url))
    assert read(badge) is read(badge)
