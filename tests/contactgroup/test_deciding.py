from datetime import timedelta

import pytest

from cases.invitations import actions as invitation_actions
from cases.invitations.models import Invitation
from cases.models import Case
from contactgroup import actions
from contactgroup.choices import FINAL, TAKING_UP, Outcome
from contactgroup.models import CaseNomination, Nomination
from contactgroup.refusals import CaseOutOfSight, UnableToDecide
from foundation import access
from foundation.access.models import Offer, Root, Share
from foundation.sharing import actions as sharing_actions
from meetings import actions as meeting_actions
from meetings.models import AgendaItem, Decision
from tests.contactgroup.conftest import APPROVED

pytestmark = pytest.mark.django_db

OTHERS = sorted(FINAL - TAKING_UP)


@pytest.fixture
def case(world):
    return world.case("MK", "ME")


@pytest.fixture
def carried(world, case):
    """A narrow nomination for which Tirana and Skopje voted; Podgorica is to stay uninvited."""
    return world.counted(world.nominate(case), AL="for", MK="for")


@pytest.fixture
def turned_down(world, case):
    return world.counted(world.nominate(case), AL="for", MK="against", ME="against")


def keys(person):
    """Everything that this person sees."""
    with person.acting() as by:
        return set(Root.objects.visible_to(by).values_list("pk", flat=True))


@pytest.mark.parametrize("outcome", sorted(TAKING_UP))
def test_taking_up_selects_the_case_and_invites_with_the_approved_text_alone(world, case, carried, outcome):
    world.coordinator  # noqa: B018 - at work before the decision
    world.decided(carried, outcome)
    with world.tirana.acting() as by:
        selected = Case.objects.visible_to(by).with_owner().get()
        assert selected.status == "selected"
        assert not Nomination.objects.visible_to(by).exclude(outcome=outcome).exists()
    with world.coordinator.acting() as by:
        invitation = Invitation.objects.visible_to(by).get()
        assert (invitation.text, invitation.purpose, invitation.handling) == (APPROVED, "Joint proceedings", ["H2"])
        assert invitation.case_reference == selected.root.reference
        assert not Case.objects.visible_to(by).exists()
        assert not Nomination.objects.visible_to(by).exists()


def test_only_proposed_partners_are_invited(world, case, carried):
    world.decided(carried, Outcome.TAKE_UP_JIT)
    with world.tirana.acting() as by:
        assert [i.partner.code for i in Invitation.objects.visible_to(by)] == ["MK"]


def test_an_accepted_invitation_opens_the_case_to_the_named_prosecutor(world, case, carried):
    assert case.pk not in keys(world.skopje)
    world.decided(carried, Outcome.TAKE_UP_PARALLEL)
    with world.coordinator.acting() as by:
        invitation_actions.accept(
            invitation=Invitation.objects.visible_to(by).get(),
            authority=world.skopje.membership.authority,
            prosecutor=world.skopje.membership,
            whole_authority=False,
            version=1,
            by=by,
            at=world.now,
        )
    assert case.pk in keys(world.skopje)
    assert case.pk not in keys(world.belgrade)


def test_belgrade_sees_nothing_of_a_narrow_nomination_from_beginning_to_end(world, case, carried):
    before = keys(world.members["RS"])
    world.decided(carried, Outcome.TAKE_UP_JIT)
    assert keys(world.members["RS"]) == before
    assert keys(world.belgrade) == set()
    with world.members["RS"].acting() as by:
        assert not AgendaItem.objects.visible_to(by).exists()
        assert not Decision.objects.visible_to(by).exists()


def test_with_the_whole_group_belgrade_s_member_sees_nomination_and_decision_but_never_the_case(world, case):
    nomination = world.counted(world.nominate(case, audience="whole_group"), AL="for", MK="for", ME="for", RS="for")
    world.decided(nomination, Outcome.TAKE_UP_JIT)
    assert nomination.pk in keys(world.members["RS"])
    assert case.pk not in keys(world.members["RS"])
    assert keys(world.belgrade) == set()
    with world.members["RS"].acting() as by:
        assert Decision.objects.visible_to(by).get().outcome == Outcome.TAKE_UP_JIT
        assert not Invitation.objects.visible_to(by).exists()


@pytest.mark.parametrize("outcome", OTHERS)
def test_any_other_decision_gives_the_case_back_and_ends_the_desk_s_sight(world, case, turned_down, outcome):
    assert case.pk in keys(world.desk)
    world.decided(turned_down, outcome)
    assert case.pk not in keys(world.desk)
    assert turned_down.pk in keys(world.desk)
    with world.tirana.acting() as by:
        assert Case.objects.visible_to(by).get().status == "open"
        assert not Offer.objects.visible_to(by).standing().exists()
        assert CaseNomination.objects.visible_to(by).get().ended_at is not None
        assert not Invitation.objects.visible_to(by).exists()
        ended = Share.objects.visible_to(by).get(root_id=case.pk, reason="nomination")
        assert ended.revoked_by_id == world.desk.membership.pk


