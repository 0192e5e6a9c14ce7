"""Invitations: what opens a case to another partner, and what does not."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from cases.choices import InvitationStatus
from cases.invitations import actions
from cases.invitations.models import Invitation, InvitationSent
from cases.models import Case
from foundation import access
from foundation.access.models import Offer, Root
from foundation.notifications import inbox
from foundation.tenancy.choices import OfficeKind, PartnerKind
from foundation.tenancy.models import Authority, Membership
from foundation.workflow.states import TransitionNotAllowed
from tests.cases.cast import CaseWorld
from tests.people import Person


def sees(person: Person, invitation: Invitation) -> bool:
    with person.acting() as actor:
        return Invitation.objects.visible_to(actor).filter(pk=invitation.pk).exists()


def accept(world: CaseWorld, invitation: Invitation, by: Person, authority: Authority, prosecutor: Membership) -> None:
    with by.acting() as actor:
        actions.accept(
            invitation=invitation,
            authority=authority,
            prosecutor=prosecutor,
            whole_authority=False,
            version=invitation.version,
            by=actor,
            at=world.now,
        )


def kinds_in_inbox(person: Person) -> list[str]:
    with person.acting() as actor:
        return [line.notice.kind for line in inbox.lines(actor) if line.root is not None]


def test_an_invitation_shows_the_coordinator_what_was_approved_and_never_the_case(world: CaseWorld) -> None:
    case = world.open()
    invitation = world.invite(case)

    assert sees(world.clerk, invitation)
    assert not world.sees(world.clerk, case)
    assert kinds_in_inbox(world.clerk) == ["cases.invitation.sent"]
    with world.clerk.acting() as actor:
        assert list(Root.objects.visible_to(actor).values_list("kind", flat=True)) == ["invitation"]
        assert not InvitationSent.objects.visible_to(actor).exists()
        assert not Offer.objects.visible_to(actor).exists()


def test_others_of_the_invited_partner_and_of_others_do_not_see_it(world: CaseWorld) -> None:
    invitation = world.invite(world.open())

    assert not sees(world.mira, invitation)
    assert not sees(world.stranger, invitation)


def test_accepting_opens_the_case_to_the_prosecutor_and_not_to_the_coordinator(world: CaseWorld) -> None:
    case = world.open()
    invitation = world.invite(case)
    assert not world.sees(world.mira, case)

    world.accept(invitation)

    assert world.sees(world.mira, case)
    assert not world.sees(world.clerk, case)
    with world.mira.acting() as actor:
        assert access.level(actor, case.pk) == access.Level.CONTRIBUTE
        assert Invitation.objects.visible_to(actor).get(pk=invitation.pk).status == InvitationStatus.ACCEPTED
    assert kinds_in_inbox(world.mira) == ["cases.invitation.named"]
    assert kinds_in_inbox(world.ann) == ["cases.invitation.answered"]


def test_a_colleague_sees_an_accepted_case_only_when_the_whole_authority_was_chosen(world: CaseWorld) -> None:
    colleague = world.house.person("Goran", "MK")
    narrow, wide = world.open(), world.open()
    world.accept(world.invite(narrow))
    world.accept(world.invite(wide), whole_authority=True)

    assert not world.sees(colleague, narrow)
    assert world.sees(colleague, wide)


def test_declining_opens_nothing_and_ends_the_offer(world: CaseWorld) -> None:
    case = world.open()
    invitation = world.decline(world.invite(case))

    assert invitation.status == InvitationStatus.DECLINED
    assert not world.sees(world.mira, case)
    with world.ann.acting() as actor:
        assert not Offer.objects.visible_to(actor).standing().exists()
    with world.clerk.acting() as actor, pytest.raises(access.UnableToShare), transaction.atomic():
        access.accept_offer(by=actor, invitation=invitation.pk, principals=[world.mira.membership.group_id])


@pytest.mark.parametrize("again", ["accept", "decline"])
def test_an_answer_is_given_once(world: CaseWorld, again: str) -> None:
    invitation = world.decline(world.invite(world.open()))

    with pytest.raises(TransitionNotAllowed):
        getattr(world, again)(invitation)


def test_after_the_answer_date_an_invitation_opens_nothing(world: CaseWorld) -> None:
    case = world.open()
    invitation = world.invite(case, until=world.now + timedelta(days=2))
    world.now += timedelta(days=3)

    assert invitation.status_at(world.now) == InvitationStatus.LAPSED
    with pytest.raises(TransitionNotAllowed):
        world.accept(invitation)
    assert not world.sees(world.mira, case)


def test_a_withdrawn_invitation_opens_nothing(world: CaseWorld) -> None:
    case = world.open()
    invitation = world.invite(case)
    with world.ann.acting() as actor:
        invitation = actions.withdraw(invitation=invitation, version=invitation.version, by=actor, at=world.now)

    with pytest.raises(TransitionNotAllowed):
        world.accept(invitation)
    assert not world.sees(world.mira, case)
    with world.clerk.acting() as actor, pytest.raises(access.UnableToShare), transaction.atomic():
        access.accept_offer(by=actor, invitation=invitation.pk, principals=[world.mira.membership.group_id])


def test_the_invited_side_cannot_withdraw(world: CaseWorld) -> None:
    invitation = world.invite(world.open())
    prosecutor = world.house.person("Petar", "MK", offices=(OfficeKind.COORDINATOR,))

    with prosecutor.acting() as actor, pytest.raises(actions.UnableToWithdraw):
        actions.withdraw(invitation=invitation, version=invitation.version, by=actor, at=world.now)


def test_the_inviting_side_cannot_answer_for_the_invited(world: CaseWorld) -> None:
    own = world.house.person("Cora", "AL", offices=(OfficeKind.COORDINATOR, OfficeKind.CASE_REGISTRY))
    invitation = world.invite(world.open())

    with pytest.raises(access.Forbidden):
        accept(world, invitation, own, own.membership.authority, own.membership)


def test_a_coordinator_of_another_partner_finds_no_invitation(world: CaseWorld) -> None:
    invitation = world.invite(world.open())

    with pytest.raises(Invitation.DoesNotExist):
        accept(world, invitation, world.stranger, world.stranger.membership.authority, world.stranger.membership)


def test_nobody_of_another_partner_can_be_named(world: CaseWorld) -> None:
    invitation = world.invite(world.open())
    own, foreign = world.mira.membership, world.stranger.membership

    for authority, prosecutor in (
        (foreign.authority, foreign),
        (own.authority, foreign),
        (foreign.authority, own),
        (world.clerk.membership.authority, own),
        (world.clerk.membership.authority, world.clerk.membership),
    ):
        with pytest.raises(actions.UnableToAnswer):
            accept(world, invitation, world.clerk, authority, prosecutor)


def test_forged_principals_of_another_partner_are_refused_below_the_action_too(world: CaseWorld) -> None:
    case = world.open()
    invitation = world.invite(case)

    with world.clerk.acting() as actor, pytest.raises(access.Forbidden), transaction.atomic():
        access.accept_offer(by=actor, invitation=invitation.pk, principals=[world.stranger.membership.group_id])
    assert not world.sees(world.stranger, case)


def test_a_stale_answer_changes_nothing(world: CaseWorld) -> None:
    invitation = world.invite(world.open())
    invitation.version += 1

    with pytest.raises(access.StaleVersion):
        world.accept(invitation)


def test_a_partner_is_invited_once_at_a_time(world: CaseWorld) -> None:
    case = world.open()
    world.invite(case)

    with pytest.raises(actions.UnableToInvite):
        world.invite(case)


def test_after_declining_a_partner_can_be_invited_again(world: CaseWorld) -> None:
    case = world.open()
    world.decline(world.invite(case))

    world.accept(world.invite(case))

    assert world.sees(world.mira, case)


@pytest.mark.parametrize("status", ["draft", "nominated", "closed", "archived"])
def test_no_partner_is_invited_by_hand_in_other_states(world: CaseWorld, status: str) -> None:
    with pytest.raises(actions.UnableToInvite):
        world.invite(world.in_status(status))


def test_a_partner_without_coordinator_cannot_be_invited(world: CaseWorld) -> None:
    world.house.partner("NEW", PartnerKind.MEMBER_STATE)

    with pytest.raises(actions.UnableToInvite):
        world.invite(world.open(), "NEW")


def test_only_managers_invite(world: CaseWorld) -> None:
    case = world.open()
    world.share(case, world.mira)
    world.ann = world.mira

    with pytest.raises(access.Forbidden):
        world.invite(case, "RS")


def test_nothing_is_sent_without_an_offer(world: CaseWorld) -> None:
    case = world.nominated()

    with world.desk.acting() as actor, pytest.raises(actions.UnableToInvite):
        actions.send(
            key=uuid4(),
            partner=world.house.partner("MK"),
            inviting_authority=case.owner,
            case_reference="C-2026-XXXXXX",
            purpose="p",
            handling=["H0"],
            text="t",
            answer_until=world.now + timedelta(days=1),
            by=actor,
            at=world.now,
        )


def test_the_case_desk_sends_what_the_nominator_offered(world: CaseWorld) -> None:
    case = world.open()
    world.share(case, world.desk)
    key = uuid4()
    with world.ann.acting() as actor:
        access.offer(
            by=actor,
            root_id=case.pk,
            partner_id=world.house.partner("MK").pk,
            level=access.Level.CONTRIBUTE,
            invitation=key,
        )

    with world.desk.acting() as actor:
        invitation = actions.send(
            key=key,
            partner=world.house.partner("MK"),
            inviting_authority=Case.objects.visible_to(actor).get(pk=case.pk).owner,
            case_reference="C-2026-XXXXXX",
            purpose="p",
            handling=["H1", "H2"],
            text="t",
            answer_until=world.now + timedelta(days=1),
            by=actor,
            at=world.now,
        )

    assert sees(world.ann, invitation)
    world.accept(invitation)
    assert world.sees(world.mira, case)
