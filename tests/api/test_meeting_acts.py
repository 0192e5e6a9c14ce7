"""Meetings through the API: called, changed and run by a system that holds the case desk, by the forms of the pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from foundation.audit.models import Event
from foundation.systems.scopes import Scope
from foundation.tenancy.choices import OfficeKind, Role
from meetings import actions
from meetings.models import AgendaItem, Meeting
from tests.api import stage
from tests.api.cast import READS, ApiWorld, Caller
from tests.api.test_answers import problem
from tests.bed.sides import as_owner
from tests.contactgroup.conftest import World

MEETINGS = "/api/v1/meetings"
KEY = "5a6b5b1e-3f5c-4a39-8d5e-2f1f6c1f7a01"
SCOPES = (*READS, Scope.MEETINGS_WRITE)


@pytest.fixture
def calling(world: ApiWorld) -> Caller:
    """The planner of the case desk."""
    world.administrators["EUROJUST"] = world.house.person("Ada", "EUROJUST", Role.PARTNER_ADMINISTRATOR)
    planner = world.house.system("Planner", "EUROJUST", Role.CASE_OFFICER, offices=(OfficeKind.CASE_DESK,))
    return Caller(world.grant(planner, code="EUROJUST", scopes=SCOPES).secret)


def facts(**changes: Any) -> dict[str, Any]:
    starts = (timezone.now() + timedelta(days=30)).replace(microsecond=0)
    return {
        "title": "18th Contact Group meeting",
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=6)).isoformat(),
        "mode": "hybrid",
        "place": "Skopje",
        **changes,
    }


@pytest.fixture
def called(calling: Caller) -> dict[str, Any]:
    answer = calling.post(MEETINGS, facts())
    assert answer.status_code == 201, answer.content
    receipt: dict[str, Any] = answer.json()
    return receipt


def added(caller: Caller, url: str, title: str) -> str:
    answer = caller.post(f"{url}/agenda", {"title": title})
    assert (answer.status_code, answer.json()["url"]) == (201, f"{url}/agenda"), answer.content
    return str(answer.json()["id"])


def titles(caller: Caller, url: str) -> list[str]:
    return [line["title"] for line in caller.get(f"{url}/agenda").json()["items"]]


def test_a_meeting_is_called_once_for_one_key_and_read_where_the_receipt_says(calling):
    body = facts()
    first, again = (calling.post(MEETINGS, body, key=KEY) for _ in range(2))
    assert (first.status_code, again.content) == (201, first.content)
    read = calling.get(first.json()["url"]).json()
    assert (read["title"], read["place"], read["mode"]["code"], read["status"]["code"]) == (
        body["title"],
        "Skopje",
        "hybrid",
        "planned",
    )
    assert read["starts_at"] == body["starts_at"].replace("+00:00", "Z")
    with as_owner():
        assert Meeting.objects.count() == 1
        assert Event.objects.filter(verb="meetings.meeting.called", root=read["id"]).count() == 1


def test_what_a_change_leaves_out_stays_to_the_second(calling, called):
    before = calling.get(called["url"]).json()
    answer = calling.patch(called["url"], {"place": "Ohrid"}, match=called["version"])
    assert answer.json() == {**called, "version": called["version"] + 1}
    after = calling.get(called["url"]).json()
    kept = ("title", "starts_at", "ends_at", "nominations_until", "mode")
    assert [after[name] for name in kept] == [before[name] for name in kept]
    assert after["place"] == "Ohrid"


def test_a_change_or_move_on_another_version_or_on_none_changes_nothing(calling, called):
    problem(calling.patch(called["url"], {"place": "Ohrid"}, match=99), "stale", 412)
    problem(calling.patch(called["url"], {"place": "Ohrid"}), "precondition-required", 428)
    problem(calling.post(f"{called['url']}/cancel", {"reason": "Snow."}, match=99), "stale", 412)
    problem(calling.post(f"{called['url']}/start"), "precondition-required", 428)
    read = calling.get(called["url"]).json()
    assert (read["place"], read["status"]["code"]) == ("Skopje", "planned")


def test_a_meeting_runs_to_its_end_and_a_move_that_is_not_open_says_why(calling, called):
    url = called["url"]
    problem(calling.post(f"{url}/close", match=called["version"]), "not-possible", 409)
    first, again = (calling.post(f"{url}/start", match=called["version"], key=KEY) for _ in range(2))
    assert (first.status_code, again.content) == (200, first.content)
    version = calling.post(f"{url}/close", match=first.json()["version"]).json()["version"]
    assert calling.get(url).json()["status"]["code"] == "held"
    said = problem(calling.post(f"{url}/cancel", {"reason": "Late."}, match=version), "not-possible", 409)
    assert said["reason"] == "TransitionNotAllowed"
    problem(calling.post(f"{url}/agenda", {"title": "Late"}), "not-possible", 409)


def test_a_meeting_is_cancelled_with_a_reason(calling, called):
    missing = problem(calling.post(f"{called['url']}/cancel", match=called["version"]), "invalid", 422)
    assert [fault["pointer"] for fault in missing["errors"]] == ["/reason"]
    calling.post(f"{called['url']}/cancel", {"reason": "Snow."}, match=called["version"])
    assert calling.get(called["url"]).json()["status"]["code"] == "cancelled"


def test_the_agenda_is_arranged_and_cleared(world, calling, called):
    url = called["url"]
    opening, dates, other = (added(calling, url, title) for title in ("Opening", "Dates", "Other"))
    move = {"direction": "up"}
    first, again = (calling.post(f"{url}/agenda/{dates}/move", move, key=KEY) for _ in range(2))
    assert (first.status_code, again.content) == (200, first.content)
    assert titles(calling, url) == ["Dates", "Opening", "Other"]
    problem(calling.post(f"{url}/agenda/{dates}/move", move), "not-possible", 409)
    with world.desk.acting() as by:
        item = AgendaItem.objects.visible_to(by).get(pk=dates)
        actions.decide(item=item, outcome="agreed", text="In March.", by=by, at=world.now)
    assert calling.get(f"{url}/agenda").json()["items"][0]["decision"]["text"] == "In March."
    problem(calling.delete(f"{url}/agenda/{dates}"), "not-possible", 409)
    assert calling.delete(f"{url}/agenda/{other}").json()["id"] == other
    problem(calling.delete(f"{url}/agenda/{other}"), "not-found", 404)
    assert titles(calling, url) == ["Dates", "Opening"]
    assert opening != dates


def test_an_item_about_a_nomination_is_left_to_the_acts_of_the_nomination(world, calling):
    keys = stage.everything(world)
    with as_owner():
        item = AgendaItem.objects.get(root=UUID(keys["nominations"]))
    url = f"{MEETINGS}/{keys['meetings']}/agenda/{item.pk}"
    assert str(item.pk) in {line["id"] for line in calling.get(url.rsplit("/", 1)[0]).json()["items"]}
    problem(calling.delete(url), "not-found", 404)


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"title": ""}, "/title", "required"),
        ({"mode": "by_post"}, "/mode", "invalid_choice"),
        ({"starts_at": "2027-01-01T09:00:00"}, "/starts_at", "type"),
        ({"ends_at": "2020-01-01T09:00:00Z"}, "/ends_at", "invalid"),
        ({"place": ""}, "/place", "invalid"),
        ({"series": "other"}, "/series", "unknown"),
    ],
)
def test_what_the_page_refuses_is_refused_with_its_place(calling, changes, pointer, code):
    said = problem(calling.post(MEETINGS, facts(**changes)), "invalid", 422)
    assert (pointer, code) in {(fault["pointer"], fault["code"]) for fault in said["errors"]}
    with as_owner():
        assert not Meeting.objects.exists()


def test_whoever_does_not_run_meetings_or_has_no_scope_changes_nothing(world):
    group = World(house=world.house)
    meeting = group.meeting()
    stage.shown(world, group, meeting)
    url = f"{MEETINGS}/{meeting.pk}"
    register = Caller(world.grant(scopes=SCOPES).secret)
    problem(register.post(MEETINGS, facts()), "forbidden", 403)
    problem(register.patch(url, {"place": "Ohrid"}, match=meeting.version), "forbidden", 403)
    problem(register.post(f"{url}/cancel", {"reason": "Snow."}, match=meeting.version), "forbidden", 403)
    problem(register.post(f"{url}/agenda", {"title": "Ours"}), "forbidden", 403)
    problem(Caller(world.grant().secret).post(MEETINGS, facts()), "scope-missing", 403)
    assert register.get(url).json()["place"] == "Tirana"
