"""Changes through the API: one action each, by the rules of the pages, on the version that was read."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from cases.models import Case, FileNumber, Note, Proceeding, Task
from foundation.access import Level
from foundation.audit.models import Detail, Event
from foundation.pages.api import description, problems
from foundation.systems.scopes import Scope
from tests.api.cast import READS, Caller
from tests.api.test_answers import problem
from tests.bed.sides import as_owner

CASES = "/api/v1/cases"
FACTS = {"title": "Cigarettes over the lake", "summary": "Lorries cross at night.", "crime_types": ["drug_trafficking"]}


def opened(caller: Caller, **facts: Any) -> dict[str, Any]:
    answer = caller.post(CASES, {**FACTS, **facts})
    assert answer.status_code == 201, answer.content
    receipt: dict[str, Any] = answer.json()
    return receipt


def test_a_system_opens_a_case_and_reads_it_where_the_receipt_says(world, leading):
    world.house.partner("MK")
    answer = leading.post(CASES, {**FACTS, "concerned": ["MK"], "handling": ["H1"], "urgency": "high"})
    assert answer.status_code == 201
    receipt = answer.json()
    assert receipt.keys() == {"id", "url", "version"}
    assert answer.headers["Location"] == receipt["url"]
    read = leading.get(receipt["url"]).json()
    assert (read["title"], read["summary"], read["version"]) == (FACTS["title"], FACTS["summary"], receipt["version"])
    assert [code["code"] for code in read["concerned"]] == ["MK"]
    assert [code["code"] for code in read["crime_types"]] == ["drug_trafficking"]
    assert (read["status"]["code"], read["stage"]["code"], read["urgency"]["code"]) == (
        "draft",
        "investigation",
        "high",
    )
    with as_owner():
        assert Event.objects.filter(verb="cases.case.created", root=receipt["id"]).count() == 1


def test_what_a_change_leaves_out_stays_and_what_it_says_replaces(world, leading):
    world.house.partner("MK")
    receipt = opened(leading, concerned=["MK"], handling=["H3"], handling_text="Ask before use.")
    answer = leading.patch(receipt["url"], {"summary": "Boats as well."}, match=receipt["version"])
    assert answer.status_code == 200
    assert answer.json() == {**receipt, "version": receipt["version"] + 1}
    read = leading.get(receipt["url"]).json()
    assert (read["title"], read["summary"], read["handling_text"]) == (
        FACTS["title"],
        "Boats as well.",
        "Ask before use.",
    )
    assert [code["code"] for code in read["concerned"]] == ["MK"]
    leading.patch(receipt["url"], {"concerned": []}, match=read["version"])
    assert leading.get(receipt["url"]).json()["concerned"] == []


def test_a_change_stands_on_the_fingerprint_that_was_read_in_whatever_language(leading):
    receipt = opened(leading)
    for language in ("en", "sq"):
        read = leading.get(receipt["url"], accept_language=language)
        mark = read.headers["ETag"]
        assert mark.startswith(f'"{read.json()["version"]}-')
        assert leading.patch(receipt["url"], {"summary": f"In {language}."}, match=mark).status_code == 200
    assert leading.get(receipt["url"]).json()["version"] == receipt["version"] + 2


@pytest.mark.parametrize("stale", ['"99"', '"99-0123456789abcdef"', '"elsewhere"', "nothing"])
def test_a_change_that_stands_on_another_version_is_refused_and_on_record(leading, stale):
    receipt = opened(leading)
    problem(leading.patch(receipt["url"], {"summary": "Other."}, match=stale), "stale", 412)
    assert leading.get(receipt["url"]).json()["summary"] == FACTS["summary"]


def test_a_stale_change_is_on_record(leading):
    receipt = opened(leading)
    leading.patch(receipt["url"], {"summary": "Mine."}, match=receipt["version"])
    problem(leading.patch(receipt["url"], {"summary": "Late."}, match=receipt["version"]), "stale", 412)
    with as_owner():
        assert Event.objects.get(outcome="stale").root == Case.objects.get().pk


@pytest.mark.parametrize("said", ["", "*"])
def test_a_change_that_names_no_version_is_refused(leading, said):
    receipt = opened(leading)
    problem(leading.patch(receipt["url"], {"summary": "Other."}, match=said), "precondition-required", 428)
    problem(leading.post(f"{receipt['url']}/open", match=said), "precondition-required", 428)


def test_a_case_is_moved_through_its_states_and_a_move_that_is_not_open_says_why(leading):
    receipt = opened(leading)
    url, version = receipt["url"], receipt["version"]
    version = leading.post(f"{url}/open", match=version).json()["version"]
    version = leading.post(f"{url}/close", {"reason": "Nothing found."}, match=version).json()["version"]
    version = leading.post(f"{url}/reopen", {"reason": "A new witness."}, match=version).json()["version"]
    assert leading.get(url).json()["status"]["code"] == "open"
    refused = problem(leading.post(f"{url}/archive", match=version), "not-possible", 409)
    assert refused["reason"] == "TransitionNotAllowed"
    version = leading.post(f"{url}/close", {"reason": "Done."}, match=version).json()["version"]
    assert leading.post(f"{url}/archive", match=version).status_code == 200
    assert leading.get(url).json()["status"]["code"] == "archived"


def test_what_the_form_of_the_page_refuses_is_refused_with_its_place(leading):
    wrong = {"title": "x" * 201, "crime_types": ["drug_trafficking"], "handling": ["H0", "H1"], "stage": "asleep"}
    said = problem(leading.post(CASES, wrong), "invalid", 422)
    found = {(fault["pointer"], fault["code"]) for fault in said["errors"]}
    assert {("/title", "max_length"), ("/summary", "required"), ("/stage", "invalid_choice")} <= found
    assert "/handling" in {fault["pointer"] for fault in said["errors"]}
    with as_owner():
        assert not Case.objects.exists()


def test_a_text_that_looks_like_personal_data_is_asked_about_once(leading):
    suspect = {**FACTS, "summary": "Write to ana.hoxha@example.org."}
    said = problem(leading.post(CASES, suspect), "invalid", 422)
    assert said["errors"][0]["pointer"] == "/personal_data_checked"
    assert leading.post(CASES, {**suspect, "personal_data_checked": True}).status_code == 201


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"titel": "x"}, "/titel", "unknown"),
        ({"a/b~c": 1}, "/a~1b~0c", "unknown"),
        ({"version": 1}, "/version", "unknown"),
        ({"title": 5}, "/title", "type"),
        ({"title": ["x"]}, "/title", "type"),
        ({"crime_types": "drug_trafficking"}, "/crime_types", "type"),
        ({"crime_types": [1]}, "/crime_types", "type"),
        ({"crime_types": ["NOT\u0000THERE"]}, "/crime_types", "null_characters_not_allowed"),
        ({"personal_data_checked": "yes"}, "/personal_data_checked", "type"),
        ({"personal_data_checked": None}, "/personal_data_checked", "type"),
        ({"title": "nul\u0000"}, "/title", "null_characters_not_allowed"),
    ],
)
def test_a_member_that_is_unknown_or_of_another_type_is_refused(leading, body, pointer, code):
    said = problem(leading.post(CASES, {**FACTS, **body}), "invalid", 422)
    assert (pointer, code) in {(fault["pointer"], fault["code"]) for fault in said["errors"]}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"\xff\xfe",
        b'{"title": NaN}',
        b'{"title": "\\ud800"}',
        b'{"a": 1, "a": 2}',
        b"[" * 50_000,
    ],
)
def test_a_body_that_is_no_object_is_refused(leading, body):
    said = leading.post(CASES, body)
    problem(said, "bad-request" if body else "invalid", 400 if body else 422)


def test_instants_need_their_offset_and_days_are_days(world, leading):
    url = opened(leading)["url"]
    me = leading.get(f"{url}/assignees").json()["items"][0]["id"]
    task = {"assignee": me, "title": "Send the records"}
    for wrong in ("2027-01-15T12:00:00", "2027-01-15", "tomorrow", "2027-13-01T00:00:00Z"):
        said = problem(leading.post(f"{url}/tasks", {**task, "due_at": wrong}), "invalid", 422)
        assert said["errors"][0]["pointer"] == "/due_at"
    due = (world.now + timedelta(days=9)).replace(microsecond=0).isoformat()
    assert leading.post(f"{url}/tasks", {**task, "due_at": due}).status_code == 201
    for wrong in ("12.10.2026", ""):
        said = problem(leading.post(f"{url}/proceedings", {"opened_date": wrong}), "invalid", 422)
        assert said["errors"][0]["pointer"] == "/opened_date"


def test_a_day_that_is_not_known_is_null_and_never_empty(leading):
    url = opened(leading)["url"]
    proceeding = leading.post(f"{url}/proceedings", {"opened_date": "2026-10-12"}).json()
    said = leading.patch(proceeding["url"], {"opened_date": ""}, match=proceeding["version"])
    assert problem(said, "invalid", 422)["errors"][0]["pointer"] == "/opened_date"
    assert leading.patch(proceeding["url"], {"opened_date": None}, match=proceeding["version"]).status_code == 200
    assert leading.get(proceeding["url"]).json()["opened_date"] is None


def test_a_proceeding_is_the_own_authoritys_unless_the_body_names_another(world, leading):
    place = description.document()["paths"]["/api/v1/cases/{id}/proceedings"]["post"]
    assert "required" not in place["requestBody"]["content"]["application/json"]["schema"]
    proceeding = leading.post(f"{opened(leading)['url']}/proceedings", {"stage": "investigation"}).json()
    told = leading.get(proceeding["url"]).json()
    assert told["authority"]["name"] == leading.get("/api/v1/me").json()["authority"]["name"]


def test_rows_under_a_case_are_written_and_read_at_their_own_address(world, leading):
    url = opened(leading)["url"]
    number = leading.post(f"{url}/file-numbers", {"number": "SPAK 118/2026"}).json()
    assert leading.get(url).json()["file_numbers"][0]["number"] == "SPAK 118/2026"
    assert leading.delete(f"{url}/file-numbers/{number['id']}").status_code == 200
    problem(leading.delete(f"{url}/file-numbers/{number['id']}"), "not-found", 404)

    note = leading.post(f"{url}/notes", {"text": "First.", "audience": "everyone"}).json()
    assert leading.patch(note["url"], {"text": "Second."}, match=note["version"]).status_code == 200
    read = leading.get(note["url"])
    assert (read.json()["text"], read.json()["version"]) == ("Second.", note["version"] + 1)
    problem(leading.patch(note["url"], {"text": "Third."}, match=note["version"]), "stale", 412)

    own = str(world.ann.membership.authority_id)
    proceeding = leading.post(f"{url}/proceedings", {"authority": own, "opened_date": "2026-10-12"}).json()
    mark = leading.get(proceeding["url"]).headers["ETag"]
    assert leading.patch(proceeding["url"], {"stage": "prosecution"}, match=mark).status_code == 200
    read = leading.get(proceeding["url"]).json()
    assert (read["stage"]["code"], read["opened_date"]) == ("prosecution", "2026-10-12")


def test_a_task_is_given_acknowledged_done_and_withdrawn(world, leading):
    url = opened(leading)["url"]
    people = leading.get(f"{url}/assignees").json()["items"]
    given = {"assignee": people[0]["id"], "title": "Send the records", "due_at": "2099-01-01T12:00:00+01:00"}
    first, second = (leading.post(f"{url}/tasks", given).json() for _ in range(2))
    for act in ("acknowledge", "done"):
        assert leading.post(f"{first['url']}/{act}").status_code == 200
    assert leading.post(f"{second['url']}/withdraw").status_code == 200
    read = leading.get(first["url"]).json()
    assert read["acknowledged_at"]
    assert read["done_at"]
    assert leading.get(second["url"]).json()["withdrawn_at"]
    problem(leading.post(f"{second['url']}/done"), "not-possible", 409)


def test_reading_does_not_bring_writing_and_writing_not_reading(world, leading):
    url = opened(leading)["url"]
    system = world.house.system("Reader of AL", "AL")
    with as_owner():
        assert Case.objects.count() == 1
    reader = Caller(world.grant(system, scopes=READS).secret)
    problem(reader.post(CASES, FACTS), "scope-missing", 403)
    writer = Caller(world.grant(system, scopes=(Scope.CASES_WRITE,)).secret)
    problem(writer.get(url), "scope-missing", 403)


def test_a_role_or_a_share_that_does_not_allow_it_is_forbidden_and_changes_nothing(world):
    case = world.known()
    registrar = Caller(world.grant(scopes=(*READS, Scope.CASES_WRITE)).secret)
    answer = registrar.patch(f"{CASES}/{case.pk}", {"summary": "Mine."}, match=case.version)
    problem(answer, "forbidden", 403)
    with as_owner():
        assert Case.objects.get().summary == case.summary
        assert Event.objects.filter(verb="cases.case.edited", outcome="forbidden", root=case.pk).exists()


def test_a_closed_case_is_not_written_on(world, leading):
    receipt = opened(leading)
    version = leading.post(f"{receipt['url']}/open", match=receipt["version"]).json()["version"]
    leading.post(f"{receipt['url']}/close", {"reason": "Done."}, match=version)
    said = problem(
        leading.post(f"{receipt['url']}/notes", {"text": "More.", "audience": "everyone"}), "not-possible", 409
    )
    assert said["detail"]
    with as_owner():
        assert not Note.objects.exists()


def test_a_refusal_that_names_kosovo_is_marked():
    said = problems.Refused(problems.NOT_NOW, detail="Kosovo has answered already.").answer()
    assert json.loads(said.content)["detail"] == "Kosovo* has answered already."
    assert json.loads(said.content)["footnote"].startswith("* ")


def test_who_did_it_reads_in_the_timeline_as_the_system(world, leading):
    receipt = opened(leading)
    with as_owner():
        detail = Detail.objects.get(verb="cases.case.created", root_id=receipt["id"])
        assert detail.membership.account.full_name == "Case management of AL"


def test_nothing_is_left_of_what_was_refused(world, leading):
    url = opened(leading)["url"]
    for address, body in (
        ("notes", {"text": ""}),
        ("tasks", {}),
        ("proceedings", {"stage": "asleep"}),
        ("file-numbers", {"number": "x" * 81}),
    ):
        problem(leading.post(f"{url}/{address}", body), "invalid", 422)
    with as_owner():
        assert not any(model.objects.exists() for model in (Note, Task, Proceeding, FileNumber))


def test_a_participant_of_another_partner_writes_into_its_own_proceeding_alone(world, outsider):
    case = world.open()
    world.share(case, world.stranger, Level.CONTRIBUTE)
    with world.stranger.acting() as by:
        assert Case.objects.visible_to(by).exists()
    problem(outsider.post(f"{CASES}/{case.pk}/notes", {"text": "x", "audience": "everyone"}), "not-found", 404)
