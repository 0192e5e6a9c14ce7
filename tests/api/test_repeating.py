"""The same request again: one effect, the same answer; and eight at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cases.models import Case, Note
from foundation.access.models import Share
from foundation.pages.api import idempotency
from foundation.pages.models import Receipt
from foundation.pages.tasks import forget_receipts
from foundation.tenancy.choices import Role
from tests.api.cast import WRITES, ApiWorld, Caller
from tests.api.test_answers import problem
from tests.bed.sides import as_owner

CASES = "/api/v1/cases"
FACTS = {"title": "Cigarettes over the lake", "summary": "Lorries cross at night.", "crime_types": ["drug_trafficking"]}
KEY = "5a6b5b1e-3f5c-4a39-8d5e-2f1f6c1f7a01"


def test_the_same_request_again_has_one_effect_and_the_same_answer(leading):
    first, again = (leading.post(CASES, FACTS, key=KEY) for _ in range(2))
    assert (again.status_code, again.content) == (first.status_code, first.content) == (201, first.content)
    assert again.headers["Location"] == first.headers["Location"]
    with as_owner():
        assert Case.objects.count() == 1


def test_the_same_body_in_another_order_is_the_same_request(leading):
    first = leading.post(CASES, FACTS, key=KEY)
    again = leading.post(CASES, dict(reversed(FACTS.items())), key=f'"{KEY}"')
    assert again.content == first.content


def test_a_key_that_was_another_requests_is_refused(leading):
    url = leading.post(CASES, FACTS, key=KEY).json()["url"]
    for address, body in ((CASES, {**FACTS, "title": "Other"}), (f"{url}/notes", FACTS)):
        said = problem(leading.post(address, body, key=KEY), "invalid", 422)
        assert said["errors"] == [{"header": "Idempotency-Key", "code": "spent", "detail": said["errors"][0]["detail"]}]


@pytest.mark.parametrize("key", ["", "\t", "x" * 256, "two words", "no\x7fsign", "ë"])
def test_a_post_without_a_good_key_is_refused_and_has_no_effect(leading, key):
    problem(leading.post(CASES, FACTS, key=key), "key-missing", 400)
    with as_owner():
        assert not Case.objects.exists()


def test_a_refusal_is_not_kept_so_the_mended_request_goes_through_with_its_key(leading):
    problem(leading.post(CASES, {**FACTS, "title": ""}, key=KEY), "invalid", 422)
    assert leading.post(CASES, FACTS, key=KEY).status_code == 201


def test_another_systems_key_is_another_key(world, leading):
    other = Caller(world.grant(world.house.system("Other", "AL", Role.PROSECUTOR), scopes=WRITES).secret)
    first, second = leading.post(CASES, FACTS, key=KEY).json(), other.post(CASES, FACTS, key=KEY).json()
    assert first["id"] != second["id"]


def test_a_move_that_is_sent_again_is_answered_again_although_its_version_has_passed(leading):
    receipt = leading.post(CASES, FACTS).json()
    first, again = (leading.post(f"{receipt['url']}/open", match=receipt["version"], key=KEY) for _ in range(2))
    assert (first.status_code, again.content) == (200, first.content)


def test_what_is_kept_tells_nothing_of_the_record_and_survives_the_loss_of_sight(leading):
    first = leading.post(CASES, FACTS, key=KEY)
    with as_owner():
        kept = Receipt.objects.get()
        assert kept.body.keys() == {"id", "url", "version"}
        Share.objects.update(revoked_at=timezone.now(), revoked_by=kept.membership_id)
    assert leading.get(first.json()["url"]).status_code == 404
    assert leading.post(CASES, FACTS, key=KEY).content == first.content


def test_receipts_are_forgotten_after_their_time_and_never_within_a_day(world, leading):
    leading.post(CASES, FACTS, key=KEY)
    assert forget_receipts() == 0
    assert idempotency.forget_old(at=world.now + timedelta(days=400)) == 0
    with as_owner():
        Receipt.objects.update(at=world.now - idempotency.KEPT - timedelta(minutes=1))
    assert forget_receipts() == 1
    assert leading.post(CASES, FACTS, key=KEY).status_code == 201
    with as_owner():
        assert Case.objects.count() == 2


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=30)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def callers(world: ApiWorld, count: int) -> list[Caller]:
    system = world.house.system("Case management of AL", "AL", Role.PROSECUTOR)
    secret = world.grant(system, scopes=WRITES).secret
    return [Caller(secret) for _ in range(count)]


@pytest.mark.commits
def test_the_same_request_eight_times_at_once_has_one_effect():
    eight = callers(ApiWorld(), 8)
    answers = at_once([partial(caller.post, CASES, FACTS, key=KEY) for caller in eight])
    assert {answer.status_code for answer in answers} <= {201, 409}
    for answer in answers:
        if answer.status_code == 409:
            problem(answer, "in-flight", 409)
            assert answer.headers["Retry-After"] == "1"
    done = eight[0].post(CASES, FACTS, key=KEY)
    assert {answer.content for answer in answers if answer.status_code == 201} == {done.content}
    with as_owner():
        assert Case.objects.count() == 1
        assert Receipt.objects.count() == 1


@pytest.mark.commits
def test_eight_writers_on_one_case_lose_no_update():
    """Each reads, adds its word to the summary and sends it on what it read, until it goes through."""
    eight = callers(ApiWorld(), 8)
    url = eight[0].post(CASES, FACTS).json()["url"]

    def add(caller: Caller, word: str) -> int:
        for tries in range(1, 200):
            read = caller.get(url)
            summary = f"{read.json()['summary']} {word}"
            answer = caller.patch(url, {"summary": summary}, match=read.headers["ETag"])
            if answer.status_code == 200:
                return tries
            problem(answer, "stale", 412)
        raise AssertionError("never got through")

    at_once([partial(add, caller, f"word{n}") for n, caller in enumerate(eight)])
    read = eight[0].get(url).json()
    assert {f"word{n}" for n in range(8)} <= set(read["summary"].split())
    assert read["version"] == 9


@pytest.mark.commits
def test_eight_different_notes_at_once_are_all_there():
    eight = callers(ApiWorld(), 8)
    url = eight[0].post(CASES, FACTS).json()["url"]
    notes = [{"text": f"Note {n}", "audience": "everyone"} for n in range(8)]
    answers = at_once([partial(caller.post, f"{url}/notes", note) for caller, note in zip(eight, notes, strict=True)])
    assert [answer.status_code for answer in answers] == [201] * 8
    with as_owner():
        assert set(Note.objects.values_list("text", flat=True)) == {note["text"] for note in notes}
