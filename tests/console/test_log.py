"""The audit log: who reads it, what each filter finds, and that it answers to keys alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation import access
from foundation.audit import events, record
from foundation.audit.models import Event
from foundation.audit.permissions import AuditPermission
from foundation.tenancy.choices import Role
from tests.console.test_console import PAGES
from wbcj import roles


@pytest.fixture
def ada(house):
    """An auditor with the mark on the account."""
    return house.staff("Ada", "EJ", Role.AUDITOR)


@pytest.fixture
def look(ada, browser):
    """The verbs and rows that Ada is shown for some filters."""
    hers = browser(ada)

    def rows(**filters):
        return hers.get(f"{reverse('console_events')}?{urlencode(filters)}")

    return rows


def did(person, verb, *, root=None, roots=(), request="r-1"):
    """Something that somebody did, on record."""
    token = record.request_id.set(request)
    try:
        with person.acting() as actor:
            if roots:
                record.consulted(verb, by=actor, roots=roots)
            else:
                record.happened(verb, by=actor, root=root)
    finally:
        record.request_id.reset(token)


def verbs(answer):
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    return [line.event.verb for line in answer.context["rows"]]


def test_an_auditor_reads_the_log_and_opens_nothing_else_of_the_console(ada, browser):
    hers = browser(ada)

    opened = {name for name in PAGES if hers.get(reverse(name)).status_code == 200}

    assert opened == {"console", "console_events"}
    assert reverse("console_work") not in hers.get(reverse("console")).content.decode()


def test_the_role_of_an_auditor_without_the_mark_on_the_account_is_not_enough(ada, browser):
    ada.account.is_staff = False
    ada.account.save(update_fields=["is_staff"])

    assert browser(ada).get(reverse("console_events")).status_code == 403
    assert browser(ada).get(reverse("console_events_file")).status_code == 403


def test_a_programme_manager_does_not_read_the_log(house, browser):
    pia = house.staff("Pia", "EJ", Role.PROGRAMME_MANAGER)

    assert browser(pia).get(reverse("console")).status_code == 200
    assert browser(pia).get(reverse("console_events")).status_code == 403
    with pia.acting() as actor, pytest.raises(access.Forbidden):
        events.verbs(actor)


@pytest.mark.parametrize(
    ("act", "found"),
    [
        ("cases", {"cases.case.closed", "cases.note.added"}),
        ("cases.case", {"cases.case.closed"}),
        ("cases.case.", {"cases.case.closed"}),
        ("cases.note.added", {"cases.note.added"}),
    ],
)
def test_an_act_is_found_by_its_verb_and_by_the_family_of_verbs(act, found, ann, look):
    for verb in ("cases.case.closed", "cases.note.added", "casesother.thing.done"):
        did(ann, verb)

    assert set(verbs(look(act=act))) == found


def test_a_person_is_found_by_name_and_by_each_key(ann, bob, house, look):
    other = house.member(ann.account, "AL", Role.REGISTRAR, authority="Registry")
    did(ann, "tests.thing.done")
    did(other, "tests.other.done")
    did(bob, "tests.bobs.done")

    assert set(verbs(look(who="ann"))) == {"tests.thing.done", "tests.other.done"}
    assert set(verbs(look(who=str(ann.account.pk)))) == {"tests.thing.done", "tests.other.done"}
    assert verbs(look(who=str(ann.membership.pk))) == ["tests.thing.done"]


def test_a_partner_a_period_an_outcome_and_a_request_narrow_the_log(ann, bob, look):
    did(ann, "tests.anns.done", request="req-7")
    did(bob, "tests.bobs.done")
    record.refused("tests.bobs.tried", outcome=Event.Outcome.FORBIDDEN, membership=bob.membership.pk)
    partner = bob.membership.authority.partner_id
    minute = timedelta(minutes=1)
    local = datetime.now(ZoneInfo(ann.account.time_zone)).replace(tzinfo=None)

    assert verbs(look(partner=partner, act="tests")) == ["tests.bobs.tried", "tests.bobs.done"]
    assert verbs(look(partner=partner, outcome="forbidden")) == ["tests.bobs.tried"]
    assert verbs(look(outcome="forbidden", act="tests")) == ["tests.bobs.tried"]
    assert verbs(look(request="req-7")) == ["tests.anns.done"]
    assert verbs(look(act="tests", who="bob", partner=ann.membership.authority.partner_id)) == []
    assert verbs(look(act="tests", until=(local - minute).isoformat())) == []
    assert len(verbs(look(act="tests", since=(local - minute).isoformat()))) == 3


def test_a_record_is_found_by_its_key_and_in_lists_when_that_is_asked_for(ann, look):
    key = uuid4()
    did(ann, "tests.record.opened", root=key)
    did(ann, "tests.list.viewed", roots=[uuid4(), key])

    assert verbs(look(root=key)) == ["tests.record.opened"]
    assert verbs(look(root=key, lists="on")) == ["tests.list.viewed", "tests.record.opened"]


@pytest.mark.parametrize(
    "filters",
    [
        {"since": "nonsense"},
        {"since": "0001-01-01T00:00"},
        {"until": "9999-12-31T23:59:59+14:00"},
        {"since": "2026-11-02T00:00", "until": "2026-11-01T00:00"},
        {"act": "no.such.act"},
        {"act": "%"},
        {"who": "Nobody At All"},
        {"who": "753a02ca-1ef5-49da-a9e1-024552125037"},
        {"partner": "911c9ef6-b5df-4632-9725-89cecb2c9c85"},
        {"outcome": "perhaps"},
        {"root": "C-2026-4BHQ2V"},
        {"lists": "on"},
        {"request": "r" * 41},
        {"request": "\0"},
    ],
    ids=str,
)
def test_what_the_log_cannot_be_narrowed_by_is_said_and_shows_nothing(filters, ann, look):
    did(ann, "tests.thing.done")

    answer = look(**filters)

    assert answer.status_code == 422
    assert answer.context["rows"] == ()


def test_no_word_of_a_record_finds_or_shows_anything(ann, meeting, browser, look):
    browser(ann).get(reverse("root", kwargs={"pk": meeting}))

    for name in ("act", "who", "root", "request"):
        for word in ("Kronos", "M-2026-KRONOS"):
            answer = look(**{name: word})
            assert not answer.context["rows"]
    shown = look(root=meeting)
    assert str(meeting) in shown.content.decode()
    assert "KRONOS" not in shown.content.decode().upper()


def test_a_key_that_does_not_exist_answers_like_one_that_nobody_touched(ann, look):
    with ann.acting() as actor:
        untouched = access.open_root(by=actor, kind="meeting", reference="M-1", title="Quiet")

    answers = [look(root=key).content.decode().replace(str(key), "") for key in (untouched, UUID(int=7))]

    assert "Nothing here fits" in answers[0]
    assert "Nothing here fits" in answers[1]


def test_pages_follow_one_another_without_a_gap(ann, look):
    for number in range(60):
        did(ann, "tests.thing.done", request=f"n-{number}")

    first = look(act="tests.thing.done")
    second = first.client.get(reverse("console_events") + first.context["older"])

    seen = [line.event.request_id for answer in (first, second) for line in answer.context["rows"]]
    assert seen == [f"n-{number}" for number in reversed(range(60))]
    assert not second.context["older"]


def test_a_place_that_we_never_gave_out_is_not_there(ada, browser):
    hers = browser(ada)
    assert hers.get(f"{reverse('console_events')}?after=nonsense").status_code == 404
    other = str(access.Cursor(timezone.now(), uuid4()))
    assert hers.get(f"{reverse('console_events')}?after={other}").status_code == 404


def test_the_database_asks_for_the_roles_that_read_the_log():
    """audit_demand_reader names the roles; the page of roles says which have the permission."""
    reading = {role for role, may in roles.MAY.items() if AuditPermission.READ_EVENTS in may}
    assert reading == {Role.TECHNICAL_ADMINISTRATOR, Role.AUDITOR}
