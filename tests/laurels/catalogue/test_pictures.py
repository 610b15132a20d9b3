"""The middle and the colours of a wreath: every icon and every palette, drawn right and told apart by everybody."""

import hashlib
import re
import xml.etree.ElementTree as ET
from itertools import product
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laurels.catalogue import actions, documents, icons, reading, wreath
from laurels.catalogue.definition import differences, freeze
from laurels.catalogue.models import Version
from laurels.errors import Invalid
from tests.laurels.catalogue import drafts

FORMS: tuple[wreath.Form, ...] = ("open", "half", "solid")
NAMES, COLOURS = st.sampled_from(sorted(icons.ICONS)), st.sampled_from(sorted(wreath.PALETTES))
PALETTES = list(wreath.PALETTES.items())


def draw(icon: str = "", colours: str = "", blocks: int = 3, form: wreath.Form = "half", ribbon: str = "Tea") -> bytes:
    return wreath.svg(blocks=blocks, form=form, monogram="", ribbon=ribbon, icon=icon, colours=colours)


def points(shape: ET.Element) -> list[tuple[float, float, float]]:
    """The points of a shape, which hull its curves, each with half the width of its line."""
    half = float(shape.get("stroke-width", "0")) / 2
    found: list[tuple[float, float, float]] = []
    for command, rest in re.findall(r"([MLHVCQ])([^MLHVCQZ]*)", shape.get("d", "")):
        numbers = [float(one) for one in rest.split()]
        if command == "H":
            numbers = [numbers[0], found[-1][1]]
        elif command == "V":
            numbers = [found[-1][0], numbers[0]]
        found += [(x, y, half) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    return found


def box(shapes: list[ET.Element]) -> tuple[float, float, float, float]:
    """The least box around what is seen of the shapes: left, top, right, bottom."""
    hull = [(x, y, 0.0 if one.get("stroke") == wreath.PAPER else half) for one in shapes for x, y, half in points(one)]
    return (
        min(x - half for x, _, half in hull),
        min(y - half for _, y, half in hull),
        max(x + half for x, _, half in hull),
        max(y + half for _, y, half in hull),
    )


def middle(picture: bytes, without: bytes) -> list[ET.Element]:
    """The shapes that one picture has and the other has not."""
    held = {ET.tostring(one) for one in ET.fromstring(without)}
    return [one for one in ET.fromstring(picture) if ET.tostring(one) not in held]


@pytest.mark.parametrize("name", icons.ICONS)
def test_an_icon_fills_its_box_and_stays_within(name: str) -> None:
    left, top, right, bottom = box(middle(draw(name), draw()))
    assert left >= 32 and right <= 64 and top >= 31 and bottom <= 63
    assert max(right - left, bottom - top) >= 26, "It is smaller than its box asks for."
    assert abs((left + right) / 2 - 48) <= 2 and abs((top + bottom) / 2 - 47) <= 2, "It does not stand in the middle."


@pytest.mark.parametrize("name", icons.ICONS)
def test_an_icon_reaches_no_leaf_and_no_berry(name: str) -> None:
    reach = max(hypot(x - 48, y - 48) + half for shape in middle(draw(name), draw()) for x, y, half in points(shape))
    for spread in wreath.SPREADS.values():
        leaf = spread.radius - spread.half_width - 0.7
        berry = spread.radius - spread.half_width - 3.2 + 0.3 * spread.lift - 2.3
        assert reach < min(leaf, berry)


@pytest.mark.parametrize(("name", "colours"), list(product(icons.ICONS, wreath.PALETTES)))
def test_every_icon_in_every_palette_can_be_seen_at_the_smallest_size(name: str, colours: str) -> None:
    picture = wreath.png(draw(name, colours), wreath.SIZES[-1])
    assert picture.startswith(b"\x89PNG")
    assert picture != wreath.png(draw("", colours), wreath.SIZES[-1])


@settings(deadline=None)  # the first picture of a process reads the font
@given(NAMES, COLOURS, st.integers(0, 30), st.sampled_from(FORMS))
def test_every_picture_is_plain_and_has_two_decimals(name: str, colours: str, blocks: int, form: wreath.Form) -> None:
    picture = draw(name, colours, blocks, form)
    root = ET.fromstring(picture)
    allowed = {"fill", "stroke", "stroke-width", "stroke-linejoin", "stroke-linecap", "d", "cx", "cy", "r"}
    assert {at for one in root for at in one.attrib} <= allowed | {"x", "y", "width", "height"}
    for one in root:
        assert re.sub(r"-?\d+\.\d\d(?!\d)|[MLHVCQZ ,]", "", one.get("d", "")) == ""
    assert picture == draw(name, colours, blocks, form)


@given(NAMES, st.floats(-40, 40), st.floats(-40, 40))
def test_a_moved_path_keeps_its_form(name: str, right: float, down: float) -> None:
    for shape in icons.ICONS[name]:
        there = icons.moved(shape.path, right, down)
        commands = "".join(re.findall("[A-Z]", shape.path))
        assert "".join(re.findall("[A-Z]", there)) == commands
        before, after = (re.findall(r"-?\d+(?:\.\d+)?", path) for path in (shape.path, there))
        shifts = {round(float(new) - float(old), 1) for old, new in zip(before, after, strict=True)}
        assert all(min(abs(one - right), abs(one - down)) < 0.11 for one in shifts)


def test_every_icon_is_unlike_the_others_and_has_a_name_that_can_be_stored() -> None:
    assert len({draw(name) for name in icons.ICONS}) == len(icons.ICONS) >= 10
    most = Version._meta.get_field("icon").max_length
    assert all(name == name.lower() and 0 < len(name) <= (most or 0) for name in icons.ICONS)


def test_an_icon_stands_in_the_place_of_the_monogram() -> None:
    def drawn(monogram: str, icon: str) -> bytes:
        return wreath.svg(blocks=2, form="open", monogram=monogram, ribbon="Tea", icon=icon)

    assert drawn("Wf", "") != drawn("Xy", "")
    assert drawn("Wf", "leaf") == drawn("Xy", "leaf") == drawn("", "leaf")


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("name", "palette"), PALETTES)
def test_a_palette_has_contrast(name: str, palette: wreath.Palette) -> None:
    assert contrast(wreath.PAPER, palette.deep) >= 7, "The short title on the ribbon."
    assert contrast(wreath.PAPER, palette.mid) >= 4.5, "The outlines on the disc."
    assert contrast(palette.pale, palette.mid) >= 4.5, "The vein, and the two halves of a half leaf."
    assert contrast(palette.pale, palette.deep) >= 7, "A solid leaf beside an open one."
    assert contrast(wreath.PAPER, wreath.GOLD) >= 3, "The berries."


