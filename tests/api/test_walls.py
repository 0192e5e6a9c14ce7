"""A system sees what is shared with it, by the same walls as a person; what is hidden and what is not there read alike."""

from __future__ import annotations

from uuid import uuid4

import pytest

from cases import actions
from foundation.audit.models import Event
from tests.bed.sides import as_owner

CASES = "/api/v1/cases"
PARTS = ("", "/notes", "/tasks", "/proceedings", "/participants")
VARYING = {"X-Request-ID", "RateLimit", "Date"}


def whole(answer):
    """Everything that travels, but what differs between any two answers."""
    headers = {name: value for name, value in answer.headers.items() if name not in VARYING}
    return answer.status_code, headers, answer.content


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("held", ["", "*", '"0123456789abcdef0123456789abcdef"'])
def test_a_strangers_case_answers_as_one_that_does_not_exist(world, foreign, part, held):
    case = world.known()
    hidden = foreign.get(f"{CASES}/{case.pk}{part}", if_none_match=held)
    nothing = foreign.get(f"{CASES}/{uuid4()}{part}", if_none_match=held)
    assert whole(hidden) == whole(nothing)
    assert hidden.status_code == 404
    assert str(case.pk) not in hidden.content.decode()


def test_a_strangers_list_is_empty(world, foreign):
    world.known(title="Hoxha and others")
    for query in ({}, {"text": "Hoxha"}, {"owner": "AL"}, {"sort": "opened"}):
        assert foreign.get(CASES, query).json() == {"items": [], "next": None}


def test_what_was_asked_for_and_refused_is_on_record(world, foreign):
    case = world.known()
    foreign.get(f"{CASES}/{case.pk}")
    with as_owner():
        event = Event.objects.get(verb="cases.case.viewed")
    assert (event.outcome, event.root) == ("not_found", case.pk)


def test_every_look_is_on_record_with_the_request(world, register):
    case = world.known()
    one = register.get(f"{CASES}/{case.pk}")
    many = register.get(CASES)
    with as_owner():
        read = Event.objects.get(verb="cases.case.viewed")
        listed = Event.objects.get(verb="cases.list.viewed")
    assert (read.root, read.request_id, read.outcome) == (case.pk, one.headers["X-Request-ID"], "done")
    assert (listed.roots, listed.request_id) == ([case.pk], many.headers["X-Request-ID"])
    assert read.membership == world.register.membership.pk


def test_a_case_is_told_as_its_page_tells_it(world, register):
    concerned = world.house.partner("MK")
    case = world.known(partners=[concerned], urgency="critical")
    answer = register.get(f"{CASES}/{case.pk}").json()
    assert answer["title"] == "Cigarettes over the lake"
    assert answer["status"] == {"code": "open", "label": "Open"}
    assert answer["urgency"]["code"] == "critical"
    assert answer["concerned"] == [{"code": "MK", "label": concerned.name}]
    assert answer["owner"]["partner"]["code"] == "AL"
    assert answer["opened_at"].endswith("Z")
    assert answer["version"] == case.version
    assert register.get(answer["url"]).json()["id"] == str(case.pk)


def test_a_note_for_another_audience_is_not_there(world, register):
    case = world.known()
    with world.ann.acting() as by:
        for audience, text in (("everyone", "For all"), ("self", "For Ann alone")):
            actions.write_note(case=case, text=text, audience=audience, by=by, at=world.now)
    items = register.get(f"{CASES}/{case.pk}/notes").json()["items"]
    assert [item["text"] for item in items] == ["For all"]
    assert items[0]["audience"] == {"code": "everyone", "label": "Everyone on the case"}


def test_participants_are_those_of_the_page(world, register):
    case = world.known()
    items = register.get(f"{CASES}/{case.pk}/participants").json()["items"]
    levels = {item["principal"]["name"]: item["level"]["code"] for item in items}
    assert levels["Register of AL"] == 1
    assert levels["Ann"] == 3


def test_what_ends_ends_at_once(world, register):
    case = world.known()
    assert register.get(f"{CASES}/{case.pk}").status_code == 200
    with as_owner():
        world.register.membership.account.__class__.objects.filter(pk=world.register.account.pk).update(is_active=False)
    assert register.get(f"{CASES}/{case.pk}").status_code == 401
