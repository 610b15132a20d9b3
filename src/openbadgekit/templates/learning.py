"""Templates that are found by themselves: from the documents that pass by, one learns where they differ."""

from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from ..jsontype import JsonObject
from .form import Template, Untemplatable
from .places import Outline, outline, replaced

_MOST_SHAPES: Final = 256
_MOST_TEMPLATES: Final = 64
_MOST_PLACES: Final = 64
_MOST_BUILDS: Final = 32


@dataclass(slots=True)
class _Sample:
    """One document of a shape, and what was learned from others that resemble it. Numbers are those of its texts."""

    document: JsonObject
    outline: Outline
    places: set[int] = field(default_factory=set)
    stuck: set[int] = field(default_factory=set)
    template: Template | None = None
    builds: int = 0

    def differences(self, other: Outline) -> set[int]:
        texts = zip(self.outline.texts, other.texts, strict=True)
        return {number for number, (mine, yours) in enumerate(texts) if mine != yours}


class Templates:
    """All templates of an issuer. Safe to use from several threads; remembers so many shapes and no more."""

    def __init__(self) -> None:
        self._templates: tuple[Template, ...] = ()
        self._samples: dict[str, list[_Sample]] = {}
        self._lock = Lock()

    def fill(self, text: str) -> tuple[Template, bytes] | None:
        """Return the canonical form of the document with this text, and by which template; None: ask the engine."""
        for template in self._templates:
            form = template.fill(text)
            if form is not None:
                if template is not self._templates[0]:
                    self._put_first(template)
                return template, form
        return None

    def forget(self, template: Template) -> None:
        """Use the template no more."""
        with self._lock:
            self._templates = tuple(one for one in self._templates if one is not template)

    def learn(self, document: JsonObject) -> None:
        """Take note of a document that no template knew and that passed all checks."""
        seen = outline(document)
        with self._lock:
            alike = self._samples.setdefault(seen.shape, [])
            sample = min(alike, key=lambda one: len(one.differences(seen)), default=None)
            if sample is None or len(sample.differences(seen)) > _MOST_PLACES:
                self._add(alike, _Sample(replaced(document, {}), seen))
            else:
                self._widen(sample, sample.differences(seen))

    def _add(self, alike: list[_Sample], sample: _Sample) -> None:
        alike.append(sample)
        if sum(map(len, self._samples.values())) > _MOST_SHAPES:
            del self._samples[next(iter(self._samples))]

    def _widen(self, sample: _Sample, differences: set[int]) -> None:
        places = (sample.places | differences) - sample.stuck
        if places == sample.places or sample.builds >= _MOST_BUILDS:
            return
        sample.builds += 1
        sample.places = places
        built = _build(sample)
        if built is not None:
            kept = [one for one in self._templates if one is not sample.template]
            sample.template = built
            self._templates = (built, *kept)[:_MOST_TEMPLATES]

    def _put_first(self, template: Template) -> None:
        with self._lock:
            if template in self._templates:
                self._templates = (template, *(one for one in self._templates if one is not template))


def _build(sample: _Sample) -> Template | None:
    """Build the template; places where no placeholder can stand keep the sample's text."""
    paths = sample.outline.paths
    while sample.places:
        try:
            return Template(sample.document, [paths[place] for place in sorted(sample.places)])
        except Untemplatable as error:
            stuck = {place for place in sample.places if paths[place] in error.stuck}
            sample.stuck |= stuck
            sample.places -= stuck
            if not stuck:
                break
    return None
