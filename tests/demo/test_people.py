"""The people of the demo come as real ones come, and everybody can tell that they are invented."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.utils import timezone

from foundation import access
from foundation.tenancy.choices import OfficeKind, PartnerKind, Role
from foundation.tenancy.models import Account, Membership, OfficeHolder, Partner
from wbcj.demo import invented
from wbcj.demo.people import EVERYBODY, PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


@pytest.mark.parametrize("command", ["load_demo_world", "demo_people"])
def test_there_is_no_demo_outside_the_demo(command, settings):
    settings.WBCJ_DEMO = False

    with pytest.raises(CommandError, match="WBCJ_DEMO=1"):
        call_command(command)


def test_everybody_is_recognisably_invented_and_has_an_address_of_their_own():
    addresses = [person.email for person in EVERYBODY]

    assert all(address.isascii() and invented.is_invented(address) for address in addresses)
    assert len(set(addresses)) == len(addresses)


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.email)
def test_everybody_can_sign_in_and_act_in_each_post(person):
    account = Account.objects.get(email=person.email)

    acting = []
    for membership in account.memberships.order_by("starts_at"):
        with access.acting_as(account.pk, membership.pk) as actor:
            acting.append((actor.role, person.posts[len(acting)].office in {None, *actor.offices}))

    assert acting == [(post.role, True) for post in person.posts]


def test_one_password_opens_every_account_and_is_good_enough_for_the_sign_in_page(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    somebody = Account.objects.first()

    # Hashed once, so the same hash says that it is the same password.
    assert set(Account.objects.values_list("password", flat=True)) == {somebody.password}
    assert somebody.check_password(PASSWORD)
    validate_password(PASSWORD, somebody)


@pytest.mark.parametrize("kind", [OfficeKind.COORDINATOR, OfficeKind.CONTACT_GROUP_SEAT])
def test_every_western_balkan_partner_has_its_people(kind):
    partners = Partner.objects.filter(kind=PartnerKind.WESTERN_BALKAN)

    held = OfficeHolder.objects.live(timezone.now()).filter(office__kind=kind, office__partner__in=partners)
    prosecutors = Membership.objects.live(timezone.now()).filter(role=Role.PROSECUTOR, authority__partner__in=partners)

    assert set(held.values_list("office__partner__code", flat=True)) == {"AL", "BA", "XK", "ME", "MK", "RS"}
    assert set(prosecutors.values_list("authority__partner__code", flat=True)) == {"AL", "BA", "XK", "ME", "MK", "RS"}


def test_nobody_came_without_a_second_person_where_there_was_one():
    alone = Membership.objects.filter(founding=True).values_list("authority__partner__code", "role")

    # The technical administrator, Eurojust's administrator, and of each other partner the administrator and the first invited.
    assert alone.count() == 1 + 1 + 2 * 7
    assert not Membership.objects.filter(confirmed_at=None).exists()


def test_the_table_names_everybody_and_stars_kosovo(settings, capsys):
    settings.WBCJ_DEMO = True

    call_command("demo_people")

    told = capsys.readouterr().out
    assert [person.email for person in EVERYBODY if person.email not in told] == []
    assert PASSWORD in told
    assert "Kosovo*" in told
    assert "Kosovo " not in told
