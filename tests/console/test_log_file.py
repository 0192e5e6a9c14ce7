"""The audit log as a file: the rows of the page, nothing that a spreadsheet would run, and on record."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from foundation.audit import events
from foundation.tenancy.choices import Role
from tests.bed.sides import as_owner
from tests.console.test_log import did


@pytest.fixture
def tina(house):
    return house.staff("Tina", "EJ", Role.TECHNICAL_ADMINISTRATOR)


@pytest.fixture
def evil(house):
    """Somebody whose name a spreadsheet would run."""
    return house.person('=HYPERLINK("http://x")', "AL")


def test_a_csv_holds_what_the_page_shows_as_text_alone(evil, ann, tina, browser):
    did(evil, "tests.thing.done", request="+1+1")
    did(ann, "tests.other.done")
    hers = browser(tina)

    answer = hers.get(reverse("console_events_file"), {"act": "tests.thing", "format": "csv"})

    assert answer.headers["Content-Disposition"].startswith('attachment; filename="audit-log-')
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    head, line = rows[0], dict(zip(rows[0], rows[1], strict=False))
    assert rows[2] == []
    assert line["Act"] == "tests.thing.done"
    assert line["Person"].startswith("'=")
    assert line["Request"] == "'+1+1"
    assert line["Membership"] == str(evil.membership.pk)
    assert "Event" in head


def test_a_workbook_holds_the_same_and_no_formula(evil, tina, browser):
    did(evil, "tests.thing.done")

    answer = browser(tina).get(reverse("console_events_file"), {"act": "tests", "format": "xlsx"})

    cells = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows())
    assert cells[1][1].value == "tests.thing.done"
    assert {cell.data_type for row in cells for cell in row if cell.value is not None} == {"s"}


def test_taking_the_log_away_is_on_record(tina, browser):
    browser(tina).get(reverse("console_events_file"), {"format": "xlsx"})

    with tina.acting() as actor:
        assert events.newest(actor, before=None, limit=1)[0].verb == "console.events.exported"


@pytest.mark.parametrize(
    "filters", [{"format": "exe"}, {"root": "Kronos"}, {"act": "no.such.act", "format": "xlsx"}], ids=str
)
def test_an_address_that_cannot_be_understood_gives_no_file(filters, tina, browser):
    answer = browser(tina).get(reverse("console_events_file"), filters)

    assert answer.status_code == 422
    assert "Content-Disposition" not in answer.headers


def test_a_file_ends_at_its_stated_most_and_says_so(ann, tina, browser):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (id, at, membership, verb, roots, request_id, outcome) SELECT gen_random_uuid(),"
            " now() - n * interval '1 second', %s, 'tests.thing.done', '{}', '', 'done' FROM generate_series(1, 5100) n",
            [ann.membership.pk],
        )

    answer = browser(tina).get(reverse("console_events_file"), {"act": "tests.thing.done"})

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert sum(row[1:2] == ["tests.thing.done"] for row in rows) == 5000
    assert any(row and row[0].startswith("The list goes on") for row in rows)
