"""The bench of reminders at a few hundred: every one that it counts was really given."""

import json

import pytest

from bench import reminders
from bench.databases import pointing_to
from foundation.notifications.reminders import giving
from foundation.notifications.reminders.models import Reminder


@pytest.fixture
def unblocked(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield


def test_it_gives_in_turns_and_compares(unblocked, tmp_path, monkeypatch):
    monkeypatch.setattr(giving, "BATCH", 5)
    claims = reminders.measure((60, 90), rounds=1, seconds=1, path=tmp_path / "reminders.json")

    assert claims[0].goal == reminders.GOAL
    assert all(claim.figure > 0 for claim in claims)
    written = json.loads((tmp_path / "reminders.json").read_text(encoding="utf-8"))
    assert [claim["name"] for claim in written["claims"]] == [claim.name for claim in claims]


def test_reminders_that_were_not_given_are_not_counted(unblocked):
    with reminders._filled((60,)) as (one,):
        with pointing_to(one.walled):
            Reminder.objects.update(kind="tests.retired")
            reminders._give_a_batch()
        with pytest.raises(reminders.NotGiven), pointing_to(one.walled):
            reminders._demand_given(one)
