"""The cast of teams, and a plan in the hands of its parties."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from jits import actions
from jits.measure import Measure
from jits.models import Jit, JitParty, JitPhase, JitTask
from tests.jits.team.conftest import Cast, browser
from tests.people import Person

__all__ = ["browser"]


class Planners(Cast):
    """People of three parties over one plan."""

    def phase(self, jit: Jit, title: str = "Covert measures", by: Person | None = None) -> JitPhase:
        with (by or self.people["AL"]).acting() as actor:
            return actions.add_phase(jit=jit, title=title, by=actor, at=self.now)

    def team(self, row: JitPhase | JitTask) -> Jit:
        with self.people["AL"].acting() as by:
            return Jit.objects.visible_to(by).get(pk=row.root_id)

    def measure(self, of: JitPhase | JitTask, party: str = "MK", person: Person | None = None, **other: Any) -> Measure:
        """What that party does in a week, seen to by that person."""
        with self.people["AL"].acting() as by:
            does = JitParty.objects.visible_to(by).of(of.root_id).get(partner__code=party)
        given = Measure(
            phase=of.phase_id if isinstance(of, JitTask) else of.pk,
            party=does.pk,
            title="Search the workshop",
            text="With the experts of the other parties.",
            responsible=None if person is None else person.membership.pk,
            due_at=(self.now + timedelta(days=8)).replace(hour=12, minute=0, second=0, microsecond=0),
        )
        return replace(given, **other)

    def task(self, phase: JitPhase, by: Person | None = None, days: int = 0, **said: Any) -> JitTask:
        """Written by Tirana so many days ago, for Skopje and its investigator where nothing else is said."""
        measure = self.measure(phase, **{"person": self.investigator, **said})
        with (by or self.people["AL"]).acting() as actor:
            jit = Jit.objects.visible_to(actor).get(pk=phase.root_id)
            return actions.add_task(jit=jit, measure=measure, by=actor, at=self.now - timedelta(days=days))

    def planned(self) -> JitTask:
        return self.task(self.phase(self.drafting()))

    def acts(self, act: Callable[..., JitTask], task: JitTask, by: Person | None = None, **facts: Any) -> JitTask:
        """Somebody does that to the task, with the version that stands."""
        with (by or self.people["MK"]).acting() as actor:
            standing = JitTask.objects.visible_to(actor).get(pk=task.pk)
            return act(task=standing, by=actor, at=self.now, **{"version": standing.version, **facts})


@pytest.fixture
def cast(db: None) -> Planners:
    made = Planners()
    made.people, made.desk, made.investigator  # noqa: B018 - they are at work before the story begins
    return made
