"""The reference data: complete, loaded again without effect, never over what staff changed."""

from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from foundation.tenancy.choices import AuthorityKind, OfficeKind, PartnerKind
from foundation.tenancy.models import Authority, Office, Partner
from partners import reference
from partners.models import SeatRule

pytestmark = pytest.mark.django_db


def test_every_partner_of_the_project_is_there():
    kinds = Counter(Partner.objects.values_list("kind", flat=True))

    assert kinds[PartnerKind.WESTERN_BALKAN] == 6
    assert kinds[PartnerKind.MEMBER_STATE] == 27
    assert kinds[PartnerKind.EUROJUST] == 1


def test_every_partner_has_a_known_time_zone_and_an_authority_that_is_to_be_confirmed():
    for partner in Partner.objects.prefetch_related("authorities"):
        assert ZoneInfo(partner.time_zone).key == partner.time_zone
        assert partner.authorities.all()
        assert all(authority.to_be_confirmed for authority in partner.authorities.all())


def test_every_western_balkan_partner_has_a_coordinator_a_seat_and_a_prosecution_office():
    for partner in Partner.objects.filter(kind=PartnerKind.WESTERN_BALKAN):
        kinds = set(partner.offices.filter(authority=None).values_list("kind", flat=True))
        assert kinds == {OfficeKind.COORDINATOR, OfficeKind.CONTACT_GROUP_SEAT}
        assert partner.authorities.filter(kind=AuthorityKind.PROSECUTION).exists()


def test_every_authority_has_a_case_registry_and_eurojust_a_case_desk():
    registries = Office.objects.filter(kind=OfficeKind.CASE_REGISTRY).values("authority")

    assert not Authority.objects.exclude(pk__in=registries).exists()
    assert Office.objects.filter(kind=OfficeKind.CASE_DESK, partner__kind=PartnerKind.EUROJUST).count() == 1


def test_loading_again_makes_nothing():
    assert reference.load() == 0


def test_loading_again_leaves_what_staff_changed():
    spak = Authority.objects.get(partner__code="AL", name__contains="SPAK")
    Authority.objects.filter(pk=spak.pk).update(name="SPAK", to_be_confirmed=False)
    Partner.objects.filter(code="RS").update(time_zone="Europe/Vienna")
    SeatRule.objects.filter(capacity="member").update(at_most=1)

    made = reference.load()

    spak.refresh_from_db()
    assert made == 0
    assert (spak.name, spak.to_be_confirmed) == ("SPAK", False)
    assert Partner.objects.get(code="RS").time_zone == "Europe/Vienna"
    assert SeatRule.objects.get(capacity="member").at_most == 1


def test_the_name_of_kosovo_is_written_plainly():
    assert not Authority.objects.filter(name__contains="*").exists()
    assert Partner.objects.get(code="XK").name == "Kosovo"
