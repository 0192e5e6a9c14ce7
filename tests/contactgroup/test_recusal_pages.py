"""The pages of recusal and of the rules: what each reader is told and offered, and what a form sent twice or too late does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contactgroup import actions
from contactgroup.models import Nomination, Recusal, VotingRule
from contactgroup.queries.nomination import nomination_view
from foundation.tenancy.choices import OfficeKind, Role
from tests.contactgroup.conftest import WHY

pytestmark = pytest.mark.django_db

TYPED = {"scope": "person", "ground": "connected", "words": WHY}


def key():
    return {"submission_key": str(uuid4())}


def at(name, nomination, *more):
    return reverse(name, args=[nomination.pk, *more])


@pytest.fixture
def nomination(world):
    return world.open_vote(world.nominate(world.case("MK", "ME")))


@pytest.fixture
def team(world):
    return world.house.person("Mia", "EUROJUST", Role.PROGRAMME_MANAGER, authority="Programme team")


def page_of(browser, person, nomination):
    answer = browser(person).get(at("nomination", nomination))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_who_is_recused_and_why_to_few(browser, world, nomination):
    answer = browser(world.members["ME"]).post(at("nomination_recuse", nomination), TYPED | key())
    assert (answer.status_code, answer["Location"]) == (302, f"{at('nomination', nomination)}#recusals")
    quoted = WHY.replace("'", "&#x27;")
    for person in (world.members["ME"], world.desk):
        assert quoted in page_of(browser, person, nomination)
    for person in (world.members["MK"], world.tirana):
        page = page_of(browser, person, nomination)
        assert "MemberME" in page
        assert quoted not in page
        assert "A connection with a person" not in page


def test_the_form_says_who_can_vote_instead(browser, world, nomination):
    page = browser(world.members["ME"]).get(at("nomination_recuse", nomination)).content.decode()
    assert "Besides you, nobody can vote for your partner" in page
    world.deputy("ME")
    page = browser(world.members["ME"]).get(at("nomination_recuse", nomination)).content.decode()
    assert "Besides you, DeputyME can vote for your partner." in page
    assert "nobody can vote" not in page


def test_the_vote_form_offers_to_recuse(browser, world, nomination):
    page = browser(world.members["ME"]).get(at("nomination_vote", nomination)).content.decode()
    assert at("nomination_recuse", nomination) in page


def test_buttons_follow_from_who_is_recused(browser, world, nomination):
    deputy = world.deputy("ME")
    vote, recuse = at("nomination_vote", nomination), at("nomination_recuse", nomination)

    def offered(person):
        page = page_of(browser, person, nomination)
        return {name for name, address in (("vote", vote), ("recuse", recuse)) if address in page}

    assert offered(world.members["ME"]) == offered(deputy) == {"vote", "recuse"}
    recusal = world.recuse(nomination, "ME")
    back = at("nomination_take_back", nomination, recusal.pk)
    assert (offered(world.members["ME"]), offered(deputy)) == (set(), {"vote", "recuse"})
    assert back in page_of(browser, world.members["ME"], nomination)
    for person in (deputy, world.members["MK"], world.desk):
        assert back not in page_of(browser, person, nomination)
    assert offered(world.desk) == offered(world.tirana) == set()
    world.as_desk(actions.close_voting, nomination)
    assert offered(deputy) == set()
    assert back not in page_of(browser, world.members["ME"], nomination)


def test_whoever_is_recused_is_offered_nothing_of_the_vote_through_another_membership(world, nomination):
    seconded = world.house.member(
        world.members["ME"].account,
        "EUROJUST",
        Role.CASE_OFFICER,
        authority="Case desk",
        offices=(OfficeKind.CASE_DESK,),
    )

    def offered():
        with seconded.acting() as by:
            fresh = Nomination.objects.visible_to(by).with_names().get(pk=nomination.pk)
            return [act.name for act in nomination_view(fresh, actor=by, at=world.now).transitions]

    assert offered() == ["close_voting"]
    world.recuse(nomination, "ME")
    assert offered() == []


def test_a_recusal_is_taken_back_by_its_form_and_by_nobody_else(browser, world, nomination):
    recusal = world.recuse(nomination, "ME", "partner")
    address = at("nomination_take_back", nomination, recusal.pk)
    for person, status in (
        (world.members["MK"], 403),
        (world.desk, 403),
        (world.tirana, 403),
        (world.members["RS"], 404),
    ):
        client = browser(person)
        assert (client.get(address).status_code, client.post(address, key()).status_code) == (status, status)
    assert browser(world.members["ME"]).post(address, key()).status_code == 302
    assert "Taken back" in page_of(browser, world.members["MK"], nomination)


def test_a_recusal_of_another_nomination_is_not_there(browser, world, nomination):
    recusal = world.recuse(nomination, "ME")
    other = world.nominate(world.case("MK", "ME"))
    assert browser(world.members["ME"]).get(at("nomination_take_back", other, recusal.pk)).status_code == 404


def test_outside_the_electorate_the_form_is_not_there(browser, world, nomination):
    for person in (world.members["RS"], world.belgrade):
        client = browser(person)
        assert client.get(at("nomination_recuse", nomination)).status_code in {403, 404}
        assert client.post(at("nomination_recuse", nomination), TYPED | key()).status_code in {403, 404}
    assert browser(world.members["RS"]).get(at("nomination_recuse", nomination)).status_code == 404


def test_a_form_sent_twice_recuses_once(browser, world, nomination):
    client, typed = browser(world.members["ME"]), TYPED | key()
    first, second = (client.post(at("nomination_recuse", nomination), typed) for _time in (1, 2))
    assert (first.status_code, second.status_code) == (302, 302)
    with world.desk.acting() as by:
        assert Recusal.objects.visible_to(by).count() == 1


def test_a_second_recusal_is_answered_in_words(browser, world, nomination):
    client = browser(world.members["ME"])
    client.post(at("nomination_recuse", nomination), TYPED | key())
    answer = client.post(at("nomination_recuse", nomination), TYPED | key())
    assert answer.status_code == 409
    assert "You are recused already" in answer.content.decode()


def test_a_recusal_that_comes_after_the_closing_is_kept_and_refused(browser, world, nomination):
    world.as_desk(actions.close_voting, nomination)
    answer = browser(world.members["ME"]).post(at("nomination_recuse", nomination), TYPED | key())
    assert answer.status_code == 409
    assert WHY.replace("'", "&#x27;") in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scope": "everybody"}, "valid choice"),
        ({"ground": ""}, "required"),
        ({"ground": "other", "words": " "}, "Say in words"),
        ({"words": "x" * 1001}, "at most 1000"),
    ],
)
def test_a_bad_form_comes_back(browser, world, nomination, change, words):
    answer = browser(world.members["ME"]).post(at("nomination_recuse", nomination), TYPED | change | key())
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_open_vote_and_the_count_name_the_recused_in_words(browser, world):
    nomination = world.open_vote(world.nominate(world.case("MK"), audience="whole_group"))
    world.recuse(nomination, "RS", "partner")
    world.vote(nomination, AL="for", MK="for", ME="for")
    page = page_of(browser, world.desk, nomination)
    assert "3 of 5 partners have voted." in page
    assert "One partner is recused." in page
    world.as_desk(actions.close_voting, nomination)
    for page in (page_of(browser, world.members["ME"], nomination), decision(browser, world, nomination)):
        assert "Quorum: 3 of 5 partners were present, one partner recused." in page
        assert "Carried" in page


def decision(browser, world, nomination):
    return browser(world.desk).get(at("nomination_decide", nomination)).content.decode()


def test_a_vote_that_counts_no_more_says_so(browser, world, nomination):
    world.vote(nomination, ME="against")
    world.recuse(nomination, "ME")
    world.as_desk(actions.close_voting, nomination)
    assert "recused, not counted: Against" in page_of(browser, world.members["MK"], nomination)


def test_the_page_with_recusals_takes_no_statement_for_each(browser, world):
    nomination = world.open_vote(world.nominate(world.case("MK", "ME"), audience="whole_group"))
    client = browser(world.desk)

    def statements():
        client.get(at("nomination", nomination))
        with CaptureQueriesContext(connection) as captured:
            client.get(at("nomination", nomination))
        return len([q for q in captured if "SAVEPOINT" not in q["sql"]])

    world.recuse(nomination, "RS")
    before = statements()
    world.recuse(nomination, "MK", "partner")
    world.recuse(nomination, "ME")
    assert statements() == before


def rule_typed(world, days=3, **change):
    day = (world.now.date() + timedelta(days=days)).isoformat()
    return {"valid_from": day, "quorum": "2/3", "least_present": "2", "majority": "1/2", **change} | key()


def test_the_programme_team_sets_and_withdraws_a_rule(browser, world, team):
    client = browser(team)
    typed = rule_typed(world, recused_leaves_majority="on")
    answers = [client.post(reverse("voting_rule_set"), typed) for _time in (1, 2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    rule = VotingRule.objects.get(set_by=team.membership)
    assert (rule.quorum_numerator, rule.quorum_denominator, rule.nominator_votes) == (2, 3, False)
    assert (rule.recused_leaves_quorum, rule.recused_leaves_majority) == (False, True)
    page = client.get(reverse("voting_rules")).content.decode()
    assert "more than two thirds" in page
    assert "to come" in page
    answer = client.post(reverse("voting_rule_withdraw"), {"rule": str(rule.pk)} | key())
    assert answer.status_code == 302
    page = client.get(reverse("voting_rules")).content.decode()
    assert "withdrawn" in page
    assert reverse("voting_rule_withdraw") not in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"days": 0}, "tomorrow at the earliest"),
        ({"quorum": "1/1"}, "valid choice"),
        ({"least_present": "0"}, "greater than or equal to 1"),
        ({"valid_from": "soon"}, "valid date"),
    ],
    ids=["today", "whole", "nobody", "no day"],
)
def test_a_bad_rule_comes_back(browser, world, team, change, words):
    answer = browser(team).post(reverse("voting_rule_set"), rule_typed(world, **change))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not VotingRule.objects.filter(set_by__isnull=False).exists()


def test_members_read_the_rules_and_do_not_set_them(browser, world, team):
    for person in (world.members["AL"], world.desk, world.tirana):
        client = browser(person)
        page = client.get(reverse("voting_rules"))
        assert page.status_code == 200
        assert reverse("voting_rule_set") not in page.content.decode()
        for name in ("voting_rule_set", "voting_rule_withdraw"):
            assert client.get(reverse(name)).status_code == 403
            assert client.post(reverse(name), key()).status_code == 403


def test_the_page_of_meetings_leads_to_the_rules(browser, world, team):
    for person in (team, world.members["AL"], world.desk):
        assert reverse("voting_rules") in browser(person).get(reverse("meetings")).content.decode()