@pytest.mark.parametrize("outcome", OTHERS)
def test_any_other_decision_needs_a_reason(world, turned_down, outcome):
    with pytest.raises(UnableToDecide, match="reason"):
        world.decided(turned_down, outcome, text="  ")


@pytest.mark.parametrize(
    ("voices", "words"),
    [
        ({"AL": "for"}, "no quorum"),
        ({"AL": "for", "MK": "withhold", "ME": "withhold"}, "no quorum"),
        ({"AL": "for", "MK": "against"}, "no majority"),
        ({"AL": "abstain", "MK": "abstain", "ME": "abstain"}, "no majority"),
    ],
)
@pytest.mark.parametrize("outcome", sorted(TAKING_UP))
def test_nothing_is_taken_up_without_quorum_and_majority(world, case, voices, words, outcome):
    nomination = world.counted(world.nominate(case), **voices)
    with pytest.raises(UnableToDecide, match=words):
        world.decided(nomination, outcome)
    with world.tirana.acting() as by:
        assert Case.objects.visible_to(by).get().status == "nominated"
        assert not Decision.objects.visible_to(by).exists()


def test_what_the_electorate_voted_for_is_not_turned_down(world, carried):
    with pytest.raises(UnableToDecide, match="cannot be turned down"):
        world.decided(carried, Outcome.NOT_SELECTED, text="Too costly")


def test_more_information_is_no_final_decision(world, carried):
    with pytest.raises(UnableToDecide, match="final"):
        world.decided(carried, Outcome.MORE_INFORMATION, text="Which routes?")


def test_a_failed_invitation_undoes_the_whole_decision(world, case, carried):
    past = world.now - timedelta(days=1)
    with pytest.raises(invitation_actions.UnableToInvite):
        world.as_desk(actions.decide, carried, outcome=Outcome.TAKE_UP_JIT, text="", answer_until=past)
    with world.tirana.acting() as by:
        assert Nomination.objects.visible_to(by).get().status == "counted"
        assert Case.objects.visible_to(by).get().status == "nominated"
        assert not Decision.objects.visible_to(by).exists()


def test_only_the_desk_decides(world, carried):
    for person in (world.tirana, world.members["AL"]):
        with person.acting() as by, pytest.raises(access.Forbidden):
            actions.decide(
                nomination=carried,
                outcome=Outcome.TAKE_UP_JIT,
                text="",
                answer_until=None,
                version=carried.version,
                by=by,
                at=world.now,
            )


def test_a_stale_decision_is_refused(world, carried):
    with world.desk.acting() as by, pytest.raises(access.StaleVersion):
        actions.ask_for_more(nomination=carried, text="Which routes?", version=1, by=by, at=world.now)


def test_a_desk_that_lost_sight_of_the_case_cannot_decide_on_it(world, case, carried):
    with world.tirana.acting() as by:
        share = Share.objects.visible_to(by).get(root_id=case.pk, reason="nomination")
        access.revoke(by=by, share_id=share.pk)
    with pytest.raises(CaseOutOfSight):
        world.decided(carried, Outcome.TAKE_UP_JIT)
    with world.tirana.acting() as by:
        actions.withdraw(nomination=carried, reason="Settled", version=carried.version, by=by, at=world.now)
        assert Case.objects.visible_to(by).get().status == "open"


def test_another_reason_to_see_the_case_survives_the_decision(world, case, turned_down):
    with world.tirana.acting() as by:
        desk = world.desk.membership.group_id
        access.grant(by=by, root_id=case.pk, principal=desk, level=access.Level.VIEW, reason=access.Reason.SHARE)
    world.decided(turned_down, Outcome.NOT_SELECTED, text="Bilateral")
    assert case.pk in keys(world.desk)


def test_a_seat_holder_decides_no_item_by_the_back_door(world, case):
    """A seat contributes to the nomination, so only its role keeps it from the agenda item under it."""
    nomination = world.open_vote(world.nominate(case))
    with world.members["MK"].acting() as by:
        item = AgendaItem.objects.visible_to(by).get(root_id=nomination.pk)
        with pytest.raises(access.Forbidden):
            meeting_actions.decide(item=item, outcome="agreed", text="", by=by, at=world.now)
        with pytest.raises(access.Forbidden):
            meeting_actions.take_off(item=item, by=by, at=world.now)


def test_the_desk_keeps_its_sight_of_the_case_until_the_decision(world, case):
    world.nominate(case)
    with (
        world.desk.acting() as by,
        pytest.raises(sharing_actions.UnableToLeave, match="unless the nomination is withdrawn"),
    ):
        sharing_actions.leave(root_id=case.pk, groups=by.principals, by=by, at=world.now)

    assert case.pk in keys(world.desk)
