"""Invitations by the API: what was received and what was sent, as the pages show them to that membership."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from foundation.audit.models import Event
from foundation.systems.scopes import Scope
from tests.api.cast import ApiWorld, Caller, statements
from tests.bed.sides import as_owner

INVITATIONS = "/api/v1/invitations"
DAY = timedelta(days=1)


def test_the_invited_side_reads_what_it_may_know_and_no_key_of_the_case(world: ApiWorld, neighbour: Caller) -> None:
    case = world.open(handling=["H2"])
    invitation = world.invited(case)
    (item,) = neighbour.get(INVITATIONS).json()["items"]
    answer = neighbour.get(item["url"])
    told = answer.json()
    assert item.items() <= told.items()
    assert told["id"] == str(invitation.pk)
    assert told["status"] == {"code": "sent", "label": "Waiting for an answer"}
    assert told["text"] == "Lorries pass through your territory."
    assert [code["code"] for code in told["handling"]] == ["H2"]
    assert (told["inviting_authority"]["partner"]["code"], told["partner"]["code"]) == ("AL", "MK")
    assert told["case"] == {"reference": invitation.case_reference, "id": None, "url": None}
    assert str(case.pk) not in answer.content.decode()


def test_the_inviting_side_reads_the_answer_and_whom_the_case_was_opened_to(world: ApiWorld, register: Caller) -> None:
    case = world.known()
    invitation = world.accept(world.invited(case))
    world.show(invitation.pk, world.register, by=world.clerk)
    told = register.get(f"{INVITATIONS}/{invitation.pk}").json()
    assert told["status"]["code"] == "accepted"
    assert (told["answered_by"]["name"], told["prosecutor"]["name"]) == ("Clerk", "Mira")
    assert told["authority"]["partner"]["code"] == "MK"
    assert told["decline_reason"] is None
    assert told["case"]["url"] == f"/api/v1/cases/{case.pk}"
    assert register.get(told["case"]["url"]).status_code == 200


def test_a_decline_is_told_with_its_reason(world: ApiWorld, neighbour: Caller) -> None:
    invitation = world.decline(world.invited())
    told = neighbour.get(f"{INVITATIONS}/{invitation.pk}").json()
    assert told["decline_reason"] == {"code": "safety", "label": "It would endanger somebody's safety"}
    assert told["authority"] is told["prosecutor"] is None


def test_what_was_not_answered_in_time_has_lapsed_by_the_clock_and_is_found_as_such(
    world: ApiWorld, neighbour: Caller
) -> None:
    lapsed = world.invited(until=world.now + DAY)
    waiting = world.invited()
    with time_machine.travel(world.now + 2 * DAY, tick=False):
        statuses = {item["id"]: item["status"]["code"] for item in neighbour.get(INVITATIONS).json()["items"]}
        assert statuses == {str(lapsed.pk): "lapsed", str(waiting.pk): "sent"}
        for status, invitation in (("lapsed", lapsed), ("sent", waiting)):
            found = [item for page in neighbour.pages(f"{INVITATIONS}?status={status}") for item in page]
            assert [item["id"] for item in found] == [str(invitation.pk)]


def test_whoever_sees_the_case_alone_sees_no_invitation(world: ApiWorld, register: Caller) -> None:
    world.invited(world.known())
    assert register.get(INVITATIONS).json() == {"items": [], "next": None}


def test_a_token_for_cases_alone_reads_no_invitation(world: ApiWorld) -> None:
    caller = Caller(world.grant(world.neighbour, code="MK", scopes=(Scope.CASES_READ,)).secret)
    for address in (INVITATIONS, f"{INVITATIONS}/{world.invited().pk}"):
        answer = caller.get(address)
        assert answer.status_code == 403
        assert 'scope="invitations:read"' in answer.headers["WWW-Authenticate"]


def test_looks_at_invitations_are_on_record(world: ApiWorld, neighbour: Caller) -> None:
    invitation = world.invited()
    neighbour.get(INVITATIONS)
    neighbour.get(f"{INVITATIONS}/{invitation.pk}")
    with as_owner():
        listed = Event.objects.get(verb="cases.invitations.viewed")
        read = Event.objects.get(verb="cases.invitation.viewed")
    assert (listed.roots, read.root) == ([invitation.pk], invitation.pk)
    assert {listed.membership, read.membership} == {world.neighbour.membership.pk}


@pytest.fixture
def many(world: ApiWorld) -> ApiWorld:
    for _number in range(5):
        world.invited()
    return world


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_the_pages_together_are_all_invitations(many: ApiWorld, neighbour: Caller, limit: int) -> None:
    pages = list(neighbour.pages(f"{INVITATIONS}?limit={limit}"))
    assert all(len(page) <= limit for page in pages)
    assert len({item["id"] for page in pages for item in page}) == 5


@pytest.mark.parametrize("query", ["", "?status=sent"])
def test_the_list_takes_no_more_statements_than_its_page_whatever_its_length(
    many: ApiWorld, neighbour: Caller, query: str
) -> None:
    browser = Client()
    browser.force_login(many.clerk.account)
    page = statements(browser, f"/invitations/{query}")
    few = statements(neighbour.client, f"{INVITATIONS}?limit=2{query.replace('?', '&')}", headers=neighbour.headers)
    all_of_them = statements(neighbour.client, INVITATIONS + query, headers=neighbour.headers)
    assert all_of_them <= page
    assert all_of_them <= few + 1
