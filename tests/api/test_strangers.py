"""A stranger's record answers byte for byte like a record that does not exist, on every operation, whatever is sent with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from foundation.pages.api import description
from foundation.systems.scopes import Scope
from foundation.tenancy.choices import OfficeKind, Role
from tests.api import stage
from tests.api.cast import Caller
from tests.api.test_walls import whole

OPEN = {"partners", "authorities"}
"""The directory is open to everybody."""
KEYED = [
    (method, path, operation)
    for path, item in description.document()["paths"].items()
    for method, operation in item.items()
    if "{" in path and path.split("/")[3] not in OPEN
]
KEY = "5a6b5b1e-3f5c-4a39-8d5e-2f1f6c1f7a01"


def sent(method: str, operation: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Bodies and headers: none, wrong ones, good ones."""
    if method == "get":
        yield from (({}, {"if-none-match": held} if held else {}) for held in ("", "*", '"1-0123456789abcdef"'))
        return
    good: dict[str, Any] = {}
    if "requestBody" in operation:
        good = operation["requestBody"]["content"]["application/json"]["examples"]["Request"]["value"]
    for body in ({}, {"unknown": 1}, good):
        yield body, {}
        yield body, {"if-match": '"1"'}
        yield body, {"idempotency-key": KEY}
        yield body, {"if-match": '"1"', "idempotency-key": KEY}


@pytest.fixture
def stranger(world) -> Caller:
    """A system of RS that may do whatever a prosecutor and a coordinator may, with a token for everything."""
    offices = (OfficeKind.COORDINATOR,)
    system = world.house.system("Case management of RS", "RS", Role.PROSECUTOR, offices=offices)
    return Caller(world.grant(system, code="RS", scopes=tuple(Scope)).secret)


@pytest.mark.parametrize(
    ("method", "path", "operation"), KEYED, ids=[f"{method} {path}" for method, path, _operation in KEYED]
)
def test_a_strangers_record_answers_as_one_that_does_not_exist(world, stranger, method, path, operation):
    keys = stage.everything(world)
    places = {name: keys.get(stage.word(path, name)) or str(uuid4()) for name in re.findall(r"{(\w+)}", path)}
    there = path.format(**places)
    nowhere = path.format(**{name: str(uuid4()) for name in places})
    answers = []
    for body, headers in sent(method, operation):
        seen = [asked(stranger, method, place, body, headers) for place in (there, nowhere)]
        assert seen[0].status_code >= 400
        assert whole(seen[0]) == whole(seen[1])
        assert not any(str(UUID(key)) in seen[0].content.decode() for key in places.values())
        answers.append(seen[0].status_code)
    # What the role of a stranger may do nowhere (only the case desk runs meetings) is refused before any record is looked for.
    assert {403, 404} & set(answers), "nothing that was sent came as far as the record"


def asked(caller: Caller, method: str, address: str, body: dict[str, Any], headers: dict[str, str]) -> Any:
    """One request, with these headers and no others."""
    said = {**caller.headers, **headers}
    if method in {"get", "delete"}:
        return getattr(caller.client, method)(address, headers=said)
    return getattr(caller.client, method)(address, body, content_type="application/json", headers=said)
