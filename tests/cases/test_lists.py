"""Lists of cases and invitations: narrowed, sorted, and as files, for those who see the rows alone."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cases import actions
from cases.models import Case
from foundation import access
from foundation.access import Page
from foundation.access.models import Root, Share
from foundation.audit.models import Event
from foundation.pages import exports
from tests.bed.sides import as_owner
from tests.cases.cast import CaseWorld
from tests.hostile import attacks
from tests.hostile.conftest import complaint
from tests.people import Person

FILTERS = ("text", "sort", "status", "stage", "urgency", "crime", "priority", "concerned", "owner", "own", "after")
PAGES = ("cases", "cases_export", "invitations", "invitations_export")


def browser(person: Person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person.account)
    return client


def titles(person: Person, **asked: Any) -> list[str]:
    answer = browser(person).get(reverse("cases"), asked)
    assert answer.status_code == 200
    return [row.case.root.title for row in answer.context["rows"]]


def rows_of(person: Person, page: str = "cases_export", **asked: Any) -> list[list[str]]:
    answer = browser(person).get(reverse(page), asked)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture
def three(world: CaseWorld) -> CaseWorld:
    world.open(title="Hoxha and others", urgency="critical")
    world.open(title="Tobacco at the lake", stage="trial")
    world.draft(title="Forged permits", partners=[world.house.partner("MK")])
    return world


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"text": "Хоџа"}, {"Hoxha and others"}),
        ({"text": "others hodža"}, {"Hoxha and others"}),
        ({"urgency": "critical"}, {"Hoxha and others"}),
        ({"stage": "trial"}, {"Tobacco at the lake"}),
        ({"status": "draft"}, {"Forged permits"}),
        ({"status": ["draft", "open"], "stage": "trial"}, {"Tobacco at the lake"}),
        ({"concerned": "MK"}, {"Forged permits"}),
        ({"concerned": "MK", "status": "open"}, set()),
        ({"owner": "MK"}, set()),
        ({"owner": "AL", "own": "on", "text": "permits"}, {"Forged permits"}),
        ({"priority": "nothing", "crime": ""}, None),
        ({"sort": "opened"}, {"Hoxha and others", "Tobacco at the lake", "Forged permits"}),
        ({"sort": "due"}, set()),
    ],
)
def test_filters_combine(three: CaseWorld, asked: dict[str, Any], found: set[str] | None) -> None:
    if found is None:
        assert browser(three.ann).get(reverse("cases"), asked).status_code == 422
    else:
        assert set(titles(three.ann, **asked)) == found


def test_the_next_own_due_date_comes_first(three: CaseWorld) -> None:
    with three.ann.acting() as by:
        for case in Case.objects.visible_to(by).filter(status="open").select_related("root"):
            days = 1 if "Tobacco" in case.root.title else 2
            actions.give_task(
                case=case, assignee=three.ann.membership.group_id, title="Do", text="",
                due_at=three.now + timedelta(days=days), by=by, at=three.now,
            )  # fmt: skip
    assert titles(three.ann, sort="due") == ["Tobacco at the lake", "Hoxha and others"]


def test_a_filter_that_is_set_can_be_removed_by_a_link(three: CaseWorld) -> None:
    client = browser(three.ann)
    chosen = client.get(reverse("cases"), {"status": ["open", "draft"], "text": "Hoxha"}).context["chosen"]
    assert len(chosen) == 3
    without = client.get(reverse("cases") + chosen[0].without)
    assert len(without.context["chosen"]) == 2


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", FILTERS)
def test_nothing_in_an_address_breaks_a_list(three: CaseWorld, page: str, name: str) -> None:
    client = browser(three.ann)
    for value in (*attacks.TEXTS, *attacks.CHOICES[:4], "x" * 10_000):
        answer = client.get(reverse(page), {name: [value, value]})
        assert answer.status_code in {200, 302, 404, 422}
        if not answer.headers.get("Content-Disposition"):
            assert complaint(answer) == ""


@pytest.mark.parametrize("asked", [{}, {"text": "Hoxha"}, {"owner": "AL"}, {"status": "open"}, {"sort": "opened"}])
def test_a_stranger_gets_nothing_by_list_or_file(three: CaseWorld, asked: dict[str, Any]) -> None:
    assert titles(three.stranger, **asked) == []
    assert "Hoxha" not in str(rows_of(three.stranger, **asked))


def test_a_narrowed_list_keeps_to_its_budget(three: CaseWorld) -> None:
    client = browser(three.ann)
    address = reverse("cases") + "?status=open&concerned=MK&owner=AL&own=on&text=a&crime=drug_trafficking"
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    assert len(captured) <= 8


def test_a_title_and_its_reference_are_two_words_where_no_line_breaks(three: CaseWorld) -> None:
    page = browser(three.ann).get(reverse("cases")).content.decode()
    assert re.search(r"Tobacco at the lake C-\d{4}-", re.sub(r"<[^>]+>", "", page))


def test_a_file_holds_what_the_list_shows_and_is_on_record(three: CaseWorld) -> None:
    answer = browser(three.ann).get(reverse("cases_export"), {"status": "open"})
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith('attachment; filename="cases-2')
    assert answer.content.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    handling = table[0].index("Handling codes")
    assert {row[1] for row in table[1:3]} == {"Hoxha and others", "Tobacco at the lake"}
    assert {row[handling] for row in table[1:3]} == {"H0"}
    assert table[1][-1][-6] in "+-"
    with as_owner():
        event = Event.objects.get(verb="cases.list.exported")
        assert set(event.roots) == set(
            Root.objects.filter(title__in=[row[1] for row in table[1:3]]).values_list("pk", flat=True)
        )


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1"]


@pytest.mark.parametrize("title", FORMULAS)
def test_nothing_in_a_file_is_run(world: CaseWorld, title: str) -> None:
    world.open(title=title)
    assert rows_of(world.ann)[1][1] == f"'{title}"
    answer = browser(world.ann).get(reverse("cases_export"), {"format": "xlsx"})
    cell = load_workbook(io.BytesIO(answer.content)).active["B2"]
    assert (cell.value, cell.data_type) == (title, "s")


@pytest.mark.parametrize("sign", ["\t", "\r", "\n", " =", "="])
def test_cells_that_begin_with_a_sign_of_formulas_are_inert(sign: str) -> None:
    assert exports.inert(f"{sign}1") == f"'{sign}1"


def test_kosovo_is_marked_in_a_file_with_the_footnote_once(world: CaseWorld) -> None:
    world.open(title="Routes to Kosovo")
    table = rows_of(world.ann)
    assert table[1][1] == "Routes to Kosovo*"
    assert [row[0] for row in table if row and row[0].startswith("* ")] == table[-1]


def test_kosovo_is_marked_in_a_workbook_and_its_name_is_a_sheet(world: CaseWorld) -> None:
    world.open(title="Routes to Kosovo")
    answer = browser(world.ann).get(reverse("cases_export"), {"format": "xlsx"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "Routes to Kosovo*" in texts
    assert [text for text in texts if text.startswith("* ")] == [texts[-1]]
    assert not [text for text in texts if "Kosovo" in text and "Kosovo*" not in text]
    assert "*" not in sheet.title


def test_a_file_that_is_cut_says_so(world: CaseWorld) -> None:
    with world.ann.acting() as by:
        assert "at most" in exports.remarks(by, world.now, complete=False)[0]
        assert len(exports.remarks(by, world.now, complete=True)) == 1


def test_a_share_that_is_revoked_while_a_file_is_written_stops_it(world: CaseWorld) -> None:
    cases = [world.open(title=f"Case {number}") for number in range(3)]
    for case in cases:
        world.share(case, world.mira)

    def revoke(case: UUID) -> None:
        with world.ann.acting() as by:
            share = Share.objects.visible_to(by).live().get(root_id=case, principal=world.mira.membership.group_id)
            access.revoke(by=by, share_id=share.pk)

    with world.mira.acting() as by:

        def read(after: Any, limit: int) -> Page[Any]:
            page = Root.objects.newest_page(by, kind="case", after=after, limit=min(limit, 2))
            if after is None:
                # One that was read: roots of one transaction share an instant, so chance decides which those are.
                revoke(page.roots[0])
            return page

        with pytest.raises(exports.UnableToExport):
            exports.gathered(read, actor=by)


def test_shares_given_in_one_go_are_one_line_of_the_timeline(world: CaseWorld) -> None:
    """By accepting, the prosecutor and the case registry get sight at once; both are named."""
    case = world.open()
    world.accept(world.invite(case))
    page = browser(world.ann).get(reverse("case_timeline", args=[case.pk]))
    given = [entry for entry in page.context["happenings"] if entry.what == "Share given"]
    with world.ann.acting() as by:
        shares = Share.objects.visible_to(by).filter(root_id=case.pk).exclude(reason="opened")
        together = shares.values("granted_at", "granted_by").distinct().count()
        assert shares.count() > together
    assert len(given) == together
    assert any("Mira" in whom for _level, whom in given[0].details)
    assert len([level for level, _whom in given[0].details if level != "Purpose"]) >= 2
