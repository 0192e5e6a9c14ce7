from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from contactgroup import actions, queries
from contactgroup.choices import Status, Voice
from contactgroup.models import Nomination, Turnout, Vote, VotingRound, VotingRule
from contactgroup.refusals import UnableToVote
from foundation import access
from foundation.audit.models import Detail
from foundation.tenancy.choices import Capacity, OfficeKind
from foundation.tenancy.models import OfficeHolder
from foundation.workflow.states import TransitionNotAllowed
from meetings import actions as meeting_actions
from meetings import queries as meeting_queries
from meetings.models import AgendaItem, Decision, Meeting
from tests.bed.sides import as_owner
from tests.people import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def nomination(world):
    """Before Tirana, Skopje and Podgorica; the vote is open."""
    return world.open_vote(world.nominate(world.case("MK", "ME")))


def voices(person, nomination):
    """What this person reads of the votes, partner by partner."""
    with person.acting() as by:
        votes = Vote.objects.visible_to(by).of(nomination.pk).order_by("partner__code", "sequence")
        return [(vote.partner.code, vote.voice) for vote in votes]


def test_a_vote_is_sealed_for_its_own_partner_until_the_closing(world, nomination):
    world.vote(nomination, AL=Voice.FOR, MK=Voice.AGAINST)
    assert voices(world.members["AL"], nomination) == [("AL", "for")]
    assert voices(world.members["MK"], nomination) == [("MK", "against")]
    assert voices(world.members["ME"], nomination) == []
    assert voices(world.desk, nomination) == []

    world.as_desk(actions.close_voting, nomination)

    for person in (world.members["ME"], world.desk, world.tirana):
        assert voices(person, nomination) == [("AL", "for"), ("MK", "against")]


def test_everyone_on_the_nomination_knows_who_has_voted(world, nomination):
    world.vote(nomination, AL=Voice.FOR)
    with world.members["ME"].acting() as by:
        turnout = Turnout.objects.visible_to(by).of(nomination.pk)
        assert {row.partner.code: row.casts for row in turnout} == {"AL": 1, "MK": 0, "ME": 0}


def test_the_record_of_a_vote_is_sealed_as_well(world, nomination):
    world.vote(nomination, AL=Voice.AGAINST)
    with world.desk.acting() as by:
        assert not Detail.objects.visible_to(by).filter(verb="contactgroup.vote.cast").exists()
    with world.members["AL"].acting() as by:
        assert Detail.objects.visible_to(by).get(verb="contactgroup.vote.cast").changes == {"voice": "against"}


def test_an_open_round_cannot_be_unsealed(world, nomination):
    world.vote(nomination, AL=Voice.FOR)
    with world.desk.acting() as by:
        round_id = VotingRound.objects.visible_to(by).get().pk
        with pytest.raises(DatabaseError, match="the vote is open"), transaction.atomic():
            connection.cursor().execute("SELECT contactgroup_unseal(%s)", [round_id])


def test_a_stranger_cannot_unseal_a_closed_round(world, nomination):
    world.as_desk(actions.close_voting, nomination)
    with world.desk.acting() as by:
        round_id = VotingRound.objects.visible_to(by).get().pk
    with world.members["RS"].acting(), pytest.raises(DatabaseError, match="no such root"), transaction.atomic():
        connection.cursor().execute("SELECT contactgroup_unseal(%s)", [round_id])


@pytest.mark.parametrize(
    "statement", ["UPDATE contactgroup_vote SET voice = 'against'", "DELETE FROM contactgroup_vote"]
)
def test_a_vote_is_never_changed(world, nomination, as_owner, statement):
    world.vote(nomination, AL=Voice.FOR)
    with world.members["AL"].acting(), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
    with as_owner(), pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_partner_replaces_its_voice_and_both_stay_on_record(world, nomination):
    world.vote(nomination, AL=Voice.FOR)
    world.vote(nomination, AL=Voice.AGAINST)
    world.as_desk(actions.close_voting, nomination)
    assert voices(world.desk, nomination) == [("AL", "for"), ("AL", "against")]
    with world.desk.acting() as by:
        count = queries.count(VotingRound.objects.visible_to(by).get(), nomination, actor=by)
    assert (count.votes_for, count.votes_against) == (0, 1)


