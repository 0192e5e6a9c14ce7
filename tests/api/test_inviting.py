"""Invitations through the API: one system sends, another partner's answers, and only then the case opens."""

from __future__ import annotations

from typing import Any

import pytest

from cases.invitations.models import Invitation
from foundation.audit.models import Event
from foundation.systems.scopes import Scope
from tests.api.cast import READS, ApiWorld, Caller
from tests.api.test_answers import problem
from tests.api.test_writing import opened
from tests.bed.sides import as_owner

KEY = "5a6b5b1e-3f5c-4a39-8d5e-2f1f6c1f7a01"
WANTED = {
    "partner": "MK",
    "purpose": "Parallel proceedings on the lorries",
    "text": "Lorries pass through your territory.",
    "answer_by": "2099-12-18",
}


def under_way(caller: Caller, **facts: Any) -> str:
    """The address of a case that is open."""
    receipt = opened(caller, **facts)
    assert caller.post(f"{receipt['url']}/open", match=receipt["version"]).status_code == 200
    url: str = receipt["url"]
    return url


def sent(caller: Caller) -> dict[str, Any]:
    """The receipt of an invitation of MK."""
    answer = caller.post(f"{under_way(caller)}/invitations", WANTED)
    assert answer.status_code == 201, answer.content
    receipt: dict[str, Any] = answer.json()
    return receipt


def prosecutor(world: ApiWorld, caller: Caller) -> str:
    """The key of somebody at the prosecution of the own partner, as the directory tells it."""
    place = caller.get(f"/api/v1/authorities/{world.mira.membership.authority_id}").json()
    (key,) = (one["id"] for one in place["people"] if one["name"] == "Mira")
    return str(key)


def test_an_invitation_is_sent_and_reads_the_same_on_both_sides(leading, coordinating):
    receipt = sent(leading)
    read = [caller.get(receipt["url"]).json() for caller in (leading, coordinating)]
    for told in read:
        assert (told["purpose"], told["text"]) == (WANTED["purpose"], WANTED["text"])
        assert (told["partner"]["code"], told["status"]["code"], told["version"]) == ("MK", "sent", receipt["version"])
    assert read[0]["case"]["url"]
    assert read[1]["case"]["url"] is None


def test_an_accepted_invitation_opens_the_case_to_whom_the_answer_names_and_not_before(world, leading, coordinating):
    receipt = sent(leading)
    case = leading.get(receipt["url"]).json()["case"]["url"]
    problem(coordinating.get(case), "not-found", 404)
    own = coordinating.get("/api/v1/me").json()
    place = coordinating.get(f"/api/v1/authorities/{world.mira.membership.authority_id}").json()
    (key,) = (one["id"] for one in place["people"] if one["name"] == own["name"])
    answer = coordinating.post(f"{receipt['url']}/accept", {"prosecutor": key}, match=receipt["version"])
    assert answer.json() == {**receipt, "version": receipt["version"] + 1}
    assert coordinating.get(case).json()["title"]
    told = leading.get(receipt["url"]).json()
    assert (told["status"]["code"], told["prosecutor"]["name"]) == ("accepted", own["name"])


def test_whoever_accepts_for_another_does_not_see_the_case(world, leading, coordinating):
    receipt = sent(leading)
    case = leading.get(receipt["url"]).json()["case"]["url"]
    said = {"prosecutor": prosecutor(world, coordinating)}
    assert coordinating.post(f"{receipt['url']}/accept", said, match=receipt["version"]).status_code == 200
    problem(coordinating.get(case), "not-found", 404)


def test_a_decline_tells_its_reason_and_another_reason_needs_words(leading, coordinating):
    receipt = sent(leading)
    url, version = f"{receipt['url']}/decline", receipt["version"]
    said = problem(coordinating.post(url, {"reason": "other"}, match=version), "invalid", 422)
    assert [fault["pointer"] for fault in said["errors"]] == ["/text"]
    assert coordinating.post(url, {"reason": "safety"}, match=version).status_code == 200
    assert leading.get(receipt["url"]).json()["decline_reason"]["code"] == "safety"


