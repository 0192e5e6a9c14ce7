import pytest
from django.db import connection

from cases.models import Case
from foundation import access
from foundation.access import Level
from foundation.access.models import Root, Share
from foundation.audit.models import Detail
from foundation.notifications.models import Notice
from foundation.sharing import actions as sharing
from foundation.tenancy.choices import AuthorityKind, PartnerKind
from jits import actions
from jits.models import Jit, JitCase, JitParty
from jits.queries import lists
from jits.refusals import UnableToPropose

pytestmark = pytest.mark.django_db


def test_an_idea_is_seen_by_whoever_had_it_and_by_nobody_else(cast):
    jit = cast.idea()
    assert [code for code, person in cast.people.items() if cast.sees(person, jit)] == ["AL"]
    assert not cast.sees(cast.investigator, jit)
    assert not cast.sees(cast.desk, jit)


def test_a_proposed_team_is_seen_by_the_parties_that_work_on_the_case(cast):
    jit = cast.proposed()
    assert [code for code, person in cast.people.items() if cast.sees(person, jit)] == ["AL", "MK", "XK"]
    assert cast.sees(cast.investigator, jit)
    assert not cast.sees(cast.desk, jit)


def test_a_party_manages_the_team_as_the_one_that_proposed_it(cast):
    jit = cast.proposed()
    with cast.people["MK"].acting() as by:
        assert access.level(by, jit.pk) == Level.MANAGE


def test_who_works_on_the_case_and_is_no_party_learns_nothing(cast):
    jit = cast.drafting()
    with cast.people["RS"].acting() as by:
        assert Case.objects.visible_to(by).get().pk == cast.case.pk
        for rows in (Jit, JitParty, JitCase):
            assert not rows.objects.visible_to(by).exists()
        assert lists.of_case(cast.case.pk, actor=by) == []
        assert not Notice.objects.visible_to(by).filter(root=jit.pk).exists()
        assert not Detail.objects.visible_to(by).of(cast.case.pk).filter(verb__startswith="jits.").exists()
        assert not Root.objects.search_page(by, text="three borders").rows
        assert not Share.objects.visible_to(by).filter(root=jit.pk).exists()


def test_wall_two_alone_hides_the_team_from_who_is_no_party(cast):
    jit = cast.drafting()
    for code, seen in (("RS", 0), ("ME", 0), ("XK", 1)):
        with cast.people[code].acting(), connection.cursor() as cursor:
            for table in ("jits_jit", "jits_jitparty", "jits_jitcase"):
                cursor.execute(f"SELECT count(DISTINCT root_id) FROM {table} WHERE root_id = %s", [jit.pk])
                assert cursor.fetchone()[0] == seen


def test_a_case_looks_the_same_before_and_after_a_team(cast):
    with cast.people["RS"].acting() as by:
        before = Case.objects.visible_to(by).select_related("root").get(pk=cast.case.pk)
    cast.drafting()
    with cast.people["RS"].acting() as by:
        after = Case.objects.visible_to(by).select_related("root").get(pk=cast.case.pk)
    assert (before.version, before.status, before.root.sort_at) == (after.version, after.status, after.root.sort_at)


def test_a_party_reads_which_case_it_is_and_a_participant_who_does_not_see_the_case_gets_nothing_of_it(cast):
    jit = cast.proposed()
    with cast.people["XK"].acting() as by:
        assert [row.jit.pk for row in lists.of_case(cast.case.pk, actor=by)] == [jit.pk]
    cast.does("XK", actions.invite, jit, office=cast.house.office("case_desk", "EUROJUST").pk, words="Advice.")
    with cast.desk.acting() as by:
        assert Jit.objects.visible_to(by).get().pk == jit.pk
        assert not Case.objects.visible_to(by).exists()


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (("AL",), "two parties"),
        (("MK", "XK"), "Your own authority"),
        (("AL", "ME"), "work on the case"),
    ],
)
def test_parties_are_partners_of_the_case_two_at_least_and_the_own_among_them(cast, codes, said):
    with pytest.raises(UnableToPropose, match=said):
        cast.idea(*codes)
    with cast.people["AL"].acting() as by:
        assert not Jit.objects.visible_to(by).exists()