def test_a_member_and_a_deputy_share_one_voice(world, nomination):
    deputy = world.house.person("Deputy", "AL")
    since = world.now - timedelta(days=1)
    founding = {"starts_at": since, "proposed_at": since, "confirmed_at": since, "founding": True}
    seat = world.house.office(OfficeKind.CONTACT_GROUP_SEAT, "AL")
    with as_owner():
        OfficeHolder.objects.create(office=seat, membership=deputy.membership, capacity=Capacity.DEPUTY, **founding)
    world.vote(nomination, AL=Voice.FOR)
    with deputy.acting() as by:
        actions.cast(nomination=nomination, voice=Voice.ABSTAIN, by=by, at=world.now)
    world.as_desk(actions.close_voting, nomination)
    with world.desk.acting() as by:
        count = queries.count(VotingRound.objects.visible_to(by).get(), nomination, actor=by)
    assert (count.votes_for, count.abstained, count.silent) == (0, 1, 2)


def test_whoever_left_the_seat_votes_no_more(world, nomination):
    member = world.members["AL"]
    OfficeHolder.objects.filter(membership=member.membership).update(ends_at=world.now - timedelta(minutes=1))
    with member.acting() as by, pytest.raises(Nomination.DoesNotExist):
        actions.cast(nomination=nomination, voice=Voice.FOR, by=by, at=world.now)


def test_the_nominator_the_desk_and_strangers_have_no_voice(world, nomination):
    for person in (world.tirana, world.desk):
        with person.acting() as by, pytest.raises(access.Forbidden):
            actions.cast(nomination=nomination, voice=Voice.FOR, by=by, at=world.now)
    with world.members["RS"].acting() as by, pytest.raises(Nomination.DoesNotExist):
        actions.cast(nomination=nomination, voice=Voice.FOR, by=by, at=world.now)


def test_a_late_voice_is_refused_before_anybody_closes(world):
    nomination = world.nominate(world.case("MK"))
    world.as_desk(actions.put_on_agenda, nomination, meeting=world.meeting())
    end = world.now + timedelta(hours=1)
    world.as_desk(actions.open_voting, nomination, closes_at=end)
    with world.members["AL"].acting() as by:
        actions.cast(nomination=nomination, voice=Voice.FOR, by=by, at=end - timedelta(seconds=1))
        with pytest.raises(UnableToVote, match="has ended"):
            actions.cast(nomination=nomination, voice=Voice.AGAINST, by=by, at=end)


def test_a_voice_after_the_closing_is_refused(world, nomination):
    world.as_desk(actions.close_voting, nomination)
    with pytest.raises(TransitionNotAllowed):
        world.vote(nomination, AL=Voice.FOR)


def test_only_the_desk_runs_the_vote(world, nomination):
    for person in (world.members["AL"], world.tirana):
        with person.acting() as by, pytest.raises(access.Forbidden):
            actions.close_voting(nomination=nomination, version=nomination.version, by=by, at=world.now)


def test_no_vote_opens_without_a_rule_in_force(world):
    nomination = world.nominate(world.case("MK"))
    world.as_desk(actions.put_on_agenda, nomination, meeting=world.meeting())
    before_any = datetime(2023, 12, 31, 12, tzinfo=UTC)
    with world.desk.acting() as by, pytest.raises(UnableToVote, match="No voting rule"):
        actions.open_voting(nomination=nomination, closes_at=None, version=2, by=by, at=before_any)


def test_a_round_is_counted_under_the_rule_with_which_it_was_opened(world, nomination):
    strict = {"quorum_numerator": 9, "quorum_denominator": 10, "majority_numerator": 9, "majority_denominator": 10}
    VotingRule.objects.create(valid_from=world.now.date(), **strict)
    world.vote(nomination, AL=Voice.FOR, MK=Voice.FOR)
    world.as_desk(actions.close_voting, nomination)
    with world.desk.acting() as by:
        assert queries.count(VotingRound.objects.visible_to(by).get(), nomination, actor=by).carried


def test_an_agenda_counts_for_each_reader_alone(world):
    meeting = world.meeting()
    with world.desk.acting() as by:
        meeting_actions.add_item(meeting=meeting, title="Opening", by=by, at=world.now)
    narrow = world.nominate(world.case("MK"), dossier=world.dossier(title="Narrow"))
    wide = world.nominate(world.case("MK"), audience="whole_group", dossier=world.dossier(title="Wide"))
    for one in (narrow, wide):
        world.as_desk(actions.put_on_agenda, one, meeting=meeting)

    def agenda(person):
        with person.acting() as by:
            found = Meeting.objects.visible_to(by).filter(pk=meeting.pk).first()
            lines = [] if found is None else meeting_queries.agenda(found, actor=by)
            return [(line.number, line.title) for line in lines]

    assert agenda(world.members["MK"]) == [(1, "Opening"), (2, "Narrow"), (3, "Wide")]
    assert agenda(world.members["RS"]) == [(1, "Opening"), (2, "Wide")]
    assert agenda(world.tirana) == [(1, "Opening"), (2, "Narrow"), (3, "Wide")]
    assert agenda(world.belgrade) == []


