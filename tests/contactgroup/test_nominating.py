import pytest

from cases.invitations.models import Invitation
from cases.models import Case
from contactgroup import actions
from contactgroup.models import CaseNomination, Elector, Nomination, ProposedInvitation, ReservedInvitation
from contactgroup.refusals import UnableToNominate
from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import Offer, Root
from foundation.notifications.models import Notice
from foundation.workflow.states import TransitionNotAllowed

pytestmark = pytest.mark.django_db


def sees(person, key):
    """Does this person see the root of that key, by either wall's reading verb?"""
    with person.acting() as by:
        return Root.objects.visible_to(by).filter(pk=key).exists()


def test_a_narrow_nomination_is_seen_by_the_partners_concerned_and_the_desk(world):
    case = world.case("MK")
    nomination = world.nominate(case)
    assert [code for code, member in world.members.items() if sees(member, nomination.pk)] == ["AL", "MK"]
    assert sees(world.desk, nomination.pk)
    for stranger in (world.belgrade, world.skopje, world.coordinator):
        assert not sees(stranger, nomination.pk)


def test_a_nomination_to_the_whole_group_is_seen_by_every_seat_and_no_prosecutor(world):
    nomination = world.nominate(world.case("MK"), audience="whole_group")
    assert all(sees(member, nomination.pk) for member in world.members.values())
    assert not sees(world.belgrade, nomination.pk)
    assert not sees(world.skopje, nomination.pk)


def test_nobody_but_the_desk_learns_the_case_from_a_nomination(world):
    case = world.case("MK")
    nomination = world.nominate(case, audience="whole_group")
    for member in world.members.values():
        assert not sees(member, case.pk)
        with member.acting() as by:
            assert not CaseNomination.objects.visible_to(by).of_nomination(nomination.pk).exists()
            assert not ReservedInvitation.objects.visible_to(by).exists()
    with world.desk.acting() as by:
        assert CaseNomination.objects.visible_to(by).of_nomination(nomination.pk).get().root_id == case.pk
        assert access.level(by, case.pk) == Level.CONTRIBUTE


def test_the_electorate_is_fixed_and_reads_the_dossier(world):
    nomination = world.nominate(world.case("MK", "ME"))
    with world.members["ME"].acting() as by:
        electors = Elector.objects.visible_to(by).of(nomination.pk)
        assert {elector.partner.code for elector in electors} == {"AL", "MK", "ME"}
        assert ProposedInvitation.objects.visible_to(by).of(nomination.pk).get().partner.code == "MK"
        assert Nomination.objects.visible_to(by).get().handling == ["H2"]


def test_nominating_offers_the_case_and_invites_nobody_yet(world):
    case = world.case("MK", "ME")
    world.nominate(case, dossier=world.dossier("MK", "ME"))
    with world.tirana.acting() as by:
        assert {offer.partner.code for offer in Offer.objects.visible_to(by).standing()} == {"MK", "ME"}
        assert not Invitation.objects.visible_to(by).exists()
        assert Case.objects.visible_to(by).get().status == "nominated"
    with world.coordinator.acting() as by:
        assert not Root.objects.visible_to(by).exists()


def test_electorate_and_desk_are_told(world):
    world.skopje, world.desk, world.members  # noqa: B018 - they are at work before the nomination
    nomination = world.nominate(world.case("MK"))
    told = []
    for person in (world.members["MK"], world.desk, world.members["RS"], world.skopje):
        with person.acting() as by:
            told.append(Notice.objects.visible_to(by).filter(root=nomination.pk).count())
    assert told == [1, 1, 0, 0]


def test_a_case_is_nominated_once_at_a_time(world):
    case = world.case("MK")
    world.nominate(case)
    with pytest.raises(TransitionNotAllowed):
        world.nominate(case)


