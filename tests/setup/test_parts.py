"""The parts of the demo: what a killed supervisor leaves behind is found and ended, and nothing else is."""

import os
import signal
import subprocess
import sys

import pytest

from foundation.servers.processes import Process, marked, wait_until
from setup import parts
from setup.parts import Part, PartKeepsEnding

# Starts a child of its own, as web server and worker do, and waits.
PARENT = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); time.sleep(60)"


@pytest.fixture
def part(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "CHECKOUT", tmp_path)
    monkeypatch.setattr(parts, "STATE", tmp_path)
    (tmp_path / "logs").mkdir()
    part = Part(name="web", command=(sys.executable, "-c", PARENT), environment={})
    yield part
    part.stop(patience=0)


def running(part):
    return marked(parts.MARK, part.mark)


def test_a_part_is_stopped_with_all_that_it_started(part):
    part.start()
    assert wait_until(lambda: len(running(part)) == 2, seconds=10)

    part.ask_to_stop()
    part.stop(patience=5)

    assert running(part) == []


def test_what_a_killed_part_left_behind_is_ended_by_the_next_run(part):
    part.start()
    assert wait_until(lambda: len(running(part)) == 2, seconds=10)
    os.kill(part.process.pid, signal.SIGKILL)
    part.process.wait()

    next_run = Part(name="web", command=part.command, environment={})

    assert next_run.kill_leftovers() == 1
    assert running(part) == []


def test_the_same_part_of_another_checkout_is_left_alone(part):
    other = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)"], env={**os.environ, parts.MARK: "elsewhere#web"}
    )
    try:
        part.kill_leftovers()
        assert Process.of(other.pid) is not None
    finally:
        other.kill()
        other.wait()


def test_a_part_that_ends_again_and_again_is_given_up(part):
    part.command = (sys.executable, "-c", "raise SystemExit(3)")
    part.start()

    for _ in range(parts.RESTARTS - 1):
        part.process.wait(timeout=10)
        part.start_again()

    with pytest.raises(PartKeepsEnding, match="5 times in a minute"):
        part.start_again()
