"""People, appointments and partners in the console: an overview for project staff, found in any spelling."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse
from django.utils import timezone

from foundation.tenancy.choices import OfficeKind, PartnerKind, Role
from foundation.tenancy.models import Membership, OfficeHolder
from partners.queries import State, in_state, state_of
from tests.bed import sessions
from tests.bed.sides import as_owner


@pytest.fixture
def pia(house):
    return house.staff("Pia", "EJ", Role.PROGRAMME_MANAGER)


@pytest.fixture
def hers(pia, client):
    sessions.signed_in_fully(client, pia.account)
    return client


def names(client, **filters):
    answer = client.get(reverse("console_people"), filters)
    assert answer.status_code == 200
    return {row.membership.account.full_name for row in answer.context["rows"]}


def over(appointment, ends_at):
    with as_owner():
        type(appointment).objects.filter(pk=appointment.pk).update(ends_at=ends_at)


def test_somebody_is_found_by_name_authority_and_partner_in_any_script(house, hers):
    house.person("Петар Петровић", "RS", authority="Tužilaštvo")
    house.person("Ann", "AL")

    for text in ("petar petrovic", "Petrovikj", "tuzilastvo", house.partner("RS").name):
        assert names(hers, text=text) == {"Петар Петровић"}
    assert names(hers, text="nobody") == set()
    assert hers.get(reverse("console_people"), {"text": "..."}).status_code in {200, 422}


def test_what_ends_within_thirty_days_is_found_by_itself_or_by_an_office(house, ann, bob, hers):
    cat = house.person("Cat", "ME", offices=(OfficeKind.COORDINATOR,))
    now = timezone.now()
    over(ann.membership, now + timedelta(days=20))
    over(bob.membership, now + timedelta(days=40))
    over(OfficeHolder.objects.get(membership=cat.membership), now + timedelta(days=3))

    assert names(hers, ending="on") == {"Ann", "Cat"}


def test_who_needs_a_second_factor_and_has_none_is_found(ann, bob, hers):
    TOTP.activate(bob.account, "SECRET")

    found = names(hers, without="on")

    assert "Ann" in found
    assert "Bob" not in found


def test_a_row_says_what_staff_ask_for(house, ann, hers):
    ann.account.last_login = timezone.now()
    ann.account.save(update_fields=["last_login"])
    TOTP.activate(ann.account, "SECRET")

    answer = hers.get(reverse("console_people"), {"text": "ann"})

    (row,) = answer.context["rows"]
    assert (row.state, row.factor, row.needs, row.ends_soon) == (State.LIVE, True, True, False)
    page = answer.content.decode()
    assert reverse("person", kwargs={"pk": ann.account.pk}) in page
    assert reverse("authority", kwargs={"pk": ann.membership.authority_id}) in page


def test_the_database_and_the_page_agree_on_every_state(house, hers):
    now, made = timezone.now(), {}
    day = timedelta(days=1)
    periods = {
        "live": (now - day, None, True),
        "ends later": (now - day, now + day, True),
        "future": (now + day, None, True),
        "ended": (now - 2 * day, now - day, True),
        "never began": (now + day, now + day, True),
        "waiting": (now - day, None, False),
        "waits, and ends later": (now, now + day, False),
        "refused": (now - day, now - day / 2, False),
        "refused before it began": (now + day, now + day, False),
    }
    with as_owner():
        for name, (starts_at, ends_at, confirmed) in periods.items():
            person = house.person(name, "AL")
            made[name] = Membership.objects.create(
                account=person.account,
                authority=house.authority("RS"),
                role=Role.REGISTRAR,
                starts_at=starts_at,
                ends_at=ends_at,
                proposed_at=now,
                confirmed_at=now - day if confirmed else None,
                founding=confirmed,
            )

    for state in State:
        found = set(Membership.objects.filter(in_state(state, now), pk__in=[one.pk for one in made.values()]))
        assert found == {one for one in made.values() if state_of(one, now) is state}, state
        assert found
        assert {one.account.full_name for one in found} <= names(hers, state=state.value)


def test_the_partners_are_shown_in_numbers_and_where_the_first_administrator_is_missing(house, ann, hers):
    empty = house.partner("IT", PartnerKind.MEMBER_STATE)
    house.authority("IT", "Procura")
    house.person("Abe", "AL", Role.PARTNER_ADMINISTRATOR)
    house.system("Register", "AL")

    answer = hers.get(reverse("console_partners"))

    lines = {line.partner.code: line for _label, rows in answer.context["kinds"] for line in rows}
    tirana = lines["AL"]
    assert (tirana.people, tirana.administrators, tirana.systems, tirana.may_be_founded) == (2, 1, 1, False)
    assert lines["IT"].may_be_founded
    assert reverse("administrator_found", kwargs={"pk": empty.pk}) in answer.content.decode()


def test_people_follow_on_the_next_page_without_a_gap(house, hers):
    for number in range(55):
        house.person(f"Somebody {number}", "AL")

    first = hers.get(reverse("console_people"), {"text": "somebody"})
    second = hers.get(reverse("console_people") + first.context["older"])

    seen = [row.membership.account.full_name for answer in (first, second) for row in answer.context["rows"]]
    assert len(seen) == len(set(seen)) == 55
    other = "?after=" + "bm9uc2Vuc2U"
    assert hers.get(reverse("console_people") + other).status_code == 404