def test_a_nomination_moves_to_another_meeting_with_its_item(world):
    nomination = world.nominate(world.case("MK"))
    first, second = world.meeting(), world.meeting()
    world.as_desk(actions.put_on_agenda, nomination, meeting=first)
    with world.desk.acting() as by:
        meeting_actions.cancel(meeting=first, reason="Snow", version=1, by=by, at=world.now)
    world.as_desk(actions.put_on_agenda, nomination, meeting=second)
    with world.members["MK"].acting() as by:
        assert AgendaItem.objects.visible_to(by).get().meeting_id == second.pk


STEPS = {
    "put_on_agenda": {Status.SUBMITTED, Status.ON_AGENDA},
    "open_voting": {Status.ON_AGENDA},
    "cast": {Status.VOTING},
    "recuse": {Status.SUBMITTED, Status.ON_AGENDA, Status.VOTING, Status.RETURNED},
    "close_voting": {Status.VOTING},
    "decide": {Status.COUNTED},
    "ask_for_more": {Status.ON_AGENDA, Status.COUNTED},
    "revise": {Status.SUBMITTED, Status.RETURNED},
    "withdraw": set(Status) - {Status.DECIDED, Status.WITHDRAWN},
}


def arrived(world, status):
    """A nomination that came to that status by its own way."""
    nomination = world.nominate(world.case("MK"))
    if status == Status.SUBMITTED:
        return nomination
    if status == Status.WITHDRAWN:
        with world.tirana.acting() as by:
            return actions.withdraw(nomination=nomination, reason="No", version=1, by=by, at=world.now)
    nomination = world.as_desk(actions.put_on_agenda, nomination, meeting=world.meeting())
    if status == Status.ON_AGENDA:
        return nomination
    if status == Status.RETURNED:
        return world.as_desk(actions.ask_for_more, nomination, text="Which routes?")
    nomination = world.as_desk(actions.open_voting, nomination, closes_at=None)
    if status == Status.VOTING:
        return nomination
    world.vote(nomination, AL=Voice.FOR, MK=Voice.FOR)
    nomination = world.as_desk(actions.close_voting, nomination)
    return nomination if status == Status.COUNTED else world.decided(nomination, "take_up_jit")


def take(world, step, nomination):
    version = {"nomination": nomination, "version": nomination.version, "at": world.now}
    if step == "put_on_agenda":
        meeting = world.meeting()
        with world.desk.acting() as by:
            return actions.put_on_agenda(meeting=meeting, by=by, **version)
    if step == "cast":
        return world.vote(nomination, AL=Voice.FOR)
    if step == "recuse":
        return world.recuse(nomination, "AL")
    steps: dict[str, tuple[Person, dict[str, Any]]] = {
        "open_voting": (world.desk, {"closes_at": None}),
        "close_voting": (world.desk, {}),
        "decide": (world.desk, {"outcome": "hand_to_ejn", "text": "Bilateral", "answer_until": None}),
        "ask_for_more": (world.desk, {"text": "Which routes?"}),
        "revise": (world.tirana, {"dossier": world.dossier()}),
        "withdraw": (world.tirana, {"reason": "Settled"}),
    }
    person, facts = steps[step]
    with person.acting() as by:
        return getattr(actions, step)(by=by, **version, **facts)


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("step", STEPS)
def test_a_nomination_moves_only_along_its_table(world, step, status):
    nomination = arrived(world, status)
    assert nomination.status == status
    if status in STEPS[step]:
        take(world, step, nomination)
    else:
        with pytest.raises(TransitionNotAllowed):
            take(world, step, nomination)
        with world.tirana.acting() as by:
            assert Nomination.objects.visible_to(by).get(pk=nomination.pk).status == status


def test_a_returned_nomination_comes_to_an_agenda_and_a_vote_anew(world):
    nomination = arrived(world, Status.COUNTED)
    nomination = world.as_desk(actions.ask_for_more, nomination, text="Which routes?")
    with world.tirana.acting() as by:
        actions.revise(nomination=nomination, dossier=world.dossier(), version=nomination.version, by=by, at=world.now)
    nomination = world.open_vote(nomination)
    with world.desk.acting() as by:
        assert list(VotingRound.objects.visible_to(by).order_by("number").values_list("number", flat=True)) == [1, 2]
        assert Decision.objects.visible_to(by).get().outcome == "more_information"
    world.vote(nomination, MK=Voice.AGAINST)
    assert voices(world.members["AL"], nomination) == [("AL", "for"), ("MK", "for")]
