"""Two at once: the last two parties agree at the same moment, and one party twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from foundation import access
from foundation.workflow.refusals import Refusal
from jits import actions
from jits.models import Jit, JitParty
from tests.jits.team.conftest import Cast

pytestmark = pytest.mark.commits


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run these in threads that begin together; answers are results or refusals."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(timeout=10)
            return act()
        except (Refusal, access.StaleVersion) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def ready() -> tuple[Cast, Jit]:
    cast = Cast()
    cast.people, cast.desk, cast.investigator  # noqa: B018 - at work before the threads begin
    return cast, cast.does("AL", actions.agree, cast.assessed())


def agreeing(cast: Cast, jit: Jit, code: str) -> Callable[[], object]:
    def agree() -> object:
        with cast.people[code].acting() as by:
            return actions.agree(jit=jit, version=jit.version, by=by, at=cast.now)

    return agree


def test_the_last_two_parties_at_once_agree_both_and_the_team_is_agreed_once():
    cast, jit = ready()
    answers = at_once(agreeing(cast, jit, "MK"), agreeing(cast, jit, "XK"))
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    with cast.people["AL"].acting() as by:
        found = Jit.objects.visible_to(by).get()
        assert (found.status, found.version) == ("agreed", jit.version + 1)
        assert not JitParty.objects.visible_to(by).filter(agreed_at__isnull=True).exists()


def test_one_party_twice_at_once_agrees_once():
    cast, jit = ready()
    answers = at_once(agreeing(cast, jit, "MK"), agreeing(cast, jit, "MK"))
    assert sorted(isinstance(answer, Refusal) for answer in answers) == [False, True]
