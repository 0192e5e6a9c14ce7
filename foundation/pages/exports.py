"""A list as a file: CSV for programs, XLSX for spreadsheets. Nothing in it runs, and Kosovo* is named as everywhere else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from foundation.access import Cursor, Page
from foundation.access.models import Root
from foundation.components import formats, kosovo
from foundation.tenancy.actors import Actor
from foundation.workflow.refusals import Refusal

Row = TypeVar("Row")
Cell = str | datetime | None
Line = list[str]

MOST: Final = 5000
_AT_ONCE: Final = 500
# A filter that matches next to nothing looks through this many times the bound of one page, then says that it stopped.
_LOOKS: Final = 20
# A spreadsheet takes a cell that begins so for a formula; some fold the full-width signs (Unicode U+FF1D and so on) first.
_RUNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BOM: Final = "\ufeff"


class UnableToExport(Refusal):
    """The list cannot be given away as it was read."""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A heading and what stands below it."""

    label: Promise | str
    value: Callable[[Row], Cell]


@dataclass(frozen=True, kw_only=True)
class Gathered(Generic[Row]):
    """The rows of a list, their roots, and whether these are all."""

    rows: tuple[Row, ...]
    roots: tuple[UUID, ...]
    complete: bool


def gathered(read: Callable[[Cursor | None, int], Page[Row]], *, actor: Actor, most: int = MOST) -> Gathered[Row]:
    """The rows of a list from its beginning, at most so many, read piece by piece.

    Each piece sees what the actor may see by then. Raises UnableToExport when something that was read has been taken from
    the actor's sight before the last piece came.
    """
    rows: list[Row] = []
    roots: list[UUID] = []
    after: Cursor | None = None
    for _look in range(_LOOKS + most // _AT_ONCE):
        page = read(after, min(_AT_ONCE, most - len(rows)))
        rows += page.rows
        roots += page.roots
        after = page.after
        if after is None or len(rows) >= most:
            break
    _require_sight(actor, roots)
    return Gathered(rows=tuple(rows), roots=tuple(roots), complete=after is None)


def _require_sight(actor: Actor, roots: Sequence[UUID]) -> None:
    wanted = set(roots)
    if wanted and Root.objects.visible_to(actor).filter(pk__in=wanted).count() < len(wanted):
        raise UnableToExport(
            _("What you may see changed while the file was being written, so it was thrown away. Ask for it again.")
        )


def lines(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Iterator[Line]:
    """Headings and rows as text, with the Kosovo* rule applied."""
    yield [kosovo.mark_text(str(column.label)) for column in columns]
    for row in rows:
        yield [_text(column.value(row)) for column in columns]


def remarks(actor: Actor, at: datetime, *, complete: bool, most: int = MOST) -> list[str]:
    """What stands below the rows: for whom and when, and whether the list goes on."""
    made = _("Made for %(name)s, %(authority)s, on %(at)s. The handling codes bind whoever holds this file.")
    said = [made % {"name": actor.account_name, "authority": actor.authority_name, "at": formats.instant(at)}]
    if not complete:
        cut = ngettext(
            "The list goes on: a file holds %(most)s row at most. Narrow the list to get the others.",
            "The list goes on: a file holds %(most)s rows at most. Narrow the list to get the others.",
            most,
        )
        said.insert(0, cut % {"most": most})
    return [kosovo.mark_text(line.replace(formats.NBSP, " ")) for line in said]


def table(columns: Sequence[Column[Row]], rows: Iterable[Row], notes: Sequence[str]) -> Iterator[Line]:
    """The whole file, line by line, with the footnote in its language where Kosovo* is named."""
    named = False
    for line in [*lines(columns, rows), [], *([note] for note in notes)]:
        named = named or any(kosovo.names_kosovo(cell) for cell in line)
        yield line
    if named:
        yield [kosovo.footnote(translation.get_language() or "en")]


def as_csv(content: Iterable[Line]) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it; every cell quoted, none that a spreadsheet would run."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    for line in content:
        writer.writerow([inert(cell) for cell in line])
    return (_BOM + out.getvalue()).encode()


def as_xlsx(content: Iterable[Line], title: str) -> bytes:
    """A workbook of one sheet. Every cell is text, whatever it begins with."""
    book = Workbook(write_only=True)
    book.properties.creator = str(_("WBCJ Coordination"))
    sheet: Any = book.create_sheet(kosovo.mark_text(title).replace("*", "")[:31])
    sheet.freeze_panes = "A2"
    heading = Font(bold=True)
    for number, line in enumerate(content):
        cells = [_xlsx_cell(sheet, cell) for cell in line]
        if number == 0:
            for place, cell in enumerate(cells, start=1):
                cell.font = heading
                sheet.column_dimensions[get_column_letter(place)].width = 24
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def inert(text: str) -> str:
    """The text as a spreadsheet shows it and does not run it."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_RUNS) else text


def _xlsx_cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    return cell


def _text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(sep=" ", timespec="minutes")
    return kosovo.mark_text(str(value))


FORMATS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
