"""The facts of the sample university, and people made with a fixed seed."""

import json
import random
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SEED = 12


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up person."""

    name: str
    address: str


@cache
def facts() -> dict[str, Any]:
    """Everything that stands in nunm.json."""
    given: dict[str, Any] = json.loads(Path(__file__).with_name("nunm.json").read_text(encoding="utf-8"))
    return given


def people(count: int, purpose: str) -> list[Person]:
    """So many different people for a purpose: always the same ones. Their addresses end in example.org."""
    dice = random.Random(f"{SEED} {purpose}")  # noqa: S311 (names of samples, no secret)
    made: dict[str, Person] = {}
    while len(made) < count:
        name = f"{dice.choice(facts()['first_names'])} {dice.choice(facts()['last_names'])}"
        made.setdefault(name, Person(name, f"{_plain(name)}@example.org"))
    return list(made.values())


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.replace("Ø", "O").replace("ø", "o"))
    return re.sub(r"[^a-z]+", ".", letters.encode("ascii", "ignore").decode().lower().replace("'", "")).strip(".")
