"""What makes guesses real: for each write a record in its state and a body that refers, with which a system of the run succeeds."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from foundation.pages.api import description
from fuzz import SEED, run
from fuzz.real import Real
from fuzz.systems import Cast, operations, six
from tests.api.cast import Caller
from tests.api.stage import everything

DOCUMENT = description.document()
WRITES = {label: one for label, one in operations(DOCUMENT).items() if not label.startswith("GET ")}


@pytest.fixture
def reals(db) -> list[Real]:
    world = Cast()
    everything(world)
    return list(run.realities(DOCUMENT, world, six(DOCUMENT, world), requests=1, seed=SEED))


def written(real: Real, label: str, keys: dict[str, str]) -> Any:
    """Ask for it as a system would that knows what it refers to, on the version that it has just read."""
    method, _blank, path = label.partition(" ")
    case = SimpleNamespace(operation=SimpleNamespace(path=path), path_parameters=keys, headers={})
    real.version(case)
    body = real.references.sample(label)
    return Caller(real.asker.secret).send(method, path.format(**keys), body, match=case.headers.get("If-Match", ""))


def test_every_write_succeeds_for_a_system_on_a_record_that_is_ready_for_it(reals):
    refused = {}
    for label in WRITES:
        for keys in reals[0].places.get(label, [{}])[:1]:
            answers = [written(real, label, keys) for real in reals[:3]]
            if not any(answer.status_code < 400 for answer in answers):
                refused[label] = [f"{answer.status_code} {answer.content.decode()}" for answer in answers]
    assert refused == {}


def guessed(label: str, body: dict[str, Any], *, negative: bool) -> SimpleNamespace:
    """A request as the library makes it, whose every part was made wrong or right."""
    method, _blank, path = label.partition(" ")
    return SimpleNamespace(
        meta=SimpleNamespace(is_negative_at=lambda _part: negative, phase=SimpleNamespace(name="fuzzing")),
        operation=SimpleNamespace(label=label, method=method, path=path),
        method=method,
        path_parameters={"id": str(uuid4())},
        headers={"If-Match": "guessed"},
        body=body,
    )


def parts(case: SimpleNamespace) -> dict[str, Any]:
    return {name: dict(getattr(case, name)) for name in ("path_parameters", "headers", "body")}


def test_what_was_made_wrong_stays_wrong(reals):
    wrong = guessed("POST /api/v1/cases/{id}/close", {"reason": 5}, negative=True)
    before = parts(wrong)
    for _each in range(20):
        reals[0].before_call(None, wrong, {})
    assert parts(wrong) == before


@pytest.mark.parametrize(
    ("act", "body"), [("close", {"reason": "guessed", "more": 1}), ("open", {"more": 1})], ids=["with words", "without"]
)
def test_what_was_made_right_becomes_real_now_and_then_and_stays_guessed_now_and_then(reals, act, body):
    label = f"POST /api/v1/cases/{{id}}/{act}"
    seen: set[tuple[bool, bool, bool]] = set()
    for _each in range(60):
        case = guessed(label, dict(body), negative=False)
        reals[0].before_call(None, case, {})
        placed, versioned = case.path_parameters in reals[0].places[label], case.headers["If-Match"] != "guessed"
        seen.add((placed, versioned, "more" not in case.body))
    assert {(True, True, True), (False, False, True), (True, False, False)} <= seen


def test_a_question_with_codes_that_there_are_is_answered(reals):
    real, label = reals[0], "GET /api/v1/legal-basis"
    case = guessed(label, {}, negative=False)
    case.query = {"party": ["guessed"], "crime": ["guessed"]}
    while case.query["party"] == ["guessed"]:
        real.before_call(None, case, {})
    assert Caller(real.asker.secret).get("/api/v1/legal-basis", case.query).status_code == 200
