"""A double click: the same form twice at the same moment makes one record, and both answers lead to it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from tests.hostile.conftest import browser
from tests.hostile.stage import Stage
from tests.hostile.test_forms import opened

# Each of these answers with the address of what it made.
MAKES_A_RECORD = ["case_create", "case_nominate", "meeting_call"]


@pytest.mark.django_db
@pytest.mark.commits
@pytest.mark.parametrize("name", MAKES_A_RECORD)
def test_a_form_sent_twice_at_once_makes_one_record(stage: Stage, name: str) -> None:
    place, _form, typed = opened(stage, name)
    form = {**typed, "submission_key": str(uuid4())}

    def send(client: Client) -> Any:
        try:
            return client.post(place.address, form)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, [browser(place.person) for _hand in range(2)]))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert len({answer["Location"] for answer in answers}) == 1
