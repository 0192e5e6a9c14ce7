"""Who sees a record, decided through the API: by the actions and forms of the pages, felt at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import Share
from foundation.audit.models import Event
from foundation.systems.scopes import Scope
from foundation.tenancy.choices import Role
from tests.api.cast import READS, ApiWorld, Caller
from tests.api.test_answers import problem
from tests.bed.sides import as_owner
from tests.contactgroup.conftest import World
from tests.people import Person

SHARING = "/api/v1/sharing"
WHY = "To compare the registration papers."
KEY = "5a6b5b1e-3f5c-4a39-8d5e-2f1f6c1f7a01"
SCOPES = (*READS, Scope.SHARING_WRITE)


@pytest.fixture
def keeper(world: ApiWorld) -> Person:
    """A system of AL that works as a prosecutor does."""
    return world.house.system("Keeper of AL", "AL", Role.PROSECUTOR)


@pytest.fixture
def keeping(world: ApiWorld, keeper: Person) -> Caller:
    return Caller(world.grant(keeper, scopes=SCOPES).secret)


@pytest.fixture
def place(world: ApiWorld, keeper: Person) -> str:
    """Where a case is shared that the keeper manages."""
    case = world.open()
    world.share(case, keeper, Level.MANAGE)
    return f"{SHARING}/{case.pk}"


def given(caller: Caller, place: str, to: Person, **changes: Any) -> Any:
    body = {"principal": to.membership.group_id, "purpose": WHY, **changes}
    return caller.post(f"{place}/shares", body)


def case_at(place: str) -> str:
    return place.replace("/sharing/", "/cases/")


def test_a_share_opens_a_record_and_taken_back_closes_it_at_once(world, keeping, neighbour, place):
    assert neighbour.get(case_at(place)).status_code == 404
    answer = given(keeping, place, world.neighbour)
    assert answer.status_code == 201
    receipt = answer.json()
    assert receipt == {"id": receipt["id"], "url": place, "version": None}
    assert answer.headers["Location"] == place
    assert neighbour.get(case_at(place)).status_code == 200
    seer = next(one for one in keeping.get(place).json()["seers"] if one["principal"]["name"] == "Register of MK")
    (reason,) = seer["reasons"]
    assert (reason["id"], reason["level"]["code"], reason["purpose"]) == (receipt["id"], 1, WHY)
    ended = keeping.delete(f"{place}/shares/{receipt['id']}")
    assert (ended.status_code, ended.json()) == (200, receipt)
    assert neighbour.get(case_at(place)).status_code == 404
    problem(keeping.delete(f"{place}/shares/{receipt['id']}"), "not-found", 404)
    with as_owner():
        verbs = ("sharing.share.granted", "sharing.share.revoked")
        assert Event.objects.filter(verb__in=verbs, outcome="done").count() == 2


def test_whom_to_share_with_stands_in_the_directory(world, keeping, place):
    partner = world.house.partner("MK")
    offered = keeping.get(f"/api/v1/partners/{partner.pk}/principals").json()["items"]
    assert {"partner", "authority", "office", "person"} == {one["kind"] for one in offered}
    mira = next(one for one in offered if one["name"] == "Mira")
    assert (mira["id"], mira["key"]) == (world.mira.membership.group_id, str(world.mira.membership.pk))
    assert given(keeping, place, world.mira, level=2).status_code == 201
    again = problem(given(keeping, place, world.mira, level=2), "not-possible", 409)
    assert again["reason"] == "UnableToGiveSight"


def test_records_of_other_kinds_are_shared_alike(world, keeping, keeper):
    group = World(house=world.house)
    for root, by in ((group.nominate(group.case()), group.tirana), (group.meeting(), group.desk)):
        with by.acting() as actor:
            access.grant(
                by=actor,
                root_id=root.pk,
                principal=keeper.membership.group_id,
                level=Level.MANAGE,
                reason=Reason.SHARE,
            )
        place = f"{SHARING}/{root.pk}"
        share = given(keeping, place, world.bob).json()["id"]
        assert "Bob" in {one["principal"]["name"] for one in keeping.get(place).json()["seers"]}
        assert keeping.delete(f"{place}/shares/{share}").status_code == 200
        assert "Bob" not in {one["principal"]["name"] for one in keeping.get(place).json()["seers"]}


def test_the_same_share_with_the_same_key_is_given_once(world, keeping, place):
    body = {"principal": world.mira.membership.group_id, "level": 2, "purpose": WHY}
    first, again = (keeping.post(f"{place}/shares", body, key=KEY) for _ in range(2))
    assert (first.status_code, again.content) == (201, first.content)
    with as_owner():
        assert Share.objects.filter(principal=world.mira.membership.group_id).count() == 1


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"principal": 2**31 - 1}, "/principal", "invalid_choice"),
        ({"principal": 2**70}, "/principal", "invalid_choice"),
        ({"principal": -1}, "/principal", "invalid_choice"),
        ({"principal": None}, "/principal", "required"),
        ({"principal": True}, "/principal", "type"),
        ({"principal": [1]}, "/principal", "type"),
        ({"level": 4}, "/level", "invalid_choice"),
        ({"level": "1"}, "/level", "type"),
        ({"purpose": ""}, "/purpose", "required"),
        ({"last_day": "2026-01-01"}, "/last_day", "invalid"),
        ({"last_day": "tomorrow"}, "/last_day", "type"),
    ],
)
def test_what_the_page_refuses_is_refused_with_its_place(world, keeping, place, changes, pointer, code):
    said = problem(given(keeping, place, world.mira, **changes), "invalid", 422)
    assert (pointer, code) in {(fault["pointer"], fault["code"]) for fault in said["errors"]}


def test_a_share_lasts_to_the_end_of_its_last_day_where_the_bearer_is(world, keeping, place):
    day = timezone.localdate() + timedelta(days=5)
    receipt = given(keeping, place, world.mira, last_day=day.isoformat()).json()
    with as_owner():
        until = Share.objects.get(pk=receipt["id"]).until
    assert until is not None
    assert until > timezone.now() + timedelta(days=4)


def test_who_does_not_manage_a_record_or_whose_token_may_not_shares_nothing(world, keeper, neighbour):
    case = world.open()
    world.share(case, keeper, Level.CONTRIBUTE)
    place = f"{SHARING}/{case.pk}"
    contributing = Caller(world.grant(keeper, scopes=SCOPES).secret)
    problem(given(contributing, place, world.mira), "forbidden", 403)
    problem(contributing.post(f"{place}/hand-over", {}), "forbidden", 403)
    reading = Caller(world.grant(keeper).secret)
    problem(given(reading, place, world.mira), "scope-missing", 403)
    with as_owner():
        standing = Share.objects.get(root=case.pk, principal=keeper.membership.group_id)
    problem(contributing.delete(f"{place}/shares/{standing.pk}"), "forbidden", 403)


def test_a_system_leaves_a_record_once_and_sees_it_no_more(keeping, keeper, place):
    own = keeper.membership.group_id
    problem(keeping.post(f"{place}/leave", {"groups": [str(own)]}), "invalid", 422)
    problem(keeping.post(f"{place}/leave", {"groups": [own + 10_000]}), "invalid", 422)
    first, again = (keeping.post(f"{place}/leave", {"groups": [own]}, key=KEY) for _ in range(2))
    assert (first.status_code, first.json()["url"]) == (200, place)
    assert again.content == first.content
    assert keeping.get(case_at(place)).status_code == 404
    problem(keeping.post(f"{place}/leave", {"groups": [own]}), "not-found", 404)


def test_a_record_is_handed_over_to_a_colleague_of_the_same_authority(world, keeping, place):
    other = {"membership": str(world.mira.membership.pk), "purpose": "Moves."}
    said = problem(keeping.post(f"{place}/hand-over", other), "invalid", 422)
    assert [fault["pointer"] for fault in said["errors"]] == ["/membership"]
    colleague = {"membership": str(world.bob.membership.pk), "purpose": "Moves."}
    first, again = (keeping.post(f"{place}/hand-over", colleague, key=KEY) for _ in range(2))
    assert (first.status_code, again.content) == (200, first.content)
    assert keeping.get(case_at(place)).status_code == 404
    with as_owner():
        standing = Share.objects.get(principal=world.bob.membership.group_id, revoked_at__isnull=True)
    assert (standing.level, standing.reason, standing.purpose) == (Level.MANAGE, "hand_over", "Moves.")


def test_the_last_to_manage_a_record_stays(world, leading):
    system = world.house.system("Alone", "AL", Role.PROSECUTOR)
    alone = Caller(world.grant(system, scopes=(*SCOPES, Scope.CASES_WRITE)).secret)
    body = {"title": "Lake", "summary": "Lorries.", "crime_types": ["drug_trafficking"]}
    key = alone.post("/api/v1/cases", body).json()["id"]
    with as_owner():
        others = Share.objects.filter(root=key).exclude(principal=system.membership.group_id)
        others.update(revoked_at=timezone.now(), revoked_by=system.membership.pk)
    said = alone.post(f"{SHARING}/{key}/leave", {"groups": [system.membership.group_id]})
    problem(said, "not-possible", 409)
    assert alone.get(f"/api/v1/cases/{key}").status_code == 200
