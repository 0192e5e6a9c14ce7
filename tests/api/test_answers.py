"""Every answer: its fingerprint, its headers, its language; every error: a problem document."""

from __future__ import annotations

import gzip

import pytest
from django.db import OperationalError
from django.test import Client

from foundation.pages.api import problems
from tests.api.cast import Caller
from wbcj.api import entry

CASES = "/api/v1/cases"
MARK = '"0123456789abcdef0123456789abcdef"'


def test_an_answer_that_the_client_holds_is_not_sent_again(world, register):
    case = world.known()
    address = f"{CASES}/{case.pk}"
    first = register.get(address)
    mark = first.headers["ETag"]
    assert mark.startswith('"')
    for said in (mark, f"W/{mark}", f"{MARK}, {mark}", "*"):
        again = register.get(address, if_none_match=said)
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", mark)
    for said in (MARK, mark.strip('"'), ""):
        assert register.get(address, if_none_match=said).status_code == 200


def test_a_change_changes_the_fingerprint(world, register):
    first = register.get(CASES).headers["ETag"]
    world.known()
    assert register.get(CASES, if_none_match=first).status_code == 200


def test_the_same_record_in_another_language_is_another_answer(world, register):
    case = world.known()
    english = register.get(f"{CASES}/{case.pk}", accept_language="en")
    assert english.headers["Content-Language"] == "en"
    assert "Accept-Language" in english.headers["Vary"]


def test_a_strong_fingerprint_stays_strong_for_whoever_takes_compressed_answers(world, register):
    for number in range(5):
        world.known(title=f"Case {number}")
    answer = register.get(CASES, accept_encoding="gzip")
    assert answer.headers["ETag"].startswith('"')
    assert "Content-Encoding" not in answer.headers
    with pytest.raises(gzip.BadGzipFile):
        gzip.decompress(answer.content)


@pytest.mark.parametrize("address", [CASES, "/api/v1/", "/api/v1/nowhere", "/api/nothing", f"{CASES}?limit=0"])
def test_no_answer_is_stored_guessed_at_or_without_its_id(world, register, address):
    headers = register.get(address).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert len(headers["X-Request-ID"]) == 16


def test_a_head_is_the_answer_without_its_body(world, register):
    world.known()
    whole = register.get(CASES)
    head = register.client.head(CASES, headers=register.headers)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]


def test_kosovo_is_marked_with_the_footnote_once(world, register):
    world.known(title="Routes to Kosovo")
    answer = register.get(CASES).json()
    assert answer["items"][0]["title"] == "Routes to Kosovo*"
    assert answer["footnote"].startswith("* ")
    assert "footnote" not in register.get("/api/v1/me").json()


def test_the_entry_leads_to_everything_and_needs_no_token(db):
    answer = Client().get("/api/v1/")
    assert answer.status_code == 200
    for address in answer.json()["links"].values():
        assert Client().get(address).status_code in {200, 401}


def problem(answer, word, status):
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert (said["type"], said["status"], answer.status_code) == (f"urn:wbcj:problem:{word}", status, status)
    assert said["title"]
    assert said["detail"]
    return said


@pytest.mark.parametrize("address", ["/api/", "/api/v1/nowhere", "/api/v1/cases/", "/api/v1/cases/1", "/api/v2/cases"])
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_an_unknown_address_is_a_problem(world, register, address, method):
    answer = getattr(register.client, method)(address, headers=register.headers)
    problem(answer, "not-found", 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_a_method_that_is_not_offered_is_a_problem(world, register, method):
    answer = getattr(register.client, method)("/api/v1/partners", headers=register.headers)
    problem(answer, "method-not-allowed", 405)
    assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_an_address_names_all_that_it_takes(world, register, method):
    answer = getattr(register.client, method)(CASES, headers=register.headers)
    problem(answer, "method-not-allowed", 405)
    assert answer.headers["Allow"] == "GET, HEAD, POST"


def test_a_form_that_is_not_offered_is_a_problem(world, register):
    problem(register.get(CASES, accept="text/csv"), "not-acceptable", 406)


def test_a_body_in_another_form_is_a_problem(world, register):
    answer = register.client.generic("GET", CASES, b"<a/>", content_type="text/xml", headers=register.headers)
    problem(answer, "unsupported-media-type", 415)


def test_a_body_that_is_too_large_is_a_problem(world, register, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    answer = register.client.post(CASES, b"x" * 11, content_type="application/json", headers=register.headers)
    problem(answer, "too-large", 413)


def test_a_host_that_is_not_ours_is_a_problem(world, register):
    problem(register.get(CASES, host="elsewhere.example.org"), "bad-request", 400)


def test_a_defect_of_ours_is_a_problem_that_tells_nothing(world, register, monkeypatch):
    def breaks(_self):
        raise RuntimeError("the secret of the case")

    monkeypatch.setattr(entry.Me, "read", breaks)
    answer = register.get("/api/v1/me")
    problem(answer, "failed", 500)
    assert "secret" not in answer.content.decode()


def test_a_database_that_broke_off_says_when_to_ask_again(world, register, monkeypatch):
    def breaks(_self):
        raise OperationalError("gone")

    monkeypatch.setattr(entry.Me, "read", breaks)
    answer = register.get("/api/v1/me")
    problem(answer, "unavailable", 503)
    assert answer.headers["Retry-After"] == "5"


def test_problems_speak_the_language_of_the_request(db, settings):
    assert Client().get(CASES, headers={"accept-language": "xx"}).json()["title"] == str(problems.NO_TOKEN.title)


def test_nothing_is_found_with_a_token_in_the_address(world):
    secret = world.grant().secret
    assert Client().get(f"{CASES}?access_token={secret}").status_code == 401
    assert Caller(secret).get(CASES).status_code == 200