def test_each_partner_takes_part_through_one_authority(cast):
    special = cast.house.authority("MK", "Special prosecution")
    other = cast.house.person("Vesna", "MK", authority="Special prosecution")
    with cast.people["AL"].acting() as by:
        access.grant(
            by=by,
            root_id=cast.case.pk,
            principal=other.membership.group_id,
            level=Level.CONTRIBUTE,
            reason=access.Reason.SHARE,
        )
        with pytest.raises(UnableToPropose, match="one authority"):
            actions.think_up(
                case=cast.case,
                asked=cast.asked(),
                parties=[cast.authority("AL"), cast.authority("MK"), special],
                by=by,
                at=cast.now,
            )


def test_eurojust_and_bodies_of_the_union_are_never_parties(cast):
    cast.house.partner("EUROPOL", PartnerKind.UNION_BODY)
    body = cast.house.authority("EUROPOL", "Analysis", AuthorityKind.POLICE)
    agent = cast.house.person("Agnes", "EUROPOL", authority="Analysis")
    with cast.people["AL"].acting() as by:
        for person in (agent, cast.desk):
            access.grant(
                by=by,
                root_id=cast.case.pk,
                principal=person.membership.group_id,
                level=Level.CONTRIBUTE,
                reason=access.Reason.SHARE,
            )
        with pytest.raises(UnableToPropose, match="work on the case"):
            actions.think_up(
                case=cast.case, asked=cast.asked(), parties=[cast.authority("AL"), body], by=by, at=cast.now
            )


def test_whoever_only_views_the_case_or_sees_nothing_of_it_thinks_of_no_team(cast):
    parties = [cast.authority("AL"), cast.authority("ME")]
    with cast.people["ME"].acting() as by, pytest.raises(Case.DoesNotExist):
        actions.think_up(case=cast.case, asked=cast.asked(), parties=parties, by=by, at=cast.now)
    with cast.people["AL"].acting() as by:
        reader = cast.people["ME"].membership.group_id
        access.grant(by=by, root_id=cast.case.pk, principal=reader, level=Level.VIEW, reason=access.Reason.SHARE)
    with cast.people["ME"].acting() as by, pytest.raises(access.Forbidden):
        actions.think_up(case=cast.case, asked=cast.asked(), parties=parties, by=by, at=cast.now)


def test_a_party_that_left_the_case_is_not_asked_any_more(cast):
    jit = cast.idea()
    with cast.people["AL"].acting() as by:
        left = Share.objects.visible_to(by).live().filter(root=cast.case.pk)
        groups = [
            cast.people["XK"].membership.group_id,
            cast.house.office("case_registry", "XK", cast.authority("XK")).group_id,
        ]
        for share in left.filter(principal__in=groups):
            access.revoke(by=by, share_id=share.pk)
    with pytest.raises(UnableToPropose, match="no longer"):
        cast.does("AL", actions.propose, jit)
    assert not cast.sees(cast.people["MK"], jit)


def test_a_party_lets_in_people_of_its_own_partner_alone(cast):
    jit = cast.proposed()
    colleague = cast.house.person("Vesna", "MK")
    with cast.people["MK"].acting() as by:
        sharing.share(
            root_id=jit.pk,
            principal=colleague.membership.group_id,
            level=Level.MANAGE,
            purpose="Deputy",
            by=by,
            at=cast.now,
        )
        for stranger in ("RS", "ME"):
            with pytest.raises(sharing.UnableToGiveSight, match="own people"):
                sharing.share(
                    root_id=jit.pk,
                    principal=cast.people[stranger].membership.group_id,
                    level=Level.VIEW,
                    purpose="Help",
                    by=by,
                    at=cast.now,
                )
        tirana = cast.people["AL"].membership.group_id
        for share in Share.objects.visible_to(by).filter(root=jit.pk, principal=tirana):
            with pytest.raises(sharing.UnableToRevoke):
                sharing.revoke(root_id=jit.pk, share_id=share.pk, by=by, at=cast.now)
    assert cast.sees(colleague, jit)
    assert not cast.sees(cast.people["RS"], jit)


def test_the_parties_are_told_and_nobody_else(cast):
    jit = cast.proposed()
    told = {}
    for code, person in cast.people.items():
        with person.acting() as by:
            told[code] = Notice.objects.visible_to(by).filter(root=jit.pk).count()
    assert (told["MK"], told["XK"], told["RS"], told["ME"]) == (1, 1, 0, 0)
