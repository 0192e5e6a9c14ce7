"""The page of the legal basis: the question stands in its address, the answer comes first, and whoever may not ask is refused."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.audit.models import Event
from foundation.tenancy.choices import Role
from jits.models import InstrumentParty
from tests.bed.sides import as_owner
from tests.cases.cast import CaseWorld
from tests.people import House, Person

ADDRESS = "/teams/legal-basis/"


@pytest.fixture
def ann(house: House) -> Person:
    return house.person("Ann", "AL")


def asked(client: Client, *parties: str, crime: str = "organised_crime", **more: Any) -> Any:
    return client.get(ADDRESS, {"party": parties, "crime": crime, "on": "2026-06-01", **more})


def words(answer: Any) -> str:
    """What stands on the page, without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_the_question_is_asked_in_a_form_that_is_sent_by_its_address(ann, browser):
    page = browser(ann).get(reverse("legal_basis"))

    assert page.status_code == 200
    text = page.content.decode()
    assert 'method="get"' in text
    assert "Bosnia and Herzegovina" in text
    assert "Corruption" in text
    assert "Eurojust</label>" not in text
    assert page.context["answer"] is None


def test_the_answer_comes_first_and_names_the_provision(ann, browser):
    answer = asked(browser(ann), "AL", "RS", crime="corruption")

    assert answer.status_code == 200
    said = words(answer)
    first = (
        "The team can rest on Second Additional Protocol to the European Convention on Mutual Assistance in Criminal Matters"
        " (ETS 182), Article 20, and on 3 other instruments that bind all parties."
    )
    assert first in said
    assert said.index(first) < said.index("Common to all parties") < said.index("Why the others fall away")
    assert "Article 49" in said
    assert "Article 9(1)(c) is not for: Corruption." in said
    assert "Not needed for the legal basis" in said
    assert "none of the parties is an EU Member State" in said
    assert answer.context["answer"].pairs == ()


def test_a_team_with_kosovo_is_told_pair_by_pair_with_the_star_and_the_footnote_once(ann, browser):
    answer = asked(browser(ann), "AL", "XK", "MK")

    said = words(answer)
    assert "No instrument binds all parties for these offences on that day" in said
    assert "Albania – Kosovo*" in said
    assert "Memorandum of 12 October 2010" in said
    assert "Agreement of 2 June 2021" in said
    assert "Between North Macedonia and Kosovo* there is reciprocity alone." in said
    assert "Article 1(3)" in said
    assert "Kosovo* is not entered as a party." in said
    assert not re.search(r"Kosovo(?!\*)", said.split("This designation")[0])
    assert answer.content.decode().count('id="kosovo-footnote"') == 1


def test_a_mixed_team_reads_on_what_each_side_rests_and_that_the_platform_is_open(ann, browser):
    said = words(asked(browser(ann), "DE", "FR", "AL", crime="robbery"))

    assert "The EU Member States of the team rest on" in said
    assert "Albania can join under an additional basis." in said
    assert "Yes, where the agreement names the Union legal basis" in said
    assert "It binds EU Member States alone; Albania can only join under an additional basis." in said


def test_the_day_decides_and_is_today_where_none_is_named(ann, browser):
    client = browser(ann)

    before = asked(client, "BG", "RS", crime="robbery", on="2008-09-24").context["answer"]
    after = asked(client, "BG", "RS", crime="robbery", on="2008-09-25").context["answer"]
    assert [one.code for one in before.common] == ["ets_182"]
    assert [one.code for one in after.common] == ["ets_182", "pcc_see"]
    reason = next(line for line in before.fallen if line.instrument.code == "pcc_see").reasons[0]
    assert reason.text.replace("\xa0", " ") == "For Bulgaria it is in force only from 25 September 2008."
    assert asked(client, "BG", "RS", on="").status_code == 200


