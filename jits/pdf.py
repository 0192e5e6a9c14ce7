"""A drafted agreement as a paper: in one language, or in two side by side. Frozen from documents of the model, not from records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import ClassVar, Final
from uuid import UUID

from foundation.components import kosovo, languages
from foundation.documents.printing.kinds import Paper
from jits.agreement import content
from jits.agreement.content import Clause, Document, Paragraph
from jits.agreement.structure import Template

_NOTHING: Final = Paragraph(id="")
_APPENDICES: Final = ("I", "V", "X")  # an appendix and its parts have Roman numbers
# As in "clause 14": a line does not begin with the number alone.
_BEFORE_A_NUMBER: Final = re.compile(r"(?<=\S) (?=\d)")


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The words around the text, in the language of the agreement.

    ``page`` are those before, between and after the two numbers, ``verify`` those around code and address.
    """

    model: str
    draft: str
    fingerprint: str
    verify: tuple[str, ...]
    page: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AgreementPaper(Paper):
    """An agreement, extension or amendment in one language. ``in_force`` is empty as long as it is a draft."""

    template: ClassVar[str] = "jits/pdf/agreement.html"

    frame: Frame
    clauses: tuple[Clause, ...]
    digest_of_content: str
    in_force: str = ""


@dataclass(frozen=True, kw_only=True)
class Side:
    """One language of a bilingual paper: its tag, its name in itself, and the hash of its content."""

    tag: str
    name: str
    title: str
    digest_of_content: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """What stands side by side: a heading (with its number), or one paragraph in both languages."""

    level: int
    appendix: bool
    number: str
    first: str
    second: str
    form: str = "heading"
    first_points: tuple[str, ...] = ()
    second_points: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BilingualPaper(Paper):
    """An agreement in two languages. The first is that of the paper; the footnote on the name of a partner is given in both."""

    template: ClassVar[str] = "jits/pdf/bilingual.html"

    frame: Frame
    kind: str
    sides: tuple[Side, Side]
    rows: tuple[Row, ...]
    appendices: tuple[Row, ...]
    signatures_head: tuple[str, ...]
    signatures: tuple[tuple[str, ...], ...]
    second_footnote: str
    in_force: str = ""


def freeze_agreement(
    document: Document,
    *,
    template: Template,
    root_id: UUID,
    reference: str,
    handling: tuple[str, ...] = (),
    handling_text: str = "",
    in_force: str = "",
) -> AgreementPaper:
    """The paper of that document. ``in_force`` says, in its language, since when it applies; nothing while it is a draft."""
    return AgreementPaper(
        root_id=root_id,
        title=document.title,
        reference=reference,
        handling=handling,
        handling_text=handling_text,
        frame=_frame(document, template),
        clauses=tuple(_printed(clause, document.language, template) for clause in document.clauses),
        digest_of_content=content.digest(document),
        in_force=in_force,
    )


def freeze_bilingual(
    first: Document,
    second: Document,
    *,
    template: Template,
    root_id: UUID,
    reference: str,
    handling: tuple[str, ...] = (),
    handling_text: str = "",
    in_force: str = "",
) -> BilingualPaper:
    """The paper of both documents, clauses and paragraphs paired by their ids; what one of them lacks leaves its side empty."""
    rows = tuple(_rows(first, second, template))
    sides = (_side(first, template), _side(second, template))
    signed = next((each for each in _paragraphs(first) if each.form == "signatures"), _NOTHING)
    other = next((each for each in _paragraphs(second) if each.form == "signatures"), _NOTHING)
    told = template.words[first.language].at("frame", "side_by_side").format(first=sides[0].name, second=sides[1].name)
    named = any(kosovo.names_kosovo(clause.words) for clause in (*first.clauses, *second.clauses))
    return BilingualPaper(
        root_id=root_id,
        title=first.title,
        reference=reference,
        handling=handling,
        handling_text=handling_text,
        frame=_frame(first, template),
        kind=told,
        sides=sides,
        rows=tuple(row for row in rows if not row.appendix),
        appendices=tuple(row for row in rows if row.appendix),
        signatures_head=_both(signed.head, other.head),
        signatures=tuple(_both(one, two) for one, two in zip_longest(signed.rows, other.rows, fillvalue=())),
        second_footnote=kosovo.footnote(second.language) if named else "",
        in_force=in_force,
    )


