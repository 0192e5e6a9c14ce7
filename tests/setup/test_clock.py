"""The clock starts on a machine where nothing else ran before, and the probe knows it by its file."""

import os
import time
from pathlib import Path

import pytest

from wbcj import probe
from wbcj.celery import app


@pytest.fixture
def clock(tmp_path, settings):
    """The clock as beat makes it, with its file in a folder that is not there."""
    settings.CELERY_BEAT_SCHEDULE_FILENAME = str(tmp_path / "var" / "run" / "beat")
    kind = app.subclass_with_self(app.conf.beat_scheduler)
    clock = kind(app=app, schedule_filename=settings.CELERY_BEAT_SCHEDULE_FILENAME)
    yield clock
    clock.close()


def test_the_clock_makes_the_folder_of_its_file(clock):
    assert "sweep" in clock.schedule
    assert probe.beat() == ""


def test_a_clock_that_was_killed_is_found_silent(clock, settings):
    clock.sync()
    then = time.time() - probe.SILENT - 5
    for path in probe.files_of(Path(settings.CELERY_BEAT_SCHEDULE_FILENAME)):
        os.utime(path, (then, then))

    assert "silent for" in probe.beat()


def test_a_clock_that_never_ran_is_no_clock(tmp_path, settings):
    settings.CELERY_BEAT_SCHEDULE_FILENAME = str(tmp_path / "none" / "beat")

    assert "no schedule yet" in probe.beat()