@pytest.mark.parametrize(("name", "palette"), PALETTES)
def test_a_level_has_the_same_tone_in_every_palette(name: str, palette: wreath.Palette) -> None:
    for tone in ("deep", "mid", "pale"):
        ours, laurel = (getattr(one, tone) for one in (palette, wreath.PALETTES[""]))
        assert contrast(ours, laurel) < 1.05, f"In black, {name} has another {tone} tone than the laurel greens."


@pytest.mark.parametrize(("name", "form"), list(product(wreath.PALETTES, FORMS)))
def test_only_the_palette_and_the_fixed_colours_are_used(name: str, form: wreath.Form) -> None:
    palette = wreath.PALETTES[name]
    own = {palette.deep, palette.mid, palette.pale}
    used = set(re.findall(r"#[0-9a-f]{6}", draw("flask", name, 7, form).decode()))
    assert used <= own | {wreath.PAPER, wreath.INK, wreath.GOLD}
    assert {palette.deep, palette.mid} <= used


def test_no_choice_gives_the_wreath_of_always() -> None:
    plain = wreath.svg(blocks=3, form="half", monogram="Wf", ribbon="Whole-food meals")
    assert plain == wreath.svg(blocks=3, form="half", monogram="Wf", ribbon="Whole-food meals", icon="", colours="")
    assert hashlib.sha256(plain).hexdigest() == "0d6134a750d900ecbc30969a6a93aa3085af5e3c93036799d6be3b66f6dd8a10"


@pytest.mark.django_db
def test_a_draft_keeps_the_choice_and_publishing_draws_and_freezes_it() -> None:
    version = drafts.published(drafts.lead(), icon="mortar and pestle", colours="plum", monogram="")
    assert version.frozen is not None
    assert (version.frozen["icon"], version.frozen["colours"]) == ("mortar and pestle", "plum")
    expected = wreath.svg(
        blocks=1, form="open", monogram="", ribbon="Whole-food cooking", icon="mortar and pestle", colours="plum"
    )
    assert bytes(version.picture_svg) == expected
    assert version.frozen["pictures"]["svg"] == hashlib.sha256(expected).hexdigest()
    assert version.content_hash == documents.content_hash(version.frozen)


@pytest.mark.django_db
def test_a_new_version_begins_with_the_picture_of_the_one_before() -> None:
    by = drafts.lead()
    version = drafts.published(by, icon="bowl", colours="earth")
    again = actions.draft_new_version(version.micro_credential, "minor", by=by)
    assert (again.icon, again.colours) == ("bowl", "earth")
    after = actions.edit_draft(again, {"icon": "apple", "colours": ""}, by=by)
    assert version.frozen is not None
    changed = [(one.label, one.before, one.after) for one in differences(version.frozen, freeze(after))]
    assert changed == [("icon", "bowl", "apple"), ("colours", "earth", "")]


@pytest.mark.django_db
def test_a_definition_from_before_there_was_a_choice_differs_in_nothing() -> None:
    frozen = freeze(drafts.complete(drafts.lead()))
    older = {name: value for name, value in frozen.items() if name not in ("icon", "colours")}
    assert differences(older, frozen) == []


@pytest.mark.django_db
def test_an_edit_that_does_not_speak_of_the_picture_leaves_it_alone() -> None:
    by = drafts.lead()
    version = drafts.complete(by, icon="sun", colours="sky")
    version = actions.edit_draft(version, {"summary": "Other words"}, by=by)
    assert (version.icon, version.colours) == ("sun", "sky")


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "value"), [("icon", "skull"), ("icon", "Leaf"), ("colours", "#ff0000"), ("icon", 7)])
def test_it_refuses_what_is_not_offered(name: str, value: object) -> None:
    by = drafts.lead()
    version = drafts.complete(by)
    with pytest.raises(Invalid) as refused:
        actions.edit_draft(version, {name: value}, by=by)
    assert list(refused.value.fields) == [name]


@given(NAMES, COLOURS)
def test_everything_that_is_offered_can_be_stored(icon: str, colours: str) -> None:
    given = {"icon": icon, "colours": colours}
    assert reading.read_fields(given) == (given, {})