def test_a_reservation_is_shown_and_what_is_to_be_confirmed_is_marked(ann, browser):
    with as_owner():
        InstrumentParty.objects.filter(instrument="ets_182", party="RS").update(reservation="Only by letter.")
        InstrumentParty.objects.filter(instrument="ets_182").update(to_be_confirmed=False)

    found = asked(browser(ann), "AL", "RS")

    assert "Reservation or declaration: Serbia: Only by letter." in words(found)
    marks = {one.code: one.to_be_confirmed for one in found.context["answer"].common}
    assert marks == {"ets_182": False, "pcc_see": False, "untoc": True}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"party": ["AL"], "crime": "corruption"}, "Choose two parties or more."),
        ({"party": ["AL", "AL"], "crime": "corruption"}, "Choose two parties or more."),
        ({"crime": "corruption"}, "Choose two parties or more."),
        ({"party": ["AL", "RS"]}, "Choose a form of crime, or several."),
        ({"party": ["AL", "EUROJUST"], "crime": "corruption"}, "This is not offered."),
        ({"party": ["AL", "<b>"], "crime": "corruption"}, "This is not offered."),
        ({"party": ["AL", "RS"], "crime": "none\x00"}, "This is not offered."),
        ({"party": ["AL", "RS"], "crime": "corruption", "on": "3/5/2026"}, "Write the day as year-month-day"),
        ({"party": ["AL", "RS"], "crime": "corruption", "on": "0001-01-01"}, "Choose a day between 1990 and 2099."),
        (
            {"party": ["AT", "BE", "BG", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR"], "crime": "corruption"},
            "Choose at most 10 parties.",
        ),
        ({"unknown": "1"}, "Choose two parties or more."),
    ],
    ids=str,
)
def test_a_question_that_cannot_be_understood_gets_a_clear_answer_and_nothing_chosen_is_lost(query, said, ann, browser):
    answer = browser(ann).get(ADDRESS, query)

    assert answer.status_code == 422
    assert said in words(answer)
    if query.get("crime") == "corruption":
        assert re.search(r'value="corruption"[^>]*checked', answer.content.decode())


def test_the_page_takes_the_same_four_statements_for_two_parties_and_for_ten(ann, browser):
    client = browser(ann)

    def statements(*parties):
        asked(client, *parties)
        with CaptureQueriesContext(connection) as captured:
            assert asked(client, *parties).status_code == 200
        return len(captured)

    assert statements("AL", "RS") == statements("AL", "BA", "XK", "ME", "MK", "RS", "AT", "DE", "FR", "IT") <= 18


@pytest.mark.parametrize("role", [Role.PROSECUTOR, Role.INVESTIGATOR, Role.REGISTRAR])
def test_whoever_reads_cases_may_ask(role, house, browser):
    assert asked(browser(house.person("Eva", "ME", role)), "AL", "RS").status_code == 200


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CASE_OFFICER, 200),
        (Role.PROGRAMME_MANAGER, 200),
        (Role.TECHNICAL_ADMINISTRATOR, 403),
        (Role.AUDITOR, 403),
    ],
)
def test_eurojust_may_ask_and_whoever_runs_the_product_may_not(role, status, house, browser):
    assert asked(browser(house.staff("Eva", "EJ", role)), "AL", "RS").status_code == status


def test_nobody_asks_without_signing_in_and_nothing_is_posted(ann, browser):
    answer = Client().get(ADDRESS)
    assert answer.status_code == 302
    assert "login" in answer.headers["Location"]
    assert browser(ann).post(ADDRESS, {"party": ["AL", "RS"]}).status_code == 405


def test_a_look_is_on_record_without_what_was_asked(ann, browser):
    asked(browser(ann), "AL", "XK")

    with as_owner():
        event = Event.objects.get(verb="jits.law.viewed")
    assert (event.membership, event.root, event.roots) == (ann.membership.pk, None, [])


def test_a_refusal_is_on_record_too(house, browser):
    asked(browser(house.staff("Eva", "EJ", Role.AUDITOR)), "AL", "RS")

    with as_owner():
        assert Event.objects.get(verb="jits.law.viewed").outcome == Event.Outcome.FORBIDDEN


@pytest.mark.django_db
def test_a_case_leads_to_it_and_carries_nothing_over(browser):
    world = CaseWorld()
    case = world.open()

    page = browser(world.ann).get(reverse("case", args=[case.pk])).content.decode()

    assert f'href="{ADDRESS}"' in page
