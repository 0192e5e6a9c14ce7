"""Browsers that send what no form offers, and the check of each answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils.html import escape

from tests.hostile import attacks
from tests.hostile.stage import Place, Stage
from tests.people import Person


@pytest.fixture
def stage(db: None) -> Stage:
    return Stage()


def browser(person: Person, *, strict: bool = False) -> Client:
    """Signed in; an error on our side is an answer here too, so that every attack is tried before the test says which failed.

    ``strict`` checks the token of the form, which Django's client leaves out otherwise.
    """
    client = Client(raise_request_exception=False, enforce_csrf_checks=strict)
    client.force_login(person.account)
    return client


def sent(client: Client, place: Place, typed: Mapping[str, Any]) -> Any:
    """The answer to the form with a key of its own, undone afterwards; what the end of the transaction checks is checked."""
    with _undone():
        answer = client.post(place.address, {"submission_key": str(uuid4()), **typed})
        if answer.status_code < 400:
            connection.check_constraints()
    return answer


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def complaint(answer: Any, kept: str = "") -> str:
    """What is wrong with an answer: an error of ours, not in the product's look, or typed text that is lost. Empty: nothing."""
    if answer.status_code >= 500:
        return f"{answer.status_code} {answer.exc_info[1]!r}" if answer.exc_info else str(answer.status_code)
    if 300 <= answer.status_code < 400:
        return "" if answer["Location"].startswith("/") else f"leads out to {answer['Location']}"
    if answer.streaming:
        attacks.let_go(answer)
        return "" if answer["Content-Disposition"].startswith("attachment;") else "streams, and is no attachment"
    body = answer.content.decode().replace("\r\n", "\n")
    if 'id="content"' not in body or answer["X-Request-ID"] not in body:
        return f"{answer.status_code} not in the product's look"
    if answer.status_code in {409, 422} and escape(kept.replace("\r\n", "\n")) not in body:
        return f"{answer.status_code} lost what was typed"
    return ""
