"""A file of rows, read with bounds: text or a workbook. What is wrong with it is said in a sentence and is never an error."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from foundation.documents.inspection import packages
from foundation.documents.inspection.archives import Budget
from foundation.documents.inspection.findings import Collector
from foundation.documents.inspection.inspecting import look
from foundation.documents.inspection.reading import Damaged
from foundation.pages import exports
from foundation.reference.kinds import NO, YES, Kind, cell
from foundation.reference.refusals import UnableToImport

MOST_BYTES: Final = 1024 * 1024
MOST_ROWS: Final = 2000
MOST_COLUMNS: Final = 60
# What a workbook may unpack to, and how many parts it may have.
UNPACKED: Final = 16 * 1024 * 1024
PARTS: Final = 200
# Empty rows that are looked through after the last one that says something.
_GAP: Final = 2000
_WORKBOOK: Final = b"PK\x03\x04"
_MARKS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig"))
_UNFIT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, kw_only=True)
class Table:
    """Headings, and rows with their numbers in the file; the headings are row 1."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def as_data(self) -> dict[str, list[Any]]:
        """For a JSON column."""
        return {"headings": list(self.headings), "rows": [[number, list(cells)] for number, cells in self.rows]}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Table:
        """Back from ``as_data``."""
        rows = tuple((int(number), tuple(map(str, cells))) for number, cells in data["rows"])
        return cls(headings=tuple(map(str, data["headings"])), rows=rows)


def read(data: bytes, kind: Kind) -> Table:
    """The rows of a file of this kind. Raises UnableToImport with what is wrong."""
    if not data.strip():
        raise UnableToImport(_("The file is empty."))
    if len(data) > MOST_BYTES:
        raise UnableToImport(
            _("The file is larger than one megabyte. Reference data are not that many: choose another one.")
        )
    lines = _workbook(data) if data.startswith(_WORKBOOK) else _text(data)
    return _table(lines, kind)


def _table(lines: Iterable[Sequence[str]], kind: Kind) -> Table:
    """The rows that say something; what stands alone in its line below a gap is a remark."""
    numbered = (
        (number, [" ".join(one.splitlines()).strip() for one in line]) for number, line in enumerate(lines, start=1)
    )
    filled = [(number, line) for number, line in _until_nothing_comes(numbered)]
    if not filled:
        raise UnableToImport(_("The file is empty."))
    headings = _headings(filled[0][1], kind)
    rows = list(_below(filled[0][0], filled[1:]))
    if len(rows) > MOST_ROWS:
        raise UnableToImport(_("The file has more than %(most)s rows. Bring it in in pieces.") % {"most": MOST_ROWS})
    return Table(headings=headings, rows=tuple((number, _fitted(line, headings, number)) for number, line in rows))


def _until_nothing_comes(lines: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    gap = 0
    for number, line in lines:
        gap = 0 if any(line) else gap + 1
        if gap > _GAP:
            return
        if not gap:
            yield number, line


def _below(last: int, filled: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Rows below the headings, without the remarks at the end."""
    remarks = False
    for number, line in filled:
        remarks = not any(line[1:]) and (remarks or number > last + 1)
        last = number
        if not remarks:
            yield number, line


def _headings(line: Sequence[str], kind: Kind) -> tuple[str, ...]:
    found = [one.lower() for one in line]
    while found and not found[-1]:
        found.pop()
    unknown = [one for one in found if one not in kind.by_name]
    missing = [name for name in kind.known_by if name not in found]
    known = ", ".join(kind.by_name)
    if unknown:
        said = _("The first row has a column that is not known: %(name)s. Known are: %(known)s.")
        raise UnableToImport(said % {"name": unknown[0][:40] or _("a column without a name"), "known": known})
    if missing:
        said = _("The first row lacks a column: %(name)s. It names the columns: %(known)s.")
        raise UnableToImport(said % {"name": missing[0], "known": known})
    if len(set(found)) < len(found):
        raise UnableToImport(_("A column stands twice in the first row."))
    return tuple(found)


def _fitted(line: Sequence[str], headings: Sequence[str], number: int) -> tuple[str, ...]:
    """As many cells as there are headings; what an export wrote so that no spreadsheet runs it is read as it was."""
    if any(line[len(headings) :]):
        raise UnableToImport(_("Row %(number)s has more cells than there are columns.") % {"number": number})
    cells = [*line, *[""] * len(headings)][: len(headings)]
    return tuple(_plain(one) for one in cells)


def _plain(text: str) -> str:
    bare = text.removeprefix("'")
    return bare if exports.inert(bare) == text else text


def _text(data: bytes) -> Iterator[list[str]]:
    encoding = next(encoding for mark, encoding in _MARKS if data.startswith(mark))
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnableToImport(
            _("The letters of this file cannot be read. Save it as “CSV UTF-8”, or as XLSX.")
        ) from error
    if _UNFIT.search(text):
        raise UnableToImport(_("This is neither a table as text (CSV) nor a workbook (XLSX)."))
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise UnableToImport(_("A quotation mark in this file is not closed, or stands where none may.")) from error


def _workbook(data: bytes) -> Iterator[list[str]]:
    """The first sheet. Looked into before any library is trusted with it: what it unpacks to, its parts, its markup."""
    _demand_harmless(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        most = {"max_row": MOST_ROWS + _GAP + 2, "max_col": MOST_COLUMNS}
        found = [[_cell(one) for one in line] for line in sheet.iter_rows(values_only=True, **most)]
    except Exception as error:  # the library raises whatever a malformed part makes it stumble over
        raise UnableToImport(_("This workbook is damaged. Open it in a spreadsheet and save it again.")) from error
    yield from found


def _demand_harmless(data: bytes) -> None:
    found = Collector()
    budget = Budget(entries=PARTS, unpacked=UNPACKED)
    try:
        content = packages.Package(io.BytesIO(data), len(data), found, budget, 0, look).inspect()
    except Damaged as error:
        raise UnableToImport(_("This workbook is damaged. Open it in a spreadsheet and save it again.")) from error
    if found.refuses() or content != "xlsx":
        raise UnableToImport(_("This is no plain workbook (XLSX): it is not opened."))


def _cell(value: Any) -> str:
    """A cell of a workbook as it stands in a text."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return cell(value.date()) if value.time() == datetime.min.time() else value.isoformat(sep=" ")
    return cell(value) if isinstance(value, date | time) else str(value if value is not None else "")
