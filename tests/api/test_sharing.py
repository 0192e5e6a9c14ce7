"""Who sees a record, by the API: for every kind of root, what the page of sharing tells that reader."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from foundation import access
from foundation.access import Level
from foundation.access.models import Share
from foundation.audit.models import Event
from tests.api import stage
from tests.api.cast import ApiWorld, Caller, statements
from tests.bed.sides import as_owner

SHARING = "/api/v1/sharing"
KINDS = {"cases": "case", "invitations": "invitation", "nominations": "nomination", "meetings": "meeting"}


@pytest.mark.parametrize("word", KINDS)
def test_every_kind_of_record_says_who_sees_it_and_why(world: ApiWorld, register: Caller, word: str) -> None:
    key = stage.everything(world)[word]
    told = register.get(f"{SHARING}/{key}").json()
    assert (told["id"], told["kind"]["code"]) == (key, KINDS[word])
    own = next(seer for seer in told["seers"] if seer["principal"]["name"] == "Register of AL")
    assert own["principal"]["kind"] == "person"
    assert own["principal"]["id"] == world.register.membership.group_id
    assert own["principal"]["key"] == str(world.register.membership.pk)
    assert (own["level"]["code"], own["reasons"][0]["reason"]["code"]) == (Level.VIEW, "share")
    assert {reason["given_by"]["authority"]["partner"]["code"] for reason in own["reasons"]} < {"AL", "MK", "EUROJUST"}


def test_who_may_share_reads_names_and_who_may_look_how_many(world: ApiWorld, register: Caller) -> None:
    case = world.known()
    looked = register.get(f"{SHARING}/{case.pk}").json()
    assert looked["names"] is None
    assert looked["people"] >= 2
    world.share(case, world.register, Level.MANAGE)
    managed = register.get(f"{SHARING}/{case.pk}").json()
    assert {"Ann", "Register of AL"} <= {person["name"] for person in managed["names"]}
    assert managed["people"] == looked["people"]


def test_a_share_that_ended_is_told_with_who_ended_it(world: ApiWorld, register: Caller) -> None:
    case = world.known()
    world.share(case, world.bob)
    with world.ann.acting() as by:
        share = Share.objects.visible_to(by).live().get(root=case.pk, principal=world.bob.membership.group_id)
        access.revoke(by=by, share_id=share.pk)
    told = register.get(f"{SHARING}/{case.pk}").json()
    assert "Bob" not in {seer["principal"]["name"] for seer in told["seers"]}
    (ended,) = told["ended"]
    assert (ended["id"], ended["principal"]["name"], ended["ended_by"]["name"]) == (str(share.pk), "Bob", "Ann")
    assert ended["purpose"] == "test"


def test_a_day_past_is_answered_for_that_day(world: ApiWorld, register: Caller) -> None:
    case = world.known()
    day = world.now.date()
    with time_machine.travel(world.now + timedelta(days=3), tick=False):
        then = register.get(f"{SHARING}/{case.pk}", {"on": day.isoformat()}).json()
        before = register.get(f"{SHARING}/{case.pk}", {"on": (day - timedelta(days=2)).isoformat()}).json()
    assert then["on"] == day.isoformat()
    assert "Register of AL" in {seer["principal"]["name"] for seer in then["seers"]}
    assert (before["seers"], before["people"]) == ([], 0)


@pytest.mark.parametrize("on", ["", "yesterday", "1999-12-31", "2999-01-01", "\x00"])
def test_a_day_that_nobody_knows_is_named(world: ApiWorld, register: Caller, on: str) -> None:
    answer = register.get(f"{SHARING}/{world.known().pk}", {"on": on})
    assert answer.status_code == 422
    assert [one["parameter"] for one in answer.json()["errors"]] == ["on"]


def test_a_look_is_on_record(world: ApiWorld, register: Caller) -> None:
    case = world.known()
    register.get(f"{SHARING}/{case.pk}")
    with as_owner():
        assert Event.objects.get(verb="sharing.record.viewed").root == case.pk


def test_more_shares_take_no_more_statements(world: ApiWorld, register: Caller) -> None:
    case = world.known()
    world.share(case, world.register, Level.MANAGE)
    address = f"{SHARING}/{case.pk}"
    few = statements(register.client, address, headers=register.headers)
    for person in (world.bob, world.clerk, world.mira, world.stranger):
        world.share(case, person)
    assert statements(register.client, address, headers=register.headers) == few
