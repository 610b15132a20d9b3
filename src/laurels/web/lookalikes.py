"""Foreign names that could deceive the eye: marks that turn the reading order, letters of several scripts."""

import re
import unicodedata

# Marks that change the order in which text is shown, and characters that are not seen at all.
_UNSEEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "HEBREW", "ARABIC", "COPTIC", "LISU")


def calm(text: str) -> str:
    """The text without marks that would reorder or hide parts of the page around it."""
    return _UNSEEN.sub("", text)


def scripts(text: str) -> set[str]:
    """The scripts of the letters, as far as they are easily taken for one another."""
    names = (unicodedata.name(letter, "") for letter in text if letter.isalpha())
    return {script for name in names for script in _SCRIPTS if name.startswith(script)}


def is_mixed(text: str) -> bool:
    """Whether one word mixes scripts, as in a Latin name with a Cyrillic letter in it."""
    return any(len(scripts(word)) > 1 for word in re.split(r"[\s.:/_-]+", shown_domain(text)))


def shown_domain(text: str) -> str:
    """A domain with its encoded labels (xn--…) as they are meant to be read."""
    return re.sub(r"xn--[a-z0-9-]+", _decoded, text)


def _decoded(label: re.Match[str]) -> str:
    try:
        return label[0].encode("ascii").decode("idna")
    except UnicodeError:
        return label[0]


def warnings(*names: str | None) -> list[str]:
    """What a reader should look at before trusting these names."""
    found = []
    for name in filter(None, names):
        if is_mixed(name):
            found.append(f"“{calm(name)}” mixes letters of several scripts. Look closely: it may imitate another name.")
        elif calm(name) != name:
            found.append(f"“{calm(name)}” was written with hidden characters. They are left out here.")
    return found
