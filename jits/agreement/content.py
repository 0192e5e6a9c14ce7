"""A document of the model, and its canonical content: the bytes that are hashed, frozen and signed.

Canonical content is JSON in UTF-8 without a byte order mark: keys sorted, no space between tokens, no letter escaped that JSON lets
stand, all text in Unicode's composed form (NFC) with line ends as U+000A, no line end after the last brace. It holds ``format``, then
template, version, document, language, title, and the clauses in their order, each with id, place, number, heading and paragraphs.
Equal content gives equal bytes on every machine; the hash is the SHA-256 of these bytes, in hexadecimal.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

FORMAT: Final = "wbcj-agreement/1"
FORMAT_OF_ALL: Final = "wbcj-agreement-languages/1"


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A text, points, or a table with its head. ``form`` says which; ``signatures`` is a table with room to sign."""

    id: str
    form: str = "text"
    number: str = ""
    text: str = ""
    items: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def words(self) -> str:
        """All that is to be read in it, a line for each point and row."""
        table = [" | ".join(row) for row in (self.head, *self.rows) if row]
        return "\n".join([*([self.text] if self.text else []), *self.items, *table])


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A clause or part as it stands in the document."""

    id: str
    heading: str
    paragraphs: tuple[Paragraph, ...]
    place: str = "body"
    number: str = ""

    @property
    def words(self) -> str:
        """All that is to be read in it, heading and numbers apart."""
        return "\n".join(paragraph.words for paragraph in self.paragraphs)


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole document in one language, clauses and parts one after another."""

    template: str
    version: str
    document: str
    language: str
    title: str
    clauses: tuple[Clause, ...]

    def clause(self, name: str) -> Clause:
        """The clause or part of that id. Raises KeyError."""
        return {clause.id: clause for clause in self.clauses}[name]


def canonical(document: Document) -> bytes:
    """The canonical content of a document. Raises ValueError for a text that no file can hold (half of a pair)."""
    return _bytes({"format": FORMAT, **asdict(document)})


def digest(document: Document) -> str:
    """The SHA-256 of its canonical content."""
    return hashlib.sha256(canonical(document)).hexdigest()


def digest_of_all(documents: Mapping[str, Document]) -> str:
    """One hash of all language versions together: the SHA-256 of ``{"format": ..., "languages": {language: hash}}``, canonical too."""
    hashes = {language: digest(document) for language, document in documents.items()}
    return hashlib.sha256(_bytes({"format": FORMAT_OF_ALL, "languages": hashes})).hexdigest()


def fingerprint(clause: Clause) -> str:
    """The SHA-256 of what a clause says, heading included. Its number is left out: it shifts with other clauses."""
    said = {"heading": clause.heading, "paragraphs": [_said(paragraph) for paragraph in clause.paragraphs]}
    return hashlib.sha256(_bytes(said)).hexdigest()


def document_of(content: bytes) -> Document:
    """The document that this canonical content holds. Raises ValueError where it is no canonical content, byte by byte."""
    try:
        told = json.loads(content)
        if told.pop("format") != FORMAT:
            raise ValueError(FORMAT)
        document = Document(**{**told, "clauses": tuple(_clause(each) for each in told["clauses"])})
        same = canonical(document) == content
    except (KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise ValueError(str(wrong)) from None
    if not same:
        raise ValueError(FORMAT)
    return document


def composed(text: str) -> str:
    """The text as canonical content writes it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _bytes(value: Mapping[str, Any]) -> bytes:
    return json.dumps(
        _composed(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return composed(value)
    if isinstance(value, Mapping):
        return {composed(name): _composed(each) for name, each in value.items()}
    return [_composed(each) for each in value] if isinstance(value, list | tuple) else value


def _said(paragraph: Paragraph) -> dict[str, Any]:
    return {name: value for name, value in asdict(paragraph).items() if name != "number"}


def _clause(told: dict[str, Any]) -> Clause:
    return Clause(**{**told, "paragraphs": tuple(_paragraph(each) for each in told["paragraphs"])})


def _paragraph(told: dict[str, Any]) -> Paragraph:
    rows = tuple(tuple(row) for row in told["rows"])
    return Paragraph(**{**told, "items": tuple(told["items"]), "head": tuple(told["head"]), "rows": rows})
