"""A file of reference data comes in: nothing is written before somebody has seen it, and then exactly what was seen."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from cases.models import CrimeType
from foundation.pages.models import Draft
from foundation.reference import actions, differences
from foundation.reference.kinds import Kind
from foundation.reference.models import Act, Change
from foundation.reference.refusals import DataMoved
from tests.console.reference_cast import CRIMES, HEADINGS, address, confirm, fill, give, in_days, mia, staff, table
from wbcj.composition import REFERENCE

__all__ = ["mia"]
FROM = "2019-12-12"
# One row of each fate: changed, ended, unchanged, added.
FATES = "\n".join(
    (
        HEADINGS,
        f"corruption,Bribery and corruption,23,{FROM},",
        f"fraud,Swindling and fraud,15,{FROM},{in_days(9)}",
        f"robbery,Robbery and aggravated theft,13,{FROM},",
        f"sanctions,Violation of Union sanctions,31,{in_days(1)},",
    )
)


def as_file(client, body: bytes, name: str, kind: str = "crime-types"):
    answer = fill(client, "import", kind, file=SimpleUploadedFile(name, body))
    return client.get(answer.headers["Location"]) if answer.status_code == 302 else answer


def workbook(*lines) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_dry_run_shows_each_fate_and_writes_nothing(mia, browser):
    before = list(CrimeType.objects.values())

    page = give(browser(mia), FATES)

    found = page.context["difference"]
    assert [line.title for line in found.added] == [f"sanctions ({in_days(1)})"]
    assert [(one.before, one.after) for line in found.changed for one in line.cells] == [
        ("Corruption", "Bribery and corruption")
    ]
    assert [line.title for line in found.ended] == [f"fraud ({FROM})"]
    assert (found.unchanged, found.absent, found.wrong) == (1, 27, [])
    assert "<del>Corruption</del>" in page.content.decode()
    assert list(CrimeType.objects.values()) == before


def test_what_was_shown_is_written_as_one_and_the_rows_are_forgotten(mia, browser):
    client = browser(mia)

    answer = confirm(client, give(client, FATES))

    assert answer.headers["Location"] == address("rows")
    assert CrimeType.objects.get(code="corruption").name == "Bribery and corruption"
    assert CrimeType.objects.get(code="fraud").valid_until == in_days(9)
    assert CrimeType.objects.get(code="sanctions").valid_from == in_days(1)
    assert set(Change.objects.values_list("act", "imported")) == {
        (Act.ADDED, True), (Act.CHANGED, True), (Act.ENDED, True)
    }  # fmt: skip
    with mia.acting() as actor:
        assert not Draft.objects.visible_to(actor).exists()


def test_rows_that_are_not_wanted_are_thrown_away(mia, browser):
    client = browser(mia)

    answer = confirm(client, give(client, FATES), forget="1")

    assert answer.headers["Location"] == address("rows")
    assert not Change.objects.exists()
    with mia.acting() as actor:
        assert not Draft.objects.visible_to(actor).exists()


def test_a_confirmation_sent_twice_writes_once(mia, browser):
    client = browser(mia)
    page = give(client, FATES)
    key = "0b5a7c1e-52f6-4f5e-9f53-2a4a3f9d1c12"

    first, second = (confirm(client, page, submission_key=key) for _again in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Change.objects.count() == 3


def test_what_moved_meanwhile_is_shown_afresh(mia, house, browser):
    client, zoe = browser(mia), browser(staff(house, "Zoe"))
    page = give(client, FATES)
    row = CrimeType.objects.get(code="corruption")
    fill(zoe, "change", row=row.pk, version="1", name="Graft", position="23", valid_until="")

    answer = confirm(client, page)

    assert answer.status_code == 409
    assert "<del>Graft</del>" in answer.content.decode()
    assert not CrimeType.objects.filter(code="sanctions").exists()
    assert confirm(client, answer).status_code == 302
    assert CrimeType.objects.get(code="corruption").name == "Bribery and corruption"


def test_a_fingerprint_of_another_difference_writes_nothing(mia):
    with mia.acting() as by:
        rows = table(("sanctions", "Sanctions", "31", "2026-01-01", ""))
        actions.propose(kind=CRIMES, table=rows, by=by, at=timezone.now())
        with pytest.raises(DataMoved):
            actions.bring_in(kind=CRIMES, fingerprint=differences.NO_FINGERPRINT, by=by, at=timezone.now())
    assert not CrimeType.objects.filter(code="sanctions").exists()


def test_rows_that_wait_are_their_givers_alone(mia, house, browser):
    give(browser(mia), FATES)

    page = browser(staff(house, "Zoe")).get(address("confirm"))

    assert page.context["difference"] is None
    assert "No file waits" in page.content.decode()


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("corruption,Corruption,many,2019-12-12,", "position", "whole number"),
        ("new one,New,1,2026-01-01,", "code", "small letters"),
        ("new,,1,2026-01-01,", "name", "required"),
        ("new,New,1,1/2/2026,", "valid_from", "year-month-day"),
        ("new,New,1,2026-02-01,2026-01-01", "valid_until", "before the first"),
        ("corruption,Corruption,23,2019-12-12,2020-01-01", "valid_until", "in the past"),
        ("corruption,Corruption,23,2025-01-01,", "valid_from", "corruption (2019-12-12)"),
        ("new,a" + 300 * "x" + ",1,2026-01-01,", "name", "200"),
        ('new,"a\x7fb",1,2026-13-01,', "valid_from", "year-month-day"),
    ],
)
def test_what_is_wrong_is_said_by_row_and_column_and_nothing_can_be_written(line, column, said, mia, browser):
    client = browser(mia)

    page = give(client, f"{HEADINGS}\nsanctions,Sanctions,31,2026-01-01,\n{line}")

    found = page.context["difference"]
    assert [(one.number, one.column) for one in found.wrong] == [(3, column)]
    assert said in found.wrong[0].said
    assert "Write these changes" not in page.content.decode()
    assert confirm(client, page).status_code == 409
    assert not CrimeType.objects.filter(code="sanctions").exists()


def test_two_rows_of_a_file_about_the_same_are_wrong(mia, browser):
    one = "sanctions,Sanctions,31,2026-01-01,2026-12-31\n"

    twice = give(browser(mia), f"{HEADINGS}\n{one}{one}").context["difference"]
    overlapping = give(browser(mia), f"{HEADINGS}\n{one}sanctions,S,1,2026-06-01,").context["difference"]

    assert [(wrong.number, wrong.column) for wrong in twice.wrong] == [(3, "code")]
    assert [(wrong.number, wrong.column) for wrong in overlapping.wrong] == [(2, "valid_from"), (3, "valid_from")]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", sorted(REFERENCE))
def test_what_was_exported_changes_nothing_when_it_comes_back(kind, form, mia, browser):
    client = browser(mia)
    hostile(REFERENCE[kind])
    body = client.get(address("file", kind), {"format": form}).content

    found = as_file(client, body, f"rows.{form}", kind).context["difference"]

    assert (found.lines, found.wrong, found.absent) == ([], [], 0)
    assert found.unchanged == len(REFERENCE[kind].rows()) > 0


def hostile(kind: Kind) -> None:
    """Words that a spreadsheet would run, that name Kosovo, and that begin with an apostrophe."""
    if "name" in kind.by_name:
        names = ("=1+1", "'=quoted", "Trade through Kosovo", "Kosovo*, starred", 'a, "b"; c')
        for row, name in zip(kind.rows(), names, strict=False):
            kind.by_name["name"].write(row, name)
            row.save()


def test_an_export_runs_nothing_and_names_kosovo_as_everywhere(mia, browser):
    hostile(CRIMES)
    client = browser(mia)

    text = client.get(address("file"), {"format": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    sheet = load_workbook(io.BytesIO(client.get(address("file"), {"format": "xlsx"}).content)).active

    assert rows[1][1] == "'=1+1"
    assert rows[3][1] == "Trade through Kosovo*"
    assert "without prejudice" in text
    assert sheet["B2"].data_type == "s"


def test_a_spreadsheet_with_dates_and_numbers_of_its_own_is_understood(mia, browser):
    line = ["sanctions", "Sanctions", 31, in_days(1), None]

    page = as_file(browser(mia), workbook(HEADINGS.split(","), line), "rows.xlsx")

    assert [line.values["valid_from"] for line in page.context["difference"].added] == [in_days(1)]
    assert page.context["difference"].wrong == []
