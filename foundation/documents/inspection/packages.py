"""What a ZIP is made for: Office documents, OpenDocument, signed containers, or an archive; and the documents within."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from foundation.documents.inspection import archives, limits, markup
from foundation.documents.inspection.archives import Budget, Entry
from foundation.documents.inspection.findings import Code, Collector
from foundation.documents.inspection.office import opendocument, openxml

# Archives within that cannot be looked into.
CLOSED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"MSCF")
ARCHIVE = b"PK\x03\x04"
DOCUMENTS = (ARCHIVE, b"%PDF-", b"\xd0\xcf\x11\xe0")
XML = re.compile(r"\.(xml|rels|vml|rdf)$", re.IGNORECASE)
SMALL = 1024 * 1024

Deeper = Callable[[BinaryIO, int, Collector, Budget, int], str]


@dataclass
class Package:
    """One ZIP that is being looked into. ``deeper`` looks into a document within."""

    reader: BinaryIO
    size: int
    found: Collector
    budget: Budget
    level: int
    deeper: Deeper
    flavour: str = "zip"
    content: str = "zip"
    names: frozenset[str] = field(default_factory=frozenset)

    def inspect(self) -> str:
        """The content; empty when it pretends to be an Office file and is none that is known. Raises Damaged."""
        entries = archives.entries(self.reader, self.size, self.found, self.budget)
        self.names = frozenset(entry.name for entry in entries)
        self.flavour = self._flavour(entries)
        if self.flavour == "openxml":
            self.content = ""
            openxml.names(self.names, self.found)
        elif self.flavour == "opendocument":
            self.content = opendocument.content(archives.kept_promise(self.reader, entries[0], keep=200))
            opendocument.names(self.names, self.found)
        for entry in entries:
            if not (entry.encrypted or entry.info.is_dir() or self.found.refuses()):
                self._entry(entry)
        return self.content

    def _flavour(self, entries: list[Entry]) -> str:
        if openxml.CONTENT_TYPES in self.names:
            return "openxml"
        return "opendocument" if entries and entries[0].name == "mimetype" else "zip"

    def _entry(self, entry: Entry) -> None:
        """Unpack it into nothing; look at what is worth it."""
        head = archives.head(self.reader, entry)
        document, part = head.startswith(DOCUMENTS), self._is_part(entry.name)
        if head.startswith(CLOSED):
            self.found.add(Code.ARCHIVE_CLOSED, entry.name)
        if document and entry.info.file_size > limits.INNER:
            self.found.add(Code.ARCHIVE_INNER_LARGE if head.startswith(ARCHIVE) else Code.ARCHIVE_CLOSED, entry.name)
            document = False
        keep = limits.INNER if document or part else limits.XML_PROLOG if XML.search(entry.name) else 0
        data = archives.kept_promise(self.reader, entry, keep=keep)
        within = self.found.inside(entry.name)
        if document:
            self._document(data, within)
        elif XML.search(entry.name) and self.flavour != "zip":
            markup.prolog(data[: limits.XML_PROLOG], within)
        if part:
            self._part(entry.name, data, within)

    def _is_part(self, name: str) -> bool:
        if self.flavour == "openxml":
            return openxml.is_read(name)
        return self.flavour == "opendocument" and opendocument.is_read(name)

    def _part(self, name: str, data: bytes, within: Collector) -> None:
        if self.flavour == "opendocument":
            opendocument.part(name, data, within)
            return
        content = openxml.part(name, data, within)
        self.content = content or self.content

    def _document(self, data: bytes, within: Collector) -> None:
        if self.level >= limits.NESTING:
            within.add(Code.ARCHIVE_NESTED)
            return
        self.deeper(io.BytesIO(data), len(data), within, self.budget, self.level + 1)
