"""The demo world as a whole: people first, then one story after the other. Running it again makes what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from foundation.notifications.reminders import sweeping
from wbcj.demo import casting
from wbcj.demo.stage import Stage
from wbcj.demo.stories import Story, bilateral, docket, past, present, teams

STORIES: tuple[Story, ...] = (*bilateral.STORIES, *docket.STORIES, *past.STORIES, *present.STORIES, *teams.STORIES)


@dataclass(frozen=True, kw_only=True)
class Made:
    """How much was missing."""

    people: int
    stories: int


def make(*, now: datetime) -> Made:
    """Make what is missing of the world, relative to ``now``."""
    people = casting.bring_everybody(now)
    stage = Stage(now)
    missing = [story for story in STORIES if not stage.has_seen(story.witness, story.title)]
    for story in missing:
        # All of a story or nothing: whoever stops the set-up in the middle finds no half-told case later.
        with transaction.atomic():
            story.tell(stage)
    _remind(now)
    return Made(people=people, stories=len(missing))


def _remind(now: datetime) -> None:
    """Give what came due over the last days, a weekend among them, so that the inboxes hold some reminders."""
    sweeping.plan(clock=lambda: now - timedelta(days=4))
    sweeping.sweep()
