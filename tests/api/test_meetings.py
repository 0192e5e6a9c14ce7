"""Meetings by the API: each bearer reads the agenda that its pages would show it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from contactgroup import actions as group_actions
from foundation.audit.models import Event
from meetings import actions
from meetings.models import Meeting
from tests.api import stage
from tests.api.cast import ApiWorld, Caller, statements
from tests.bed.sides import as_owner
from tests.contactgroup.conftest import World

MEETINGS = "/api/v1/meetings"


@pytest.fixture
def group(world: ApiWorld) -> World:
    """The Contact Group of the same house."""
    return World(house=world.house)


@pytest.fixture
def meeting(world: ApiWorld, group: World) -> Meeting:
    """With an opening, a nomination that AL's register sees and MK's does not, and an end; both registers see the meeting."""
    nomination = group.nominate(group.case())
    world.show(nomination.pk, world.register, by=group.tirana)
    called = group.meeting()
    with group.desk.acting() as by:
        actions.add_item(meeting=called, title="Opening", by=by, at=group.now)
    group.as_desk(group_actions.put_on_agenda, nomination, meeting=called)
    with group.desk.acting() as by:
        actions.add_item(meeting=called, title="Any other business", by=by, at=group.now)
    stage.shown(world, group, called)
    return called


def agenda(caller: Caller, meeting: Meeting) -> Any:
    return caller.get(f"{MEETINGS}/{meeting.pk}/agenda").json()["items"]


def test_a_meeting_is_told_as_its_page_tells_it(register: Caller, meeting: Meeting) -> None:
    (item,) = register.get(MEETINGS).json()["items"]
    told = register.get(item["url"]).json()
    assert told == item
    assert (told["id"], told["title"]) == (str(meeting.pk), "17th Contact Group meeting")
    assert told["status"] == {"code": "planned", "label": "Planned"}
    assert told["mode"] == {"code": "hybrid", "label": "In person and online"}
    assert told["starts_at"] == meeting.starts_at.isoformat().replace("+00:00", "Z")


def test_each_reads_the_items_that_it_may_see_counted_without_gaps(
    register: Caller, neighbour: Caller, meeting: Meeting
) -> None:
    lines = agenda(register, meeting)
    assert [(one["number"], one["general"]) for one in lines] == [(1, True), (2, False), (3, True)]
    assert lines[1]["about_reference"].startswith("N-")
    assert register.get(f"/api/v1/nominations/{lines[1]['about_id']}").status_code == 200
    fewer = agenda(neighbour, meeting)
    assert [(one["number"], one["title"]) for one in fewer] == [(1, "Opening"), (2, "Any other business")]
    assert {one["about_id"] for one in fewer} == {str(meeting.pk)}


def test_what_was_decided_on_an_item_is_told_with_it(group: World, register: Caller, meeting: Meeting) -> None:
    assert [one["decision"] for one in agenda(register, meeting)] == [None, None, None]
    with group.desk.acting() as by:
        item = actions.add_item(meeting=meeting, title="Dates", by=by, at=group.now)
        actions.decide(item=item, outcome="agreed", text="In March.", by=by, at=group.now)
    decision = agenda(register, meeting)[-1]["decision"]
    assert decision["outcome"] == {"code": "agreed", "label": "Agreed"}
    assert (decision["text"], decision["decided_by"]["name"]) == ("In March.", "Desk")


@pytest.mark.parametrize("part", ["", "/agenda"])
def test_who_is_not_called_reads_nothing(foreign: Caller, meeting: Meeting, part: str) -> None:
    hidden, nothing = foreign.get(f"{MEETINGS}/{meeting.pk}{part}"), foreign.get(f"{MEETINGS}/{uuid4()}{part}")
    assert (hidden.status_code, hidden.content) == (404, nothing.content)
    assert foreign.get(MEETINGS).json() == {"items": [], "next": None}


def test_every_look_at_a_meeting_is_on_record(register: Caller, meeting: Meeting) -> None:
    register.get(f"{MEETINGS}/{meeting.pk}")
    register.get(f"{MEETINGS}/{meeting.pk}/agenda")
    register.get(MEETINGS)
    with as_owner():
        read = Event.objects.filter(root=meeting.pk, verb__in=("meetings.meeting.viewed", "meetings.agenda.viewed"))
        assert read.count() == 2
        assert Event.objects.get(verb="meetings.list.viewed").roots == [meeting.pk]


@pytest.fixture
def many(world: ApiWorld, group: World) -> list[Meeting]:
    """Five, the first of them held."""
    called = []
    for number in range(5):
        with group.desk.acting() as by:
            starts = group.now + timedelta(days=1 + number)
            one = actions.call(
                title=f"Meeting {number}", starts_at=starts, ends_at=starts + timedelta(hours=6), place="Tirana",
                mode="online", by=by, at=group.now,
            )  # fmt: skip
        stage.shown(world, group, one)
        called.append(one)
    with group.desk.acting() as by:
        started = actions.start(meeting=called[0], version=called[0].version, by=by, at=group.now)
        actions.close(meeting=started, version=started.version, by=by, at=group.now)
    return called


def test_the_pages_together_are_the_list_to_come_and_over(register: Caller, many: list[Meeting]) -> None:
    found = {
        when: {item["title"] for page in register.pages(f"{MEETINGS}?limit=2{when}") for item in page}
        for when in ("", "&when=coming", "&when=over")
    }
    assert found[""] == {f"Meeting {number}" for number in range(5)}
    assert found["&when=over"] == {"Meeting 0"}
    assert found["&when=coming"] == found[""] - {"Meeting 0"}


def test_a_longer_list_takes_no_more_statements_than_its_page(
    group: World, register: Caller, many: list[Meeting]
) -> None:
    browser = Client()
    browser.force_login(group.desk.account)
    page = statements(browser, "/meetings/")
    assert statements(register.client, MEETINGS, headers=register.headers) <= page
    assert statements(register.client, f"{MEETINGS}?limit=1", headers=register.headers) <= page


def test_a_longer_agenda_takes_no_more_statements(group: World, register: Caller, meeting: Meeting) -> None:
    address = f"{MEETINGS}/{meeting.pk}/agenda"
    few = statements(register.client, address, headers=register.headers)
    with group.desk.acting() as by:
        for number in range(4):
            item = actions.add_item(meeting=meeting, title=f"Item {number}", by=by, at=group.now)
            actions.decide(item=item, outcome="noted", text="", by=by, at=group.now)
    assert statements(register.client, address, headers=register.headers) == few
