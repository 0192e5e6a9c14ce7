"""Every operation about a record answers a stranger as if there were none: byte for byte, with and without a mark held."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from foundation.pages.api import description
from tests.api import stage
from tests.api.cast import ApiWorld, Caller

DIRECTORY = ("/api/v1/partners/", "/api/v1/authorities/")
PATHS = [path for path in description.document()["paths"] if "{" in path and not path.startswith(DIRECTORY)]
VARYING = {"X-Request-ID", "RateLimit", "Date"}


@pytest.mark.parametrize("path", PATHS)
def test_a_record_of_others_reads_as_one_that_does_not_exist(world: ApiWorld, foreign: Caller, path: str) -> None:
    keys = stage.everything(world)
    there = re.sub(r"{(\w+)}", lambda name: keys[stage.word(path, name[1])], path)
    nowhere = re.sub(r"{\w+}", lambda _name: str(uuid4()), path)
    for held in ("", "*", '"0123456789abcdef0123456789abcdef"'):
        answers = [foreign.get(address, if_none_match=held) for address in (there, nowhere)]
        hidden, nothing = (
            (answer.status_code, answer.content, {k: v for k, v in answer.headers.items() if k not in VARYING})
            for answer in answers
        )
        assert hidden == nothing
        assert hidden[0] == 404
