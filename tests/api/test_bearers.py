"""Who may ask: whoever shows a token that is good, for what it is for, and not too often."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from foundation import access
from foundation.audit.models import Event
from foundation.systems import actions
from foundation.systems.scopes import Scope
from foundation.tenancy.choices import Role
from foundation.tenancy.models import Membership
from tests.api.cast import READS, Caller
from tests.bed.sides import as_owner
from wbcj import roles

ME, CASES = "/api/v1/me", "/api/v1/cases"


def test_a_good_token_says_who_it_acts_as(world, register):
    answer = register.get(ME).json()
    assert answer["name"] == "Register of AL"
    assert answer["partner"]["code"] == "AL"
    assert answer["role"] == {"code": "registrar", "label": "Registrar"}
    assert answer["scopes"] == sorted(READS)
    assert answer["id"] == str(world.register.membership.pk)


@pytest.mark.parametrize("said", ["", "Bearer", "Bearer ", "Bearer wbcj_nothing", "Basic QWRhOnNlY3JldA==", "wbcj_x"])
def test_without_a_good_token_nothing_is_answered(db, said):
    answer = Client().get(CASES, headers={"authorization": said})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
    assert answer.json()["type"] == "urn:wbcj:problem:token-refused"


def test_a_signed_in_session_opens_nothing(world):
    browser = Client()
    browser.force_login(world.ann.account)
    assert browser.get("/cases/").status_code == 200
    assert browser.get(CASES).status_code == 401


def test_no_cookie_is_set_and_no_session_begins(world, register):
    world.known()
    before = Session.objects.count()
    for address in (ME, CASES, "/api/v1/", "/api/v1/nowhere"):
        assert not register.get(address).cookies
    assert Session.objects.count() == before


def test_an_expired_token_is_refused(world, register):
    with time_machine.travel(world.now + timedelta(days=31), tick=False):
        assert register.get(ME).status_code == 401


def test_a_revoked_token_is_refused_at_once(world):
    granted = world.grant()
    caller = Caller(granted.secret)
    assert caller.get(ME).status_code == 200
    with world.administrators["AL"].acting() as by:
        actions.revoke(by=by, at=world.now, token_id=granted.token.pk)
    assert caller.get(ME).status_code == 401


def test_a_system_whose_membership_ended_is_refused(world, register):
    with as_owner():
        ended = Membership.objects.filter(pk=world.register.membership.pk)
        ended.update(ends_at=world.now - timedelta(minutes=1))
    assert register.get(ME).status_code == 401


def test_a_token_without_the_scope_is_refused_and_told_which_and_it_is_on_record(world):
    case = world.known()
    caller = Caller(world.grant(scopes=(Scope.PARTNERS_READ,)).secret)
    answer = caller.get(f"{CASES}/{case.pk}")
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:wbcj:problem:scope-missing"
    assert 'scope="cases:read"' in answer.headers["WWW-Authenticate"]
    with as_owner():
        event = Event.objects.get(verb="cases.case.viewed")
    assert (event.outcome, event.root, event.membership) == ("forbidden", case.pk, world.register.membership.pk)


def test_a_scope_gives_no_right_that_the_role_does_not_give(world, register):
    access.install({**roles.MAY, Role.REGISTRAR: roles.EVERYONE})
    try:
        answer = register.get(CASES)
    finally:
        access.install(roles.MAY)
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:wbcj:problem:forbidden"


def test_each_answer_says_what_remains_and_one_too_many_says_when_to_come_back(world, register, settings):
    settings.WBCJ_API_REQUESTS_PER_MINUTE = 2
    with time_machine.travel(world.now, tick=False):
        answers = [register.get(ME) for _ in range(3)]
    left = 60 - int(world.now.timestamp()) % 60
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert {answer.headers["RateLimit-Policy"] for answer in answers} == {'"token";q=2;w=60'}
    assert [answer.headers["RateLimit"] for answer in answers] == [f'"token";r={r};t={left}' for r in (1, 0, 0)]
    assert [answer.headers.get("Retry-After") for answer in answers] == [None, None, str(left)]
    assert answers[2].json()["type"] == "urn:wbcj:problem:too-many-requests"


def test_one_token_does_not_use_up_what_another_may_ask(world, register, foreign, settings):
    settings.WBCJ_API_REQUESTS_PER_MINUTE = 1
    register.get(ME)
    assert foreign.get(ME).status_code == 200


def test_a_network_that_shows_too_many_wrong_tokens_waits(world, register, settings):
    settings.WBCJ_API_WRONG_TOKENS = 3
    for _ in range(3):
        assert Caller("wbcj_nothing").get(ME).status_code == 401
    answer = Caller("wbcj_nothing").get(ME)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    elsewhere = register.client.get(ME, headers=register.headers, REMOTE_ADDR="192.0.2.9")
    assert elsewhere.status_code == 200


def test_the_password_of_nobody_is_asked_for(db):
    basic = base64.b64encode(b"ann.al@example.org:correct horse battery staple").decode()
    assert Client().get(ME, headers={"authorization": f"Basic {basic}"}).status_code == 401
