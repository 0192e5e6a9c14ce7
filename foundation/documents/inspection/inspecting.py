"""Look at one file: its name, its content, whether the two agree, and what is in it."""

from __future__ import annotations

import io
from typing import BinaryIO

from foundation.documents.inspection import (
    compound,
    directories,
    markup,
    names,
    packages,
    pictures,
    portable,
    recognition,
    texts,
    vectors,
)
from foundation.documents.inspection.archives import Budget
from foundation.documents.inspection.findings import Code, Collector, Findings
from foundation.documents.inspection.kinds import BY_EXTENSION, BY_NAME, OPAQUE, Kind
from foundation.documents.inspection.reading import Damaged

PICTURES = frozenset({"png", "jpeg", "tiff", "gif", "bmp", "webp", "heic"})
# Made of parts of any kind: a second table of contents within is one of them.
CARRIES_ARCHIVES = frozenset({"zip", "compound", "text", "mail", "xml", "svg", "html", "rtf"})


def inspect(reader: BinaryIO, *, name: str, size: int) -> Findings:
    """What the file is by its content and what about it is refused or reported; ``size`` is what was declared, in bytes.

    Reads ahead and back, keeps little, writes nothing. Hostile files may still cost time and memory: see ``apart``.
    """
    found = Collector()
    names.inspect(name, found)
    kind = BY_EXTENSION.get(names.extension(name))
    if kind is None:
        found.add(Code.KIND_NOT_TAKEN, names.extension(name))
    reader.seek(0, io.SEEK_END)
    if size == 0 or reader.tell() != size:
        found.add(Code.EMPTY if size == 0 else Code.SIZE_DISAGREES)
        return _findings(None, kind, found)
    try:
        content = look(reader, size, found, Budget(), 0)
    except Damaged:
        found.add(Code.DAMAGED)
        return _findings(kind, kind, found)
    if not _agrees(content, kind, found):
        return _findings(BY_NAME.get(content), kind, found)
    if kind is not None and kind.name in {"csv", "text", "json"}:
        texts.inspect_text(reader, found, table=kind.name == "csv")
    return _findings(kind, kind, found)


def _findings(content: Kind | None, declared: Kind | None, found: Collector) -> Findings:
    kind = content or declared
    media_type = OPAQUE if kind is None or found.refuses() else kind.media_type
    return Findings(kind="" if content is None else content.name, media_type=media_type, findings=found.findings())


def _agrees(content: str, kind: Kind | None, found: Collector) -> bool:
    if kind is None:
        return False
    if content in kind.contents or found.refuses():
        return True
    found.add(Code.KIND_DISAGREES if content else Code.KIND_UNKNOWN)
    return False


def look(reader: BinaryIO, size: int, found: Collector, budget: Budget, level: int) -> str:
    """The content, looked into; documents within call this again. Raises Damaged."""
    content = recognition.recognised(reader, size)
    if recognition.second_start(reader, content) or recognition.late_pdf(reader, content):
        found.add(Code.TWO_KINDS)
        return content
    if content not in CARRIES_ARCHIVES and directories.find(reader, size) is not None:
        found.add(Code.TWO_KINDS)
        return content
    if content != recognition.ZIP:
        return _inside(reader, size, content, found)
    try:
        return packages.Package(reader, size, found, budget, level, look).inspect()
    except Damaged:
        found.add(Code.ARCHIVE_DAMAGED)
        return content


def _inside(reader: BinaryIO, size: int, content: str, found: Collector) -> str:
    if content == recognition.COMPOUND:
        return compound.inspect(reader, size, found)
    if content in PICTURES:
        pictures.inspect(reader, size, content, found)
    elif content == "pdf":
        portable.inspect(reader, size, found)
    else:
        _letters(reader, content, found)
    return content


def _letters(reader: BinaryIO, content: str, found: Collector) -> None:
    if content == "svg":
        vectors.inspect(reader, found)
    elif content == "xml":
        markup.inspect(reader, found)
    elif content == "mail":
        texts.inspect_mail(reader, found)
    elif content == "rtf":
        texts.inspect_rtf(reader, found)
