"""Search over everything: found by any spelling, by those who see it, and by nobody else."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from foundation import access
from foundation.access.models import Root
from foundation.audit.models import Event
from foundation.pages import exports
from tests.bed.sides import as_owner
from tests.hostile import attacks
from tests.hostile.conftest import complaint

SPELLINGS = ["Хоџа", "Hodža", "hoxha", "HODZA", "hodz", "2026 хоџа"]


@pytest.fixture
def case(ann):
    with ann.acting() as by:
        return access.open_root(by=by, kind="case", reference="C-2026-KRNSQ7", title="Hoxha and others")


def find(client, **asked):
    return client.get(reverse("search"), asked)


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_case_is_found_by_any_spelling_and_opened_by_its_one_address(ann, case, browser, text):
    page = find(browser(ann), text=text).content.decode()
    assert "Hoxha and others" in page
    assert reverse("root", args=[case]) in page


@pytest.mark.parametrize("text", [*SPELLINGS, "C-2026-KRNSQ7"])
def test_a_stranger_finds_nothing_and_is_not_told_that_there_is_something(bob, case, browser, text):
    hidden, never = (find(browser(bob), text=words) for words in (text, "zzzzzz"))
    assert hidden.status_code == never.status_code == 200
    assert "Hoxha and others" not in hidden.content.decode()
    assert str(case) not in hidden.content.decode()
    assert hidden.context["groups"] == never.context["groups"] == []


def test_results_are_on_record_with_their_roots(ann, case, browser):
    find(browser(ann), text="hodza")
    with as_owner():
        event = Event.objects.get(verb="home.search.made")
    assert event.roots == [case]


def test_a_kind_narrows_the_results(ann, case, meeting, browser):
    client = browser(ann)
    with ann.acting() as by:
        assert Root.objects.visible_to(by).count() == 2
    kinds = {kind: find(client, text="2026", kind=kind).context["groups"] for kind in ("", "case", "meeting")}
    assert [len(groups) for groups in kinds.values()] == [2, 1, 1]


@pytest.mark.parametrize("name", ["text", "kind", "after"])
@pytest.mark.parametrize("value", [*attacks.TEXTS, *attacks.CHOICES], ids=lambda value: ascii(value[:20]))
def test_whatever_is_looked_for_is_answered_clearly(ann, case, browser, name, value):
    answer = find(browser(ann), **{"text": "hoxha", name: [value, value]})
    assert answer.status_code in {200, 404, 422}
    assert complaint(answer) == ""
    assert answer.content.count(b"long ") < 100 or answer.status_code == 422


def test_every_page_has_the_box(ann, browser):
    page = browser(ann).get(reverse("home")).content.decode()
    assert f'action="{reverse("search")}" role="search"' in page


def test_what_was_found_is_counted_and_travels_as_a_file(ann, bob, case, meeting, browser):
    page = find(browser(ann), text="2026")
    mine, hers = (rows_of(browser(who).get(reverse("search_export"), {"text": "2026"})) for who in (ann, bob))
    assert "2 fit" in page.content.decode()
    assert {(row[0], row[2]) for row in mine[1:3]} == {("case", "Hoxha and others"), ("meeting", "Operation Kronos")}
    assert hers[1] == []
    with as_owner():
        event = Event.objects.filter(verb="home.search.exported", membership=ann.membership.pk).get()
    assert set(event.roots) == {case, meeting}


def test_a_file_of_nothing_that_was_looked_for_is_empty(ann, case, browser):
    assert rows_of(browser(ann).get(reverse("search_export")))[1] == []


def test_of_5001_rows_a_file_holds_5000_and_says_that_there_are_more(ann, browser):
    with ann.acting(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT access_open_root(gen_random_uuid(), 'case', 'C-2026-' || n, 'Row ' || n, 'c 2026 ' || n || ' row ' || n)"
            " FROM generate_series(1, 5001) n"
        )

    page = find(browser(ann), text="row")
    files = [browser(ann).get(reverse("search_export"), {"text": "row", "format": kind}) for kind in exports.FORMATS]

    assert "More than 200 fit" in page.content.decode()
    for table in (rows_of(files[0]), sheet_of(files[1])):
        rows = [row for row in table[1:] if row and row[0] == "case"]
        assert len({row[1] for row in rows}) == len(rows) == exports.MOST == 5000
        said = "The list goes on: a file holds 5000 rows at most"
        assert [row[0] for row in table if row and row[0].startswith(said)]


def rows_of(answer):
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def sheet_of(answer):
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(answer.content), read_only=True)
    return [[cell or "" for cell in row] for row in book.active.iter_rows(values_only=True)]
