"""Periods, ends, moves, offices and their seats."""

from datetime import timedelta

import pytest
from django.db import connection

from foundation import access
from foundation.access.models import Root, Share
from foundation.tenancy.choices import Capacity, OfficeKind, Role
from foundation.tenancy.models import Account, Membership, OfficeHolder
from partners import actions
from partners.actions.periods import BadPeriod
from partners.models import SeatRule
from tests.people import House

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def house():
    return House()


@pytest.fixture
def at(house):
    return house.now - HOUR


@pytest.fixture
def ann(house):
    return house.person("Ann", "P", Role.PARTNER_ADMINISTRATOR)


@pytest.fixture
def ben(house):
    return house.person("Ben", "P")


@pytest.fixture
def cid(house):
    return house.person("Cid", "P")


def invite(by, at, **more):
    words = {"email": "friend@example.org", "full_name": "Friend", "role": Role.PROSECUTOR, **more}
    with by.acting() as actor:
        return actions.invite(by=actor, at=at, authority_id=by.membership.authority_id, **words)


def appoint(by, at, office, who, capacity=Capacity.MEMBER, **more):
    with by.acting() as actor:
        return actions.appoint(
            by=actor, at=at, office_id=office.pk, membership_id=who.membership.pk, capacity=capacity, **more
        )


def acts(person) -> bool:
    try:
        with person.acting():
            return True
    except access.NotInOffice:
        return False


def test_another_partners_administrator_administers_nobody_here(house, ann, ben, at):
    other = house.person("Olga", "Q", Role.PARTNER_ADMINISTRATOR)
    office = house.office(OfficeKind.COORDINATOR, "P")
    authority = ann.membership.authority_id
    keys = {"membership_id": ben.membership.pk}
    name = {"name": "X", "local_name": "", "kind": "police", "name_read": "Prosecution"}
    with other.acting() as actor:
        for act, more in (
            (actions.invite, {"authority_id": authority, "email": "x@example.org", "full_name": "X", "role": "prosecutor"}),
            (actions.end_membership, keys),
            (actions.move, {**keys, "authority_id": authority, "role": "prosecutor"}),
            (actions.appoint, {**keys, "office_id": office.pk, "capacity": "holder"}),
            (actions.name_authority, {**name, "authority_id": authority}),
        ):  # fmt: skip
            with pytest.raises(access.Forbidden):
                act(by=actor, at=at, **more)


def test_somebody_who_is_no_administrator_proposes_nobody(ann, ben, at):
    with pytest.raises(access.Forbidden):
        invite(ben, at)


def test_an_appointment_never_begins_in_the_past(ann, ben, at):
    with pytest.raises(BadPeriod):
        invite(ann, at, starts_at=at - DAY)


def test_a_future_membership_gives_nothing_yet(ann, ben, cid, at):
    later = invite(ann, at, starts_at=at + DAY)

    with ben.acting() as actor:
        actions.confirm_membership(by=actor, at=at, membership_id=later.pk)

    with pytest.raises(access.NotInOffice), access.acting_as(later.account_id):
        pass


def test_an_ended_membership_gives_nothing_any_more(ann, ben, at):
    with ann.acting() as actor:
        actions.end_membership(by=actor, at=at, membership_id=ben.membership.pk)

    assert not acts(ben)


def test_an_end_is_brought_forward_and_never_put_off(ann, ben, at):
    with ann.acting() as actor:
        key = ben.membership.pk
        actions.end_membership(by=actor, at=at, membership_id=key, ends_at=at + 3 * DAY)
        actions.end_membership(by=actor, at=at, membership_id=key, ends_at=at + 2 * DAY)
        with pytest.raises(actions.UnableToEnd):
            actions.end_membership(by=actor, at=at, membership_id=key, ends_at=at + 4 * DAY)

    assert acts(ben)
    assert Membership.objects.get(pk=key).ends_at == at + 2 * DAY


def test_what_has_ended_does_not_end_again(ann, ben, at):
    with ann.acting() as actor:
        actions.end_membership(by=actor, at=at, membership_id=ben.membership.pk)
        with pytest.raises(actions.UnableToEnd):
            actions.end_membership(by=actor, at=at + HOUR / 2, membership_id=ben.membership.pk)


