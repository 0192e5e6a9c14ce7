"""Nominations through the API: the nominating side nominates, revises and takes back; what binds a person is not offered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from cases.models import Case
from contactgroup.models import Nomination
from foundation.audit.models import Event
from foundation.systems.scopes import Scope
from foundation.tenancy.choices import Role
from tests.api.cast import READS, ApiWorld, Caller
from tests.api.test_answers import problem
from tests.api.test_inviting import under_way
from tests.api.test_writing import opened
from tests.bed.sides import as_owner
from tests.contactgroup.conftest import World

KEY = "5a6b5b1e-3f5c-4a39-8d5e-2f1f6c1f7a01"
CORE = ("affected", "crime", "proceedings", "need")
TEXTS = {"partner": "MK", "purpose": "Joint proceedings", "text": "A network brings vehicles over the border."}
DOSSIER: dict[str, Any] = {
    "title": "Vehicle theft across two partners",
    "tool": "parallel",
    "why": "Both hold proceedings.",
    "audience": "concerned",
    "criteria": [{"criterion": code, "score": 2} for code in CORE],
    "invitations": [TEXTS],
}


@pytest.fixture(autouse=True)
def group(world: ApiWorld) -> World:
    """The Contact Group of the same house."""
    return World(house=world.house)


@pytest.fixture
def case(leading: Caller) -> str:
    return under_way(leading, concerned=["MK"])


def nominated(caller: Caller, case: str) -> dict[str, Any]:
    answer = caller.post(f"{case}/nominations", DOSSIER)
    assert answer.status_code == 201, answer.content
    receipt: dict[str, Any] = answer.json()
    return receipt


def test_a_case_is_nominated_with_its_dossier(leading, case):
    said = {**DOSSIER, "criteria": [*DOSSIER["criteria"], {"criterion": "eu", "score": 0, "comment": "Not yet."}]}
    receipt = leading.post(f"{case}/nominations", said).json()
    told = leading.get(receipt["url"]).json()
    assert (told["title"], told["why"], told["tool"]["code"]) == (DOSSIER["title"], DOSSIER["why"], "parallel")
    assert {one["criterion"]: one["score"]["code"] for one in told["criteria"]} == {**dict.fromkeys(CORE, 2), "eu": 0}
    assert [(one["partner"]["code"], one["text"]) for one in told["invitations"]] == [("MK", TEXTS["text"])]
    assert (told["audience"]["code"], told["case"]["url"], told["version"]) == ("concerned", case, receipt["version"])
    assert leading.get(case).json()["status"]["code"] == "nominated"


def test_the_main_job_from_two_systems(world, group, leading, coordinating, case):
    """One opens a case and nominates it, people vote and decide, the other partner's answers the invitation and reads the case."""
    nominated(leading, case)
    problem(coordinating.get(case), "not-found", 404)
    with as_owner():
        nomination = Nomination.objects.get()
    group.counted(nomination, AL="for", MK="for")
    group.decided(nomination, "take_up_parallel")
    assert leading.get(case).json()["status"]["code"] == "selected"
    (invitation,) = coordinating.get("/api/v1/invitations").json()["items"]
    assert invitation["purpose"] == TEXTS["purpose"]
    own = coordinating.get("/api/v1/me").json()["name"]
    place = coordinating.get(f"/api/v1/authorities/{world.mira.membership.authority_id}").json()
    (key,) = (one["id"] for one in place["people"] if one["name"] == own)
    url, version = invitation["url"], invitation["version"]
    assert coordinating.post(f"{url}/accept", {"prosecutor": key}, match=version).status_code == 200
    assert coordinating.get(case).json()["title"]


def test_what_a_revision_leaves_out_stays_and_a_list_replaces(leading, case):
    receipt = nominated(leading, case)
    answer = leading.patch(receipt["url"], {"support": "Translation."}, match=receipt["version"])
    assert answer.json() == {**receipt, "version": receipt["version"] + 1}
    told = leading.get(receipt["url"]).json()
    assert (told["support"], told["why"], len(told["criteria"])) == ("Translation.", DOSSIER["why"], len(CORE))
    lists = {
        "criteria": [{"criterion": code, "score": 3, "comment": "Seen."} for code in CORE],
        "invitations": [{**TEXTS, "text": "Other words."}],
    }
    assert leading.patch(receipt["url"], lists, match=told["version"]).status_code == 200
    told = leading.get(receipt["url"]).json()
    assert {(one["score"]["code"], one["comment"]) for one in told["criteria"]} == {(3, "Seen.")}
    assert (told["invitations"][0]["text"], told["support"]) == ("Other words.", "Translation.")


