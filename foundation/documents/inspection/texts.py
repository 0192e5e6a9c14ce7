"""Files of letters: what they are, and what in them starts something."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from foundation.documents.inspection import reading
from foundation.documents.inspection.findings import Code, Collector
from foundation.documents.inspection.kinds import PROGRAMS
from foundation.documents.inspection.names import extension

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# A byte that no text has, in any encoding of eight bits.
CONTROL = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
XML = re.compile(r"\s*<(\?xml\b|!doctype (?!html)|!--|[a-z_][\w.-]*:?[\w.-]*(\s+[\w:.-]+\s*=|\s*/?>))", re.IGNORECASE)
HTML = re.compile(
    r"\s*(<!--.{0,2000}?-->\s*)?<(!doctype html|html|head|body|script|iframe|meta)\b", re.IGNORECASE | re.DOTALL
)
SVG_ROOT = re.compile(r"<([\w.-]+:)?svg[\s>]", re.IGNORECASE)
HEADER = re.compile(
    r"(return-path|received|delivered-to|from|to|subject|date|message-id|mime-version|x-[\w-]+|dkim-signature|content-type|cc):",
    re.IGNORECASE,
)
MAIL_MARKS = re.compile(r"^(from|date|message-id|mime-version|received):", re.IGNORECASE | re.MULTILINE)
MAIL_HEADERS = 2

FORMULA = re.compile(rb'(?m)(?:^|[,;\t])[ ]*"?[ ]*(?:=|@[A-Z(]|[+\-][A-Z]+[(|!])')
RTF_OBJECT = re.compile(rb"\\(objdata|objupdate|objocx|objemb|objautlink|objlink)\b", re.IGNORECASE)
RTF_OUTSIDE = re.compile(rb"\\\*\\template\b|INCLUDEPICTURE|\\\*\\(?:xmlopen|datafield)", re.IGNORECASE)
RTF_DDE = re.compile(rb"\bDDE(AUTO)?\b")
FILE_NAME = re.compile(rb'(?:file)?name\*?=\s*"?([^"\r\n;]{1,300})', re.IGNORECASE)
ATTACHED = re.compile(rb"^content-disposition:\s*attachment", re.IGNORECASE | re.MULTILINE)


def recognised(reader: BinaryIO, size: int, head: bytes) -> str:
    """``mail``, ``svg``, ``xml``, ``html`` or ``text``; empty when it is no text."""
    encoding = next((name for bom, name in BOMS if head.startswith(bom)), "")
    if not encoding and CONTROL.search(head):
        return ""
    text = head.decode(encoding or "utf-8", errors="replace").lstrip("\ufeff")
    if HTML.match(text):
        return "html"
    if XML.match(text):
        return "svg" if SVG_ROOT.search(text) else "xml"
    return "mail" if _is_mail(text) else "text"


def _is_mail(text: str) -> bool:
    head = text.replace("\r\n", "\n").partition("\n\n")[0]
    first = head.lstrip().split("\n", 1)[0]
    return bool(HEADER.match(first)) and len(MAIL_MARKS.findall(head)) >= MAIL_HEADERS


def inspect_text(reader: BinaryIO, found: Collector, *, table: bool) -> None:
    """Is it text to its end? In a table, cells that a spreadsheet would compute are reported."""
    encoding = next((name for bom, name in BOMS[1:] if reading.at(reader, 0, 2) == bom), "")
    decoder = codecs.getincrementaldecoder(encoding)("strict") if encoding else None
    for block in reading.blocks(reader):
        try:
            plain = decoder.decode(block).encode("utf-8", "surrogatepass") if decoder else block
        except UnicodeDecodeError:
            found.add(Code.KIND_DISAGREES)
            return
        if CONTROL.search(plain):
            found.add(Code.KIND_DISAGREES)
            return
        if table and Code.TEXT_FORMULA not in found and FORMULA.search(plain):
            found.add(Code.TEXT_FORMULA)


def inspect_mail(reader: BinaryIO, found: Collector) -> None:
    """What is attached to a message."""
    for block in reading.blocks(reader, overlap=400):
        if ATTACHED.search(block):
            found.add(Code.MAIL_ATTACHMENTS)
        for raw in FILE_NAME.findall(block):
            name = raw.decode("utf-8", "replace").strip()
            if extension(name) in PROGRAMS:
                found.add(Code.MAIL_PROGRAMS, name)


def inspect_rtf(reader: BinaryIO, found: Collector) -> None:
    """Objects, templates from elsewhere and commands to other programs."""
    checks = ((RTF_OBJECT, Code.OFFICE_OBJECTS), (RTF_OUTSIDE, Code.OFFICE_EXTERNAL), (RTF_DDE, Code.OFFICE_DDE))
    for block in reading.blocks(reader, overlap=40):
        for pattern, code in checks:
            if code not in found and pattern.search(block):
                found.add(code)
