"""Lists by the API: complete, stable while others write, narrowed as the page narrows, in about as many statements."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cases import actions
from cases.models import Task
from foundation.pages.api import description
from tests.api.cast import ApiWorld, Caller, statements

CASES = "/api/v1/cases"
DAY = timedelta(days=1)


@pytest.fixture
def many(world: ApiWorld) -> ApiWorld:
    for number in range(7):
        world.known(title=f"Case {number}", stage="trial" if number % 2 else "investigation")
    return world


def titles(pages: Any) -> list[str]:
    return [item["title"] for page in pages for item in page]


@pytest.mark.parametrize("query", ["", "&sort=opened", "&stage=trial", "&stage=trial&sort=opened&text=case"])
@pytest.mark.parametrize("limit", [1, 3, 7, 200])
def test_the_pages_together_are_the_list(many: ApiWorld, register: Caller, query: str, limit: int) -> None:
    pages = list(register.pages(f"{CASES}?limit={limit}{query}"))
    expected = {f"Case {number}" for number in range(7) if "trial" not in query or number % 2}
    assert len(titles(pages)) == len(expected)
    assert set(titles(pages)) == expected
    assert all(len(page) <= limit for page in pages)


def test_what_is_written_meanwhile_neither_doubles_nor_hides_a_row(many: ApiWorld, register: Caller) -> None:
    pages = register.pages(f"{CASES}?limit=3&sort=opened")
    first = next(pages)
    many.known(title="Newcomer")
    found = titles([first, *pages])
    # A test is one transaction, whose clock stands still: the newcomer's place among the others is a matter of chance.
    assert found.count("Newcomer") <= 1
    assert sorted(title for title in found if title != "Newcomer") == [f"Case {number}" for number in range(7)]


def test_the_list_by_due_date_is_that_of_own_tasks(many: ApiWorld, register: Caller) -> None:
    assert list(register.pages(f"{CASES}?sort=due")) == [[]]


@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ("stage=nothing", "stage", "invalid_choice"),
        ("status=open&status=nothing", "status", "invalid_choice"),
        ("text=" + "x" * 101, "text", "max_length"),
        ("text=%00", "text", "null_characters_not_allowed"),
        ("own=null", "own", "invalid"),
        ("own=true&own=on", "own", "invalid"),
        ("limit=0", "limit", "invalid"),
        ("limit=201", "limit", "invalid"),
        ("limit=-1", "limit", "invalid"),
        ("limit=%D9%A5", "limit", "invalid"),
        ("after=nothing", "after", "invalid"),
        ("after=%00", "after", "invalid"),
        ("stages=trial", "stages", "unknown"),
    ],
)
def test_a_parameter_that_is_not_valid_is_named(
    world: ApiWorld, register: Caller, query: str, parameter: str, code: str
) -> None:
    answer = register.get(f"{CASES}?{query}")
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [(one["parameter"], one["code"]) for one in answer.json()["errors"]] == [(parameter, code)]


def test_a_place_of_another_order_is_none(many: ApiWorld, register: Caller) -> None:
    place = register.get(f"{CASES}?limit=1&sort=opened").json()["next"].partition("after=")[2]
    assert register.get(f"{CASES}?limit=1&after={place}").status_code == 422


@pytest.mark.parametrize("query", ["", "?stage=trial", "?sort=opened", "?sort=due"])
def test_a_list_takes_one_statement_more_than_its_page_at_most(many: ApiWorld, register: Caller, query: str) -> None:
    browser = Client()
    browser.force_login(many.ann.account)
    page = statements(browser, f"/cases/{query}")
    assert statements(register.client, CASES + query, headers=register.headers) <= page + 1


def test_a_longer_list_takes_no_more_statements(many: ApiWorld, register: Caller) -> None:
    few = statements(register.client, f"{CASES}?limit=2", headers=register.headers)
    assert statements(register.client, f"{CASES}?limit=7", headers=register.headers) <= few


def test_notes_and_tasks_come_page_by_page(world: ApiWorld, register: Caller) -> None:
    case = world.known()
    with world.ann.acting() as by:
        for number in range(5):
            actions.write_note(
                case=case, text=f"Note {number}", audience="everyone", by=by, at=world.now + number * DAY
            )
            actions.give_task(
                case=case, assignee=world.ann.membership.group_id, title=f"Task {number}", text="",
                due_at=world.now + (1 + number // 2) * DAY, by=by, at=world.now,
            )  # fmt: skip
        actions.finish_task(task=Task.objects.visible_to(by).get(title="Task 0"), by=by, at=world.now)
    notes = [note["text"] for page in register.pages(f"{CASES}/{case.pk}/notes?limit=2") for note in page]
    assert notes == [f"Note {number}" for number in (4, 3, 2, 1, 0)]
    tasks = [task for page in register.pages(f"{CASES}/{case.pk}/tasks?limit=2") for task in page]
    assert sorted(task["title"] for task in tasks) == [f"Task {number}" for number in range(5)]
    assert [task["due_at"] for task in tasks] == sorted(task["due_at"] for task in tasks)
    assert {task["title"] for task in tasks if task["done_at"]} == {"Task 0"}
    assert {task["assignee"]["name"] for task in tasks} == {"Ann"}


def test_proceedings_and_the_directory_are_told(world: ApiWorld, register: Caller) -> None:
    case = world.known()
    with world.ann.acting() as by:
        actions.record_proceeding(
            case=case, authority=world.ann.membership.authority, stage="trial", opened_date=None,
            state_of_play="Heard in May.", by=by, at=world.now,
        )  # fmt: skip
    found = register.get(f"{CASES}/{case.pk}/proceedings").json()["items"]
    assert [(one["stage"]["code"], one["authority"]["partner"]["code"]) for one in found] == [("trial", "AL")]
    partners = {one["code"]: one for one in register.get("/api/v1/partners").json()["items"]}
    own = register.get(partners["AL"]["url"]).json()
    authority = next(one for one in own["authorities"] if one["name"] == "Prosecution")
    people = register.get(authority["url"]).json()["people"]
    assert {person["name"] for person in people} >= {"Ann", "Bob", "Register of AL"}


def test_a_choice_that_is_empty_narrows_nothing_and_is_described(many: ApiWorld, register: Caller) -> None:
    single = {
        one["name"]
        for one in description.document()["paths"][CASES]["get"]["parameters"]
        if "" in one["schema"].get("enum", ())
    }
    assert {"stage", "urgency", "sort"} <= single
    query = "&".join(f"{name}=" for name in sorted(single))
    assert titles(register.pages(f"{CASES}?{query}")) == titles(register.pages(f"{CASES}?limit=50"))
