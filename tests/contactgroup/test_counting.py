"""How votes are counted, on every electorate: no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contactgroup.choices import Voice
from contactgroup.counting import Electorate, Rule, count, last_voices

# Time says nothing here: the machine that runs this is shared.
untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
HALF = Rule(quorum=Fraction(1, 2), majority=Fraction(1, 2))
PARTNERS = st.lists(st.uuids(), min_size=1, max_size=8, unique=True)
SHARES = st.fractions(min_value=0, max_value=Fraction(11, 12), max_denominator=12)
RULES = st.builds(
    Rule,
    quorum=SHARES,
    majority=SHARES,
    withheld_is_present=st.booleans(),
    recused_leaves_quorum=st.booleans(),
    recused_leaves_majority=st.booleans(),
    nominator_votes=st.booleans(),
    least_present=st.integers(min_value=1, max_value=3),
)


@dataclass(frozen=True)
class Said:
    partner_id: UUID
    voice: str
    sequence: int
    voter_id: UUID


@st.composite
def votes(draw):
    """An electorate with recused partners and people, and casts of its partners and of strangers, each partner's in order."""
    partners = draw(PARTNERS)
    people = {partner: (uuid4(), uuid4()) for partner in partners}
    voters = [*partners, *draw(st.lists(st.uuids(), max_size=2))]
    spoken = st.tuples(st.sampled_from(voters), st.sampled_from(Voice.values), st.integers(0, 1))
    said = draw(st.lists(spoken, max_size=20))
    casts = [
        Said(partner, voice, number, people.get(partner, (partner, partner))[person])
        for number, (partner, voice, person) in enumerate(said, start=1)
    ]
    electorate = Electorate(
        partners=frozenset(partners),
        nominating=draw(st.sampled_from([None, *partners])),
        recused=frozenset(draw(st.lists(st.sampled_from(partners), max_size=3))),
        recused_people=frozenset(
            draw(st.lists(st.sampled_from([p for pair in people.values() for p in pair]), max_size=3))
        ),
    )
    return electorate, casts


def fixed(**voices):
    """So many voices of each kind, so many silent partners, and so many that are recused."""
    spoken = {voice: number for voice, number in voices.items() if voice in Voice.values}
    casts = [Said(uuid4(), voice, 1, uuid4()) for voice, number in spoken.items() for _one in range(number)]
    silent = [uuid4() for _one in range(voices.get("silent", 0))]
    recused = frozenset(uuid4() for _one in range(voices.get("recused", 0)))
    partners = frozenset(cast.partner_id for cast in casts).union(silent, recused)
    return casts, Electorate(partners=partners, recused=recused)


@untimed
@given(votes(), RULES)
def test_every_partner_with_a_voice_is_counted_exactly_once(world, rule):
    electorate, casts = world
    result = count(casts, electorate=electorate, rule=rule)
    said = result.votes_for + result.votes_against + result.abstained + result.withheld
    assert said + result.silent + result.recused == result.electorate == len(electorate.with_a_voice(rule))


@untimed
@given(votes(), RULES, st.randoms())
def test_the_order_in_which_rows_are_read_does_not_matter(world, rule, random):
    electorate, casts = world
    mixed = random.sample(casts, len(casts))
    assert count(casts, electorate=electorate, rule=rule) == count(mixed, electorate=electorate, rule=rule)


@untimed
@given(votes(), RULES)
def test_only_the_last_voice_of_a_partner_counts_that_nobody_recused_cast(world, rule):
    electorate, casts = world
    last = last_voices(casts, electorate=electorate, rule=rule)
    assert count(casts, electorate=electorate, rule=rule) == count(last.values(), electorate=electorate, rule=rule)
    assert all(
        last[cast.partner_id].sequence >= cast.sequence
        for cast in casts
        if cast.partner_id in last and cast.voter_id not in electorate.recused_people
    )


@untimed
@given(votes(), RULES)
def test_a_stranger_has_no_voice(world, rule):
    electorate, casts = world
    own = [cast for cast in casts if cast.partner_id in electorate.partners]
    assert count(casts, electorate=electorate, rule=rule) == count(own, electorate=electorate, rule=rule)


