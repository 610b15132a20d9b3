"""Names that deceive the eye are said to."""

from types import SimpleNamespace

import pytest

from laurels.web.findings import shown
from laurels.web.lookalikes import calm, is_mixed, warnings

CYRILLIC_A = "\u0430"


@pytest.mark.parametrize(
    "name", ["nunm.edu", "München", "Университет", "東京大学 Tokyo", "did:web:nunm.edu:units:a", "Ω"]
)
def test_an_honest_name_is_not_suspected(name: str) -> None:
    assert not is_mixed(name)
    assert warnings(name) == []


@pytest.mark.parametrize("name", [f"N{CYRILLIC_A}tional University", f"nunm.{CYRILLIC_A}edu", "xn--nunm-43d.edu"])
def test_a_word_of_two_scripts_is_suspected(name: str) -> None:
    assert is_mixed(name)
    assert "mixes letters of several scripts" in warnings(name)[0]


def test_marks_that_turn_or_hide_text_are_left_out() -> None:
    assert calm("safe\u202egnihtyna\u2066\u200b") == "safegnihtyna"
    assert "hidden characters" in warnings("NU\u200bNM")[0]


def report(known_as: str | None) -> SimpleNamespace:
    subject = SimpleNamespace(
        domain="example.org",
        issuer_name=f"N{CYRILLIC_A}tional\u202e",
        parent_name=None,
        known_as=known_as,
        credential_id="https://example.org/1",
        standard="3.0",
        revoked=False,
    )
    finding = SimpleNamespace(check="key", outcome="passed", message="The key belongs to \u202eexample.org.")
    return SimpleNamespace(
        verdict="valid",
        sentence="Valid.\u202e",
        below="It calls itself “\u2067x”.",
        subject=subject,
        findings=[finding],
    )


def test_a_verdict_on_a_stranger_warns_and_is_calm() -> None:
    found = shown(report(None))
    assert len(found.warnings) == 1
    assert (found.sentence, found.below) == ("Valid.", "It calls itself “x”.")
    assert found.lines[0].message == "The key belongs to example.org."


@pytest.mark.django_db
def test_whom_we_know_is_not_suspected() -> None:
    assert shown(report("A University")).warnings == ()
