"""Nobody gives sight to themselves or to a friend alone: by the actions, and by plain SQL as the run-time role."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import Root
from foundation.tenancy.choices import Capacity, OfficeKind, PartnerKind, Role
from foundation.tenancy.models import Account, Authority, Membership, OfficeHolder
from partners import actions
from tests.people import House, Person

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def house():
    return House()


@pytest.fixture
def at(house):
    """A little ago, so that what is appointed stands at once, within the test's one transaction."""
    return house.now - HOUR


@pytest.fixture
def ann(house):
    """The administrator of P."""
    return house.person("Ann", "P", Role.PARTNER_ADMINISTRATOR)


@pytest.fixture
def ben(house):
    """Another member of Ann's authority."""
    return house.person("Ben", "P")


def invite(by: Person, authority: Authority, name: str = "Friend", **more):
    words = {"role": Role.PROSECUTOR, "full_name": name, "email": f"{name.lower()}@example.org", **more}
    with by.acting() as actor:
        return actions.invite(by=actor, authority_id=authority.pk, **words)


def confirm(by: Person, membership: Membership, at):
    with by.acting() as actor:
        return actions.confirm_membership(by=actor, at=at, membership_id=membership.pk)


def share_something_with(house: House, group: int) -> None:
    owner = house.person("Owner", "Q")
    with owner.acting() as actor:
        root = access.open_root(by=actor, kind="case", reference="C-1", title="Something")
        access.grant(by=actor, root_id=root, principal=group, level=Level.VIEW, reason=Reason.SHARE)


def sees(account: Account) -> int:
    try:
        with access.acting_as(account.pk) as actor:
            return Root.objects.visible_to(actor).count()
    except access.NotInOffice:
        return 0


# --- The usual way ------------------------------------------------------------------


def test_a_proposed_person_sees_nothing_until_a_second_person_has_confirmed(house, ann, ben, at):
    share_something_with(house, ann.membership.authority.group_id)

    friend = invite(ann, ann.membership.authority, at=at)

    assert friend.confirmed_at is None
    assert sees(friend.account) == 0
    confirm(ben, friend, at)
    assert sees(friend.account) == 1


def test_a_refused_person_sees_nothing_and_cannot_be_confirmed_later(house, ann, ben, at):
    friend = invite(ann, ann.membership.authority, at=at)

    with ben.acting() as actor:
        actions.refuse_membership(by=actor, at=at + HOUR / 2, membership_id=friend.pk)

    with pytest.raises(actions.UnableToConfirm):
        confirm(ben, friend, at + HOUR)
    assert sees(friend.account) == 0


def test_a_second_confirmation_finds_it_answered(ann, ben, house, at):
    friend = invite(ann, ann.membership.authority, at=at)
    confirm(ben, friend, at)

    with pytest.raises(actions.UnableToConfirm):
        confirm(house.person("Cid", "P"), friend, at)


# --- The ways of an administrator who wants sight alone -------------------------------


def test_an_administrator_cannot_propose_himself(house, ann, ben, at):
    other = house.authority("P", "Police")

    with pytest.raises(actions.UnableToInvite, match="themselves"):
        invite(ann, other, at=at, email=ann.account.email, full_name="Ann")


def test_an_administrator_cannot_appoint_himself_to_an_office(house, ann, ben, at):
    office = house.office(OfficeKind.COORDINATOR, "P")

    with pytest.raises(actions.UnableToAppoint, match="themselves"), ann.acting() as actor:
        actions.appoint(by=actor, at=at, office_id=office.pk, membership_id=ann.membership.pk, capacity=Capacity.HOLDER)


def test_an_administrator_cannot_confirm_what_he_proposed(ann, ben, at):
    friend = invite(ann, ann.membership.authority, at=at)

    with pytest.raises(access.Forbidden):
        confirm(ann, friend, at)


def test_a_second_membership_of_the_proposer_is_not_a_second_person(house, ann, ben, at):
    also_ann = house.member(ann.account, "P", Role.REGISTRAR)
    friend = invite(ann, ann.membership.authority, at=at)

    with pytest.raises(access.Forbidden):
        confirm(also_ann, friend, at)


def test_the_person_proposed_does_not_confirm_through_another_membership(house, ann, ben, at):
    friend = house.person("Friend", "P", authority="Police")
    proposed = invite(ann, ann.membership.authority, at=at, email=friend.account.email)

    with pytest.raises(access.Forbidden):
        confirm(friend, proposed, at)


def test_a_friend_who_is_himself_only_proposed_confirms_nobody(ann, ben, at):
    first = invite(ann, ann.membership.authority, "First", at=at)
    second = invite(ann, ann.membership.authority, "Second", at=at)

    with pytest.raises(access.NotInOffice):
        confirm(Person(first.account, first), second, at)


