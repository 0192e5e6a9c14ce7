"""From a version of the model, legal bases, chosen alternatives and values to a document."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from jits.agreement import content, placeholders, saying, values
from jits.agreement.conditions import Condition, Facts
from jits.agreement.numbering import numbers, paragraph_numbers
from jits.agreement.structure import Clause, Paragraph, Parameter, Template, Words
from jits.agreement.unable import Problem, UnableToFill

_OF_VALUES: Final = frozenset({"yes", "has", "given"})
_NO_ROW: Final[Mapping[str, Any]] = {}
_EMPTY: Final = "[\N{HORIZONTAL ELLIPSIS}]"


def fill(
    template: Template,
    *,
    language: str,
    bases: Collection[str],
    chosen: Collection[str],
    given: Mapping[str, Any],
    document: str = "agreement",
    labels: str = "en",
) -> content.Document:
    """The document in that language.

    ``chosen`` holds alternatives as ``option.alternative``, ``given`` values by the name of their parameter; what this document does
    not need is left aside. ``labels`` is the language in which sentences name what is wrong. Raises UnableToFill.
    """
    _demand_choices(template, document, bases, chosen, labels)
    facts = template.facts(bases=bases, chosen=chosen, values=given)
    problems = tuple(_problems_of_values(template, document, facts, language, template.words[labels]))
    if problems:
        raise UnableToFill(problems)
    return _Filled(template, template.words[language], facts, numbers(template.documents[document], facts)).whole(
        document
    )


def sketch(
    template: Template,
    *,
    language: str,
    bases: Collection[str],
    chosen: Collection[str],
    given: Mapping[str, Any],
    document: str = "agreement",
    labels: str = "en",
) -> tuple[content.Document, tuple[Problem, ...]]:
    """The document as far as it goes, with a gap in brackets wherever a value is missing or wrong, and what is wrong.

    Never to be signed. Raises UnableToFill where legal bases or alternatives are wrong, for then nobody knows which clauses there are.
    """
    _demand_choices(template, document, bases, chosen, labels)
    facts = template.facts(bases=bases, chosen=chosen, values=given)
    problems = tuple(_problems_of_values(template, document, facts, language, template.words[labels]))
    gaps = frozenset(problem.about for problem in problems)
    numbered = numbers(template.documents[document], facts)
    return _Filled(template, template.words[language], facts, numbered, gaps).whole(document), problems


def asked(
    template: Template, *, document: str, bases: Collection[str], chosen: Collection[str]
) -> tuple[Parameter, ...]:
    """The parameters of a document, in its order, whatever was filled in: what a form asks for. Raises KeyError."""
    by_clause = asked_by_clause(template, document=document, bases=bases, chosen=chosen)
    return tuple(parameter for parameters in by_clause.values() for parameter in parameters)


def asked_by_clause(
    template: Template, *, document: str, bases: Collection[str], chosen: Collection[str]
) -> dict[str, tuple[Parameter, ...]]:
    """The same, each parameter with the clause that mentions it first. Clauses that ask for nothing are left out. Raises KeyError."""
    facts = template.facts(bases=bases, chosen=chosen)
    seen, found = {"instruments"}, {}
    for clause in _possible(template, document, facts):
        names = [name for name in dict.fromkeys(_mentioned(template, clause, facts)) if name not in seen]
        seen.update(names)
        if names:
            found[clause.id] = tuple(template.parameters[name] for name in names)
    return found


def options(template: Template, *, document: str, bases: Collection[str]) -> tuple[str, ...]:
    """The names of the options of a document with these legal bases, in its order."""
    facts = template.facts(bases=bases)
    conditions = (
        each
        for clause in template.clauses(document)
        if _may(clause.condition, facts)
        for each in (clause.condition, *(paragraph.condition for paragraph in clause.paragraphs))
        if _may(each, facts, but=frozenset({*_OF_VALUES, "chosen"}))
    )
    found = (test.subject.split(".")[0] for each in conditions for test in each.tests if test.kind == "chosen")
    return tuple(dict.fromkeys(found))


class _Filled:
    """What is needed for every clause of one document."""

    def __init__(
        self,
        template: Template,
        words: Words,
        facts: Facts,
        numbered: Mapping[str, str],
        gaps: frozenset[str] = frozenset(),
    ) -> None:
        self._template, self._words, self._facts, self._numbers = template, words, facts, numbered
        self._gaps = gaps

    def whole(self, document: str) -> content.Document:
        """The document itself."""
        return content.Document(
            template=self._template.name,
            version=self._template.version,
            document=document,
            language=self._words.language,
            title=str(self._words.at("documents", document)),
            clauses=tuple(self.clause(clause) for clause in self._template.clauses(document) if self.shows(clause)),
        )

    def shows(self, clause: Clause) -> bool:
        """Whatever has a number is shown; opening and closing clauses have none."""
        return clause.id in self._numbers or (clause.place in {"opening", "closing"} and clause.shown(self._facts))

    def clause(self, clause: Clause) -> content.Clause:
        shown = [each for each in clause.paragraphs if each.condition.holds(self._facts)]
        number = self._numbers.get(clause.id, "")
        paragraphs = paragraph_numbers(number, shown)
        return content.Clause(
            id=clause.id,
            place=clause.place,
            number=number,
            heading=content.composed(self._words.heading(clause.id)),
            paragraphs=tuple(self._paragraph(clause, each, paragraphs.get(each.id, "")) for each in shown),
        )

    def _paragraph(self, clause: Clause, paragraph: Paragraph, number: str) -> content.Paragraph:
        if paragraph.form == "text":
            return content.Paragraph(id=paragraph.id, number=number, text=self._text(clause, paragraph))
        parameter, value = self._template.parameters[paragraph.id], self._value(paragraph.id)
        if paragraph.form == "prose":
            return content.Paragraph(id=paragraph.id, form="text", text=self._said(paragraph.id))
        if paragraph.form == "items":
            if parameter.name in self._gaps:
                return content.Paragraph(id=paragraph.id, form="items", items=(self._gap(parameter.name),))
            points = tuple(content.composed(saying.choice(parameter, each, self._words)) for each in value)
            return content.Paragraph(id=paragraph.id, form="items", items=points)
        head, rows = self._table(parameter, value)
        if paragraph.form == "signatures":
            room = ("place_and_date", "signature")
            head += tuple(content.composed(str(self._words.at("words", each))) for each in room)
            rows = tuple((*row, "", "") for row in rows)
        return content.Paragraph(id=paragraph.id, form=paragraph.form, head=head, rows=rows)

    def _table(self, parameter: Parameter, value: Any) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        columns, language = parameter.columns, self._words.language
        titles = (self._words.at("parameters", parameter.name, "columns", name) for name in columns)
        if parameter.name in self._gaps:
            cells = [tuple(_cell(row, name, language) for name in columns) for row in value or (_NO_ROW,)]
        else:
            cells = [
                tuple(content.composed(saying.prose(row[name], language)).strip() for name in columns) for row in value
            ]
        return tuple(content.composed(str(title)) for title in titles), tuple(cells)

    def _text(self, clause: Clause, paragraph: Paragraph) -> str:
        told = self._words.paragraph(clause.id, paragraph.id)
        text = placeholders.filled(told, value=self._said, number=self._numbers.__getitem__)
        return content.composed(text)

    def _said(self, name: str) -> str:
        if name in self._gaps:
            return self._gap(name)
        said = saying.said(self._template.parameters[name], self._value(name), self._words)
        return content.composed(said).strip()

    def _value(self, name: str) -> Any:
        return tuple(self._ordered_bases()) if name == "instruments" else self._facts.values.get(name)

    def _gap(self, name: str) -> str:
        return content.composed(f"[{self._words.at('parameters', name, 'label')}]")

    def _ordered_bases(self) -> Iterator[str]:
        return (name for name in self._template.instruments if name in self._facts.bases)


def _cell(row: Mapping[str, Any], name: str, language: str) -> str:
    """A cell of a table that is not complete."""
    value = row.get(name, "")
    said = value.get(language, "") if isinstance(value, Mapping) else str(value)
    return content.composed(said).strip() or _EMPTY


def _demand_choices(
    template: Template, document: str, bases: Collection[str], chosen: Collection[str], labels: str
) -> None:
    problems = tuple(_problems_of_choices(template, document, bases, chosen, template.words[labels]))
    if problems:
        raise UnableToFill(problems)


def _problems_of_choices(
    template: Template, document: str, bases: Collection[str], chosen: Collection[str], words: Words
) -> Iterator[Problem]:
    unknown = sorted(set(bases) - template.instruments.keys())
    if unknown:
        yield Problem(
            about="instruments", sentence=_("There is no legal basis %(name)s.") % {"name": ", ".join(unknown)}
        )
        return
    if document == "agreement" and not bases:
        yield Problem(about="instruments", sentence=_("The agreement needs a legal basis."))
    every = {f"{option.name}.{each}" for option in template.options.values() for each in option.alternatives}
    for name in sorted(set(chosen) - every):
        yield Problem(about=name, sentence=_("There is no alternative %(name)s.") % {"name": name})
    for name in options(template, document=document, bases=bases):
        option = template.options[name]
        picked = sum(1 for each in option.alternatives if f"{name}.{each}" in chosen)
        if option.one and picked != 1:
            told = {"label": words.at("options", name, "label")}
            yield Problem(about=name, sentence=_("“%(label)s” needs one of its alternatives, and only one.") % told)


def _problems_of_values(
    template: Template, document: str, facts: Facts, language: str, words: Words
) -> Iterator[Problem]:
    for name in sorted(facts.values.keys() - template.parameters.keys()):
        yield Problem(about=name, sentence=_("There is no parameter %(name)s.") % {"name": name})
    needed = dict.fromkeys(
        name
        for clause in _possible(template, document, facts)
        for name in _mentioned(template, clause, facts, exact=True)
    )
    for parameter in (template.parameters[name] for name in needed if name != "instruments"):
        value, label = facts.values.get(parameter.name), words.at("parameters", parameter.name, "label")
        if _is_nothing(value):
            if not parameter.optional:
                yield Problem(about=parameter.name, sentence=_("“%(label)s” is missing.") % {"label": label})
            continue
        for sentence in values.faults(parameter, value, language=language, label=label):
            yield Problem(about=parameter.name, sentence=sentence)


def _is_nothing(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, list | tuple | dict) and not value)


def _possible(template: Template, document: str, facts: Facts) -> Iterator[Clause]:
    """The clauses that may be shown, whatever the values are. A part whose clause may not be shown may not be either."""
    for clause in template.documents[document]:
        if _may(clause.condition, facts):
            yield clause
            yield from (part for part in clause.parts if _may(part.condition, facts))


def _mentioned(template: Template, clause: Clause, facts: Facts, *, exact: bool = False) -> Iterator[str]:
    """The parameters that a clause asks about or shows; ``exact``: only those that it shows with the values at hand, or asks about."""
    yield from _subjects(clause.condition)
    if exact and not clause.condition.holds(facts):
        return
    for paragraph in clause.paragraphs:
        if not _may(paragraph.condition, facts):
            continue
        yield from _subjects(paragraph.condition)
        if exact and not paragraph.condition.holds(facts):
            continue
        if paragraph.form != "text":
            yield paragraph.id
            continue
        for words in template.words.values():
            yield from placeholders.parameters(words.paragraph(clause.id, paragraph.id))


def _subjects(condition: Condition) -> Iterator[str]:
    return (test.subject.split(".")[0] for test in condition.tests if test.kind in _OF_VALUES)


def _may(condition: Condition, facts: Facts, but: frozenset[str] = _OF_VALUES) -> bool:
    """Whether it holds, or could with other values."""
    return all(test.kind in but or test.holds(facts) for test in condition.tests)
