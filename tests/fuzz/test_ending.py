"""A run that is asked to end reports what it has found until then, and ends at once when it is asked again."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from fuzz import SEED, run
from fuzz.ending import ENDED, Ending

PATIENCE = 600


def test_a_run_that_is_ended_early_reports_what_it_reached(tmp_path):
    ending = Ending()
    threading.Thread(target=_end_once_it_asks, args=(ending, tmp_path / "share0.log"), daemon=True).start()
    asked, seconds = run.asked_by_all(seed=SEED, requests=run.FULL, processes=1, state=tmp_path, ending=ending)
    assert len(asked) == run.ASKERS
    assert 0 < sum(one.requests for one in asked) < run.FULL
    claims = {claim.name: claim for claim in run.claims_of(asked, requests=run.FULL, seconds=seconds)}
    assert claims["requests, checked against the document"].holds is False
    assert claims["answers of the class 5xx"].holds is True


def _end_once_it_asks(ending: Ending, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not (log.exists() and "register of AL" in log.read_text()):
        time.sleep(0.2)
    ending.end()


def test_who_is_ended_before_it_listens_has_nothing_to_say(tmp_path):
    asked, _seconds = run.asked_by_all(
        seed=SEED, requests=run.FULL, processes=1, state=tmp_path, ending=Ending(asked=True)
    )
    assert sum(one.requests for one in asked) == 0


def test_asked_again_it_ends_at_once():
    ending = Ending()
    ending.end()
    with pytest.raises(SystemExit) as ended:
        ending.end()
    assert ended.value.code == ENDED
