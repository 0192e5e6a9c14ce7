"""The rules of voting by their days: the one in force when a vote is opened counts it, whatever is set afterwards."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from contactgroup import actions
from contactgroup.choices import Voice
from contactgroup.counting import Rule
from contactgroup.models import Turnout, VotingRule
from contactgroup.queries.rules import rule_lines
from contactgroup.refusals import UnableToSetRule, UnableToVote
from foundation import access
from foundation.tenancy.choices import Role
from tests.bed.sides import as_owner

pytestmark = pytest.mark.django_db

HALF = Rule(quorum=Fraction(1, 2), majority=Fraction(1, 2))


@pytest.fixture
def team(world):
    """Somebody of the programme team."""
    return world.house.person("Mia", "EUROJUST", Role.PROGRAMME_MANAGER, authority="Programme team")


@pytest.fixture
def today(world):
    return world.now.date()


def set_rule(world, team, days, rule=HALF, **facts):
    with team.acting() as by:
        day = world.now.date() + timedelta(days=days)
        return actions.set_rule(rule=rule, **{"valid_from": day, **facts}, by=by, at=world.now)


def on_agenda(world, *concerned):
    nomination = world.nominate(world.case(*concerned))
    return world.as_desk(actions.put_on_agenda, nomination, meeting=world.meeting())


def opened_on(world, nomination, day):
    """Somebody opens the vote some days from now."""
    with world.desk.acting() as by:
        return actions.open_voting(
            nomination=nomination, closes_at=None, version=nomination.version, by=by, at=world.now + timedelta(days=day)
        )


def test_the_rule_of_the_day_on_which_a_vote_is_opened_counts_it(world, team):
    later = set_rule(world, team, 5, Rule(quorum=Fraction(3, 4), majority=Fraction(2, 3)))
    today, on_the_day = on_agenda(world, "MK"), on_agenda(world, "MK")
    assert opened_on(world, today, 4).rule_id != later.pk
    assert opened_on(world, on_the_day, 5).rule_id == later.pk


def test_of_two_rules_the_one_that_began_last_is_in_force(world, team, today):
    first, second = set_rule(world, team, 5), set_rule(world, team, 9)
    assert VotingRule.objects.in_force_on(today + timedelta(days=8)) == first
    assert VotingRule.objects.in_force_on(today + timedelta(days=9)) == second


def test_a_later_rule_does_not_change_a_vote_that_is_open(world, team):
    nomination = on_agenda(world, "MK", "ME")
    opened = opened_on(world, nomination, 0)
    set_rule(world, team, 1, Rule(quorum=Fraction(5, 6), majority=Fraction(5, 6), recused_leaves_quorum=False))
    world.recuse(nomination, "ME", "partner")
    world.vote(nomination, AL=Voice.FOR, MK=Voice.FOR)
    world.as_desk(actions.close_voting, nomination)
    assert world.counts(nomination).carried
    assert world.counts(nomination).quorum_of == 2
    with world.desk.acting() as by:
        assert type(opened).objects.visible_to(by).get().rule.valid_from == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("change", "quorate", "majority"),
    [
        ({}, True, True),
        ({"recused_leaves_quorum": False}, False, True),
        ({"recused_leaves_majority": False}, True, False),
        ({"least_present": 3}, False, True),
    ],
)
def test_a_round_is_counted_with_its_recusals_as_its_rule_says(world, team, change, quorate, majority):
    set_rule(world, team, 1, Rule(quorum=Fraction(2, 3), majority=Fraction(2, 3), **change))
    nomination = on_agenda(world, "MK", "ME")
    opened_on(world, nomination, 1)
    world.recuse(nomination, "ME", "partner")
    world.vote(nomination, AL=Voice.FOR, MK=Voice.FOR)
    world.as_desk(actions.close_voting, nomination)
    result = world.counts(nomination)
    assert (result.quorate, result.majority) == (quorate, majority)


def test_where_the_nominating_partner_has_no_voice_it_is_not_asked(world, team):
    set_rule(world, team, 1, Rule(quorum=Fraction(1, 2), majority=Fraction(1, 2), nominator_votes=False))
    nomination = on_agenda(world, "MK", "ME")
    opened_on(world, nomination, 1)
    with world.members["AL"].acting() as by, pytest.raises(UnableToVote, match="nominating partner has no voice"):
        actions.cast(nomination=nomination, voice=Voice.FOR, by=by, at=world.now)
    with world.members["AL"].acting() as by:
        assert {row.partner.code for row in Turnout.objects.visible_to(by)} == {"MK", "ME"}
    world.vote(nomination, MK=Voice.FOR, ME=Voice.FOR)
    world.as_desk(actions.close_voting, nomination)
    result = world.counts(nomination)
    assert (result.electorate, result.silent, result.carried) == (2, 0, True)


@pytest.mark.parametrize("days", [-1, 0])
def test_no_rule_begins_today_or_before(world, team, days):
    with pytest.raises(UnableToSetRule, match="tomorrow at the earliest"):
        set_rule(world, team, days)


@pytest.mark.parametrize("days", [-1, 0])
def test_the_database_refuses_a_rule_that_was_set_after_it_began(world, team, today, days):
    columns = dict.fromkeys(("quorum_numerator", "majority_numerator"), 1)
    columns |= dict.fromkeys(("quorum_denominator", "majority_denominator"), 2)
    with pytest.raises(IntegrityError, match="set_before_it_begins"), transaction.atomic():
        VotingRule.objects.create(
            valid_from=today + timedelta(days=days), set_at=world.now, set_by=team.membership, **columns
        )


@pytest.mark.parametrize(
    "rule",
    [
        Rule(quorum=Fraction(1), majority=Fraction(1, 2)),
        Rule(quorum=Fraction(1, 2), majority=Fraction(3, 2)),
        Rule(quorum=Fraction(-1, 2), majority=Fraction(1, 2)),
        Rule(quorum=Fraction(1, 2), majority=Fraction(1, 2), least_present=0),
    ],
    ids=["quorum of all", "majority above all", "negative quorum", "nobody present"],
)
def test_a_rule_that_says_nothing_sensible_is_refused(world, team, rule):
    with pytest.raises(UnableToSetRule, match="shares below the whole"):
        set_rule(world, team, 1, rule)


def test_a_day_has_one_rule(world, team):
    set_rule(world, team, 3)
    with pytest.raises(UnableToSetRule, match="Another rule"):
        set_rule(world, team, 3)


def test_a_rule_that_has_not_begun_is_withdrawn_and_stays_on_record(world, team, today):
    rule = set_rule(world, team, 3)
    with team.acting() as by:
        actions.withdraw_rule(rule=rule, by=by, at=world.now)
    assert VotingRule.objects.in_force_on(today + timedelta(days=3)) != rule
    assert VotingRule.objects.get(pk=rule.pk).withdrawn_by_id == team.membership.pk
    another = set_rule(world, team, 3)
    assert VotingRule.objects.in_force_on(today + timedelta(days=3)) == another


def test_a_rule_that_has_begun_or_was_withdrawn_is_not_withdrawn(world, team):
    rule = set_rule(world, team, 3)
    with team.acting() as by:
        with pytest.raises(UnableToSetRule, match="has not begun"):
            actions.withdraw_rule(rule=rule, by=by, at=world.now + timedelta(days=3))
        actions.withdraw_rule(rule=rule, by=by, at=world.now)
        with pytest.raises(UnableToSetRule, match="has not begun"):
            actions.withdraw_rule(rule=rule, by=by, at=world.now)


def test_only_the_programme_team_sets_rules(world, team):
    rule = set_rule(world, team, 3)
    for person in (world.desk, world.members["AL"], world.tirana):
        with person.acting() as by:
            with pytest.raises(access.Forbidden):
                actions.set_rule(rule=HALF, valid_from=date(2999, 1, 1), by=by, at=world.now)
            with pytest.raises(access.Forbidden):
                actions.withdraw_rule(rule=rule, by=by, at=world.now)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contactgroup_votingrule SET quorum_denominator = 9",
        "UPDATE contactgroup_votingrule SET valid_from = '2020-01-01'",
        "UPDATE contactgroup_votingrule SET nominator_votes = false",
        "DELETE FROM contactgroup_votingrule",
    ],
)
def test_a_rule_is_never_changed_so_that_no_count_changes(world, statement):
    assert VotingRule.objects.exists()
    with world.desk.acting(), pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute(statement)
    with as_owner(), pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_list_says_which_rule_holds_until_when(world, team, today):
    first, second = set_rule(world, team, 5), set_rule(world, team, 9)
    with team.acting() as by:
        actions.withdraw_rule(rule=set_rule(world, team, 7), by=by, at=world.now)
    lines = {line.rule.pk: line for line in rule_lines(on=today)}
    assert lines[first.pk].until == today + timedelta(days=8)
    assert (lines[second.pk].until, lines[second.pk].to_come) == (None, True)
    assert [line.rule.valid_from for line in lines.values() if line.in_force] == [date(2024, 1, 1)]
    assert [line.withdrawn for line in rule_lines(on=today)] == [False, True, False, False]