def test_a_person_of_another_authority_does_not_confirm_where_the_authority_has_people(house, ann, ben, at):
    officer = house.person("Officer", "P", authority="Police")
    friend = invite(ann, ann.membership.authority, at=at)

    with pytest.raises(access.Forbidden):
        confirm(officer, friend, at)


def test_where_the_authority_has_nobody_else_a_person_of_the_partner_confirms(house, ann, ben, at):
    empty = house.authority("P", "Customs")
    friend = invite(ann, empty, at=at)

    assert friend.confirmed_at is None
    assert confirm(ben, friend, at).confirmed_at == at


def test_a_member_who_has_ended_does_not_confirm(house, ann, ben, at):
    friend = invite(ann, ann.membership.authority, at=at)
    with ann.acting() as actor:
        actions.end_membership(by=actor, at=at, membership_id=ben.membership.pk)

    with pytest.raises(access.NotInOffice):
        confirm(ben, friend, at)


def test_another_partners_people_learn_of_no_proposal(house, ann, ben, at):
    friend = invite(ann, ann.membership.authority, at=at)

    with pytest.raises(Membership.DoesNotExist):
        confirm(house.person("Stranger", "Q"), friend, at)


def test_an_administrator_gives_no_role_of_eurojust(ann, ben, at):
    for role in (Role.TECHNICAL_ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.CASE_OFFICER, Role.AUDITOR):
        with pytest.raises(actions.UnableToInvite):
            invite(ann, ann.membership.authority, at=at, role=role)


# --- Founding ---------------------------------------------------------------------------


def test_the_second_person_of_a_partner_that_sees_nothing_stands_at_once(ann, at):
    friend = invite(ann, ann.membership.authority, at=at)

    assert friend.founding
    assert friend.confirmed_at == at


@pytest.mark.parametrize("whose", ["authority", "partner"])
def test_nobody_is_founded_where_something_was_shared(house, ann, at, whose):
    authority = ann.membership.authority
    share_something_with(house, authority.group_id if whose == "authority" else authority.partner.group_id)

    friend = invite(ann, authority, at=at)

    assert not friend.founding
    assert sees(friend.account) == 0


def test_nobody_is_founded_where_somebody_could_confirm(ann, ben, at):
    assert not invite(ann, ann.membership.authority, at=at).founding


def test_nobody_is_founded_beside_somebody_who_is_to_come(ann, house, at):
    first = invite(ann, ann.membership.authority, "First", at=at, starts_at=house.now + 9 * HOUR)

    assert first.founding
    assert not invite(ann, ann.membership.authority, "Second", at=at).founding


def test_an_office_with_something_shared_is_not_founded(house, ann, at):
    friend = invite(ann, ann.membership.authority, at=at)
    office = house.office(OfficeKind.COORDINATOR, "P")
    share_something_with(house, office.group_id)

    with ann.acting() as actor:
        holder = actions.appoint(
            by=actor, at=at, office_id=office.pk, membership_id=friend.pk, capacity=Capacity.HOLDER
        )

    assert holder.confirmed_at is None
    assert sees(friend.account) == 0


def test_the_programme_team_names_the_first_administrator_of_a_partner_and_not_the_second(house, at):
    manager = house.person("Mia", "EU", Role.PROGRAMME_MANAGER)
    authority = house.authority("P")
    with manager.acting() as actor:
        first = actions.found_administrator(
            by=actor, at=at, authority_id=authority.pk, email="first@example.org", full_name="First"
        )
        with pytest.raises(actions.UnableToFound):
            actions.found_administrator(
                by=actor, at=at, authority_id=authority.pk, email="second@example.org", full_name="Second"
            )

    assert (first.role, first.founding) == (Role.PARTNER_ADMINISTRATOR, True)


def test_the_programme_team_founds_nobody_where_something_was_shared(house, at):
    manager = house.person("Mia", "EU", Role.PROGRAMME_MANAGER)
    authority = house.authority("P")
    share_something_with(house, authority.partner.group_id)

    with pytest.raises(actions.UnableToFound), manager.acting() as actor:
        actions.found_administrator(
            by=actor, at=at, authority_id=authority.pk, email="first@example.org", full_name="First"
        )


# --- Plain SQL, as the run-time role --------------------------------------------------------


def row(house: House, account: Account, authority: Authority, **more):
    since = house.now - HOUR
    return {
        "account": account,
        "authority": authority,
        "role": Role.PROSECUTOR,
        "starts_at": since,
        "proposed_at": since,
        **more,
    }


@pytest.fixture
def friend(house) -> Account:
    return Account.objects.create_account(email="friend@example.org", full_name="Friend")