@pytest.mark.parametrize(
    ("said", "pointer", "code"),
    [
        ({"criteria": "affected"}, "/criteria", "type"),
        ({"criteria": ["affected"]}, "/criteria/0", "type"),
        ({"criteria": [{"score": 2}]}, "/criteria/0/criterion", "type"),
        ({"criteria": [{"criterion": "luck", "score": 2}]}, "/criteria/0/criterion", "invalid_choice"),
        ({"criteria": [*DOSSIER["criteria"], {"criterion": "need"}]}, "/criteria/4/criterion", "twice"),
        ({"criteria": [{"criterion": "affected", "points": 2}]}, "/criteria/0", "unknown"),
        ({"criteria": [{"criterion": "affected", "score": "2"}]}, "/criteria/0/score", "type"),
        ({"criteria": [{"criterion": "affected", "score": 4}]}, "/criteria/0/score", "invalid_choice"),
        ({"criteria": DOSSIER["criteria"][1:]}, "/criteria", "required"),
        (
            {"invitations": [{"partner": "RS", "purpose": "x", "text": "x"}]},
            "/invitations/0/partner",
            "invalid_choice",
        ),
        ({"invitations": [{**TEXTS, "text": ""}]}, "/invitations/0/text", "invalid"),
        ({"score_affected": 2}, "/score_affected", "unknown"),
        ({"audience": "friends"}, "/audience", "invalid_choice"),
    ],
)
def test_what_is_wrong_in_a_dossier_is_said_where_it_stands(leading, case, said, pointer, code):
    refused = problem(leading.post(f"{case}/nominations", {**DOSSIER, **said}), "invalid", 422)
    assert (pointer, code) in {(fault["pointer"], fault["code"]) for fault in refused["errors"]}
    with as_owner():
        assert not Nomination.objects.exists()


def test_a_nomination_that_is_taken_back_opens_the_case_again(leading, case):
    receipt = nominated(leading, case)
    url = f"{receipt['url']}/withdraw"
    said = problem(leading.post(url, match=receipt["version"]), "invalid", 422)
    assert [fault["pointer"] for fault in said["errors"]] == ["/reason"]
    assert leading.post(url, {"reason": "Joined."}, match=receipt["version"]).status_code == 200
    assert leading.get(receipt["url"]).json()["status"]["code"] == "withdrawn"
    assert leading.get(case).json()["status"]["code"] == "open"


def test_a_revision_and_a_withdrawal_of_what_has_changed_since_are_stale(leading, case):
    receipt = nominated(leading, case)
    problem(leading.patch(receipt["url"], {"support": "Late."}, match=99), "stale", 412)
    problem(leading.post(f"{receipt['url']}/withdraw", {"reason": "Late."}, match=99), "stale", 412)
    problem(leading.patch(receipt["url"], {"support": "Blind."}), "precondition-required", 428)
    told = leading.get(receipt["url"]).json()
    assert (told["status"]["code"], told["support"], told["version"]) == ("submitted", "", receipt["version"])
    with as_owner():
        assert Event.objects.filter(outcome="stale", root=receipt["id"]).count() == 2


def test_a_nomination_and_its_withdrawal_sent_again_have_one_effect(leading, case):
    first, again = (leading.post(f"{case}/nominations", DOSSIER, key=KEY) for _ in range(2))
    assert (first.status_code, again.content) == (201, first.content)
    problem(leading.post(f"{case}/nominations", DOSSIER), "not-possible", 409)
    receipt, reason = first.json(), {"reason": "Joined."}
    for _ in range(2):
        answer = leading.post(f"{receipt['url']}/withdraw", reason, match=receipt["version"], key=f"{KEY}-2")
        assert answer.status_code == 200
    with as_owner():
        assert Nomination.objects.count() == 1
        assert Event.objects.filter(verb="contactgroup.nomination.withdrawn", root=receipt["id"]).count() == 1


def test_a_draft_is_not_nominated(leading):
    draft = opened(leading, concerned=["MK"])
    refused = problem(leading.post(f"{draft['url']}/nominations", DOSSIER), "not-possible", 409)
    assert refused["reason"] == "TransitionNotAllowed"


def test_who_may_only_look_and_a_registrar_change_no_dossier(world):
    nominating = world.house.system("Case management of AL", "AL", Role.PROSECUTOR)
    looking = world.house.system("Case management of MK", "MK", Role.PROSECUTOR)
    leading = Caller(world.grant(nominating, scopes=tuple(Scope)).secret)
    case = under_way(leading, concerned=["MK"])
    receipt = nominated(leading, case)
    world.show(UUID(receipt["id"]), looking, by=nominating)
    reading = Caller(world.grant(looking, code="MK", scopes=tuple(Scope)).secret)
    assert reading.get(receipt["url"]).status_code == 200
    problem(reading.patch(receipt["url"], {"support": "Mine."}, match=receipt["version"]), "forbidden", 403)
    problem(reading.post(f"{receipt['url']}/withdraw", {"reason": "Mine."}, match=receipt["version"]), "forbidden", 403)
    registrar = Caller(world.grant(scopes=tuple(Scope)).secret)
    problem(registrar.post(f"{case}/nominations", DOSSIER), "forbidden", 403)
    assert leading.get(receipt["url"]).json()["version"] == receipt["version"]


def test_reading_the_contact_group_does_not_bring_nominating(world, leading, case):
    system = world.house.system("Reader", "AL", Role.PROSECUTOR)
    reader = Caller(world.grant(system, scopes=(*READS, Scope.CASES_WRITE)).secret)
    problem(reader.post(f"{case}/nominations", DOSSIER), "scope-missing", 403)
    with as_owner():
        assert Case.objects.get().status == "open"


def test_what_binds_a_person_has_no_address(leading, case):
    url = nominated(leading, case)["url"]
    for act in ("vote", "recuse", "decide", "agenda", "open-vote"):
        problem(leading.post(f"{url}/{act}", {}), "not-found", 404)
    for part in ("ballots", "recusals", "decisions"):
        problem(leading.post(f"{url}/{part}", {}), "method-not-allowed", 405)
