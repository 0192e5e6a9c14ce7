"""The sample partner system is killed at random points of its work: every intention has one effect, and nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from django.db import connection

from foundation import access
from foundation.access import Level, Reason
from tests.bed import site
from tests.examples import between
from tests.examples.between import Between, Point
from tests.examples.cast import PartnerWorld
from tests.examples.program import Program
from tests.examples.stories import Stories

# Other points each day, the same in every process of that day; SEED names another.
SEED = int(os.environ.get("SEED", time.strftime("%Y%m%d")))
KILLS = 50
FARTHEST = 21
"""A kill comes at one of so many points, three to a request. Every second one counts those of changes alone, every fourth comes after
a while instead, wherever the program then is."""
UNLIMITED = str(10**9)


@dataclass
class Hunt:
    """Starts the program again and again and kills it on the way."""

    program: Program
    line: Between
    chance: Random
    where: Counter[str] = field(default_factory=Counter)
    left: int = 0
    changes_alone: bool = False
    spot: str = ""
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.line.at = self._at

    @property
    def kills(self) -> int:
        return sum(self.where.values())

    def killed(self) -> bool:
        """Let it work on its plan, and kill it; false when it was done before."""
        by_the_clock = self.chance.random() < 0.25
        self.left, self.spot = self.chance.randint(1, FARTHEST), "by the clock"
        self.left *= not by_the_clock
        self.changes_alone = self.chance.random() < 0.67
        self.process = self.program.start("work", "plan.jsonl")
        try:
            ended = self.process.wait(timeout=self.chance.uniform(0.03, 1.0) if by_the_clock else 90)
        except subprocess.TimeoutExpired:
            self.process.kill()
            ended = self.process.wait()
        self.where[self.spot] += ended == -signal.SIGKILL
        return ended == -signal.SIGKILL

    def _at(self, point: Point, method: str, _path: str) -> bool:
        """Of the points that the program comes by, the one that chance has chosen."""
        if self.changes_alone and method == "GET":
            return False
        self.left -= 1
        if self.left or self.process is None:
            return False
        if point is Point.TOLD:
            # Somewhere between the answer and its commit.
            time.sleep(self.chance.choice((0, 0.001, 0.003, 0.01)))
        self.spot = f"{method} {point}"
        self.process.kill()
        return True


def shared(world: PartnerWorld, number: int) -> UUID:
    """A case of a colleague's that the system sees; every second share is taken back at once or later."""
    case = world.open(title=f"Shared {number}")
    with world.ann.acting() as by:
        return access.grant(
            by=by, root_id=case.pk, principal=world.system.membership.group_id, level=Level.VIEW, reason=Reason.SHARE
        )


@pytest.mark.commits
def test_killed_at_fifty_points_it_does_everything_once_and_loses_nothing(tmp_path: Path) -> None:
    sys.stderr.write(f"SEED={SEED}\n")
    world = PartnerWorld()
    stories, began = Stories(world), time.monotonic()
    with (
        site.serving(connection.settings_dict["NAME"], WBCJ_API_REQUESTS_PER_MINUTE=UNLIMITED) as product,
        between.standing(int(product.address.rpartition(":")[2])) as line,
    ):
        program = world.program(tmp_path / "register", line.address)
        shares: list[UUID] = []
        hunt = Hunt(program, line, Random(SEED))
        while hunt.kills < KILLS:
            stories.tell()
            program.write(stories.lines)
            # Meanwhile others work: what they share is pulled, and what they take back is gone.
            shares.append(shared(world, len(shares)))
            if len(shares) % 2 == 0:
                with world.ann.acting() as by:
                    access.revoke(by=by, share_id=shares[-1])
            while hunt.killed() and hunt.kills < KILLS:
                pass
        line.at = lambda _point, _method, _path: False
        ended, said = program.run("work", "plan.jsonl")

        assert ended == 0, said
        stories.check(program)
        stories.check_pulled(program)
    taken = time.monotonic() - began
    sys.stderr.write(f"{hunt.kills} kills in {taken:.0f} s, {len(stories.lines)} intentions\n{dict(hunt.where)}\n")
    assert any(times > 1 for times in line.keys.values()), "no request came twice to the product: this proves nothing"
