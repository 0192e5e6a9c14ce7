"""The pages of the directory as people meet them."""

import re
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import Event
from foundation.tenancy.choices import Capacity, OfficeKind, PartnerKind, Role
from foundation.tenancy.models import Account, Membership, OfficeHolder
from partners.queries.directory import HEADINGS
from tests.people import House, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return House()


@pytest.fixture
def ann(house):
    return house.person("Ann", "P", Role.PARTNER_ADMINISTRATOR)


@pytest.fixture
def ben(house):
    return house.person("Ben", "P")


@pytest.fixture
def cid(house):
    return house.person("Cid", "P")


def browser(who: Person) -> Client:
    client = Client()
    client.force_login(who.account)
    return client


def send(who: Person, address: str, **fields: object):
    return browser(who).post(address, {"submission_key": str(uuid4()), **fields})


def page(name: str, key: object) -> str:
    return reverse(name, kwargs={"pk": key})


def invite_page(person: Person) -> str:
    return page("membership_invite", person.membership.authority_id)


NEWCOMER = {
    "email": "friend@example.org",
    "full_name": "Friend",
    "role": Role.PROSECUTOR,
    "language": "en",
}


def administration_pages(house: House, ann: Person, ben: Person) -> list[str]:
    holder = OfficeHolder.objects.filter(membership__authority=ann.membership.authority).first()
    assert holder is not None
    authority = ann.membership.authority_id
    return [
        page("membership_invite", authority),
        page("authority_name", authority),
        page("membership_end", ben.membership.pk),
        page("membership_move", ben.membership.pk),
        page("office_appoint", house.office(OfficeKind.COORDINATOR, "P").pk),
        page("holder_end", holder.pk),
    ]


def test_everyone_who_is_signed_in_reads_the_directory(house, ann, ben):
    for address in (
        reverse("directory"),
        page("partner", ann.membership.authority.partner_id),
        page("authority", ann.membership.authority_id),
        page("person", ann.account.pk),
        reverse("appointments_waiting"),
        reverse("profile"),
    ):
        assert browser(house.person(f"Reader{uuid4().hex[:6]}", "Q")).get(address).status_code == 200


def test_nobody_who_is_signed_out_reads_the_directory(ann):
    for address in (reverse("directory"), page("person", ann.account.pk)):
        answer = Client().get(address)
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_administration_opens_for_the_partners_administrator_alone(house, ann, ben):
    house.person("Dea", "P", offices=(OfficeKind.COORDINATOR,))
    other = house.person("Olga", "Q", Role.PARTNER_ADMINISTRATOR)

    for address in administration_pages(house, ann, ben):
        assert browser(ann).get(address).status_code == 200
        assert browser(ben).get(address).status_code == 403
        assert browser(other).get(address).status_code == 403
        assert send(other, address, **NEWCOMER).status_code == 403


def test_a_refused_administrator_is_on_record(house, ann, ben, as_owner):
    other = house.person("Olga", "Q", Role.PARTNER_ADMINISTRATOR)
    browser(other).get(invite_page(ann))

    with as_owner():
        event = Event.objects.get(outcome=Event.Outcome.FORBIDDEN)
    assert (event.membership, event.root) == (other.membership.pk, ann.membership.authority_id)


def test_an_invitation_goes_from_the_form_to_the_second_persons_home_page(house, ann, ben):
    answer = send(ann, invite_page(ann), **NEWCOMER, function="Deputy head")
    assert answer.status_code == 302
    proposed = Membership.objects.get(account__email="friend@example.org")

    home = browser(ben).get("/")
    assert "Friend" in home.content.decode()
    assert "Friend" not in browser(ann).get("/").content.decode()
    confirmed = send(ben, page("membership_answer", proposed.pk), answer="confirm")

    assert confirmed.status_code == 302
    proposed.refresh_from_db()
    assert proposed.confirmed_by_id == ben.membership.pk


def test_the_proposer_is_refused_and_a_stranger_finds_nothing(house, ann, ben):
    send(ann, invite_page(ann), **NEWCOMER)
    proposed = Membership.objects.get(account__email="friend@example.org")
    address = page("membership_answer", proposed.pk)

    assert send(ann, address, answer="confirm").status_code == 403
    assert send(house.person("Stranger", "Q"), address, answer="confirm").status_code == 404
    proposed.refresh_from_db()
    assert proposed.confirmed_at is None


def test_an_answer_that_comes_too_late_keeps_the_page_and_says_so(house, ann, ben, cid):
    send(ann, invite_page(ann), **NEWCOMER)
    address = page("membership_answer", Membership.objects.get(account__email="friend@example.org").pk)
    send(ben, address, answer="refuse")

    late = send(cid, address, answer="confirm")

    assert late.status_code == 409
    assert "in the meantime" in late.content.decode()


def test_inviting_oneself_keeps_what_was_typed(ann, ben):
    answer = send(ann, invite_page(ann), **{**NEWCOMER, "email": ann.account.email, "full_name": "My Other Self"})

    assert answer.status_code == 409
    assert "My Other Self" in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": Role.TECHNICAL_ADMINISTRATOR},
        {"email": "not an address"},
        {"first_day": "0001-01-01"},
        {"last_day": "9999-12-31"},
        {"full_name": "x" * 100_000},
        {"full_name": "a\0b"},
        {"language": "xx"},
    ],
)
def test_a_form_with_something_wrong_is_shown_again(ann, ben, wrong):
    answer = send(ann, invite_page(ann), **{**NEWCOMER, **wrong})

    assert answer.status_code == 422
    assert not Account.objects.filter(email="friend@example.org").exists()


