"""Language versions of a clause, bound by its id: which are out of step with the others after a change, until somebody confirms them.

Every clause has one language in which it was last changed, its source; the others are translations of it, each confirmed against the
text that the source had then. Texts are known by their fingerprints (``content.fingerprint``), so that all of this is plain data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType


class UnableToConfirm(Exception):
    """There is nothing to be confirmed."""


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """That a translation, as it was then, says what the source said then."""

    source_language: str
    source: str
    translation: str


@dataclass(frozen=True, kw_only=True)
class Bound:
    """One clause in all its languages: the fingerprint of each text, and what was confirmed."""

    source: str
    texts: Mapping[str, str]
    confirmed: Mapping[str, Confirmation] = field(default_factory=lambda: MappingProxyType({}))

    def stale(self) -> tuple[str, ...]:
        """The languages that are out of step with the source, in the order of the texts."""
        return tuple(language for language in self.texts if not self._in_step(language))

    def changed(self, language: str, text: str) -> Bound:
        """The clause after its meaning was changed in that language, which becomes its source. An equal text changes nothing."""
        if self.texts.get(language) == text:
            return self
        return replace(self, source=language, texts={**self.texts, language: text})

    def translated(self, language: str, text: str) -> Bound:
        """The clause after that language was brought in line with the source. It is in step once it is confirmed; the others stay."""
        return replace(self, texts={**self.texts, language: text})

    def confirm(self, language: str) -> Bound:
        """The clause after somebody confirmed that this language says what the source says. Raises UnableToConfirm."""
        if language == self.source or language not in self.texts or self.source not in self.texts:
            raise UnableToConfirm
        seen = Confirmation(
            source_language=self.source, source=self.texts[self.source], translation=self.texts[language]
        )
        return replace(self, confirmed={**self.confirmed, language: seen})

    def _in_step(self, language: str) -> bool:
        if language == self.source:
            return True
        seen = self.confirmed.get(language)
        now = (self.source, self.texts.get(self.source), self.texts[language])
        return seen is not None and (seen.source_language, seen.source, seen.translation) == now


def shipped(source: str, texts: Mapping[str, str]) -> Bound:
    """A clause as the model brings it: all its languages are confirmed against the source."""
    bound = Bound(source=source, texts=dict(texts))
    for language in texts:
        bound = bound if language == source else bound.confirm(language)
    return bound


def stale(clauses: Mapping[str, Bound]) -> dict[str, tuple[str, ...]]:
    """The clauses that are not in step in all languages, with those that lag behind."""
    return {name: behind for name, bound in clauses.items() if (behind := bound.stale())}


def in_step(clauses: Iterable[Bound]) -> bool:
    """Whether no language lags behind in any of them."""
    return not any(bound.stale() for bound in clauses)
