"""Compound files (OLE2): Word, Excel and PowerPoint before 2007, Outlook messages, and Office files behind a password."""

from __future__ import annotations

import re
import struct
from typing import Any, BinaryIO, cast

import olefile

from foundation.documents.inspection import limits, reading
from foundation.documents.inspection.findings import Code, Collector
from foundation.documents.inspection.kinds import PROGRAMS
from foundation.documents.inspection.names import extension
from foundation.documents.inspection.reading import Damaged

OPEN: Any = olefile.OleFileIO  # it has no types
KINDS = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"))
MESSAGE = "__properties_version1.0"
LOCKED = frozenset({"EncryptedPackage", "EncryptionInfo"})
MACROS = frozenset({"vba", "_vba_project", "_vba_project_cur", "macros"})
OBJECTS = re.compile(r"objectpool|\x01ole10native|mbd[0-9a-f]{8}|package", re.IGNORECASE)
ATTACHMENT = "__attach_version1.0"
# Names of attachments in a message: long and short, as text of 16 and 8 bits.
ATTACHED_NAMES = ("__substg1.0_3707001F", "__substg1.0_3704001F", "__substg1.0_3707001E", "__substg1.0_3704001E")
DDE = re.compile(rb"D\0?D\0?E\0?(A\0?U\0?T\0?O\0?)?[ \x14]")
WORD_FLAGS_AT, WORD_ENCRYPTED = 0x0A, 0x0100
BOUNDSHEET, FILEPASS, DDE_OR_OLE_LINK, MACRO_SHEET, EXCEL_RECORDS = 0x85, 0x2F, 0x1AE, 1, 200_000


def inspect(reader: BinaryIO, size: int, found: Collector) -> str:
    """The content by its streams; macros, objects, commands to other programs, passwords. Raises Damaged."""
    try:
        with OPEN(cast("BinaryIO", reading.Window(reader, size))) as ole:
            paths = ole.listdir(streams=True, storages=True)
            content = _content(paths)
            _names(paths, found)
            if content == "msg":
                _attachments(ole, paths, found)
            elif content == "doc":
                _word(ole, found)
            elif content == "xls":
                _excel(ole, found)
            return content
    except (OSError, ValueError, IndexError, TypeError, AttributeError, struct.error, RecursionError) as error:
        raise Damaged from error


def _content(paths: list[list[str]]) -> str:
    top = {path[0] for path in paths}
    if top & LOCKED:
        return "office-encrypted"
    if MESSAGE in top:
        return "msg"
    return next((content for stream, content in KINDS if stream in top), "")


def _names(paths: list[list[str]], found: Collector) -> None:
    for path in paths:
        lowered = {part.lower() for part in path}
        if lowered & MACROS:
            found.add(Code.OFFICE_MACROS)
        if any(OBJECTS.fullmatch(part) for part in path):
            found.add(Code.OFFICE_OBJECTS)
        if path[0] in LOCKED:
            found.add(Code.OFFICE_ENCRYPTED)


def _stream(ole: Any, name: str) -> bytes:
    """One stream, as far as it is looked into."""
    data = ole.openstream(name).read(limits.INNER)
    return bytes(data)


def _attachments(ole: Any, paths: list[list[str]], found: Collector) -> None:
    if any(path[0].startswith(ATTACHMENT) for path in paths):
        found.add(Code.MAIL_ATTACHMENTS)
    for path in paths:
        if path[-1] in ATTACHED_NAMES:
            encoding = "utf-16-le" if path[-1].endswith("1F") else "latin-1"
            name = ole.openstream(path).read(600).decode(encoding, "replace").rstrip("\0")
            if extension(name) in PROGRAMS:
                found.add(Code.MAIL_PROGRAMS, name)


def _word(ole: Any, found: Collector) -> None:
    data = _stream(ole, "WordDocument")
    flags = struct.unpack_from("<H", data, WORD_FLAGS_AT)[0]
    if flags & WORD_ENCRYPTED:
        found.add(Code.OFFICE_ENCRYPTED)
    if DDE.search(data):
        found.add(Code.OFFICE_DDE)


def _excel(ole: Any, found: Collector) -> None:
    """Records of the workbook: sheets of macros from the time before Basic, a password, links to other programs."""
    data = _stream(ole, "Workbook" if ole.exists("Workbook") else "Book")
    at = 0
    for _ in range(EXCEL_RECORDS):
        if at + 4 > len(data):
            return
        kind, length = struct.unpack_from("<2H", data, at)
        body = data[at + 4 : at + 4 + length]
        if kind == BOUNDSHEET and len(body) > 5 and body[5] == MACRO_SHEET:  # noqa: PLR2004
            found.add(Code.OFFICE_MACROS)
        if kind == FILEPASS:
            found.add(Code.OFFICE_ENCRYPTED)
            return
        if kind == DDE_OR_OLE_LINK and b"\x03" in body[4:] and re.search(rb"[A-Za-z]{2,}\x03", body):
            found.add(Code.OFFICE_DDE)
        at += 4 + length
