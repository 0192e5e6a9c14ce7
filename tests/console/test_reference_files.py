"""Files that are no table, or want to do harm, get a sentence; none gets an error or writes anything."""

from __future__ import annotations

import io
import zipfile

import pytest

from foundation.reference import tables
from foundation.reference.refusals import UnableToImport
from tests.console.reference_cast import CRIMES, HEADINGS, address, fill, give, mia
from tests.console.test_reference_import import as_file, workbook

__all__ = ["mia"]
ROW = "sanctions,Sanctions,31,2026-01-01,"


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def repacked(change: dict[str, bytes]) -> bytes:
    """A good workbook of which some parts are other ones."""
    with zipfile.ZipFile(io.BytesIO(workbook(HEADINGS.split(","), ROW.split(",")))) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    return packed(**{**parts, **change})


SHEET = "xl/worksheets/sheet1.xml"
BOMB = b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><worksheet>&b;</worksheet>"
BAD = {
    "nothing": b"",
    "blanks": b" \n \n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "zeros": bytes(1000),
    "latin letters": "code,name,position,valid_from\nx,\u0161,1,2026-01-01".encode("cp1250"),
    "half a utf-16": b"\xff\xfea",
    "an open quotation": f'{HEADINGS}\n"never closed'.encode(),
    "a field without end": HEADINGS.encode() + b'\n"' + b"a" * 200_000,
    "other columns": b"who,what\na,b",
    "no key": b"name,valid_from\na,2026-01-01",
    "a column twice": b"code,code,name,valid_from\na,a,b,2026-01-01",
    "more cells than columns": f"{HEADINGS}\n{ROW},,,more".encode(),
    "too many bytes": HEADINGS.encode() + b"\n" * tables.MOST_BYTES,
    "too many rows": (HEADINGS + "\n" + f"{ROW}\n" * (tables.MOST_ROWS + 1)).encode(),
    "a cut workbook": workbook(["code"])[:-30],
    "an archive": packed(**{"a.txt": b"a"}),
    "no sheet": repacked({SHEET: b"<worksheet/>"}),
    "a sheet of no markup": repacked({SHEET: b"no markup"}),
    "a sheet that never ends": repacked({SHEET: b"<worksheet><sheetData><row>"}),
    "entities": repacked({SHEET: BOMB}),
    "a bomb of zeros": repacked({SHEET: b"<worksheet>" + b" " * (20 * 1024 * 1024) + b"</worksheet>"}),
    "many parts": packed(**{f"xl/{number}.xml": b"<a/>" for number in range(300)}, **{"[Content_Types].xml": b"<Types/>"}),
    "a cell far away": repacked(
        {SHEET: b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'}
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(BAD))
def test_a_file_that_is_no_table_is_refused_with_a_sentence(what):
    with pytest.raises(UnableToImport) as refused:
        tables.read(BAD[what], CRIMES)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("what", ["a picture", "a cut workbook", "entities", "an open quotation"])
def test_the_page_says_so_and_keeps_nothing(what, mia, browser):
    answer = as_file(browser(mia), BAD[what], "rows.xlsx")

    assert answer.status_code == 422
    assert browser(mia).get(address("confirm")).context["difference"] is None


def test_an_empty_file_and_both_ways_at_once_are_refused(mia, browser):
    client = browser(mia)

    assert fill(client, "import").status_code == 422
    assert as_file(client, b"", "rows.csv").status_code == 422


@pytest.mark.parametrize("change", [str, lambda text: text.replace(",", ";"), lambda text: text.replace(",", "\t")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_comes_as_spreadsheets_of_all_languages_write_it(change, encoding):
    read = tables.read(change(f"{HEADINGS}\r\n{ROW}\r\n").encode(encoding), CRIMES)

    assert read.rows == ((2, ("sanctions", "Sanctions", "31", "2026-01-01", "")),)


def test_a_remark_below_the_rows_is_none_of_them_and_rows_below_it_still_are():
    read = tables.read(f"{HEADINGS}\n{ROW}\n\nMade for Mia\nand others\n{ROW}".encode(), CRIMES)

    assert [number for number, _cells in read.rows] == [2, 6]


def test_a_table_survives_the_way_through_its_draft():
    read = tables.read(f"{HEADINGS}\n{ROW}".encode(), CRIMES)

    assert tables.Table.from_data(read.as_data()) == read


def test_another_file_takes_the_place_of_the_first(mia, browser):
    client = browser(mia)
    give(client, f"{HEADINGS}\n{ROW}")

    found = give(client, f"{HEADINGS}\nother,Other,1,2026-01-01,").context["difference"]

    assert [line.title for line in found.added] == ["other (2026-01-01)"]
