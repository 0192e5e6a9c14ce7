"""Word, Excel and PowerPoint since 2007 (ECMA-376)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from foundation.documents.inspection import markup
from foundation.documents.inspection.findings import Code, Collector

CONTENT_TYPES = "[Content_Types].xml"
MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": "pptx",
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml": "pptx",
    "application/vnd.ms-word.document.macroEnabled.main+xml": "docm",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": "xlsm",
    "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml": "pptm",
}
READ = re.compile(
    r"\[Content_Types\]\.xml|.*\.rels|word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml|xl/externalLinks/[^/]+\.xml",
    re.IGNORECASE,
)
BY_NAME = (
    (re.compile(r"(^|/)vba(project|data)[^/]*$|(^|/)macrosheets/", re.IGNORECASE), Code.OFFICE_MACROS),
    (re.compile(r"(^|/)(embeddings|activex|ctrlprops)/", re.IGNORECASE), Code.OFFICE_OBJECTS),
)
RELATIONS = {"vbaproject": Code.OFFICE_MACROS, "xlmacrosheet": Code.OFFICE_MACROS, "control": Code.OFFICE_OBJECTS}
# A link that the reader has to click.
CLICKED = frozenset({"hyperlink"})
DDE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)


def names(found_names: Iterable[str], found: Collector) -> None:
    """What the names of the parts tell."""
    for name in found_names:
        for pattern, code in BY_NAME:
            if pattern.search(name):
                found.add(code, name)


def is_read(name: str) -> bool:
    """Whether a part is read."""
    return READ.fullmatch(name) is not None


def part(name: str, data: bytes, found: Collector) -> str:
    """Read one part; the content that the table of types tells, from that part alone. Raises Damaged."""
    reader = _Parts(found)
    markup.read_data(data, reader, found)
    reader.end()
    return reader.content if name == CONTENT_TYPES else ""


class _Parts(markup.Reader):
    def __init__(self, found: Collector) -> None:
        super().__init__()
        self.found, self.content = found, ""
        self._fields: list[str] = []
        self._in_field = False

    def element(self, name: str, attributes: markup.Attributes) -> None:
        plain = {key: value for (_space, key), value in attributes.items()}
        self._in_field = name == "instrText"
        if name in {"Override", "Default"}:
            self.content = MAIN.get(plain.get("ContentType", ""), self.content)
            if "vbaproject" in plain.get("ContentType", "").lower():
                self.found.add(Code.OFFICE_MACROS)
        elif name == "Relationship":
            self._relation(plain)
        elif name == "fldSimple":
            self._fields.append(plain.get("instr", ""))
        elif name == "ddeLink":
            self.found.add(Code.OFFICE_DDE)

    def _relation(self, plain: dict[str, str]) -> None:
        kind = plain.get("Type", "").rpartition("/")[2]
        if kind.lower() in RELATIONS:
            self.found.add(RELATIONS[kind.lower()], kind)
        if plain.get("TargetMode", "").lower() == "external" and kind.lower() not in CLICKED:
            self.found.add(Code.OFFICE_EXTERNAL, kind)

    def characters(self, content: str) -> None:
        """The words of a field may be spread over many runs."""
        if self._in_field:
            self._fields.append(content)

    def end(self) -> None:
        """All fields are known."""
        if DDE.search("".join(self._fields)) or DDE.search(" ".join(self._fields)):
            self.found.add(Code.OFFICE_DDE)
