"""What a partner system names by code in its acts, it can read: the words in force today, and whom it may name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from cases.models import Case, CrimeType, Priority
from contactgroup.models import Criterion
from foundation.access import Level
from tests.api.cast import ApiWorld, Caller
from tests.bed.sides import as_owner
from tests.contactgroup.conftest import World

LISTS: dict[str, Any] = {"crime-types": CrimeType, "priorities": Priority, "criteria": Criterion}


def codes(caller: Caller, address: str) -> list[str]:
    answer = caller.get(f"/api/v1/{address}")
    assert answer.status_code == 200
    return [item["code"] for item in answer.json()["items"]]


@pytest.fixture
def case(world: ApiWorld) -> Case:
    return world.known(partners=[world.house.partner("MK")])


@pytest.mark.parametrize("address", LISTS)
def test_the_words_in_force_today_are_told_and_no_other(address: str, world: ApiWorld, register: Caller) -> None:
    World(house=world.house)
    model, today = LISTS[address], world.now.date()
    with as_owner():
        day = timedelta(days=1)
        model.objects.create(code="was", name="Was", position=1, valid_from=today - 9 * day, valid_until=today - day)
        model.objects.create(code="ends", name="Ends", position=2, valid_from=today - 9 * day, valid_until=today)
        model.objects.create(code="comes", name="Comes", position=3, valid_from=today + day)

    told = codes(register, address)

    assert set(told) & {"was", "ends", "comes"} == {"ends"}
    assert told == [row.code for row in model.objects.valid_on(today)]


def test_a_criterion_says_its_question_and_whether_it_must_be_scored(world: ApiWorld, register: Caller) -> None:
    World(house=world.house)
    items = {item["code"]: item for item in register.get("/api/v1/criteria").json()["items"]}

    for row in Criterion.objects.valid_on(world.now.date()):
        told = items[row.code]
        assert (told["name"], told["question"], told["must_be_scored"]) == (row.name, row.question, row.core)
        assert told["valid_from"] == row.valid_from.isoformat()


def test_partners_with_a_coordinator_can_be_invited_and_of_those_concerned_be_proposed(
    world: ApiWorld, register: Caller, case: Case
) -> None:
    World(house=world.house)
    invited = codes(register, f"cases/{case.pk}/invitations/partners")
    proposed = codes(register, f"cases/{case.pk}/nominations/partners")

    assert {"MK", "RS", "ME"} <= set(invited)
    assert "AL" not in invited
    assert proposed == ["MK"]


@pytest.mark.parametrize("part", ["invitations", "nominations"])
def test_whom_a_case_could_be_shown_to_is_told_to_those_alone_who_see_it(
    part: str, world: ApiWorld, neighbour: Caller, case: Case
) -> None:
    hidden = neighbour.get(f"/api/v1/cases/{case.pk}/{part}/partners")
    nothing = neighbour.get(f"/api/v1/cases/{uuid4()}/{part}/partners")

    assert (hidden.status_code, nothing.status_code) == (404, 404)
    world.share(case, world.neighbour, Level.VIEW)
    assert neighbour.get(f"/api/v1/cases/{case.pk}/{part}/partners").status_code == 200
