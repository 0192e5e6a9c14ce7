"""The lists of nominations and meetings: narrowed, and as files, for those who see the rows alone."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.audit.models import Event
from meetings import actions as meeting_actions
from meetings.models import Meeting
from tests.bed.sides import as_owner
from tests.contactgroup.conftest import World
from tests.hostile import attacks
from tests.hostile.conftest import browser, complaint
from tests.people import Person

PAGES = ("nominations", "nominations_export", "meetings", "meetings_export")


def shown(person: Person, page: str, **asked: Any) -> list[str]:
    """Titles of the rows, each as often as it stands there."""
    answer = browser(person).get(reverse(page), asked)
    assert answer.status_code == 200
    rows = [*answer.context["rows"], *answer.context.get("coming", [])]
    return sorted(getattr(row, "nomination", row).root.title for row in rows)


def file_of(person: Person, page: str, **asked: Any) -> list[list[str]]:
    answer = browser(person).get(reverse(page), asked)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture
def meetings(world: World) -> World:
    """One meeting to come and one that is over."""
    world.meeting()
    with world.desk.acting() as by:
        starts = world.now + timedelta(days=3)
        over = meeting_actions.call(
            title="16th Contact Group meeting", starts_at=starts, ends_at=starts + timedelta(hours=2),
            place="Skopje", mode="in_person", by=by, at=world.now,
        )  # fmt: skip
        meeting_actions.cancel(meeting=over, reason="Snow.", version=over.version, by=by, at=world.now)
    return world


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["16th", "17th"]),
        ({"when": "coming"}, ["17th"]),
        ({"when": "over"}, ["16th"]),
        ({"text": "contact 17th"}, ["17th"]),
        ({"text": "17th", "when": "over"}, []),
    ],
)
def test_each_meeting_stands_once_and_filters_narrow(meetings: World, asked: dict[str, str], found: list[str]) -> None:
    assert [title[:4] for title in shown(meetings.desk, "meetings", **asked)] == found
    table = file_of(meetings.desk, "meetings_export", **asked)
    assert sorted(row[1][:4] for row in table[1 : 1 + len(found)]) == found
    assert table[1 + len(found)] == []


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({}, 1),
        ({"status": "submitted"}, 1),
        ({"status": ["voting", "decided"]}, 0),
        ({"own": "on"}, 1),
        ({"text": "vehikle"}, 0),
    ],
)
def test_nominations_are_narrowed_and_exported_with_handling_codes(
    world: World, asked: dict[str, Any], number: int
) -> None:
    nomination = world.nominate(world.case("MK"))
    assert len(shown(world.tirana, "nominations", **asked)) == number
    table = file_of(world.tirana, "nominations_export", **asked)
    assert [row[table[0].index("Handling codes")] for row in table[1 : 1 + number]] == ["H2"] * number
    with as_owner():
        assert Event.objects.get(verb="contactgroup.list.exported").roots == [nomination.pk] * number


def test_a_stranger_gets_no_nomination_and_no_meeting_by_list_or_file(meetings: World) -> None:
    meetings.nominate(meetings.case("MK"))
    for page in ("nominations", "meetings"):
        assert shown(meetings.belgrade, page) == []
        assert "Vehicle" not in str(table := file_of(meetings.belgrade, f"{page}_export"))
        assert "Contact Group meeting" not in str(table)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_in_an_address_breaks_these_lists(meetings: World, page: str) -> None:
    client: Client = browser(meetings.desk)
    for name in ("text", "status", "outcome", "own", "when", "after", "format"):
        for value in (*attacks.TEXTS, *attacks.CHOICES[:4]):
            answer = client.get(reverse(page), {name: [value, value]})
            assert answer.status_code in {200, 404, 422}
            if not answer.headers.get("Content-Disposition"):
                assert complaint(answer) == ""
    with meetings.desk.acting() as by:
        assert Meeting.objects.visible_to(by).count() == 2
