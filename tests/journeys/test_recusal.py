"""Somebody of the Contact Group takes no part in a vote, others read that and not why, and it is taken back."""

from __future__ import annotations

import pytest

from tests.journeys.visitor import Album, company

pytestmark = pytest.mark.journey

SKOPJE, DESK, PODGORICA = (
    "goran.stojkov@mk.wbcj.example",
    "sofie.lindqvist@eurojust.wbcj.example",
    "marko.vujacic@me.wbcj.example",
)
TEAM = "matteo.ferrero@eurojust.wbcj.example"
WHY = "I worked with one of the couriers before."


@pytest.mark.parametrize(("name", "width", "scripts"), [("recusal", 1280, True), ("recusal-telephone", 360, False)])
def test_a_member_recuses_itself_and_takes_it_back(name, width, scripts, site, chromium):
    with company(site, chromium, Album(name, width=width, scripts=scripts)) as people:
        skopje = people[SKOPJE]
        skopje.open("/nominations/", "nominations")
        skopje.go("Falcons: nests in many places, one market", "nomination")
        nomination = skopje.here
        skopje.go("Vote", "vote")
        skopje.go("Recuse yourself or your partner instead", "recuse")
        skopje.reads("Besides you, nobody can vote for your partner")
        skopje.tick(scope="I myself", ground="Another conflict of interests")
        skopje.fill(words=WHY)

        skopje.go("Recuse", "recused")

        skopje.reads("Goran Stojkov", WHY)
        people[DESK].open(nomination, "the desk reads why")
        people[DESK].reads("Goran Stojkov", WHY)
        people[PODGORICA].open(nomination, "another partner reads that")
        people[PODGORICA].reads("Goran Stojkov")
        people[PODGORICA].reads_nothing_of(WHY, "Another conflict of interests")
        skopje.go("Take the recusal back", "take back")
        skopje.go("Take the recusal back", "taken back")
        skopje.reads("Taken back:")


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, False)], ids=["wide", "telephone"])
def test_the_rules_of_voting_and_their_forms_hold_every_rule(width, scripts, site, chromium):
    with company(site, chromium, Album(f"rules-{width}", width=width, scripts=scripts)) as people:
        team = people[TEAM]
        team.open("/meetings/", "meetings")
        team.go("How votes are counted", "rules")
        team.reads("in force", "to come")
        team.go("Set a rule", "set a rule")
        team.open("/voting-rules/withdraw/", "withdraw a rule")
