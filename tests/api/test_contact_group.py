"""The Contact Group by the API: nominations, votes, recusals and decisions are read as the pages show them; no system casts a vote."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from contactgroup import actions
from contactgroup.models import Nomination
from contactgroup.queries.rules import rule_lines
from foundation.audit.models import Event
from tests.api import stage
from tests.api.cast import ApiWorld, Caller, statements
from tests.bed.sides import as_owner
from tests.contactgroup.conftest import WHY, World

NOMINATIONS = "/api/v1/nominations"
PARTS = ("", "/ballots", "/recusals", "/decisions")


@pytest.fixture
def group(world: ApiWorld) -> World:
    """The Contact Group of the same house."""
    return World(house=world.house)


@pytest.fixture
def nomination(world: ApiWorld, group: World) -> Nomination:
    """Before Tirana and Skopje, whose registers see it."""
    return stage.nominated(world, group)


def part(caller: Caller, nomination: Nomination, name: str) -> Any:
    return caller.get(f"{NOMINATIONS}/{nomination.pk}/{name}").json()["items"]


def test_a_nomination_is_told_as_its_page_tells_it(register: Caller, nomination: Nomination) -> None:
    (item,) = register.get(NOMINATIONS).json()["items"]
    told = register.get(item["url"]).json()
    assert item.items() <= told.items()
    assert told["id"] == str(nomination.pk)
    assert told["status"] == {"code": "submitted", "label": "Submitted"}
    assert told["outcome"] is None
    assert [partner["code"] for partner in told["electorate"]] == ["AL", "MK"]
    assert [one["partner"]["code"] for one in told["invitations"]] == ["MK"]
    assert {one["score"]["code"] for one in told["criteria"]} == {2}
    assert told["nominated_by"]["name"] == "Arta"
    assert told["nominating_authority"]["partner"]["code"] == "AL"


def test_the_case_behind_it_is_told_to_those_alone_who_see_the_case(
    world: ApiWorld, group: World, register: Caller
) -> None:
    case = group.case()
    nomination = stage.nominated(world, group, case)
    address = f"{NOMINATIONS}/{nomination.pk}"
    before = register.get(address)
    assert before.json()["case"] is None
    assert str(case.pk) not in before.content.decode()
    world.show(case.pk, world.register, by=group.tirana)
    assert register.get(address).json()["case"]["url"] == f"/api/v1/cases/{case.pk}"


def voices(caller: Caller, nomination: Nomination) -> dict[str, Any]:
    """Partner -> what it said in the newest round, as far as this caller may know."""
    lines = part(caller, nomination, "ballots")[0]["voices"]
    return {line["partner"]["code"]: line["voice"] and line["voice"]["code"] for line in lines}


def test_votes_are_sealed_while_the_round_is_open_and_read_by_all_once_it_is_closed(
    group: World, register: Caller, neighbour: Caller, nomination: Nomination
) -> None:
    group.open_vote(nomination)
    group.vote(nomination, AL="for", MK="against")
    assert voices(register, nomination) == {"AL": "for", "MK": None}
    assert voices(neighbour, nomination) == {"AL": None, "MK": "against"}
    open_round = part(register, nomination, "ballots")[0]
    assert (open_round["voted"], open_round["asked"], open_round["result"]) == (2, 2, None)
    assert [len(line["casts"]) for line in open_round["voices"]] == [1, 0]

    group.as_desk(actions.close_voting, nomination)

    for caller in (register, neighbour):
        assert voices(caller, nomination) == {"AL": "for", "MK": "against"}
        result = part(caller, nomination, "ballots")[0]["result"]
        assert (result["votes_for"], result["votes_against"], result["carried"]) == (1, 1, False)


def test_a_vote_is_the_act_of_a_person_which_a_system_reads_and_never_does(
    group: World, register: Caller, nomination: Nomination
) -> None:
    group.open_vote(nomination)
    group.vote(nomination, AL="abstain")
    group.vote(nomination, AL="for")
    casts = part(register, nomination, "ballots")[0]["voices"][0]["casts"]
    assert [(cast["voice"]["code"], cast["counts"]) for cast in casts] == [("abstain", False), ("for", True)]
    assert {cast["cast_by"]["name"] for cast in casts} == {"MemberAL"}
    for address in PARTS[1:]:
        answer = register.client.post(f"{NOMINATIONS}/{nomination.pk}{address}", headers=register.headers)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_everyone_on_it_reads_who_is_recused_and_the_own_partner_why(
    group: World, register: Caller, neighbour: Caller, nomination: Nomination
) -> None:
    recusal = group.recuse(nomination, "MK")
    (own,), (other,) = part(neighbour, nomination, "recusals"), part(register, nomination, "recusals")
    assert own["reason"] == {
        "ground": {"code": "connected", "label": "A connection with a person in the case"},
        "words": WHY,
    }
    assert other["reason"] is None
    assert WHY not in str(other)
    assert (other["personal"], other["recused_by"]["name"], other["stands"]) == (True, "MemberMK", True)

    group.take_back(recusal, group.members["MK"])

    (other,) = part(register, nomination, "recusals")
    assert (other["stands"], other["taken_back_by"]["name"]) == (False, "MemberMK")


def test_a_decision_is_told_with_its_meeting_to_those_who_see_the_meeting(
    world: ApiWorld, group: World, register: Caller, nomination: Nomination
) -> None:
    meeting = group.meeting()
    group.as_desk(actions.put_on_agenda, nomination, meeting=meeting)
    (before,) = part(register, nomination, "decisions")
    assert before == {"meeting": None, "decision": None}

    group.as_desk(actions.open_voting, nomination, closes_at=None)
    group.vote(nomination, AL="for", MK="for")
    group.as_desk(actions.close_voting, nomination)
    group.decided(nomination, "take_up_parallel", "Meet within a month.")
    world.show(meeting.pk, world.register, by=group.desk)

    (after,) = part(register, nomination, "decisions")
    assert after["meeting"]["url"] == f"/api/v1/meetings/{meeting.pk}"
    assert after["decision"]["outcome"] == {
        "code": "take_up_parallel",
        "label": "Taken up as parallel investigations",
    }
    assert (after["decision"]["text"], after["decision"]["decided_by"]["name"]) == ("Meet within a month.", "Desk")
    told = register.get(f"{NOMINATIONS}/{nomination.pk}").json()
    assert (told["status"]["code"], told["outcome"]["code"]) == ("decided", "take_up_parallel")


def test_the_rules_of_voting_are_those_of_the_page(group: World, register: Caller) -> None:
    items = register.get("/api/v1/voting-rules").json()["items"]
    lines = rule_lines(on=group.now.date())
    assert [item["id"] for item in items] == [line.rule.pk for line in lines]
    assert [item["in_force"] for item in items] == [line.in_force for line in lines]
    assert items[0]["quorum"] == {"code": str(lines[0].rule.as_rule().quorum), "label": lines[0].quorum}


@pytest.mark.parametrize("name", PARTS)
def test_a_partner_outside_the_electorate_reads_nothing(foreign: Caller, nomination: Nomination, name: str) -> None:
    hidden = foreign.get(f"{NOMINATIONS}/{nomination.pk}{name}")
    nothing = foreign.get(f"{NOMINATIONS}/{uuid4()}{name}")
    assert (hidden.status_code, hidden.content) == (404, nothing.content)
    assert foreign.get(NOMINATIONS).json() == {"items": [], "next": None}


def test_every_look_at_a_nomination_is_on_record(register: Caller, nomination: Nomination) -> None:
    for name in PARTS:
        register.get(f"{NOMINATIONS}/{nomination.pk}{name}")
    verbs = {f"contactgroup.{word}.viewed" for word in ("nomination", "ballots", "recusals", "decisions")}
    with as_owner():
        seen = Event.objects.filter(root=nomination.pk, verb__in=verbs).values_list("verb", flat=True)
        assert sorted(seen) == sorted(verbs)


def test_a_page_of_the_list_is_narrowed_as_its_page_is(world: ApiWorld, group: World, register: Caller) -> None:
    kept = [stage.nominated(world, group) for _number in range(3)]
    with group.tirana.acting() as by:
        actions.withdraw(nomination=kept[0], reason="Later.", version=kept[0].version, by=by, at=group.now)
    found = {
        query: [item["id"] for page in register.pages(f"{NOMINATIONS}?limit=1{query}") for item in page]
        for query in ("", "&status=withdrawn", "&status=submitted")
    }
    assert sorted(found[""]) == sorted(str(one.pk) for one in kept)
    assert found["&status=withdrawn"] == [str(kept[0].pk)]
    assert sorted(found["&status=submitted"]) == sorted(str(one.pk) for one in kept[1:])


def test_the_list_takes_no_more_statements_than_its_page_whatever_its_length(
    world: ApiWorld, group: World, register: Caller
) -> None:
    for _number in range(4):
        stage.nominated(world, group)
    browser = Client()
    browser.force_login(group.tirana.account)
    page = statements(browser, "/nominations/")
    assert statements(register.client, NOMINATIONS, headers=register.headers) <= page
    assert statements(register.client, f"{NOMINATIONS}?limit=1", headers=register.headers) <= page


def test_more_votes_take_no_more_statements(group: World, register: Caller, nomination: Nomination) -> None:
    group.open_vote(nomination)
    ballots = f"{NOMINATIONS}/{nomination.pk}/ballots"
    none = statements(register.client, ballots, headers=register.headers)
    for voice in ("for", "against", "for"):
        group.vote(nomination, AL=voice, MK=voice)
    group.as_desk(actions.close_voting, nomination)
    assert statements(register.client, ballots, headers=register.headers) == none


def test_a_round_that_ends_by_the_clock_says_when(group: World, register: Caller, nomination: Nomination) -> None:
    group.as_desk(actions.put_on_agenda, nomination, meeting=group.meeting())
    ends = group.now + timedelta(days=2)
    group.as_desk(actions.open_voting, nomination, closes_at=ends)
    told = part(register, nomination, "ballots")[0]
    assert told["closes_at"] == ends.isoformat().replace("+00:00", "Z")
    assert told["closed_at"] is None