def refused(make, **fields) -> str:
    """What the database says to that write."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        make(**fields)
    return getattr(caught.value.__cause__, "sqlstate", "")


def test_a_row_that_calls_itself_founding_is_refused(house, ann, ben, friend, at):
    with ann.acting() as actor:
        fields = row(house, friend, ann.membership.authority, founding=True, confirmed_at=at)
        state = refused(Membership.objects.create, **fields, proposed_by_id=actor.membership_id)

    assert state == "WB403"


def test_a_founding_row_without_anybody_acting_is_refused_too(house, ann, ben, friend, at):
    fields = row(house, friend, ann.membership.authority, founding=True, confirmed_at=at)

    assert refused(Membership.objects.create, **fields) == "WB403"


def test_a_row_that_comes_confirmed_is_refused(house, ann, ben, friend, at):
    with ann.acting() as actor:
        fields = row(house, friend, ann.membership.authority, proposed_by_id=actor.membership_id, confirmed_at=at)
        state = refused(Membership.objects.create, **fields, confirmed_by_id=ben.membership.pk)

    assert state == "WB403"


def test_a_row_proposed_in_the_name_of_another_is_refused(house, ann, ben, friend):
    with ann.acting():
        fields = row(house, friend, ann.membership.authority, proposed_by_id=ben.membership.pk)

        assert refused(Membership.objects.create, **fields) == "WB403"


def test_a_confirmation_in_the_name_of_another_is_refused(ann, ben, at):
    friend = invite(ann, ann.membership.authority, at=at)

    with ann.acting():
        mine = Membership.objects.filter(pk=friend.pk)
        state = refused(mine.update, confirmed_at=at, confirmed_by_id=ben.membership.pk)

    assert state == "WB403"


def test_a_founding_mark_set_afterwards_is_refused(ann, ben, at):
    friend = invite(ann, ann.membership.authority, at=at)

    with ann.acting():
        state = refused(Membership.objects.filter(pk=friend.pk).update, confirmed_at=at, founding=True)

    assert state in {"WB403", "WB409"}


def test_an_office_holder_in_plain_sql_needs_the_second_person_as_well(house, ann, ben, at):
    house.person("Cid", "P")
    office = house.office(OfficeKind.COORDINATOR, "P")
    since = {"starts_at": at, "proposed_at": at, "capacity": Capacity.HOLDER}
    with ann.acting() as actor:
        mine = {"office": office, "membership": ben.membership, "proposed_by_id": actor.membership_id, **since}
        assert refused(OfficeHolder.objects.create, **mine, founding=True, confirmed_at=at) == "WB403"
        holder = OfficeHolder.objects.create(**mine)
        confirm_it = OfficeHolder.objects.filter(pk=holder.pk).update
        assert refused(confirm_it, confirmed_at=at, confirmed_by_id=actor.membership_id) == "WB403"


def test_an_office_of_another_partner_cannot_be_held(house, ann, ben, at):
    theirs = house.office(OfficeKind.COORDINATOR, "Q")
    with ann.acting() as actor:
        fields = {"office": theirs, "membership": ben.membership, "proposed_by_id": actor.membership_id}
        state = refused(OfficeHolder.objects.create, **fields, starts_at=at, proposed_at=at)

    assert state == "WB403"


def test_a_role_of_eurojust_in_plain_sql_is_refused(house, ann, ben, friend):
    with ann.acting() as actor:
        fields = row(house, friend, ann.membership.authority, proposed_by_id=actor.membership_id)
        fields["role"] = Role.CASE_OFFICER

        assert refused(Membership.objects.create, **fields) == "WB403"


def test_no_principal_borrows_the_group_of_another(house, ann):
    theirs = house.partner("Q").group

    state = refused(Authority.objects.create, partner=house.partner("P"), kind="police", name="Borrowed", group=theirs)

    assert state == "WB403"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tenancy_authority SET partner_id = %(partner)s WHERE id = %(authority)s",
        "UPDATE tenancy_authority SET group_id = %(group)s WHERE id = %(authority)s",
        "UPDATE auth_group SET name = 'authority:mine' WHERE name = 'partner:' || %(partner)s",
        "UPDATE tenancy_membership SET authority_id = %(other)s WHERE id = %(membership)s",
    ],
)
def test_no_principal_and_no_membership_changes_its_place(house, ann, statement):
    other = house.authority("Q")
    keys = {
        "partner": other.partner_id,
        "group": other.partner.group_id,
        "other": other.pk,
        "authority": ann.membership.authority_id,
        "membership": ann.membership.pk,
    }

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, keys)


def test_the_question_whether_one_may_found_is_all_that_the_run_time_role_learns(house, ann, at):
    house.partner("EU", PartnerKind.EUROJUST)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_function_result('partners_may_found(uuid, uuid, uuid)'::regprocedure)")
        assert cursor.fetchone() == ("boolean",)
