"""Whether the words of every language fit the structure: nothing missing, nothing too much, the same placeholders everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from jits.agreement import placeholders
from jits.agreement.conditions import Condition
from jits.agreement.structure import KINDS, PLACES, SOURCE, Clause, Parameter, Template, Words

_MONTHS: Final = 12
_SHOWN: Final = {
    "prose": frozenset({"prose", "text"}),
    "table": frozenset({"rows"}),
    "signatures": frozenset({"rows"}),
    "items": frozenset({"choices"}),
}
_FRAME: Final = frozenset({"model", "draft", "page", "fingerprint", "verify", "side_by_side", "languages"})
_WORDS: Final = frozenset(
    {"months", "date", "month_forms", "decimal", "group", "join", "appendix", "place_and_date", "signature"}
)


def faults(template: Template) -> list[str]:
    """Sentences about whatever is wrong; none if all is well."""
    found = list(_of_structure(template))
    if SOURCE not in template.words:
        return [*found, _("The source language is missing.")]
    for words in template.words.values():
        found += _of_language(template, words)
    return found


def _of_structure(template: Template) -> Iterator[str]:
    for clause in _every(template):
        yield from _of_clause(template, clause)
    for parameter in template.parameters.values():
        if parameter.kind not in KINDS:
            yield _("Parameter %(name)s has no kind.") % {"name": parameter.name}
    for option in template.options.values():
        for recommended in option.alternatives.values():
            yield from _of_condition(template, recommended)


def _of_clause(template: Template, clause: Clause) -> Iterator[str]:
    if clause.place not in PLACES:
        yield _("Clause %(clause)s has no place.") % {"clause": clause.id}
    if clause.parts and clause.place not in {"body", "appendix"}:
        yield _("Clause %(clause)s has parts, but no number.") % {"clause": clause.id}
    if len({each.id for each in clause.paragraphs}) != len(clause.paragraphs):
        yield _("Two paragraphs of clause %(clause)s have one name.") % {"clause": clause.id}
    for condition in (clause.condition, *(paragraph.condition for paragraph in clause.paragraphs)):
        yield from _of_condition(template, condition)
    for paragraph in clause.paragraphs:
        if paragraph.form != "text" and _kind(template, paragraph.id) not in _SHOWN[paragraph.form]:
            told = {"clause": clause.id, "name": paragraph.id}
            yield _("Clause %(clause)s shows %(name)s, which is no parameter for that.") % told


def _of_condition(template: Template, condition: Condition) -> Iterator[str]:
    for test in condition.tests:
        name, _dot, part = test.subject.partition(".")
        if not _known(template, test.kind, name, part):
            yield _("A condition asks about %(subject)s, which does not exist.") % {"subject": test.subject}


def _known(template: Template, kind: str, name: str, part: str) -> bool:
    """Whether what a test asks about exists. Tests without a subject always do."""
    if kind == "basis":
        return name in template.instruments
    if kind == "chosen":
        return name in template.options and part in template.options[name].alternatives
    if kind == "has":
        return name in template.parameters and part in template.parameters[name].choices
    return {"yes": _kind(template, name) == "yes_no", "given": name in template.parameters}.get(kind, True)


def _kind(template: Template, name: str) -> str:
    return template.parameters[name].kind if name in template.parameters else ""


def _of_language(template: Template, words: Words) -> Iterator[str]:
    expected, given = _expected(template), dict(_leaves(words.table))
    for path in sorted(expected.keys() - given.keys()):
        yield _("%(language)s lacks %(path)s.") % {"language": words.language, "path": path}
    for path in sorted(given.keys() - expected.keys()):
        yield _("%(language)s has %(path)s, which belongs nowhere.") % {"language": words.language, "path": path}
    for path in sorted(expected.keys() & given.keys()):
        if not _fits(expected[path], given[path]):
            yield _("%(language)s: %(path)s is empty or not of the right form.") % {
                "language": words.language,
                "path": path,
            }
    yield from _of_placeholders(template, words, given)


def _of_placeholders(template: Template, words: Words, given: Mapping[str, Any]) -> Iterator[str]:
    source = dict(_leaves(template.words[SOURCE].table))
    ids = {clause.id for clause in _every(template)}
    for path, text in given.items():
        if not path.startswith("clauses.") or not isinstance(text, str):
            continue
        told, ours = placeholders.parameters(text), placeholders.references(text)
        known = set(told) <= template.parameters.keys() and placeholders.is_clean(text)
        known = known and set(ours) <= ids
        origin = str(source.get(path, ""))
        same = sorted(told + ours) == sorted(placeholders.parameters(origin) + placeholders.references(origin))
        if not (known and same):
            yield _("%(language)s: the placeholders of %(path)s are not those of the source.") % {
                "language": words.language,
                "path": path,
            }


def _expected(template: Template) -> dict[str, str]:
    """Every path at which words stand, with the form that they have there."""
    paths = {f"documents.{name}": "text" for name in template.documents}
    paths |= {f"words.{name}": {"months": "months", "month_forms": "forms"}.get(name, "text") for name in _WORDS}
    paths |= {f"frame.{name}": "text" for name in _FRAME - {"languages"}}
    paths |= {f"frame.languages.{language}": "text" for language in template.languages}
    paths |= {f"instruments.{name}": "text" for name in template.instruments}
    for clause in _every(template):
        path = "clauses." + clause.id.replace(".", ".parts.")
        own = ["heading", *(each.id for each in clause.paragraphs if each.form == "text")]
        paths |= {f"{path}.{name}": "text" for name in own}
    for option in template.options.values():
        paths |= {f"options.{option.name}.{name}": "text" for name in ("label", "help", *option.alternatives)}
    for parameter in template.parameters.values():
        paths |= dict.fromkeys(_of_parameter(parameter), "text")
    return paths


def _of_parameter(parameter: Parameter) -> Iterator[str]:
    if parameter.name == "instruments":
        return
    path = f"parameters.{parameter.name}"
    yield from (f"{path}.label", f"{path}.help")
    yield from (f"{path}.columns.{name}" for name in parameter.columns)
    yield from (f"{path}.choices.{name}" for name in parameter.choices)


def _fits(form: str, value: Any) -> bool:
    if form == "text":
        return isinstance(value, str) and bool(value.strip() or value == "\N{NO-BREAK SPACE}")
    texts = isinstance(value, list) and all(isinstance(each, str) and each for each in value)
    return texts and (form == "forms" or len(value) == _MONTHS)


def _leaves(table: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        own = f"{path}.{name}" if path else name
        if isinstance(value, Mapping):
            yield from _leaves(value, own)
        else:
            yield own, value


def _every(template: Template) -> Iterator[Clause]:
    for clause in template.known:
        yield clause
        yield from clause.parts
