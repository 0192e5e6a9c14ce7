"""What a version of the model agreement consists of: clauses, paragraphs, options and parameters, and the words of each language."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from jits.agreement.conditions import ALWAYS, Condition, Facts

KINDS: Final = frozenset({"text", "prose", "date", "months", "money", "list", "rows", "choice", "choices", "yes_no"})
FORMS: Final = frozenset({"prose", "table", "items", "signatures"})
PLACES: Final = frozenset({"opening", "body", "closing", "appendix"})
DOCUMENTS: Final = ("agreement", "extension", "amendment")
SOURCE: Final = "en"


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """One paragraph of a clause. ``id`` names its words, or the parameter that is shown as a table or as points."""

    id: str
    form: str = "text"
    condition: Condition = ALWAYS


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A clause with paragraphs, or with parts that have numbers and paragraphs of their own. A part is called ``clause.part``."""

    id: str
    place: str = "body"
    number: str = ""
    condition: Condition = ALWAYS
    paragraphs: tuple[Paragraph, ...] = ()
    parts: tuple[Clause, ...] = ()

    def shown(self, facts: Facts) -> bool:
        """Whether it stands in a document about which these facts hold: a clause of parts needs one of them."""
        return self.condition.holds(facts) and (not self.parts or any(part.shown(facts) for part in self.parts))


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """What a drafter fills in. ``columns`` (of rows) have kinds of their own, text or prose; ``least`` counts rows or choices."""

    name: str
    kind: str
    optional: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    least: int = 0


@dataclass(frozen=True, kw_only=True)
class Option:
    """Alternatives, of which a drafter picks one or several; each with the condition on which it is recommended."""

    name: str
    one: bool
    alternatives: Mapping[str, Condition]


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """A legal basis, whether it is one of the Union, and whether it holds rules on the use of information."""

    name: str
    union: bool = False
    own_rules: bool = False


@dataclass(frozen=True, kw_only=True)
class Words:
    """All words of the model in one language."""

    language: str
    table: Mapping[str, Any]

    def heading(self, clause: str) -> str:
        """The heading of a clause or part."""
        return str(self._clause(clause)["heading"])

    def paragraph(self, clause: str, paragraph: str) -> str:
        """The words of a paragraph, with its placeholders."""
        return str(self._clause(clause)[paragraph])

    def at(self, *path: str) -> Any:
        """What stands at that path: ``at("parameters", "aims", "label")``."""
        found: Any = self.table
        for step in path:
            found = found[step]
        return found

    def _clause(self, clause: str) -> Mapping[str, Any]:
        name, _dot, part = clause.partition(".")
        return self.at("clauses", name, "parts", part) if part else self.at("clauses", name)  # type: ignore[no-any-return]


@dataclass(frozen=True, kw_only=True)
class Template:
    """One version of the model agreement, in all languages.

    ``documents`` gives the clauses of each document in their order, ``known`` those of all versions.
    """

    name: str
    version: str
    known: tuple[Clause, ...]
    documents: Mapping[str, tuple[Clause, ...]]
    parameters: Mapping[str, Parameter]
    options: Mapping[str, Option]
    instruments: Mapping[str, Instrument]
    words: Mapping[str, Words]

    @property
    def languages(self) -> tuple[str, ...]:
        """In which languages it can be filled in."""
        return tuple(self.words)

    def clauses(self, document: str) -> Iterator[Clause]:
        """Clauses and parts of a document, in their order."""
        for clause in self.documents[document]:
            yield clause
            yield from clause.parts

    def facts(
        self, *, bases: Collection[str], chosen: Collection[str] = (), values: Mapping[str, Any] | None = None
    ) -> Facts:
        """What its conditions ask about. Raises KeyError for a legal basis that it does not know."""
        instruments = [self.instruments[name] for name in bases]
        return Facts(
            bases=frozenset(bases),
            union=any(each.union for each in instruments),
            own_rules=any(each.own_rules for each in instruments),
            chosen=frozenset(chosen),
            values=values or {},
        )

    def recommended(self, bases: Collection[str]) -> frozenset[str]:
        """The alternatives that are proposed for these legal bases, as ``option.alternative``."""
        facts = self.facts(bases=bases)
        return frozenset(
            f"{option.name}.{name}"
            for option in self.options.values()
            for name, condition in option.alternatives.items()
            if condition.holds(facts)
        )
