"""Teams by the API: read as the pages show them; what a party keeps for itself is nowhere, and leaves no trace for others."""

from __future__ import annotations

from typing import Any

import pytest

from foundation.audit.models import Event
from foundation.systems.scopes import Scope
from jits import actions
from jits.approvals import Asked
from jits.checklist import POINTS
from jits.models import Jit
from tests.api import stage
from tests.api.cast import ApiWorld, Caller, statements
from tests.bed.sides import as_owner
from tests.jits.team.conftest import Cast

pytestmark = pytest.mark.django_db
TEAMS = "/api/v1/teams"


@pytest.fixture
def cast(world: ApiWorld) -> Cast:
    return Cast(house=world.house)


@pytest.fixture
def jit(world: ApiWorld, cast: Cast) -> Jit:
    return stage.teamed(world, cast)


def test_a_team_is_told_as_its_page_tells_it(register: Caller, jit: Jit) -> None:
    told = register.get(f"{TEAMS}/{jit.pk}").json()
    assert (told["id"], told["status"]["code"], told["months"]) == (str(jit.pk), "proposed", 12)
    assert {party["partner"]["code"]: party["agreed_at"] for party in told["parties"]} == dict.fromkeys(
        ("AL", "MK", "XK")
    )
    assert told["purpose"] == "Find the workshop and its owners."
    assert (told["obstacle"], told["suspended_from"], told["participants"]) == (None, None, [])
    assert told["footnote"]
    (item,) = register.get(TEAMS).json()["items"]
    assert item == {name: told[name] for name in item}


def test_the_case_is_named_to_those_alone_who_see_it(world: ApiWorld, register: Caller, cast: Cast, jit: Jit) -> None:
    assert register.get(f"{TEAMS}/{jit.pk}").json()["case"] is None
    world.show(cast.case.pk, world.register, by=cast.people["AL"])
    assert register.get(f"{TEAMS}/{jit.pk}").json()["case"]["url"] == f"/api/v1/cases/{cast.case.pk}"


@pytest.mark.parametrize(
    ("query", "found"), [("status=proposed", 1), ("status=idea", 0), ("running=true", 1), ("own=true", 1)]
)
def test_the_list_is_narrowed_as_its_page_is(register: Caller, jit: Jit, query: str, found: int) -> None:
    assert len(register.get(f"{TEAMS}?{query}").json()["items"]) == found


def test_the_checklist_comes_in_its_order_with_its_answers(register: Caller, jit: Jit) -> None:
    items = register.get(f"{TEAMS}/{jit.pk}/checklist").json()["items"]
    assert [item["code"] for item in items] == [point.code for point in POINTS]
    assert {item["answer"]["code"] for item in items} == {"open"}


@pytest.mark.parametrize("name", ["", "/checklist"])
def test_who_is_no_party_finds_no_team(foreign: Caller, jit: Jit, name: str) -> None:
    assert foreign.get(f"{TEAMS}/{jit.pk}{name}").status_code == 404
    assert foreign.get(TEAMS).json()["items"] == []


def test_a_token_for_something_else_reads_no_team(world: ApiWorld, jit: Jit) -> None:
    other = Caller(world.grant(scopes=(Scope.CASES_READ,)).secret)
    assert other.get(f"{TEAMS}/{jit.pk}").status_code == 403


def test_every_look_is_on_record(register: Caller, jit: Jit) -> None:
    for name in ("", "/checklist"):
        register.get(f"{TEAMS}/{jit.pk}{name}")
    with as_owner():
        seen = set(Event.objects.filter(root=jit.pk).values_list("verb", flat=True))
    assert {"jits.jit.viewed", "jits.checklist.viewed"} <= seen


def answers(caller: Caller, jit: Jit) -> list[tuple[bytes, str]]:
    """What a system of another party is answered, byte for byte, with its fingerprints; the feed without its moving place."""
    places = [TEAMS, f"{TEAMS}/{jit.pk}", f"{TEAMS}/{jit.pk}/checklist", f"/api/v1/sharing/{jit.pk}"]
    read = [caller.get(place) for place in places]
    return [(answer.content, answer.headers["ETag"]) for answer in read]


def fed(caller: Caller) -> list[Any]:
    return [item for page in caller.pages("/api/v1/changes") for item in page]


def test_what_a_party_keeps_for_itself_changes_no_byte_for_a_system_of_another(
    register: Caller, jit: Jit, cast: Cast
) -> None:
    before, told = answers(register, jit), fed(register)
    day = cast.now.date()
    asked = Asked(subject="Consent", of_whom="Minister", person_id=None, asked_date=day, due_date=None)
    with cast.people["MK"].acting() as by:
        actions.write_own_note(jit=jit, text="The minister hesitates.", by=by, at=cast.now)
        actions.ask_approval(jit=jit, asked=asked, by=by, at=cast.now)
    assert (answers(register, jit), fed(register)) == (before, told)


def test_a_team_stands_in_the_feed_for_who_sees_it(register: Caller, foreign: Caller, jit: Jit) -> None:
    (item,) = [one for one in fed(register) if one["kind"] == "jit"]
    assert (item["id"], item["url"], item["gone"]) == (str(jit.pk), f"{TEAMS}/{jit.pk}", False)
    assert not [one for one in fed(foreign) if one["kind"] == "jit"]


def test_more_teams_take_no_more_statements(world: ApiWorld, register: Caller, jit: Jit, cast: Cast) -> None:
    before = statements(register.client, TEAMS, headers=register.headers)
    other = cast.proposed()
    world.show(other.pk, world.register, by=cast.people["AL"])
    assert len(register.get(TEAMS).json()["items"]) == 2
    assert statements(register.client, TEAMS, headers=register.headers) == before
