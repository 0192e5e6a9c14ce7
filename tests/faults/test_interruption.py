"""A use-case that is cut off is whole or not at all, says so, and succeeds when done again. A sample; `make faults` does all."""

from __future__ import annotations

import os
import time
from random import Random

import pytest
from django.db import connection

from faults.interruption import use_cases
from faults.interruption.rehearsal import rehearsed
from faults.interruption.run import unreached
from faults.interruption.snapshot import Catalogue
from faults.interruption.trial import trial
from faults.interruption.use_cases import ALL, APART
from faults.interruption.wire import COMMIT, COMMITTED, How
from foundation.workflow.actions import ACTIONS
from tests.architecture import sources
from tests.bed.sides import as_owner
from tests.hostile.test_forms import NAMES

sources.import_all()
pytestmark = pytest.mark.usefixtures("shelf")
# Another sample each day, the same in every process of that day; SEED names another.
SEED = int(os.environ.get("SEED", time.strftime("%Y%m%d")))
IN_EARNEST = 3
POINTS = 2
"""So many use-cases are cut off with real commits and real ends of sessions, at so many points each and around the commit."""
ONLY_IN_EARNEST = [one for one in ALL if one.only_in_earnest]


def test_every_form_page_is_a_use_case() -> None:
    assert set(NAMES) <= {one.name for one in ALL}
    assert len({one.name for one in ALL}) == len(ALL)


@pytest.mark.django_db
@pytest.mark.writes_outside_actions
def test_every_use_case_is_all_or_nothing_at_one_point_and_every_action_belongs_to_one() -> None:
    chance, findings, reached = Random(SEED), [], set()
    with as_owner():
        catalogue = Catalogue.of(connection.connection)

    for one in ALL:
        if one.only_in_earnest:
            reached |= one.reaches
            continue
        found, actions = rehearsed(one, catalogue, chance)
        findings += map(str, found)
        reached |= actions

    assert findings == [], f"SEED={SEED}"
    assert unreached(reached) == [], "needs a use-case in faults/interruption/others.py, or a reason in use_cases.APART"


def test_no_stale_exceptions() -> None:
    assert APART.keys() <= ACTIONS.keys()


@pytest.mark.commits
@pytest.mark.writes_outside_actions
@pytest.mark.parametrize(
    "name", sorted({one.name for one in (*Random(SEED).sample(ALL, IN_EARNEST), *ONLY_IN_EARNEST)})
)
def test_a_sample_is_all_or_nothing_when_the_server_ends_the_session(name: str) -> None:
    use_case = next(one for one in use_cases.ALL if one.name == name)
    with trial(use_case) as one:
        points = one.wire.points
        chosen = {number for number, point in enumerate(points, start=1) if point in {COMMIT, COMMITTED}}
        chosen |= set(Random(f"{SEED} {name}").sample(range(1, len(points) + 1), min(POINTS, len(points))))
        for number in sorted(chosen):
            one.cut(number, How.KILLED, for_good=True)

    assert list(map(str, one.findings)) == [], f"SEED={SEED}"
    assert one.wire.actions >= use_case.reaches
