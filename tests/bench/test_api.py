"""The API's bench at four hundred cases: all ways answer with the same rows, and every claim is written."""

from __future__ import annotations

import json

import pytest
from django.urls import Resolver404, resolve

from bench import api, calls, performance, strangers
from bench.run import SEED
from bench.systems import served
from cases.api.output import CaseItem
from wbcj.api.changes import ChangeItem

SIZE = 400


@pytest.fixture
def product(tmp_path, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), served(SIZE, SEED, tmp_path) as found:
        yield found


def test_a_short_run_compares_the_same_rows_and_writes_every_claim(product, tmp_path):
    full = api.same_rows(product)
    rates = api.called(product, seconds=0)
    assert {way for _actor, way in rates} == set(api.WAYS)
    writing = {
        item: api.written(product, item, rows, rounds=2)
        for item, rows in ((CaseItem, api.cases_of), (ChangeItem, api.told_of))
    }
    claims = list(api.claims_of(SIZE, rates, writing, full))
    times = strangers.measured(product, answers=3)
    assert len(times) == len(strangers.WHO) * len(strangers.OPERATIONS)
    claims += strangers.claims_of(SIZE, times)
    assert all(claim.figure for claim in claims)
    assert len({claim.name for claim in claims}) == len(claims)


def test_an_answer_that_is_a_refusal_is_no_figure(product):
    with calls.lines(product.port, 2) as opened, pytest.raises(calls.NotAnswered):
        calls.burst(opened, calls.request_for(api.PATHS[api.PRODUCT], "wbcj_nothing"), 1)


@pytest.mark.parametrize("way", [way for way in api.WAYS if way not in {api.PRODUCT, api.FEED}])
def test_the_addresses_of_the_bench_are_none_of_the_product(way):
    with pytest.raises(Resolver404):
        resolve(api.WAYS[way].partition("?")[0])


def test_the_page_tells_what_the_report_says(tmp_path):
    row = {"size": 300, "person": "somebody", "method": "product", "rate": 12.345, "median": 1.0, "p95": 2.0}
    claim = {"name": "a claim", "figure": 0.914, "unit": "x", "goal": 0.85, "holds": True, "worst": "somebody"}
    said = {
        "machine": {"cores": 2, "python": "3", "load": 1.0},
        "claims": [claim | {"seed": 1, "date": "2026-11-30T12:00:00+00:00"}],
        "milliseconds": [row],
    }
    page = performance.page([], performance.chosen_of_api(json.loads(json.dumps(said))))
    assert "| a claim | 0.91 x | 0.85 | holds | somebody |" in page
    assert "| 300 | somebody | 12/s, 2.0 ms |" in page
