"""How votes are counted, on every electorate: no database."""

from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contactgroup.choices import Voice
from contactgroup.counting import Rule, count, last_voices

# Time says nothing here: the machine that runs this is shared.
untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
HALF = Rule(quorum=Fraction(1, 2), majority=Fraction(1, 2), withheld_is_present=False)
ELECTORATES = st.lists(st.uuids(), min_size=1, max_size=8, unique=True)
SHARES = st.fractions(min_value=0, max_value=Fraction(11, 12), max_denominator=12)
RULES = st.builds(Rule, quorum=SHARES, majority=SHARES, withheld_is_present=st.booleans())


@dataclass(frozen=True)
class Said:
    partner_id: UUID
    voice: str
    sequence: int


@st.composite
def votes(draw):
    """An electorate, and casts of its partners and of strangers, each partner's in order."""
    electorate = draw(ELECTORATES)
    voters = [*electorate, *draw(st.lists(st.uuids(), max_size=2))]
    said = draw(st.lists(st.tuples(st.sampled_from(voters), st.sampled_from(Voice.values)), max_size=20))
    casts = [Said(partner, voice, number) for number, (partner, voice) in enumerate(said, start=1)]
    return electorate, casts


def fixed(**voices):
    """So many voices of each kind, and so many silent partners."""
    casts = [Said(uuid4(), voice, 1) for voice, number in voices.items() if voice != "silent" for _one in range(number)]
    silent = [uuid4() for _one in range(voices.get("silent", 0))]
    return casts, [*(cast.partner_id for cast in casts), *silent]


@untimed
@given(votes(), RULES)
def test_every_partner_is_counted_exactly_once(world, rule):
    electorate, casts = world
    result = count(casts, electorate=electorate, rule=rule)
    said = result.votes_for + result.votes_against + result.abstained + result.withheld
    assert said + result.silent == result.electorate == len(electorate)


@untimed
@given(votes(), RULES, st.randoms())
def test_the_order_in_which_rows_are_read_does_not_matter(world, rule, random):
    electorate, casts = world
    mixed = random.sample(casts, len(casts))
    assert count(casts, electorate=electorate, rule=rule) == count(mixed, electorate=electorate, rule=rule)


@untimed
@given(votes(), RULES)
def test_only_the_last_voice_of_a_partner_counts(world, rule):
    electorate, casts = world
    last = last_voices(casts, electorate=electorate)
    assert count(casts, electorate=electorate, rule=rule) == count(last.values(), electorate=electorate, rule=rule)
    assert all(last[cast.partner_id].sequence >= cast.sequence for cast in casts if cast.partner_id in last)


@untimed
@given(votes(), RULES)
def test_a_stranger_has_no_voice(world, rule):
    electorate, casts = world
    own = [cast for cast in casts if cast.partner_id in electorate]
    assert count(casts, electorate=electorate, rule=rule) == count(own, electorate=electorate, rule=rule)


@untimed
@given(votes(), RULES)
def test_a_further_voice_for_never_undoes_a_majority(world, rule):
    electorate, casts = world
    before = count(casts, electorate=electorate, rule=rule)
    spoken = {cast.partner_id for cast in casts}
    silent = [partner for partner in electorate if partner not in spoken]
    more = [*casts, *(Said(partner, Voice.FOR, 1) for partner in silent[:1])]
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
    ],
)
def test_more_than_half_of_the_electorate_and_more_for_than_against(voices, quorate, majority):
    casts, electorate = fixed(**voices)
    result = count(casts, electorate=electorate, rule=HALF)
    assert (result.quorate, result.majority, result.carried) == (quorate, majority, quorate and majority)


def test_withheld_voices_make_the_quorum_only_where_the_rule_says_so():
    casts, electorate = fixed(**{"for": 2, "withhold": 2, "silent": 2})
    present = Rule(quorum=Fraction(1, 2), majority=Fraction(1, 2), withheld_is_present=True)
    assert not count(casts, electorate=electorate, rule=HALF).quorate
    assert count(casts, electorate=electorate, rule=present).quorate
