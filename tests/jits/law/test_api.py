"""The legal basis for partner systems: the answer of the page, by code and in words, for whoever has a token for it."""

from __future__ import annotations

from typing import Any

import pytest

from foundation.audit.models import Event
from foundation.systems.scopes import Scope
from tests.api.cast import ApiWorld, Caller
from tests.api.conftest import foreign, register, world
from tests.bed.sides import as_owner

__all__ = ["foreign", "register", "world"]
ADDRESS = "/api/v1/legal-basis"


def ask(caller: Caller, *parties: str, crime: str = "corruption", **more: str) -> Any:
    said = {name: value for name, value in more.items() if name == "accept_language"}
    query = {"party": parties, "crime": crime, "on": "2026-06-01", **{k: v for k, v in more.items() if k not in said}}
    return caller.get(ADDRESS, query, **said)


def codes(items: list[dict[str, Any]]) -> list[str]:
    return [item["code"] for item in items]


def test_a_system_gets_codes_and_sentences(register: Caller) -> None:
    answer = ask(register, "AL", "RS").json()

    assert codes(answer["common"]) == ["ets_182", "pcc_see", "untoc", "uncac"]
    assert answer["common"][0]["provision"] == "Article 20"
    assert answer["answer"].startswith("The team can rest on")
    assert answer["opinion"] == {"needed": False, "reasons": []}
    assert (answer["platform"]["allowed"], answer["platform"]["code"]) == (False, "no_eu_member")
    assert (answer["pairs"], answer["union"], answer["on"]) == ([], None, "2026-06-01")
    # What falls away names it too.
    assert answer["footnote"].startswith("*")
    fallen = {line["instrument"]["code"]: line["reasons"] for line in answer["fallen"]}
    assert fallen["un_drugs_1988"][0] == {
        "code": "scope",
        "party": "",
        "day": None,
        "offences": ["corruption"],
        "text": "Article 9(1)(c) is not for: Corruption.",
    }


def test_a_team_with_kosovo_carries_the_star_and_the_footnote(register: Caller) -> None:
    answer = ask(register, "AL", "MK", "XK", crime="organised_crime").json()

    assert answer["common"] == []
    assert [pair["second"]["code"] for pair in answer["pairs"]] == ["MK", "XK", "XK"]
    assert codes(answer["pairs"][1]["bilateral"]) == ["al_xk_prosecutors_2010", "spak_xk_2021"]
    assert codes(answer["pairs"][2]["reciprocity"]) == ["xk_reciprocity"]
    assert codes(answer["opinion"]["reasons"]) == ["nothing_common", "reciprocity_only"]
    assert answer["opinion"]["reasons"][1]["parties"] == ["MK", "XK"]
    assert answer["pairs"][1]["second"]["name"] == "Kosovo*"
    assert answer["footnote"].startswith("*")


def test_a_mixed_team_says_how_each_party_joins(register: Caller) -> None:
    answer = ask(register, "DE", "FR", "RS", crime="robbery").json()

    assert codes(answer["union"]["instruments"]) == ["eu_mla_2000", "fd_2002_465"]
    assert codes(answer["union"]["members"]) == ["DE", "FR"]
    joins = answer["union"]["additional"]
    assert [(one["party"]["code"], codes(one["instruments"])) for one in joins] == [("RS", ["ets_182"])]
    assert (answer["platform"]["allowed"], answer["platform"]["parties"]) == (True, ["RS"])


def test_a_system_to_which_nothing_is_shared_asks_as_well_for_it_is_about_no_record(foreign: Caller) -> None:
    assert ask(foreign, "AL", "RS").status_code == 200


def test_a_token_without_the_scope_is_refused(world: ApiWorld) -> None:
    caller = Caller(world.grant(scopes=(Scope.CASES_READ,)).secret)

    answer = ask(caller, "AL", "RS")

    assert answer.status_code == 403
    assert 'scope="jits:read"' in answer.headers["WWW-Authenticate"]
    assert Caller("wrong").get(ADDRESS).status_code == 401


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({}, "party"),
        ({"party": ["AL"], "crime": "corruption"}, "party"),
        ({"party": ["AL", "EUROJUST"], "crime": "corruption"}, "party"),
        ({"party": ["AL", "RS"]}, "crime"),
        ({"party": ["AL", "RS"], "crime": "no_such"}, "crime"),
        ({"party": ["AL", "RS"], "crime": "corruption", "on": "yesterday"}, "on"),
        ({"party": ["AL", "RS"], "crime": "corruption", "on": ""}, "on"),
        ({"party": ["AL", "RS"], "crime": "corruption", "case": "1"}, "case"),
    ],
    ids=str,
)
def test_what_cannot_be_understood_is_named(query: dict[str, Any], parameter: str, register: Caller) -> None:
    answer = register.get(ADDRESS, query)

    assert answer.status_code in {400, 422}
    assert parameter in {fault["parameter"] for fault in answer.json()["errors"]}


def test_each_question_is_on_record_without_its_words(world: ApiWorld, register: Caller) -> None:
    ask(register, "AL", "XK")

    with as_owner():
        event = Event.objects.get(verb="jits.law.asked")
    assert (event.membership, event.root, event.roots) == (world.register.membership.pk, None, [])
