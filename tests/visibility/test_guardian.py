"""guardian stays the public interface for permissions, and gives the same answer as our reading verb."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from guardian.shortcuts import get_objects_for_group

from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import Root, RootGrant
from foundation.access.querysets import live
from foundation.tenancy.choices import OfficeKind
from tests.bed.sides import as_owner
from tests.people import House, Person
from tests.reference.stage import Clock, now_of_the_transaction

pytestmark = pytest.mark.django_db
CODENAMES = {Level.VIEW: "view_root", Level.CONTRIBUTE: "contribute_root", Level.MANAGE: "manage_root"}


@pytest.fixture
def house() -> House:
    return House(now=now_of_the_transaction())


@pytest.fixture
def people(house) -> list[Person]:
    return [
        house.person("Ann", "AA"),
        house.person("Abe", "AA", offices=(OfficeKind.CASE_REGISTRY,)),
        house.person("Ada", "AA", authority="Police", offices=(OfficeKind.COORDINATOR,)),
        house.person("Bob", "BB"),
    ]


@pytest.fixture
def roots(house, people) -> None:
    """Shares of every level for every kind of principal, undated, dated and over."""
    ann, _abe, ada, bob = people
    hours = {Level.VIEW: None, Level.CONTRIBUTE: 1, Level.MANAGE: 5}
    with ann.acting() as actor:
        principals = [ada.membership.group_id, actor.partner_group, *_groups(bob)]
        for number, principal in enumerate(principals):
            for level, end in hours.items():
                root = access.open_root(by=actor, kind="sample", reference=f"S-{number}-{level}", title="Sample")
                until = None if end is None else house.now + timedelta(hours=end)
                access.grant(by=actor, root_id=root, principal=principal, level=level, reason=Reason.SHARE, until=until)
    Clock(house.now).pass_by(2)


def _groups(person: Person) -> list[int]:
    with person.acting() as actor:
        return list(actor.principals)


def through_guardian(principals: tuple[int, ...], level: Level) -> set[object]:
    """The union over the principals, minus what has expired (guardian knows no end)."""
    over = RootGrant.objects.filter(level=level).exclude(pk__in=RootGrant.objects.filter(live()))
    found: set[object] = set()
    for group in Group.objects.filter(pk__in=principals):
        permission = f"access.{CODENAMES[level]}"
        given = get_objects_for_group(group, permission, Root, any_perm=True, accept_global_perms=False)
        expired = over.filter(group=group).values_list("content_object", flat=True)
        found |= set(given.exclude(pk__in=expired).values_list("pk", flat=True))
    return found


@pytest.mark.usefixtures("roots")
@pytest.mark.parametrize("level", list(Level))
def test_guardian_gives_the_same_roots_as_the_reading_verb(people, level):
    seen = []
    for person in people:
        with person.acting() as actor, as_owner():
            ours = set(Root.objects.reached_by(actor, level).values_list("pk", flat=True))
            assert ours == through_guardian(actor.principals, level)
            seen.append(ours)
    assert all(seen)
    assert len({frozenset(roots) for roots in seen}) > 1


@pytest.mark.usefixtures("roots")
def test_guardian_would_still_give_what_has_expired(people):
    """Why the comparison takes it away: without that, this would pass for the wrong reason."""
    with people[-1].acting() as actor, as_owner():
        group = Group.objects.get(pk=actor.membership_group)
        given = get_objects_for_group(group, "access.contribute_root", Root, accept_global_perms=False)
        assert set(given.values_list("pk", flat=True)) - set(
            Root.objects.visible_to(actor).values_list("pk", flat=True)
        )


def test_no_group_and_no_account_carries_a_model_permission():
    with as_owner():
        assert Group.objects.filter(permissions__isnull=False).count() == 0
        assert apps.get_model("tenancy", "Account").objects.filter(user_permissions__isnull=False).count() == 0
        assert Permission.objects.filter(content_type__app_label="access", codename__endswith="_root").count() == 3


def test_the_monkey_patches_of_guardian_are_off(settings):
    account = apps.get_model("tenancy", "Account")
    assert settings.ANONYMOUS_USER_NAME is None
    assert not hasattr(account, "add_obj_perm")
    assert not hasattr(Group, "add_obj_perm")
    assert not hasattr(account, "get_anonymous")
