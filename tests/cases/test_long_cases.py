"""The pages of cases keep to their questions whatever their length, and all of it can be reached page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases import actions
from tests.cases.cast import CaseWorld
from tests.cases.sending import Browser, address


def statements(client: Client, where: str) -> int:
    client.get(where)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(where).status_code == 200
    return len(captured)


def test_the_list_of_cases_asks_the_same_few_questions_whatever_its_length(world: CaseWorld, browser: Browser) -> None:
    ann = browser(world.ann)
    world.open()
    ann.get(address("cases"))  # the words of the filters are kept from now on
    short = statements(ann, address("cases"))
    for _number in range(20):
        world.open()

    assert statements(ann, address("cases")) == short <= 8


def test_the_page_of_a_case_stays_within_its_budget_whatever_its_size(world: CaseWorld, browser: Browser) -> None:
    case = world.coordinated()
    with world.ann.acting() as actor:
        for number in range(300):
            actions.write_note(case=case, text=f"Note {number}", audience="everyone", by=actor, at=world.now)
        for number in range(20):
            actions.give_task(
                case=case,
                assignee=world.mira.membership.group_id,
                title=f"Task {number}",
                text="",
                due_at=world.now + timedelta(days=1),
                by=actor,
                at=world.now,
            )
            actions.add_file_number(case=case, number=f"KT {number}", by=actor, at=world.now)

    # Three of them are of the test, as tests/architecture/test_budgets.py says.
    for person in (world.ann, world.mira):
        assert statements(browser(person), address("case", case)) <= 19


def test_all_notes_can_be_reached_page_by_page(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    with world.ann.acting() as actor:
        for number in range(60):
            actions.write_note(case=case, text=f"Note {number:03}.", audience="everyone", by=actor, at=world.now)
    ann = browser(world.ann)

    first = ann.get(address("case_notes", case))
    second = ann.get(address("case_notes", case), {"after": str(first.context["older"])})

    both = first.content.decode() + second.content.decode()
    assert all(f"Note {number:03}." in both for number in range(60))


def test_all_that_happened_can_be_reached_page_by_page(world: CaseWorld, browser: Browser) -> None:
    case = world.open()
    for number in range(60):
        with world.ann.acting() as actor:
            actions.give_task(
                case=case,
                assignee=actor.membership_group,
                title=f"Task {number:03}.",
                text="",
                due_at=world.now + timedelta(days=1),
                by=actor,
                at=world.now,
            )
    ann = browser(world.ann)

    first = ann.get(address("case_timeline", case))
    second = ann.get(address("case_timeline", case), {"after": str(first.context["older"])})

    both = first.content.decode() + second.content.decode()
    assert all(f"Task {number:03}." in both for number in range(60))
    assert "Draft written" in both


@pytest.mark.parametrize("name", ["cases", "invitations"])
def test_a_mangled_cursor_is_no_address(world: CaseWorld, browser: Browser, name: str) -> None:
    assert browser(world.ann).get(address(name), {"after": "forged"}).status_code == 404
