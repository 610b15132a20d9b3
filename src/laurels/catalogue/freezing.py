"""What approval makes of a draft: its picture, and the frozen form that is hashed."""

from collections.abc import Mapping
from dataclasses import asdict

from laurels.catalogue import definition, stackoffer, stackpicture, stackwords, wreath
from laurels.catalogue.models import Version
from laurels.catalogue.stackpicture import Sized
from laurels.catalogue.stackrule import read
from laurels.catalogue.wreath import Form
from laurels.people.system import university


def draw(version: Version) -> bytes:
    """The picture of a version as it stands."""
    levels = {one.level for one in version.competencies.all()}
    form = wreath.form_of(min(levels, key=version.levels.index), version.levels)
    words = {
        "form": form,
        "monogram": version.monogram,
        "ribbon": version.short_title,
        "icon": version.icon,
        "colours": version.colours,
    }
    return drawn(version, version.blocks, words)


def drawn(version: Version, blocks: int, words: Mapping[str, str]) -> bytes:
    """The picture with these words: form, monogram, ribbon, icon, colours; a stack's parts are those of its rule."""
    if not version.is_stack:
        return wreath.svg(blocks=blocks, **words)  # type: ignore[arg-type]
    parts, least = made_of(version) if version.rule else ([], 1)
    small = [(one.blocks, form_of(one, version)) for one in parts]
    return stackpicture.svg(small, blocks=least, **words)  # type: ignore[arg-type]


def form_of(part: Sized, version: Version) -> Form:
    """How a part of a stack is drawn: by its level on the version's scale; one of another scale as the lowest."""
    return wreath.form_of(part.level if part.level in version.levels else version.levels[0], version.levels)


def made_of(version: Version) -> tuple[list[Sized], int]:
    """The parts of a stack as its picture shows them, and the blocks that its holders have at least."""
    known = sizes()
    rule = read(version.rule)
    return stackpicture.parts_of(rule, known, version.levels[0]), stackpicture.least_blocks(rule, known)


def sizes(market: stackoffer.Market | None = None) -> dict[str, Sized]:
    """What can be earned, by slug: title, blocks, and the lowest level that is asked for."""
    found = {}
    for one in (market or stackoffer.market()).offered():
        frozen = one.frozen or {}
        asked = [outcome["level"] for outcome in frozen["competencies"]]
        level = min(asked, key=one.levels.index) if asked else one.levels[0]
        blocks = int(frozen["blocks"]) if one.is_stack else one.blocks
        found[stackoffer.slug_of(one)] = Sized(one.title, blocks, level)
    return found


def frozen_form(version: Version) -> dict[str, object]:
    """The frozen definition: what the draft says, the university's name, and a stack's rule in words that stay."""
    frozen = {**definition.freeze(version), "university": university().unit.name}
    if not version.is_stack:
        return frozen
    parts, blocks = made_of(version)
    words = stackwords.sentence(read(version.rule), stackoffer.market().names(), version.block_minutes)
    return {**frozen, "rule_words": words, "blocks": blocks, "parts": [asdict(one) for one in parts]}
