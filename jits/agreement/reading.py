"""From the files of a model agreement to a version of it. Staff can load an official text the same way: as files of this form."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from jits.agreement import checking
from jits.agreement.conditions import ALWAYS, NEVER, Condition, condition
from jits.agreement.structure import FORMS, Clause, Instrument, Option, Paragraph, Parameter, Template, Words
from jits.agreement.unable import UnableToRead

_ID: Final = re.compile(r"[a-z][a-z0-9_]*")


def template(*, structure: str, texts: Mapping[str, str], version: str) -> Template:
    """The version of that name. ``texts`` holds one file per language code. Raises UnableToRead, with a sentence for each fault."""
    table = _parsed("structure", structure)
    try:
        read = Template(
            name=str(table["name"]),
            version=version,
            known=tuple(_clause(name, told) for name, told in table["clauses"].items()),
            documents=_documents(table, version),
            parameters=_parameters(table),
            options={name: _option(name, told) for name, told in table["options"].items()},
            instruments={name: Instrument(name=name, **told) for name, told in table["instruments"].items()},
            words={
                language: Words(language=language, table=_parsed(language, text)) for language, text in texts.items()
            },
        )
    except KeyError as missing:
        raise UnableToRead(_("The structure lacks %(name)s.") % {"name": missing}) from None
    except (TypeError, AttributeError, ValueError) as wrong:
        raise UnableToRead(_("The structure cannot be understood: %(what)s") % {"what": wrong}) from None
    faults = checking.faults(read)
    if faults:
        raise UnableToRead(" ".join(faults))
    return read


def versions(structure: str) -> tuple[str, ...]:
    """The names of the versions, oldest first. Raises UnableToRead."""
    return tuple(_parsed("structure", structure).get("versions", {}))


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise UnableToRead(_("The file %(name)s is no TOML: %(what)s") % {"name": name, "what": wrong}) from None


def _documents(table: Mapping[str, Any], version: str) -> dict[str, tuple[Clause, ...]]:
    """The clauses of each document; a version that builds on another adds its own after those that it names."""
    told = table["versions"][version]
    if "base" not in told:
        return {
            document: tuple(_clause(name, table["clauses"][name]) for name in names) for document, names in told.items()
        }
    documents = _documents(table, told["base"])
    for added, after in told["insert"].items():
        documents = {
            document: _inserted(clauses, _clause(added, table["clauses"][added]), after)
            for document, clauses in documents.items()
        }
    if not all(any(c.id == added for cs in documents.values() for c in cs) for added in told["insert"]):
        raise ValueError(", ".join(told["insert"].values()))
    return documents


def _inserted(clauses: tuple[Clause, ...], added: Clause, after: str) -> tuple[Clause, ...]:
    return tuple(each for clause in clauses for each in ((clause, added) if clause.id == after else (clause,)))


def _clause(name: str, told: Mapping[str, Any]) -> Clause:
    return Clause(
        id=name,
        place=told.get("place", "body"),
        number=told.get("number", ""),
        condition=condition(told["when"]) if "when" in told else ALWAYS,
        paragraphs=tuple(_paragraph(text) for text in told.get("paragraphs", ())),
        parts=tuple(_clause(f"{name}.{part}", each) for part, each in told.get("parts", {}).items()),
    )


def _paragraph(text: str) -> Paragraph:
    words, _if, when = text.partition(" if ")
    form, _space, subject = words.partition(" ")
    own = condition(when) if when else ALWAYS
    if not subject:
        return Paragraph(id=_named(form), condition=own)
    if form not in FORMS:
        raise ValueError(text)
    return Paragraph(id=_named(subject), form=form, condition=own)


def _named(name: str) -> str:
    if not _ID.fullmatch(name):
        raise ValueError(name)
    return name


def _parameters(table: Mapping[str, Any]) -> dict[str, Parameter]:
    """Those of the structure, and the legal bases, of which the preamble is made."""
    told = {name: Parameter(name=name, **_tupled(each)) for name, each in table["parameters"].items()}
    bases = Parameter(name="instruments", kind="choices", choices=tuple(table["instruments"]), least=1)
    return {"instruments": bases, **told}


def _tupled(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}


def _option(name: str, told: Mapping[str, Any]) -> Option:
    recommended = {alternative: _recommended(text) for alternative, text in told["alternatives"].items()}
    return Option(name=name, one=told["pick"] == "one", alternatives=recommended)


def _recommended(text: str) -> Condition:
    if text in {"always", ""}:
        return ALWAYS if text else NEVER
    return condition(text)