def _frame(document: Document, template: Template) -> Frame:
    words: Mapping[str, str] = template.words[document.language].at("frame")
    return Frame(
        model=words["model"].format(version=document.version),
        draft=words["draft"],
        fingerprint=words["fingerprint"],
        verify=_around(words["verify"], "{code}", "{address}"),
        page=_around(words["page"], "{page}", "{pages}"),
    )


def _around(text: str, first: str, second: str) -> tuple[str, ...]:
    """The words before, between and after two places."""
    before, _first, rest = text.partition(first)
    between, _second, after = rest.partition(second)
    return before, between, after


def _side(document: Document, template: Template) -> Side:
    return Side(
        tag=languages.bcp47(document.language),
        name=str(template.words[document.language].at("frame", "languages", document.language)),
        title=document.title,
        digest_of_content=content.digest(document),
    )


def _rows(first: Document, second: Document, template: Template) -> Iterator[Row]:
    others = {clause.id: clause for clause in second.clauses}
    own = {clause.id for clause in first.clauses}
    alone = [clause for clause in second.clauses if clause.id not in own]
    for one, other in [*((each, others.get(each.id)) for each in first.clauses), *((None, each) for each in alone)]:
        clause = one or other
        assert clause is not None
        level = 3 if "." in clause.id else 2
        appendix = clause.number.startswith(_APPENDICES)
        yield Row(
            level=level,
            appendix=appendix,
            number="" if clause.place == "appendix" else clause.number,
            first=_titled(one, first.language, template),
            second=_titled(other, second.language, template),
        )
        yield from _pairs(level, one, other, appendix=appendix)


def _printed(clause: Clause, language: str, template: Template) -> Clause:
    """The clause with the heading that is printed, and texts whose numbers stay on the line of what they count."""
    paragraphs = tuple(
        replace(each, text=_kept_together(each.text), items=_all_kept(each.items)) for each in clause.paragraphs
    )
    return replace(clause, heading=_titled(clause, language, template), paragraphs=paragraphs)


def _kept_together(text: str) -> str:
    return _BEFORE_A_NUMBER.sub("\N{NO-BREAK SPACE}", text)


def _all_kept(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_kept_together(text) for text in texts)


def _titled(clause: Clause | None, language: str, template: Template) -> str:
    """The heading; that of an appendix says that it is one."""
    if clause is None:
        return ""
    if clause.place != "appendix":
        return clause.heading
    appendix = str(template.words[language].at("words", "appendix")).format(number=clause.number)
    return f"{appendix}: {clause.heading}"


def _pairs(level: int, one: Clause | None, other: Clause | None, *, appendix: bool) -> Iterator[Row]:
    lefts, rights = (clause.paragraphs if clause else () for clause in (one, other))
    known = {each.id: each for each in rights}
    paired = [(each, known.pop(each.id, _NOTHING)) for each in lefts]
    for left, right in [*paired, *((_NOTHING, each) for each in known.values())]:
        if "signatures" in {left.form, right.form}:
            continue
        yield Row(
            level=level,
            appendix=appendix,
            number=left.number or right.number,
            form="text" if left.text or right.text else "points",
            first=_kept_together(left.text),
            second=_kept_together(right.text),
            first_points=_points(left),
            second_points=_points(right),
        )


def _points(paragraph: Paragraph) -> tuple[str, ...]:
    return _all_kept(paragraph.items or tuple(", ".join(filter(None, row)) for row in paragraph.rows))


def _both(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """Cells of both languages as one: what is the same in both is said once."""
    return tuple(
        one if one == two or not two else f"{one} / {two}" for one, two in zip_longest(first, second, fillvalue="")
    )


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    return (paragraph for clause in document.clauses for paragraph in clause.paragraphs)
