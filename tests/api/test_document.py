"""The document of the API: valid, the one in docs/api, and true of what is answered."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from drf_spectacular.validation import validate_schema

from foundation.pages.api import description, problems
from tests.api import stage

DOCUMENT = description.document()
OPERATIONS = [(path, item["get"]) for path, item in DOCUMENT["paths"].items() if "get" in item]
ACTS = [
    (f"{method} {path}", said)
    for path, item in DOCUMENT["paths"].items()
    for method, said in item.items()
    if method != "get"
]


def valid(said: Any, schema: dict[str, Any]) -> None:
    """Hold an answer against a schema of the document; a field that the document does not know is wrong as well."""
    closed = {"components": _closed(DOCUMENT["components"]), **schema}
    jsonschema.Draft202012Validator(closed, format_checker=jsonschema.FormatChecker()).validate(said)


def _closed(part: Any) -> Any:
    if isinstance(part, list):
        return [_closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    made = {name: _closed(value) for name, value in part.items()}
    return {"additionalProperties": False, **made} if "properties" in part and part.get("type") == "object" else made


def answer_schema(operation: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return schema


def test_the_document_is_valid_and_the_one_in_the_checkout():
    validate_schema(DOCUMENT)
    call_command("openapi", check=True)
    written = yaml.safe_load((settings.BASE_DIR / "docs" / "api" / "openapi.yaml").read_text(encoding="utf-8"))
    assert written == DOCUMENT


def test_the_document_is_served_to_everybody():
    assert Client().get("/api/v1/openapi.json").json() == DOCUMENT


@pytest.mark.parametrize(("path", "operation"), OPERATIONS, ids=[path for path, _operation in OPERATIONS])
def test_an_operation_is_described_with_an_example_that_is_one(path, operation):
    assert operation["summary"]
    assert operation["tags"][0] in {tag["name"] for tag in DOCUMENT["tags"]}
    example = operation["responses"]["200"]["content"]["application/json"]["examples"]["Answer"]["value"]
    valid(example, answer_schema(operation))


@pytest.mark.parametrize(("act", "operation"), ACTS, ids=[act for act, _operation in ACTS])
def test_an_act_is_described_with_a_body_that_fits(act, operation):
    assert operation["summary"]
    assert operation["tags"][0] in {tag["name"] for tag in DOCUMENT["tags"]}
    (done,) = (said for status, said in operation["responses"].items() if status.startswith("2"))
    media = done["content"]["application/json"]
    valid(media["examples"]["Answer"]["value"], media["schema"])
    if "requestBody" in operation:
        body = operation["requestBody"]["content"]["application/json"]
        assert body["examples"]["Request"]["value"] or not body["schema"]["properties"]
        valid(body["examples"]["Request"]["value"], body["schema"])


def test_what_is_answered_is_what_the_document_says(world, register):
    keys = stage.everything(world)
    for path, operation in OPERATIONS:
        answer = register.get(stage.filled(path, keys), stage.QUESTIONS.get(path))
        assert answer.status_code == 200, path
        valid(answer.json(), answer_schema(operation))
        assert set(operation["responses"]["200"]["headers"]) <= set(answer.headers), path


def test_every_problem_has_its_example():
    for problem in problems.OF_STATUS.values():
        name = "".join(part.title() for part in problem.word.split("-"))
        said = DOCUMENT["components"]["responses"][name]["content"]["application/problem+json"]["example"]
        valid(said, {"$ref": "#/components/schemas/Problem"})


@pytest.mark.parametrize(("path", "operation"), OPERATIONS, ids=[path for path, _operation in OPERATIONS])
def test_words_that_no_list_takes_are_no_valid_words(path, operation):
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == "text":
            words = jsonschema.Draft202012Validator(parameter["schema"])
            assert words.is_valid("Љубљана\n'")
            assert not words.is_valid("a\x00")
            assert not words.is_valid("x" * 101)
