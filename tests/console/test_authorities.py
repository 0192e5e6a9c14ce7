"""Authorities in the console: project staff found and close them, and what stands there keeps them open."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event as Signal
from uuid import uuid4

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases import actions as case_actions
from cases.actions.cases import Facts
from foundation import access
from foundation.audit.models import Event
from foundation.tenancy.choices import OfficeKind, Role
from foundation.tenancy.models import Authority, Membership, Office
from partners import actions
from tests.bed import sessions
from tests.bed.sides import as_owner
from tests.people import House

FACTS = Facts(title="Forged permits", summary="Two towns.", stage="investigation", urgency="normal", handling=["H0"])


@pytest.fixture
def pia(house):
    return house.staff("Pia", "EJ", Role.PROGRAMME_MANAGER)


@pytest.fixture
def hers(pia, client):
    sessions.signed_in_fully(client, pia.account)
    return client


def send(client, page, key, **typed):
    return client.post(reverse(page, kwargs={"pk": key}), {"submission_key": str(uuid4()), **typed})


def found(client, partner, **typed):
    said = {"name": "Customs directorate", "local_name": "", "kind": "customs", "first_day": "", **typed}
    return send(client, "console_authority_found", partner.pk, **said)


def close(client, authority, last_day=""):
    return send(client, "console_authority_close", authority.pk, last_day=last_day)


def closed_at(authority):
    return Authority.objects.get(pk=authority.pk).closed_at


def leave(person, at):
    with as_owner():
        Membership.objects.filter(pk=person.membership.pk).update(ends_at=at)


def events(verb):
    return Event.objects.filter(verb=verb)


def test_an_authority_is_founded_with_a_case_registry_and_a_name_to_confirm(house, hers):
    partner = house.partner("AL")

    assert found(hers, partner).status_code == 302

    made = Authority.objects.get(partner=partner, name="Customs directorate")
    assert (made.kind, made.to_be_confirmed, made.closed_at) == ("customs", True, None)
    assert made.opens_at <= timezone.now()
    assert Office.objects.filter(authority=made, kind=OfficeKind.CASE_REGISTRY).exists()
    with as_owner():
        assert events("partners.authority.founded").get().root == made.pk
    page = hers.get(reverse("console_authorities", kwargs={"pk": partner.pk})).content.decode()
    assert "Customs directorate" in page


def test_a_partner_has_no_two_authorities_of_one_name_and_none_of_another_kind(house, hers):
    partner = house.authority("AL").partner

    again = found(hers, partner, name="Prosecution")
    desk = found(hers, partner, kind="desk")

    assert again.status_code == 409
    assert "of that name" in again.content.decode()
    assert desk.status_code == 422
    assert partner.authorities.filter(name__in=["Prosecution", "Customs directorate"]).count() == 1


def test_nobody_is_appointed_before_an_authority_begins(house, hers, pia):
    admin = house.person("Abe", "AL", Role.PARTNER_ADMINISTRATOR)
    day = timezone.localdate() + timedelta(days=9)
    found(hers, house.partner("AL"), first_day=day.isoformat())
    made = Authority.objects.get(name="Customs directorate")
    who = {"email": "n@example.org", "full_name": "N", "role": Role.INVESTIGATOR, "authority_id": made.pk}

    with admin.acting() as by, pytest.raises(actions.UnableToInvite, match="begins on"):
        actions.invite(by=by, at=timezone.now(), **who)
    with admin.acting() as by:
        proposed = actions.invite(by=by, at=timezone.now(), starts_at=made.opens_at, **who)

    assert proposed.starts_at == made.opens_at


def test_an_authority_where_nobody_is_appointed_is_closed_for_good(house, hers):
    old = house.authority("AL", "Old office")

    assert close(hers, old).status_code == 302

    at = closed_at(old)
    assert at is not None
    assert at <= timezone.now()
    with as_owner():
        assert events("partners.authority.closed").get().root == old.pk
    assert close(hers, old).status_code == 409
    assert closed_at(old) == at
    assert "Old office" not in hers.get(reverse("partner", kwargs={"pk": old.partner_id})).content.decode()
    assert "Old office" in hers.get(reverse("console_authorities", kwargs={"pk": old.partner_id})).content.decode()


def test_it_is_refused_by_name_while_somebody_is_appointed_beyond_that_day(house, ann, hers):
    where = ann.membership.authority
    page = hers.get(reverse("console_authority_close", kwargs={"pk": where.pk}))

    answer = close(hers, where)

    assert [row.membership for row in page.context["appointed"]] == [ann.membership]
    assert answer.status_code == 409
    assert "Ann" in answer.content.decode()
    assert closed_at(where) is None


def test_a_proposal_that_nobody_answered_keeps_an_authority_open(house, hers):
    admin = house.person("Abe", "AL", Role.PARTNER_ADMINISTRATOR, authority="Ministry")
    old = house.authority("AL", "Old office")
    with admin.acting() as by:
        actions.invite(
            by=by, at=timezone.now(), authority_id=old.pk, email="n@example.org", full_name="Nora", role=Role.REGISTRAR
        )

    assert "Nora" in close(hers, old).content.decode()
    assert closed_at(old) is None


def test_an_end_that_lies_ahead_lets_people_finish_and_takes_nobody_new(house, ann, hers):
    admin = house.person("Abe", "AL", Role.PARTNER_ADMINISTRATOR, authority="Ministry")
    leave(ann, timezone.now() + timedelta(days=3))
    where, day = ann.membership.authority, timezone.localdate() + timedelta(days=5)

    assert close(hers, where, (day - timedelta(days=4)).isoformat()).status_code == 409
    assert close(hers, where, day.isoformat()).status_code == 302

    assert closed_at(where) > timezone.now()
    assert where.name in hers.get(reverse("partner", kwargs={"pk": where.partner_id})).content.decode()
    who = {"email": "n@example.org", "full_name": "N", "role": Role.INVESTIGATOR, "authority_id": where.pk}
    with admin.acting() as by, pytest.raises(actions.UnableToInvite):
        actions.invite(by=by, at=timezone.now(), **who)
    with ann.acting() as by, pytest.raises(case_actions.UnableToOpen):
        case_actions.open_case(facts=FACTS, by=by, at=timezone.now())
    assert close(hers, where, (day + timedelta(days=9)).isoformat()).status_code == 302


def test_a_case_at_work_keeps_an_authority_open_and_its_words_stay_unsaid(house, ann, hers):
    where = ann.membership.authority
    with ann.acting() as by:
        case = case_actions.open_case(facts=FACTS, by=by, at=timezone.now())
        case = case_actions.submit(case=case, version=case.version, by=by, at=timezone.now())
    leave(ann, timezone.now() + timedelta(minutes=5))
    later = (timezone.localdate() + timedelta(days=3)).isoformat()

    answer = close(hers, where, later)

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "cases that are not closed" in said
    assert FACTS.title not in said
    assert closed_at(where) is None
    with ann.acting() as by:
        case_actions.close(case=case, reason="Done.", version=case.version, by=by, at=timezone.now())
    assert close(hers, where, later).status_code == 302


def test_whether_an_authority_has_cases_at_work_is_told_to_staff_alone(house, ann, pia):
    def asked(person):
        with person.acting(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT cases_held_by(%s)", [ann.membership.authority_id])
            return cursor.fetchone()[0]

    assert asked(pia) is False
    with pytest.raises(DatabaseError, match="only project staff"):
        asked(ann)


def test_the_database_keeps_an_authority_open_for_whoever_is_appointed_and_opens_none_again(house, ann, pia):
    old = house.authority("AL", "Old office")
    with as_owner():
        Authority.objects.filter(pk=old.pk).update(closed_at=timezone.now() - timedelta(days=1))

    def set_end(key, at):
        with pia.acting(), transaction.atomic():
            Authority.objects.filter(pk=key).update(closed_at=at)

    with pytest.raises(DatabaseError, match="appointed there"):
        set_end(ann.membership.authority_id, timezone.now())
    with pytest.raises(DatabaseError, match="closed once"):
        set_end(old.pk, None)


@pytest.mark.parametrize("role", [Role.PARTNER_ADMINISTRATOR, Role.PROSECUTOR, Role.AUDITOR])
def test_nobody_but_project_staff_founds_or_closes(role, house):
    somebody = house.person("Some", "EJ", role)
    old = house.authority("AL", "Old office")

    with somebody.acting() as by:
        with pytest.raises(access.Forbidden):
            actions.close_authority(by=by, at=timezone.now(), authority_id=old.pk)
        with pytest.raises(access.Forbidden):
            actions.found_authority(by=by, at=timezone.now(), partner_id=old.partner_id, name="X", kind="police")
    browser = Client()
    sessions.signed_in_fully(browser, somebody.account)
    assert close(browser, old).status_code == 403
    assert found(browser, old.partner).status_code == 403
    assert closed_at(old) is None


def test_both_forms_ask_who_one_is_unless_one_has_said_so_lately(house, pia):
    old = house.authority("AL", "Old office")
    stale = Client()
    sessions.signed_in_fully(stale, pia.account)
    session = stale.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time() - 3600}]
    session.save()

    asked = stale.get(reverse("console_authority_close", kwargs={"pk": old.pk}))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert [answer.status_code for answer in (close(stale, old), found(stale, old.partner))] == [403, 403]
    assert closed_at(old) is None
    assert not old.partner.authorities.filter(name="Customs directorate").exists()


@pytest.mark.commits
def test_no_case_is_opened_while_its_authority_is_being_closed():
    house, end_is_set = House(), Signal()
    pia, ann = house.staff("Pia", "EJ"), house.person("Ann", "AL")
    with as_owner():
        Membership.objects.filter(pk=ann.membership.pk).update(ends_at=house.now + timedelta(days=1))

    def close_it() -> None:
        with pia.acting() as by:
            key, end = ann.membership.authority_id, house.now + timedelta(days=2)
            actions.close_authority(by=by, at=timezone.now(), authority_id=key, closes_at=end)
            end_is_set.set()
            time.sleep(1)

    def open_one() -> None:
        end_is_set.wait(timeout=30)
        with ann.acting() as by:
            case_actions.open_case(facts=FACTS, by=by, at=timezone.now())

    def alone(act):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        closing, opening = pool.submit(alone, close_it), pool.submit(alone, open_one)
        closing.result(timeout=60)
        with pytest.raises(case_actions.UnableToOpen):
            opening.result(timeout=60)