def test_the_last_administrator_stays(house, ann, ben, at):
    with ann.acting() as actor, pytest.raises(actions.UnableToEnd, match="last administrator"):
        actions.end_membership(by=actor, at=at, membership_id=ann.membership.pk)

    house.person("Ada", "P", Role.PARTNER_ADMINISTRATOR)
    with ann.acting() as actor:
        actions.end_membership(by=actor, at=at, membership_id=ann.membership.pk)
    assert not acts(ann)


def test_the_offices_end_with_the_membership_through_which_they_were_held(house, ann, at):
    dea = house.person("Dea", "P", offices=(OfficeKind.COORDINATOR,))
    with ann.acting() as actor:
        actions.end_membership(by=actor, at=at, membership_id=dea.membership.pk, ends_at=at + DAY)

    assert OfficeHolder.objects.get(membership=dea.membership).ends_at == at + DAY


def test_a_person_with_an_account_keeps_name_and_account(house, ann, ben, at):
    known = house.person("Known", "Q")

    membership = invite(ann, at, email=known.account.email.upper(), full_name="Somebody Else")

    assert membership.account == known.account
    assert Account.objects.get(pk=known.account.pk).full_name == "Known"


def test_nobody_is_proposed_twice_for_the_same_time(ann, ben, at):
    invite(ann, at)

    with pytest.raises(actions.UnableToInvite):
        invite(ann, at, role=Role.REGISTRAR)


def test_somebody_who_was_refused_may_be_proposed_again(ann, ben, at):
    first = invite(ann, at)
    with ben.acting() as actor:
        actions.refuse_membership(by=actor, at=at, membership_id=first.pk)

    assert invite(ann, at + HOUR / 2).pk != first.pk


# --- Moving a person ------------------------------------------------------------------