def test_only_a_manager_of_the_case_nominates_it(world):
    case = world.case("MK")
    with world.tirana.acting() as by:
        skopje = world.skopje.membership.group_id
        access.grant(by=by, root_id=case.pk, principal=skopje, level=Level.CONTRIBUTE, reason=Reason.SHARE)
    with world.skopje.acting() as by, pytest.raises(access.Forbidden):
        actions.nominate(case=case, dossier=world.dossier(), audience="concerned", by=by, at=world.now)
    with world.belgrade.acting() as by, pytest.raises(Case.DoesNotExist):
        actions.nominate(case=case, dossier=world.dossier(), audience="concerned", by=by, at=world.now)


@pytest.mark.parametrize("invited", [("RS",), ("AL",), ("MK", "MK")])
def test_only_partners_that_the_case_concerns_can_be_proposed_and_each_once(world, invited):
    case = world.case("MK")
    with pytest.raises(UnableToNominate):
        world.nominate(case, dossier=world.dossier(*invited))
    with world.tirana.acting() as by:
        assert Case.objects.visible_to(by).get().status == "open"


def test_a_dossier_without_the_core_criteria_is_refused(world):
    with pytest.raises(UnableToNominate, match="must be scored"):
        world.nominate(world.case("MK"), dossier=world.dossier(scores=()))


def test_an_electorate_of_the_own_partner_alone_is_refused(world):
    world.house.partner("IT", "member_state")
    case = world.case("IT")
    with pytest.raises(UnableToNominate, match="whole group"):
        world.nominate(case, dossier=world.dossier(proposals=()))
    world.nominate(case, audience="whole_group", dossier=world.dossier(proposals=()))


def test_a_withdrawn_nomination_gives_the_case_back_and_ends_the_desk_s_sight(world):
    case = world.case("MK")
    nomination = world.open_vote(world.nominate(case))
    with world.tirana.acting() as by:
        version = Nomination.objects.visible_to(by).get().version
        actions.withdraw(nomination=nomination, reason="Settled", version=version, by=by, at=world.now)
        assert Case.objects.visible_to(by).get().status == "open"
        assert not Offer.objects.visible_to(by).standing().exists()
    assert not sees(world.desk, case.pk)
    assert sees(world.desk, nomination.pk)


def test_a_withdrawn_case_can_be_nominated_again(world):
    case = world.case("MK")
    nomination = world.nominate(case)
    with world.tirana.acting() as by:
        actions.withdraw(nomination=nomination, reason="Too early", version=1, by=by, at=world.now)
    world.nominate(case, audience="whole_group")
    with world.tirana.acting() as by:
        assert CaseNomination.objects.visible_to(by).of(case.pk).count() == 2


def test_a_member_of_the_electorate_withdraws_and_revises_nothing(world):
    nomination = world.nominate(world.case("MK"))
    with world.members["MK"].acting() as by:
        with pytest.raises(access.Forbidden):
            actions.withdraw(nomination=nomination, reason="No", version=1, by=by, at=world.now)
        with pytest.raises(access.Forbidden):
            actions.revise(nomination=nomination, dossier=world.dossier(), version=1, by=by, at=world.now)


def test_a_revision_changes_texts_and_keeps_the_partners(world):
    nomination = world.nominate(world.case("MK", "ME"))
    proposal = world.dossier().proposals[0]
    with world.tirana.acting() as by:
        new = world.dossier(
            why="More was found.", proposals=(type(proposal)(partner=proposal.partner, purpose="P", text="New"),)
        )
        actions.revise(nomination=nomination, dossier=new, version=1, by=by, at=world.now)
        assert ProposedInvitation.objects.visible_to(by).get().text == "New"
        assert Nomination.objects.visible_to(by).get().why == "More was found."
        with pytest.raises(UnableToNominate, match="stay as they were"):
            actions.revise(nomination=nomination, dossier=world.dossier("ME"), version=2, by=by, at=world.now)
        with pytest.raises(access.StaleVersion):
            actions.revise(nomination=nomination, dossier=new, version=1, by=by, at=world.now)
