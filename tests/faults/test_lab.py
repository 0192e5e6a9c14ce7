"""Workers, clock, database and Redis are killed at work for a moment; `make faults` does it two hundred times, for half an hour."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from faults import CHECKOUT
from faults.lab import run
from faults.lab.parts import MARK
from faults.lab.sink import Mood, Sink
from foundation.servers.embedded import Servers
from foundation.servers.processes import Process
from foundation.servers.state import is_free

STATE = CHECKOUT / "var" / "test" / "lab"
SMALL = run.Size(kills=6, seconds=15, tasks=34, papers=4, clocks=1, patience=100)
SEED = 20261125


@pytest.mark.commits
@pytest.mark.writes_outside_actions
def test_nothing_is_lost_sent_twice_or_left_lying_when_its_parts_are_killed() -> None:
    claims = run.main(SEED, SMALL, STATE)

    assert [claim for claim in claims if claim.holds is False] == []
    assert {claim.name: claim.figure for claim in claims}["reminders"] >= 100
    assert everything_has_ended()


def everything_has_ended() -> bool:
    servers = Servers.below(STATE)
    ports = json.loads((STATE / "ports.json").read_text())
    ours = [path for path in Path("/proc").glob("[0-9]*/environ") if MARK.encode() in _read(path)]
    living = [path for path in ours if Process.of(int(path.parent.name))]
    return not living and servers.postgres.process() is None and all(map(is_free, ports.values()))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_the_mail_server_has_bad_days_of_every_kind() -> None:
    sink = Sink(Random(SEED))

    for _each in range(500):
        sink.mood()

    assert set(sink.moods) == set(Mood)