def fingerprint_of_the_ledger():
    """The physical versions of all roots, shares and projections: any rewriting changes one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'r', id::text, xmin::text, ctid::text FROM access_root UNION ALL"
            " SELECT 's', id::text, xmin::text, ctid::text FROM access_share UNION ALL"
            " SELECT 'g', id::text, xmin::text, ctid::text FROM access_rootgrant ORDER BY 1, 2"
        )
        return cursor.fetchall()


def test_moving_a_person_rewrites_no_root_and_no_share(house, ann, ben, cid, at, as_owner):
    police = house.authority("P", "Police")
    officer = house.person("Officer", "P", authority="Police")
    with ben.acting() as actor:
        for number in range(20):
            access.open_root(by=actor, kind="case", reference=f"C-{number}", title="Something")
        assert Root.objects.visible_to(actor).count() == 20
    with as_owner():
        before = fingerprint_of_the_ledger()
        shares = Share.objects.count()

    with ann.acting() as actor:
        moved = actions.move(
            by=actor, at=at, membership_id=ben.membership.pk, authority_id=police.pk, role=Role.INVESTIGATOR
        )
    with officer.acting() as actor:
        actions.confirm_membership(by=actor, at=at, membership_id=moved.pk)

    with as_owner():
        assert fingerprint_of_the_ledger() == before
        assert shares == 40
    with access.acting_as(ben.account.pk) as actor:
        assert actor.membership_id == moved.pk
        assert Root.objects.visible_to(actor).count() == 0


def test_nobody_is_moved_to_another_partner(house, ann, ben, at):
    theirs = house.authority("Q")

    with ann.acting() as actor, pytest.raises(access.Forbidden):
        actions.move(by=actor, at=at, membership_id=ben.membership.pk, authority_id=theirs.pk, role=Role.PROSECUTOR)
    assert acts(ben)


# --- Offices and seats --------------------------------------------------------------------


@pytest.fixture
def seat(house):
    return house.office(OfficeKind.CONTACT_GROUP_SEAT, "P")


def test_an_office_is_held_only_after_a_second_person_confirmed(ann, ben, cid, seat, at):
    holder = appoint(ann, at, seat, ben)

    with ben.acting() as actor:
        assert OfficeKind.CONTACT_GROUP_SEAT not in actor.offices
    with cid.acting() as actor:
        actions.confirm_holder(by=actor, at=at, holder_id=holder.pk)
    with ben.acting() as actor:
        assert OfficeKind.CONTACT_GROUP_SEAT in actor.offices


def test_neither_the_proposer_nor_the_person_confirms_an_office(ann, ben, cid, seat, at):
    holder = appoint(ann, at, seat, ben)

    for person in (ann, ben):
        with person.acting() as actor, pytest.raises(access.Forbidden):
            actions.confirm_holder(by=actor, at=at, holder_id=holder.pk)


def test_a_seat_has_two_members_and_two_deputies_at_most(house, ann, seat, at):
    people = [house.person(f"Person{number}", "P") for number in range(6)]
    for who, capacity in zip(people, [Capacity.MEMBER] * 2 + [Capacity.DEPUTY] * 2, strict=False):
        appoint(ann, at, seat, who, capacity)

    for capacity in (Capacity.MEMBER, Capacity.DEPUTY):
        with pytest.raises(actions.UnableToAppoint, match="At most 2"):
            appoint(ann, at, seat, people[5], capacity)


def test_a_seat_is_free_again_for_the_time_after_its_member(house, ann, ben, cid, seat, at):
    appoint(ann, at, seat, ben, ends_at=at + 10 * DAY)
    appoint(ann, at, seat, cid)
    dea = house.person("Dea", "P")

    with pytest.raises(actions.UnableToAppoint):
        appoint(ann, at, seat, dea, starts_at=at + 9 * DAY)
    appoint(ann, at, seat, dea, starts_at=at + 10 * DAY)


def test_the_rule_of_the_day_decides_and_staff_may_change_it(house, ann, ben, cid, seat, at):
    SeatRule.objects.filter(capacity=Capacity.MEMBER).update(valid_until=at.date())
    SeatRule.objects.create(
        office_kind=OfficeKind.CONTACT_GROUP_SEAT,
        capacity=Capacity.MEMBER,
        at_most=1,
        valid_from=at.date() + DAY,
    )
    appoint(ann, at, seat, ben)

    with pytest.raises(actions.UnableToAppoint, match="At most 1"):
        appoint(ann, at, seat, cid, starts_at=at + 2 * DAY)
    appoint(ann, at, seat, cid)


def test_a_seat_too_many_is_found_when_it_is_confirmed(house, ann, ben, cid, seat, at):
    appoint(ann, at, seat, ben)
    second = appoint(ann, at, seat, cid)
    SeatRule.objects.filter(capacity=Capacity.MEMBER).update(at_most=1)

    dea = house.person("Dea", "P")
    with dea.acting() as actor, pytest.raises(actions.UnableToAppoint):
        actions.confirm_holder(by=actor, at=at, holder_id=second.pk)


def test_a_seat_is_not_held_by_a_holder(ann, ben, cid, seat, at):
    with pytest.raises(actions.UnableToAppoint, match="capacity"):
        appoint(ann, at, seat, ben, Capacity.HOLDER)


def test_a_registry_is_held_by_people_of_its_own_authority(house, ann, ben, cid, at):
    registry = house.office(OfficeKind.CASE_REGISTRY, "P", house.authority("P", "Police"))

    with pytest.raises(actions.UnableToAppoint, match="own"):
        appoint(ann, at, registry, ben, Capacity.HOLDER)


def test_an_office_ends_and_with_it_its_sight(house, ann, at):
    dea = house.person("Dea", "P", offices=(OfficeKind.COORDINATOR,))
    held = OfficeHolder.objects.get(membership=dea.membership)

    with ann.acting() as actor:
        actions.end_holder(by=actor, at=at, holder_id=held.pk)

    with dea.acting() as actor:
        assert actor.offices == frozenset()


def test_a_partner_may_name_its_authority_and_a_stale_form_says_so(ann, at):
    words = {"local_name": "Prokuroria", "kind": "prosecution"}
    with ann.acting() as actor:
        key = ann.membership.authority_id
        named = actions.name_authority(by=actor, at=at, authority_id=key, name="New", name_read="Prosecution", **words)
        with pytest.raises(actions.UnableToNameAuthority, match="New"):
            actions.name_authority(by=actor, at=at, authority_id=key, name="X", name_read="Prosecution", **words)

    assert (named.name, named.to_be_confirmed) == ("New", False)