def test_a_withdrawn_invitation_cannot_be_accepted(world, leading, coordinating):
    receipt = sent(leading)
    taken_back = leading.post(f"{receipt['url']}/withdraw", match=receipt["version"])
    assert taken_back.status_code == 200
    said = {"prosecutor": prosecutor(world, coordinating)}
    late = coordinating.post(f"{receipt['url']}/accept", said, match=taken_back.json()["version"])
    assert problem(late, "not-possible", 409)["reason"] == "TransitionNotAllowed"


def test_each_act_is_refused_to_the_other_side(world, leading, coordinating):
    receipt = sent(leading)
    url, version = receipt["url"], receipt["version"]
    refused = coordinating.post(f"{url}/withdraw", match=version)
    assert problem(refused, "not-possible", 409)["reason"] == "UnableToWithdraw"
    for act, said in (("accept", {"prosecutor": str(world.ann.membership.pk)}), ("decline", {"reason": "safety"})):
        problem(leading.post(f"{url}/{act}", said, match=version), "forbidden", 403)
    assert leading.get(url).json()["version"] == version


def test_somebody_of_another_partner_cannot_be_named(world, leading, coordinating):
    receipt = sent(leading)
    said = {"prosecutor": str(world.ann.membership.pk)}
    refused = problem(coordinating.post(f"{receipt['url']}/accept", said, match=receipt["version"]), "invalid", 422)
    assert refused["errors"][0]["pointer"] == "/prosecutor"


@pytest.mark.parametrize("act", ["accept", "decline", "withdraw"])
def test_an_act_on_what_has_changed_since_is_stale_and_on_record(world, leading, coordinating, act):
    receipt = sent(leading)
    caller = leading if act == "withdraw" else coordinating
    bodies = {"accept": {"prosecutor": prosecutor(world, coordinating)}, "decline": {"reason": "safety"}}
    said = bodies.get(act, {})
    problem(caller.post(f"{receipt['url']}/{act}", said, match=99), "stale", 412)
    problem(caller.post(f"{receipt['url']}/{act}", said), "precondition-required", 428)
    with as_owner():
        assert Invitation.objects.get().status == "sent"
        assert Event.objects.filter(outcome="stale", root=receipt["id"]).count() == 1


def test_an_invitation_and_its_answer_sent_again_have_one_effect(leading, coordinating):
    url = f"{under_way(leading)}/invitations"
    first, again = (leading.post(url, WANTED, key=KEY) for _ in range(2))
    assert (first.status_code, again.content) == (201, first.content)
    receipt = first.json()
    said = {"reason": "safety"}
    answers = [
        coordinating.post(f"{receipt['url']}/decline", said, match=receipt["version"], key=KEY) for _ in range(2)
    ]
    assert (answers[0].status_code, answers[1].content) == (200, answers[0].content)
    with as_owner():
        assert Invitation.objects.count() == 1
        assert Event.objects.filter(verb="cases.invitation.declined").count() == 1


def test_a_partner_that_is_asked_already_or_cannot_be_asked_is_refused(leading, coordinating):
    url = f"{under_way(leading)}/invitations"
    assert leading.post(url, WANTED).status_code == 201
    assert problem(leading.post(url, WANTED), "not-possible", 409)["reason"] == "UnableToInvite"
    for wrong in ({"partner": "AL"}, {"answer_by": "2001-01-01"}, {"text": ""}):
        said = problem(leading.post(url, {**WANTED, **wrong}), "invalid", 422)
        assert [fault["pointer"] for fault in said["errors"]] == [f"/{name}" for name in wrong]


def test_who_may_write_cases_alone_invites_nobody(world, leading):
    url = under_way(leading)
    system = world.house.system("Files alone", "AL")
    caller = Caller(world.grant(system, scopes=(*READS, Scope.CASES_WRITE)).secret)
    problem(caller.post(f"{url}/invitations", WANTED), "scope-missing", 403)
