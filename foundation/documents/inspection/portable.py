"""PDF files, read by a real parser: object streams, escaped names and old revisions included."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import pikepdf

from foundation.documents.inspection import limits, reading
from foundation.documents.inspection.findings import Code, Collector
from foundation.documents.inspection.reading import Damaged

KEYS = {
    "/JS": Code.PDF_SCRIPT,
    "/JavaScript": Code.PDF_SCRIPT,
    "/AA": Code.PDF_STARTS,
    "/EF": Code.PDF_EMBEDS,
    "/EmbeddedFiles": Code.PDF_EMBEDS,
    "/RichMediaContent": Code.PDF_MEDIA,
    "/XFA": Code.PDF_FORM,
}
ACTIONS = {
    "/JavaScript": Code.PDF_SCRIPT,
    "/Launch": Code.PDF_STARTS,
    "/SubmitForm": Code.PDF_FORM,
    "/ImportData": Code.PDF_FORM,
    "/GoToR": Code.PDF_STARTS,
    "/GoToE": Code.PDF_STARTS,
    "/Rendition": Code.PDF_MEDIA,
    "/Movie": Code.PDF_MEDIA,
    "/Sound": Code.PDF_MEDIA,
    "/RichMediaExecute": Code.PDF_MEDIA,
}
SUBTYPES = {"/RichMedia": Code.PDF_MEDIA, "/3D": Code.PDF_MEDIA, "/Movie": Code.PDF_MEDIA, "/Screen": Code.PDF_MEDIA}
TYPES = {"/EmbeddedFile": Code.PDF_EMBEDS}
# An opening action that only turns to a page is what most writers put there.
TURNS_A_PAGE = frozenset({"/GoTo", "/Named"})
END = b"%%EOF"
logging.getLogger("pikepdf").setLevel(logging.CRITICAL)


def load() -> None:
    """Open a locked file once: the library of ciphers opens files of its own when it is first needed, which later it cannot."""
    locked = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="owner", user=""))
    pikepdf.open(locked).close()


def inspect(reader: BinaryIO, size: int, found: Collector) -> None:
    """Note scripts, what starts by itself, files within, media, forms that send, encryption. Raises Damaged."""
    _tail(reader, size, found)
    try:
        with _opened(reader, size) as pdf:
            if pdf.is_encrypted:
                found.add(Code.PDF_RESTRICTED)
            if pdf.get_warnings():
                found.add(Code.PDF_DAMAGED)
            _catalog(pdf, found)
            _objects(pdf, found)
    except pikepdf.PasswordError:
        found.add(Code.PDF_ENCRYPTED)
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, RuntimeError, KeyError) as error:
        raise Damaged from error


def _opened(reader: BinaryIO, size: int) -> pikepdf.Pdf:
    source = cast("BinaryIO", reading.Window(reader, size))
    return pikepdf.open(source, suppress_warnings=True, access_mode=pikepdf.AccessMode.stream)


def _tail(reader: BinaryIO, size: int, found: Collector) -> None:
    """What stands behind the end of the document."""
    tail = reading.at(reader, max(0, size - limits.TAIL), limits.TAIL)
    at = tail.rfind(END)
    if at < 0 or len(tail[at + len(END) :].strip(b"\0\r\n\t ")) > limits.PDF_TAIL:
        found.add(Code.PDF_TAIL)


def _catalog(pdf: pikepdf.Pdf, found: Collector) -> None:
    action = pdf.Root.get("/OpenAction")
    if isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) not in TURNS_A_PAGE:
        found.add(Code.PDF_STARTS, "OpenAction")


def _objects(pdf: pikepdf.Pdf, found: Collector) -> None:
    for number, thing in enumerate(pdf.objects):
        if number > limits.PDF_OBJECTS:
            found.add(Code.TOO_MUCH_WORK)
            return
        for dictionary in _dictionaries(thing):
            _dictionary(dictionary, found)


def _dictionaries(thing: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The dictionaries of one object, without following references: each object has its turn."""
    waiting = [(thing, 0)]
    while waiting:
        current, depth = waiting.pop()
        if depth > limits.PDF_DEPTH:
            raise Damaged
        inner: list[Any] = []
        if isinstance(current, pikepdf.Dictionary | pikepdf.Stream):
            yield current
            inner = [value for _key, value in current.items()]
        elif isinstance(current, pikepdf.Array):
            inner = list(current)
        waiting += [(i, depth + 1) for i in inner if isinstance(i, pikepdf.Object) and not i.is_indirect]


def _dictionary(dictionary: pikepdf.Object, found: Collector) -> None:
    for key in dictionary.keys():  # noqa: SIM118 - a PDF object, not a dict
        if key in KEYS:
            found.add(KEYS[key], key.lstrip("/"))
    for key, table in (("/S", ACTIONS), ("/Subtype", SUBTYPES), ("/Type", TYPES)):
        value = dictionary.get(key)
        code = table.get(str(value)) if isinstance(value, pikepdf.Name) else None
        if code is not None:
            found.add(code, str(value).lstrip("/"))