@untimed
@given(votes(), RULES)
def test_what_a_recused_person_said_is_as_if_it_had_never_been_said(world, rule):
    electorate, casts = world
    others = [cast for cast in casts if cast.voter_id not in electorate.recused_people]
    alone = replace(electorate, recused_people=frozenset())
    assert count(casts, electorate=electorate, rule=rule) == count(others, electorate=alone, rule=rule)


@untimed
@given(votes(), RULES)
def test_where_the_recused_leave_it_is_as_if_they_had_never_been_asked(world, rule):
    electorate, casts = world
    rule = replace(rule, recused_leaves_quorum=True, recused_leaves_majority=True)
    smaller = replace(electorate, partners=electorate.partners - electorate.recused, recused=frozenset())
    before, after = count(casts, electorate=electorate, rule=rule), count(casts, electorate=smaller, rule=rule)
    assert (before.quorate, before.majority, before.silent) == (after.quorate, after.majority, after.silent)


@untimed
@given(votes(), RULES)
def test_a_further_voice_for_never_undoes_a_majority(world, rule):
    electorate, casts = world
    before = count(casts, electorate=electorate, rule=rule)
    spoken = {cast.partner_id for cast in casts}
    silent = [partner for partner in sorted(electorate.partners) if partner not in spoken]
    more = [*casts, *(Said(partner, Voice.FOR, 1, uuid4()) for partner in silent[:1])]
    after = count(more, electorate=electorate, rule=rule)
    assert after.majority >= before.majority
    assert after.quorate >= before.quorate


@untimed
@given(votes(), RULES)
def test_nothing_is_carried_without_a_voice_for(world, rule):
    electorate, casts = world
    silenced = [cast for cast in casts if cast.voice != Voice.FOR]
    assert not count(silenced, electorate=electorate, rule=rule).carried


@pytest.mark.parametrize(
    ("voices", "quorate", "majority"),
    [
        ({"for": 3, "silent": 3}, False, True),
        ({"for": 4, "silent": 2}, True, True),
        ({"for": 2, "abstain": 2, "silent": 2}, True, True),
        ({"for": 2, "withhold": 2, "silent": 2}, False, True),
        ({"for": 2, "against": 2}, True, False),
        ({"for": 1, "against": 2, "abstain": 1}, True, False),
        ({"abstain": 4}, True, False),
        ({"withhold": 6}, False, False),
        ({"for": 1, "silent": 1}, False, True),
        ({"for": 2}, True, True),
        ({"for": 3, "silent": 2, "recused": 1}, True, True),
        ({"for": 3, "silent": 3, "recused": 1}, False, True),
        ({"for": 2, "against": 1, "recused": 3}, True, True),
        ({"recused": 6}, False, False),
    ],
)
def test_more_than_half_of_the_electorate_and_more_for_than_against(voices, quorate, majority):
    casts, electorate = fixed(**voices)
    result = count(casts, electorate=electorate, rule=HALF)
    assert (result.quorate, result.majority, result.carried) == (quorate, majority, quorate and majority)


def test_withheld_voices_make_the_quorum_only_where_the_rule_says_so():
    casts, electorate = fixed(**{"for": 2, "withhold": 2, "silent": 2})
    assert not count(casts, electorate=electorate, rule=HALF).quorate
    assert count(casts, electorate=electorate, rule=replace(HALF, withheld_is_present=True)).quorate


def test_a_recused_partner_is_absent_where_it_stays_in_the_electorate_for_the_quorum():
    casts, electorate = fixed(**{"for": 3, "silent": 2, "recused": 1})
    assert count(casts, electorate=electorate, rule=HALF).quorum_of == 5
    stays = count(casts, electorate=electorate, rule=replace(HALF, recused_leaves_quorum=False))
    assert (stays.quorum_of, stays.quorate) == (6, False)


def test_a_recused_partner_is_one_that_is_not_for_where_it_stays_for_the_majority():
    casts, electorate = fixed(**{"for": 2, "against": 1, "recused": 1})
    assert count(casts, electorate=electorate, rule=HALF).majority
    assert not count(casts, electorate=electorate, rule=replace(HALF, recused_leaves_majority=False)).majority