def test_the_same_invitation_sent_twice_has_one_effect(ann, ben):
    client = browser(ann)
    fields = {**NEWCOMER, "submission_key": str(uuid4())}

    assert client.post(invite_page(ann), fields).status_code == 302
    assert client.post(invite_page(ann), fields).status_code == 302
    assert Membership.objects.filter(account__email="friend@example.org").count() == 1


def test_days_are_read_in_the_administrators_time_zone(house, ann, ben):
    Account.objects.filter(pk=ann.account.pk).update(time_zone="Europe/Skopje")
    first = timezone.localdate() + timedelta(days=40)
    send(ann, invite_page(ann), **NEWCOMER, first_day=first.isoformat(), last_day=first.isoformat())

    proposed = Membership.objects.get(account__email="friend@example.org")
    assert proposed.ends_at is not None
    assert timedelta(hours=23) <= proposed.ends_at - proposed.starts_at <= timedelta(hours=25)
    assert proposed.starts_at.hour in {22, 23}


def test_a_member_is_ended_moved_and_appointed_on_pages(house, ann, ben, cid):
    office = house.office(OfficeKind.CONTACT_GROUP_SEAT, "P")
    appointed = send(ann, page("office_appoint", office.pk), membership=ben.membership.pk, capacity=Capacity.MEMBER)
    assert appointed.status_code == 302
    holder = OfficeHolder.objects.get(office=office)
    assert send(cid, page("holder_answer", holder.pk), answer="confirm").status_code == 302
    police = house.authority("P", "Police")
    moved = send(ann, page("membership_move", ben.membership.pk), authority=police.pk, role=Role.INVESTIGATOR)
    assert moved.status_code == 302
    assert send(ann, page("membership_end", cid.membership.pk)).status_code == 302

    holder.refresh_from_db()
    assert holder.ends_at is not None
    assert Membership.objects.filter(account=ben.account, authority=police).exists()


def test_an_office_is_not_given_to_somebody_of_another_partner_by_a_forged_choice(house, ann, ben):
    stranger = house.person("Stranger", "Q")
    office = house.office(OfficeKind.COORDINATOR, "P")

    answer = send(ann, page("office_appoint", office.pk), membership=stranger.membership.pk, capacity=Capacity.HOLDER)

    assert answer.status_code == 422


def test_the_programme_team_names_the_first_administrator_on_a_page(house):
    mia = house.person("Mia", "EU", Role.PROGRAMME_MANAGER)
    authority = house.authority("P")
    address = page("administrator_found", authority.partner_id)
    fields = {"authority": authority.pk, "email": "a@example.org", "full_name": "A", "language": "en"}

    assert address in browser(mia).get(page("partner", authority.partner_id)).content.decode()
    assert send(mia, address, **fields).status_code == 302
    assert send(mia, address, **{**fields, "email": "b@example.org"}).status_code == 409
    assert send(house.person("Ann", "Q", Role.PARTNER_ADMINISTRATOR), address, **fields).status_code == 403


def test_a_reader_sees_who_works_here_and_nothing_of_proposals(house, ann, ben):
    send(ann, invite_page(ann), **NEWCOMER)
    reader = house.person("Reader", "Q")
    proposed = Account.objects.get(email="friend@example.org")

    text = browser(reader).get(page("authority", ann.membership.authority_id)).content.decode()

    assert "Ben" in text
    assert "Friend" not in text
    assert browser(reader).get(page("person", proposed.pk)).status_code == 404
    assert browser(ann).get(page("person", proposed.pk)).status_code == 200


def test_preferences_take_effect_with_the_next_page(ben):
    client = browser(ben)
    saved = client.post(
        reverse("profile"),
        {"submission_key": str(uuid4()), "language": "mk", "time_zone": "Europe/Skopje"},
    )

    assert saved.status_code == 302
    ben.account.refresh_from_db()
    assert (ben.account.language, ben.account.time_zone) == ("mk", "Europe/Skopje")
    assert re.search(r'<html lang="mk"', client.get(reverse("profile")).content.decode())


def test_the_directory_needs_few_statements_whatever_its_size(house, ann, django_assert_max_num_queries):
    house.partner("EU", PartnerKind.EUROJUST)
    for number in range(15):
        house.person(f"Person{number}", "P")
    client = browser(ann)
    client.get("/")

    for address in (reverse("directory"), page("authority", ann.membership.authority_id)):
        with django_assert_max_num_queries(18):
            assert client.get(address).status_code == 200


def test_every_kind_of_partner_has_a_heading_in_the_directory():
    assert HEADINGS.keys() == set(PartnerKind)


@pytest.mark.parametrize(("function", "times"), [("Prosecutor", 1), ("Head of unit", 1)], ids=["same", "other"])
def test_a_function_that_is_called_like_the_role_is_said_once(function, times, cid):
    cid.membership.function = function
    row = SimpleNamespace(membership=cid.membership, offices=(), state="live")

    shown = render_to_string("partners/people.html", {"rows": [row], "caption": "People"})

    assert (shown.count(function), shown.count("Prosecutor")) == (times, 1)
