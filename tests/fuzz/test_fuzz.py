"""3 000 requests that schemathesis makes of the API's document, as six systems; `make fuzz` makes 100 000 in the same way."""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections
from schemathesis.checks import CHECKS, load_all_checks

from bench.report import say
from foundation.pages.api import description
from fuzz import SEED, run
from fuzz.asking import ACCEPTANCE, Asked, ask, closed
from fuzz.known import Known
from fuzz.systems import Asker, six, unasked
from tests.api.cast import ApiWorld

REQUESTS, SOME = 3_000, 60
ME, PARTNERS, CASES = "/api/v1/me", "/api/v1/partners", "/api/v1/cases"
NEEDS_MORE_THAN_WE_OFFER = {"max_response_time"}
"""Checks that say nothing without a limit of one's own."""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Asked], float]:
    return run.asked_by_all(seed=SEED, requests=REQUESTS, processes=2, state=tmp_path_factory.mktemp("fuzz"))


def test_so_many_requests_were_made_and_how_long_they_took_is_told(found, capsys):
    asked, seconds = found
    made = sum(one.requests for one in asked)
    # The goal is two minutes. It is told and not claimed, for how fast a machine is says nothing of what is answered.
    with capsys.disabled():
        say(
            f"\nfuzz: {made} requests in {seconds:.0f} s, {made / seconds:.1f} in a second; goal {REQUESTS} within 120 s"
        )
    assert made >= REQUESTS


def test_what_is_answered_is_what_the_document_says_whoever_asks(found):
    asked, seconds = found
    failures = {sort: how for one in asked for sort, how in one.failures.items()}
    assert failures == {}
    claims = run.claims_of(asked, requests=REQUESTS, seconds=seconds)
    assert [(claim.name, claim.figure, claim.worst) for claim in claims if claim.holds is False] == []


def test_every_check_of_the_library_has_said_something(found):
    load_all_checks()
    said = {name.partition(" ")[0] for one in found[0] for name in one.checked}
    assert set(CHECKS.get_all_names()) - said <= NEEDS_MORE_THAN_WE_OFFER


def test_answers_and_refusals_of_every_sort_were_among_them(found):
    statuses = {key.rpartition(" ")[2] for one in found[0] for key in one.answers}
    assert {"200", "401", "403", "404", "405", "415", "422"} <= statuses


def test_the_revoked_and_the_one_without_scope_were_refused(found):
    *_others, without, revoked = found_by_order(found[0])
    assert not {"200", "403"} & _of_cases(revoked)
    assert "401" in _of_cases(revoked)
    assert "403" in _of_cases(without)
    assert "200" not in _of_cases(without)


def found_by_order(asked: list[Asked]) -> list[Asked]:
    """The revoked one last, the one without a scope that anybody asks for before it."""
    return sorted(asked, key=lambda one: ("revoked" in one.asker, "no scope" in one.asker))


def _of_cases(asked: Asked) -> set[str]:
    return {key.rpartition(" ")[2] for key in asked.answers if key.startswith("GET /api/v1/cases ")}


@pytest.fixture
def document() -> dict[str, Any]:
    """Two addresses of the document, so that it does not take long."""
    whole = description.document()
    return whole | {"paths": {path: whole["paths"][path] for path in (ME, PARTNERS)}}


@pytest.fixture
def askers(document, db) -> tuple[Asker, ...]:
    return six(document, ApiWorld())


@pytest.mark.commits
def test_who_has_enough_ends_it_and_has_what_was_found_until_then(document, askers):
    known = Known(document, {})
    try:
        asked = ask(askers[0], document, known, requests=10_000, seed=SEED, onward=lambda asked: asked.requests < SOME)
    finally:
        connections.close_all()
    assert SOME <= asked.requests < 10_000
    assert asked.failures == {}


def some(asker: Asker, document: dict[str, Any]) -> Asked:
    try:
        return ask(asker, document, Known(document, {}), requests=SOME, seed=SEED)
    finally:
        connections.close_all()


@pytest.mark.commits
def test_as_it_stands_nothing_is_found(document, askers):
    assert some(askers[0], document).failures == {}


@pytest.mark.commits
def test_an_answer_with_a_field_that_is_not_described_is_found(document, askers):
    drifted = copy.deepcopy(document)
    del drifted["components"]["schemas"]["MeDocument"]["properties"]["token_id"]
    drifted["components"]["schemas"]["MeDocument"]["required"].remove("token_id")
    assert any(ME in sort for sort in some(askers[0], drifted).failures)


@pytest.mark.commits
def test_a_status_that_is_not_described_is_found(document, askers):
    drifted = copy.deepcopy(document)
    responses = drifted["paths"][PARTNERS]["get"]["responses"]
    responses["201"] = responses.pop("200")
    assert any(PARTNERS in sort for sort in some(askers[0], drifted).failures)


@pytest.mark.commits
@pytest.mark.parametrize(
    ("words", "found"), [("'", False), ("a\x00", True)], ids=["marks alone", "a character of none"]
)
def test_valid_words_that_are_refused_are_found_unless_they_look_for_nothing(words, found, document, askers):
    narrowed = copy.deepcopy(document)
    narrowed["paths"] = {CASES: {"get": copy.deepcopy(description.document()["paths"][CASES]["get"])}}
    text = next(one for one in narrowed["paths"][CASES]["get"]["parameters"] if one["name"] == "text")
    text["schema"] = {"type": "string", "enum": [words]}
    asked = some(askers[0], narrowed)
    assert any("Schema-valid request rejected" in sort for sort in asked.failures) is found
    assert found or asked.checked[f"{ACCEPTANCE} reference"] > 0


@pytest.mark.commits
def test_a_token_that_opens_more_than_it_should_is_found(document, askers):
    assert any("without its scope" in sort for sort in some(replace(askers[0], scopes=frozenset()), document).failures)
    assert any("revoked token" in sort for sort in some(replace(askers[0], revoked=True), document).failures)


@pytest.mark.commits
def test_an_address_that_is_open_to_everybody_against_the_document_is_found(document, askers):
    opened = copy.deepcopy(document)
    opened["paths"] = {"/api/v1/": description.document()["paths"]["/api/v1/"]}
    opened["paths"]["/api/v1/"]["get"]["security"] = [{"token": []}]
    assert some(askers[0], opened).failures


def test_what_may_be_sent_is_not_narrowed_with_what_may_be_answered():
    sent = {"type": "object", "properties": {"text": {"type": "string"}}}
    body = {"content": {"application/json": {"schema": sent}}}
    said = {
        "paths": {"/x": {"post": {"requestBody": body, "responses": {"200": copy.deepcopy(body)}}}},
        "components": {},
    }
    narrowed = closed(said)["paths"]["/x"]["post"]
    assert narrowed["requestBody"] == body
    assert narrowed["responses"]["200"]["content"]["application/json"]["schema"]["additionalProperties"] is False


def test_the_scope_that_nobody_asks_for_is_the_rarest():
    needed = Counter({"cases:read": 2, "partners:read": 1})
    document: dict[str, Any] = {
        "paths": {
            f"/{scope}/{number}": {"get": {"security": [{"token": [scope]}]}}
            for scope in needed
            for number in range(needed[scope])
        }
    }
    assert not set(unasked(document)) & set(needed)