def test_no_partner_decides_alone_where_the_rule_asks_for_two():
    casts, electorate = fixed(**{"for": 1, "recused": 5})
    assert count(casts, electorate=electorate, rule=HALF).carried
    assert not count(casts, electorate=electorate, rule=replace(HALF, least_present=2)).quorate


def test_the_nominating_partner_is_not_asked_where_the_rule_gives_it_no_voice():
    casts, electorate = fixed(**{"for": 2, "against": 1})
    electorate = replace(electorate, nominating=casts[0].partner_id)
    assert count(casts, electorate=electorate, rule=HALF).majority
    without = count(casts, electorate=electorate, rule=replace(HALF, nominator_votes=False))
    assert (without.electorate, without.votes_for, without.majority) == (2, 1, False)


# What one partner can be in a vote. "struck" is a vote for, cast by somebody who was recused afterwards.
STATES = ("silent", "for", "against", "abstain", "withhold", "recused", "struck", "recused after a vote for")


def plainly(states: tuple[str, ...], nominating: int | None, rule: Rule) -> tuple[bool, bool]:
    """Quorum and majority as one would count them by hand, with whole numbers."""
    in_favour = opposed = there = out = asked = 0
    for place, state in enumerate(states):
        if place == nominating and not rule.nominator_votes:
            continue
        asked += 1
        if state.startswith("recused"):
            out += 1
        elif state == "for":
            in_favour, there = in_favour + 1, there + 1
        elif state == "against":
            opposed, there = opposed + 1, there + 1
        elif state == "abstain" or (state == "withhold" and rule.withheld_is_present):
            there += 1
    seats = asked - out if rule.recused_leaves_quorum else asked
    voices = in_favour + opposed if rule.recused_leaves_majority else in_favour + opposed + out
    enough = there * rule.quorum.denominator > rule.quorum.numerator * seats
    more = in_favour * rule.majority.denominator > rule.majority.numerator * voices
    return enough and there >= rule.least_present, more


def rules() -> Iterator[Rule]:
    """Every rule of a table: two shares for each, every yes and no, one or two at least."""
    shares = (Fraction(1, 2), Fraction(2, 3))
    yes_or_no = (False, True)
    for quorum, majority, *flags, least in product(shares, shares, *([yes_or_no] * 4), (1, 2)):
        names = ("withheld_is_present", "recused_leaves_quorum", "recused_leaves_majority", "nominator_votes")
        yield Rule(quorum=quorum, majority=majority, least_present=least, **dict(zip(names, flags, strict=True)))


def ballots(states: tuple[str, ...], nominating: int | None) -> tuple[list[Said], Electorate]:
    """The same vote in the shape in which the product counts it."""
    keys, people = [UUID(int=n + 1) for n in range(len(states))], [UUID(int=100 + n) for n in range(len(states))]
    said = {"for": "for", "against": "against", "abstain": "abstain", "withhold": "withhold"}
    said |= {"struck": "for", "recused after a vote for": "for"}
    casts = [Said(keys[n], said[state], 1, people[n]) for n, state in enumerate(states) if state in said]
    electorate = Electorate(
        partners=frozenset(keys),
        nominating=None if nominating is None else keys[nominating],
        recused=frozenset(keys[n] for n, state in enumerate(states) if state.startswith("recused")),
        recused_people=frozenset(people[n] for n, state in enumerate(states) if state == "struck"),
    )
    return casts, electorate


@pytest.mark.parametrize("size", [1, 2, 3])
def test_every_vote_of_a_small_electorate_is_counted_as_by_hand_under_every_rule(size):
    table = list(rules())
    assert len(table) == 128
    tried = 0
    for states in product(STATES, repeat=size):
        for nominating in (None, 0):
            casts, electorate = ballots(states, nominating)
            for rule in table:
                result = count(casts, electorate=electorate, rule=rule)
                assert (result.quorate, result.majority) == plainly(states, nominating, rule), (
                    states,
                    nominating,
                    rule,
                )
                tried += 1
    assert tried == 8**size * 2 * 128
