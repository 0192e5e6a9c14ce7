"""From a case to the legal basis of a team: wide, and on a telephone without scripts."""

from __future__ import annotations

import pytest

from tests.journeys.visitor import Album, company

pytestmark = pytest.mark.journey

TIRANA = "arben.kodra@al.wbcj.example"


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, False)], ids=["wide", "telephone"])
def test_a_prosecutor_finds_the_legal_basis_of_a_team(width, scripts, site, chromium):
    with company(site, chromium, Album(f"legal-basis-{width}", width=width, scripts=scripts)) as people:
        tirana = people[TIRANA]
        tirana.open("/cases/", "cases")
        with tirana.page.expect_navigation():
            tirana.page.locator("main table tbody th a").first.click()
        tirana.look("case")
        tirana.go("Find the legal basis of a team", "question")
        for party in ("Albania", "Kosovo*", "North Macedonia"):
            tirana.tick(party=party)
        tirana.tick(crime="Organised crime")
        tirana.fill(on="2026-06-01")

        tirana.go("Find the legal basis", "pair by pair")

        tirana.reads("No instrument binds all parties", "reciprocity alone", "Needed, before anybody signs")
        question = tirana.here
        tirana.open(question, "from a bookmark")
        tirana.reads("Memorandum of 12 October 2010")
        tirana.open("/teams/legal-basis/?party=DE&party=FR&party=AL&crime=corruption&on=2026-06-01", "mixed team")
        tirana.reads("Albania joins under an additional basis", "Yes, where the agreement names")
        tirana.page.goto(f"{site.address}/teams/legal-basis/?party=AL")
        tirana.look_at_refusal("too few")
        tirana.reads("Choose two parties or more.")
