"""Every task acts for somebody, has a time limit and may run twice."""

import inspect

import pytest
from celery import current_app
from django.conf import settings

current_app.loader.import_default_modules()
TASKS = {name: task for name, task in current_app.tasks.items() if not name.startswith("celery.")}
ACTS_FOR_NOBODY = {
    "foundation.notifications.tasks.deliver": "claims rows of keys and instants; each letter is composed acting for its reader",
    "foundation.documents.tasks.check_files": "claims files by a definer function that tells locations and wrapped keys",
    "foundation.documents.tasks.sweep_orphans": "deletes what no row knows; a definer function says what is kept",
    "foundation.jobs.tasks.sweep": "sends hints for whatever is due; reads keys and instants only",
    "foundation.notifications.tasks.sweep_reminders": "plans by keys and instants; each reminder is given acting for its recipient",
    "foundation.webhooks.tasks.deliver": "claims by a definer function; sight is asked acting as the system before anything is sent",
    "foundation.access.tasks.forget_changes": "deletes old rows of the feed of changes by a definer function that tells a number",
    "foundation.pages.tasks.forget_receipts": "deletes old receipts by a definer function that tells a number",
    "foundation.notifications.tasks.forget_deliveries": "deletes mails that ended long ago: keys and instants only; tells a number",
    "foundation.webhooks.tasks.forget_deliveries": "deletes old deliveries by a definer function that tells a number",
    "foundation.pages.tasks.forget_drafts": "deletes old drafts by a definer function that tells a number",
}


@pytest.mark.parametrize("name", sorted(TASKS))
def test_a_task_acts_for_somebody(name):
    """jobs.queue.work claims the row once, acts for its membership, and ends it in the same transaction; in parts, with its result."""
    source = inspect.getsource(TASKS[name].run)
    works = "queue.work(" in source or "queue.work_in_parts(" in source
    assert works != (name in ACTS_FOR_NOBODY)


@pytest.mark.parametrize("name", sorted(TASKS))
def test_a_task_has_a_time_limit(name):
    limit = TASKS[name].time_limit
    assert limit is not None
    assert limit <= settings.CELERY_TASK_TIME_LIMIT


@pytest.mark.parametrize("name", sorted(set(TASKS) - set(ACTS_FOR_NOBODY)))
def test_a_task_takes_a_key_and_nothing_else_that_it_needs(name):
    parameters = inspect.signature(TASKS[name].run).parameters.values()
    assert [p.name for p in parameters if p.kind is p.KEYWORD_ONLY] == ["job_id"]
    assert any(p.kind is p.VAR_KEYWORD for p in parameters), "an older worker must survive a newer argument"


def test_no_stale_exceptions():
    assert ACTS_FOR_NOBODY.keys() <= TASKS.keys()


def test_the_schedule_names_tasks_that_exist():
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= TASKS.keys()
