"""Who takes no part in a vote: what it does to the count, who reads that it is so, who reads why, and how it is taken back."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from contactgroup import actions, panels
from contactgroup.choices import Status, Voice
from contactgroup.models import Nomination, Recusal, RecusalReason, Turnout, Vote
from contactgroup.refusals import UnableToRecuse, UnableToVote
from foundation import access
from foundation.audit.models import Detail
from foundation.notifications.models import Notice
from foundation.tenancy.choices import OfficeKind, Role
from foundation.workflow.states import TransitionNotAllowed
from tests.bed.sides import as_owner
from tests.contactgroup.conftest import WHY

pytestmark = pytest.mark.django_db


@pytest.fixture
def nomination(world):
    """Before Tirana, Skopje and Podgorica; the vote is open."""
    return world.open_vote(world.nominate(world.case("MK", "ME")))


def close(world, nomination):
    return world.as_desk(actions.close_voting, nomination)


def reasons(person):
    with person.acting() as by:
        return list(RecusalReason.objects.visible_to(by).values_list("words", flat=True))


def told(person):
    with person.acting() as by:
        kinds = Notice.objects.visible_to(by).filter(kind__startswith="contactgroup.recusal")
        return list(kinds.order_by("at").values_list("kind", flat=True))


def waits_for(person, nomination):
    with person.acting() as by:
        panel = panels.votes_open(record=None, actor=by, at=nomination.nominated_at + timedelta(hours=1))
        return panel is not None


def test_whoever_is_recused_votes_no_more_and_the_deputy_does(world, nomination):
    deputy = world.deputy("AL")
    world.recuse(nomination, "AL")

    with world.members["AL"].acting() as by, pytest.raises(UnableToVote, match="You are recused"):
        actions.cast(nomination=nomination, voice=Voice.FOR, by=by, at=world.now)
    with deputy.acting() as by:
        actions.cast(nomination=nomination, voice=Voice.AGAINST, by=by, at=world.now)
    close(world, nomination)

    result = world.counts(nomination)
    assert (result.votes_against, result.silent, result.recused, result.quorum_of) == (1, 2, 0, 3)


def test_what_a_person_voted_before_counts_no_more_and_stays_on_record(world, nomination):
    world.vote(nomination, AL=Voice.FOR, MK=Voice.FOR)
    world.recuse(nomination, "AL")
    close(world, nomination)

    result = world.counts(nomination)
    assert (result.votes_for, result.silent) == (1, 2)
    with world.desk.acting() as by:
        assert Vote.objects.visible_to(by).count() == 2


def test_the_voice_that_a_recused_person_had_replaced_counts_again(world, nomination):
    deputy = world.deputy("AL")
    with deputy.acting() as by:
        actions.cast(nomination=nomination, voice=Voice.ABSTAIN, by=by, at=world.now)
    world.vote(nomination, AL=Voice.FOR)
    world.recuse(nomination, "AL")
    close(world, nomination)
    assert (world.counts(nomination).votes_for, world.counts(nomination).abstained) == (0, 1)


def test_a_recused_partner_leaves_the_count_whatever_it_said_before(world, nomination):
    world.vote(nomination, AL=Voice.FOR, MK=Voice.FOR, ME=Voice.AGAINST)
    world.recuse(nomination, "ME", "partner")
    close(world, nomination)

    result = world.counts(nomination)
    assert (result.votes_for, result.votes_against, result.recused, result.quorum_of) == (2, 0, 1, 2)
    assert result.carried


def test_nobody_of_a_recused_partner_votes(world, nomination):
    deputy = world.deputy("ME")
    world.recuse(nomination, "ME", "partner")
    for person in (world.members["ME"], deputy):
        with person.acting() as by, pytest.raises(UnableToVote, match="Your partner is recused"):
            actions.cast(nomination=nomination, voice=Voice.FOR, by=by, at=world.now)


def test_a_recusal_before_the_vote_is_opened_counts_in_it(world):
    nomination = world.nominate(world.case("MK", "ME"))
    world.recuse(nomination, "ME", "partner")
    world.counted(nomination, AL=Voice.FOR, MK=Voice.FOR)
    assert world.counts(nomination).recused == 1


@pytest.mark.parametrize("scope", ["person", "partner"])
def test_taken_back_an_earlier_vote_counts_again(world, nomination, scope):
    world.vote(nomination, AL=Voice.FOR)
    recusal = world.recuse(nomination, "AL", scope)
    world.take_back(recusal, world.members["AL"])
    world.vote(nomination, MK=Voice.FOR)
    close(world, nomination)
    assert (world.counts(nomination).votes_for, world.counts(nomination).recused) == (2, 0)
    with world.desk.acting() as by:
        kept = Recusal.objects.visible_to(by).get()
        assert (kept.from_round, kept.until_round, kept.taken_back_by_id) == (
            1,
            0,
            world.members["AL"].membership.pk,
        )


def test_a_person_can_be_recused_anew(world, nomination):
    world.take_back(world.recuse(nomination, "AL"), world.members["AL"])
    world.recuse(nomination, "AL")
    with world.desk.acting() as by:
        assert Recusal.objects.visible_to(by).count() == 2
        assert Recusal.objects.visible_to(by).standing().count() == 1


def test_a_recusal_is_taken_back_once(world, nomination):
    recusal = world.recuse(nomination, "AL")
    world.take_back(recusal, world.members["AL"])
    with pytest.raises(UnableToRecuse, match="already"):
        world.take_back(recusal, world.members["AL"])


def test_nobody_takes_back_what_somebody_declared_for_themselves(world, nomination):
    recusal = world.recuse(nomination, "AL")
    for person in (world.deputy("AL"), world.members["MK"]):
        with pytest.raises(access.Forbidden):
            world.take_back(recusal, person)


def test_any_member_or_deputy_takes_back_what_was_declared_for_the_partner(world, nomination):
    recusal = world.recuse(nomination, "AL", "partner")
    with pytest.raises(access.Forbidden):
        world.take_back(recusal, world.members["MK"])
    world.take_back(recusal, world.deputy("AL"))
    world.vote(nomination, AL=Voice.FOR)


def test_a_recused_person_decides_nothing_for_the_partner_either(world, nomination):
    world.recuse(nomination, "AL")
    with pytest.raises(UnableToRecuse, match="You are recused already"):
        world.recuse(nomination, "AL", "partner")
    of_partner = world.recuse(nomination, "AL", "partner", by=world.deputy("AL"))
    with pytest.raises(access.Forbidden):
        world.take_back(of_partner, world.members["AL"])


def test_a_recused_person_does_not_run_the_vote_through_another_membership(world):
    nomination = world.nominate(world.case("MK", "ME"))
    world.as_desk(actions.put_on_agenda, nomination, meeting=world.meeting())
    member = world.members["ME"]
    seconded = world.house.member(
        member.account, "EUROJUST", Role.CASE_OFFICER, authority="Case desk", offices=(OfficeKind.CASE_DESK,)
    )
    world.recuse(nomination, "ME")
    with seconded.acting() as by, pytest.raises(access.Forbidden, match="You are recused"):
        actions.open_voting(nomination=nomination, closes_at=None, version=2, by=by, at=world.now)
    nomination = world.as_desk(actions.open_voting, nomination, closes_at=None)
    with seconded.acting() as by, pytest.raises(access.Forbidden, match="You are recused"):
        actions.close_voting(nomination=nomination, version=nomination.version, by=by, at=world.now)
    nomination = close(world, nomination)
    with seconded.acting() as by, pytest.raises(access.Forbidden, match="You are recused"):
        actions.ask_for_more(nomination=nomination, text="Why?", version=nomination.version, by=by, at=world.now)
    facts = {"outcome": "hand_to_ejn", "text": "Bilateral", "answer_until": None, "version": nomination.version}
    with seconded.acting() as by, pytest.raises(access.Forbidden, match="You are recused"):
        actions.decide(nomination=nomination, by=by, at=world.now, **facts)
    world.as_desk(actions.decide, nomination, outcome="hand_to_ejn", text="Bilateral", answer_until=None)


def test_after_the_count_nothing_changes_and_everything_stays_on_record(world, nomination):
    recusal = world.recuse(nomination, "ME", "partner")
    close(world, nomination)
    with pytest.raises(TransitionNotAllowed):
        world.take_back(recusal, world.members["ME"])
    with pytest.raises(TransitionNotAllowed):
        world.recuse(nomination, "MK")
    with world.members["MK"].acting() as by:
        assert Recusal.objects.visible_to(by).standing().count() == 1


def test_after_the_end_by_the_clock_nobody_is_recused_any_more(world):
    nomination = world.nominate(world.case("MK"))
    world.as_desk(actions.put_on_agenda, nomination, meeting=world.meeting())
    end = world.now + timedelta(hours=1)
    world.as_desk(actions.open_voting, nomination, closes_at=end)
    facts = {"nomination": nomination, "scope": "person", "ground": "connected"}
    recusal = world.recuse(nomination, "MK")
    with world.members["AL"].acting() as by, pytest.raises(UnableToRecuse, match="has ended"):
        actions.recuse(**facts, by=by, at=end)
    with world.members["MK"].acting() as by, pytest.raises(UnableToRecuse, match="has ended"):
        actions.take_back(recusal=recusal, by=by, at=end)


def test_a_count_that_was_told_is_not_changed_by_what_is_taken_back_afterwards(world, nomination):
    recusal = world.recuse(nomination, "ME", "partner")
    world.vote(nomination, AL=Voice.FOR, MK=Voice.FOR)
    nomination = close(world, nomination)
    nomination = world.as_desk(actions.ask_for_more, nomination, text="Which routes?")
    told_before = world.counts(nomination)
    world.take_back(recusal, world.members["ME"])
    with world.tirana.acting() as by:
        actions.revise(nomination=nomination, dossier=world.dossier(), version=nomination.version, by=by, at=world.now)
    world.counted(nomination, ME=Voice.AGAINST)
    assert world.counts(nomination) == told_before
    assert (world.counts(nomination, 2).recused, world.counts(nomination, 2).votes_against) == (0, 1)


def test_a_recusal_holds_in_the_next_round_until_it_is_taken_back(world, nomination):
    world.recuse(nomination, "ME", "partner")
    nomination = close(world, nomination)
    nomination = world.as_desk(actions.ask_for_more, nomination, text="Which routes?")
    with world.tirana.acting() as by:
        actions.revise(nomination=nomination, dossier=world.dossier(), version=nomination.version, by=by, at=world.now)
    world.counted(nomination, AL=Voice.FOR)
    assert world.counts(nomination, 2).recused == 1


def test_everyone_on_the_nomination_reads_that_somebody_is_recused(world, nomination):
    world.recuse(nomination, "ME")
    world.recuse(nomination, "MK", "partner")
    for person in (world.members["AL"], world.members["MK"], world.desk, world.tirana):
        with person.acting() as by:
            found = Recusal.objects.visible_to(by).of(nomination.pk).order_by("partner__code")
            assert [(one.partner.code, one.scope) for one in found] == [("ME", "person"), ("MK", "partner")]
    with world.members["RS"].acting() as by:
        assert not Recusal.objects.visible_to(by).exists()


def test_the_own_partner_and_the_desk_read_why_and_nobody_else(world, nomination):
    world.recuse(nomination, "ME")
    assert reasons(world.members["ME"]) == reasons(world.deputy("ME")) == reasons(world.desk) == [WHY]
    assert reasons(world.members["MK"]) == reasons(world.tirana) == reasons(world.members["RS"]) == []


def test_the_reason_stays_unread_after_the_closing(world, nomination):
    world.recuse(nomination, "ME")
    close(world, nomination)
    assert reasons(world.members["MK"]) == []


def test_wall_two_alone_keeps_the_reason_from_other_partners(world, nomination):
    world.recuse(nomination, "ME")

    def plainly_read(person):
        with person.acting(), connection.cursor() as cursor:
            cursor.execute("SELECT words FROM contactgroup_recusalreason")
            return cursor.fetchall()

    assert plainly_read(world.members["MK"]) == plainly_read(world.tirana) == plainly_read(world.members["RS"]) == []
    assert plainly_read(world.members["ME"]) == plainly_read(world.desk) == [(WHY,)]
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM contactgroup_recusalreason")
        assert cursor.fetchone() == (2,)


def test_the_record_that_all_read_holds_no_reason(world, nomination):
    world.recuse(nomination, "ME")
    with world.members["MK"].acting() as by:
        detail = Detail.objects.visible_to(by).get(verb="contactgroup.recusal.declared")
        assert detail.changes == {"scope": "person"}


def test_only_who_reads_a_reason_hands_it_to_the_desk(world, nomination):
    world.recuse(nomination, "ME")
    with world.members["ME"].acting() as by:
        key = RecusalReason.objects.visible_to(by).get().pk
    with world.members["MK"].acting(), pytest.raises(DatabaseError, match="no such reason"), transaction.atomic():
        connection.cursor().execute("SELECT contactgroup_confide(%s)", [key])


def test_votes_stay_sealed_when_somebody_is_recused(world, nomination):
    world.vote(nomination, AL=Voice.AGAINST, ME=Voice.FOR)
    world.recuse(nomination, "AL")
    world.recuse(nomination, "ME", "partner")

    def read_by(person):
        with person.acting() as by:
            return list(Vote.objects.visible_to(by).values_list("partner__code", flat=True))

    assert read_by(world.members["MK"]) == read_by(world.desk) == []
    # The nominator is of the partner that voted against.
    assert read_by(world.tirana) == ["AL"]


def test_all_see_that_no_voice_of_the_partner_stands_any_more(world, nomination):
    deputy = world.deputy("AL")
    world.vote(nomination, AL=Voice.FOR)

    def stands():
        with world.members["MK"].acting() as by:
            return Turnout.objects.visible_to(by).get(partner__code="AL").stands

    assert stands()
    recusal = world.recuse(nomination, "AL")
    assert not stands()
    with deputy.acting() as by:
        actions.cast(nomination=nomination, voice=Voice.FOR, by=by, at=world.now)
    assert stands()
    world.take_back(recusal, world.members["AL"])
    assert stands()


def test_home_asks_the_deputy_and_no_longer_whoever_is_recused(world, nomination):
    deputy = world.deputy("AL")
    world.vote(nomination, AL=Voice.FOR)
    assert not waits_for(deputy, nomination)
    world.recuse(nomination, "AL")
    assert (waits_for(deputy, nomination), waits_for(world.members["AL"], nomination)) == (True, False)
    world.recuse(nomination, "AL", "partner", by=deputy)
    assert not waits_for(deputy, nomination)


def test_a_person_s_recusal_is_told_to_its_own_seat_and_the_desk(world, nomination):
    deputy = world.deputy("ME")
    desk, skopje = world.desk, world.members["MK"]
    world.take_back(world.recuse(nomination, "ME"), world.members["ME"])
    both = ["contactgroup.recusal.declared", "contactgroup.recusal.taken_back"]
    assert sorted(told(deputy)) == sorted(told(desk)) == both
    assert told(skopje) == told(world.members["RS"]) == told(world.members["ME"]) == []


def test_a_partner_s_recusal_is_told_to_the_whole_electorate(world, nomination):
    desk, skopje = world.desk, world.members["MK"]
    world.recuse(nomination, "ME", "partner")
    assert told(desk) == told(skopje) == ["contactgroup.recusal.declared"]
    assert told(world.members["RS"]) == []


def test_without_a_seat_in_the_electorate_nobody_is_recused(world, nomination):
    facts = {"nomination": nomination, "scope": "person", "ground": "connected", "at": world.now}
    for person in (world.tirana, world.desk):
        with person.acting() as by, pytest.raises(access.Forbidden):
            actions.recuse(**facts, by=by)
    with world.members["RS"].acting() as by, pytest.raises(Nomination.DoesNotExist):
        actions.recuse(**facts, by=by)


def test_another_conflict_of_interests_needs_words(world, nomination):
    with world.members["AL"].acting() as by, pytest.raises(UnableToRecuse, match="in words"):
        actions.recuse(nomination=nomination, scope="person", ground="other", words="  ", by=by, at=world.now)
    with world.members["AL"].acting() as by:
        assert not Recusal.objects.visible_to(by).exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contactgroup_recusal SET scope = 'partner'",
        "UPDATE contactgroup_recusal SET from_round = 9",
        "DELETE FROM contactgroup_recusal",
        "UPDATE contactgroup_recusalreason SET words = ''",
        "DELETE FROM contactgroup_recusalreason",
    ],
)
def test_a_recusal_and_its_reason_are_never_changed(world, nomination, statement):
    world.recuse(nomination, "AL")
    with (
        world.members["AL"].acting(),
        pytest.raises(DatabaseError, match=r"permission denied|never changed"),
        transaction.atomic(),
    ):
        connection.cursor().execute(statement)
    with as_owner(), pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute(statement)


def test_what_was_taken_back_stays_taken_back(world, nomination):
    world.take_back(world.recuse(nomination, "AL"), world.members["AL"])
    undone = "UPDATE contactgroup_recusal SET taken_back_at = NULL, taken_back_by_id = NULL, until_round = NULL"
    with as_owner(), pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute(undone)


def test_no_reason_is_for_everyone(world, nomination):
    world.recuse(nomination, "AL")
    with as_owner(), pytest.raises(DatabaseError, match="never_for_everyone"), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO contactgroup_recusalreason (id, root_id, recusal_id, ground, words)"
            " SELECT gen_random_uuid(), root_id, id, 'other', 'x' FROM contactgroup_recusal"
        )


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.RETURNED])
def test_before_a_vote_a_recusal_is_taken_back_without_a_trace_in_any_count(world, status):
    nomination = world.nominate(world.case("MK", "ME"))
    if status == Status.RETURNED:
        world.as_desk(actions.put_on_agenda, nomination, meeting=world.meeting())
        world.as_desk(actions.ask_for_more, nomination, text="Which routes?")
    world.take_back(world.recuse(nomination, "ME", "partner"), world.members["ME"])
    with world.tirana.acting() as by:
        fresh = Nomination.objects.visible_to(by).get(pk=nomination.pk)
        assert fresh.status == status
        if status == Status.RETURNED:
            actions.revise(nomination=fresh, dossier=world.dossier(), version=fresh.version, by=by, at=world.now)
    world.counted(nomination, AL=Voice.FOR)
    assert world.counts(nomination).recused == 0
