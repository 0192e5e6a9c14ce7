"""`make tampering`: 10 000 changes to a clean package, each refused for the right reason; a table, and var/tampering/report.json.

CHANGES= and SEED= choose otherwise; WORKERS= how many processes share them.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

import django

from bench import CHECKOUT, report
from bench.report import Claim, at_least, plain
from foundation.documents.rendering.press import Press
from tests.jits.package.stage import FONTS, THREE, Stage
from tests.jits.package.tampering import sampling
from tests.jits.package.tampering.ground import Ground
from tests.jits.package.tampering.sampling import Outcome

CHANGES = 10_000
_SHARED: dict[str, Ground] = {}
"""What the forks find, for it cannot be sent to them."""
REPORT = CHECKOUT / "var" / "tampering" / "report.json"


def main() -> int:
    """Ends with 0 when every change was refused for the right reason."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wbcj.settings.test")
    django.setup()
    return measure(
        changes=int(os.environ.get("CHANGES") or CHANGES),
        seed=int(os.environ["SEED"]) if os.environ.get("SEED") else None,
        workers=int(os.environ.get("WORKERS") or 2),
    )


def measure(*, changes: int, seed: int | None, workers: int) -> int:
    """Make one clean package, let so many processes change it in turns, and write what came out."""
    at, seed = datetime.now(UTC), sampling.SEED if seed is None else seed
    press = Press(FONTS)
    stage = Stage(press)
    ground = Ground(stage, stage.package(stage.agreement(THREE)))
    assert ground.older, "made here, for the forks have no press"
    assert stage.checked(ground.clean).good
    press.close()
    _SHARED["ground"] = ground
    began = time.perf_counter()
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        turns = [range(first, changes, workers) for first in range(workers)]
        found = sampling.together(pool.map(partial(_share, seed=seed), turns))
    claims = list(_claims(found, time.perf_counter() - began))
    for name, outcome in found.items():
        reasons = ", ".join(f"{reason} {number}" for reason, number in outcome.reasons.most_common())
        report.say(f"{outcome.tried:6} {name:58} {reasons}")
        for line in outcome.otherwise[:5]:
            report.say(f"       OTHERWISE {line}")
    report.show(claims, report.say)
    rows: list[dict[str, object]] = [
        {"kind": name, "tried": each.tried, "reasons": dict(each.reasons), "otherwise": each.otherwise}
        for name, each in found.items()
    ]
    report.write(REPORT, claims, seed=seed, at=at, times=rows)
    return 0 if all(claim.holds is not False for claim in claims) else 1


def _share(turns: range, *, seed: int) -> dict[str, Outcome]:
    return sampling.outcomes(_SHARED["ground"], turns, seed=seed)


def _claims(found: dict[str, Outcome], seconds: float) -> Iterator[Claim]:
    tried = sum(outcome.tried for outcome in found.values())
    refused = tried - sum(outcome.passed for outcome in found.values())
    rightly = tried - sum(len(outcome.otherwise) for outcome in found.values())
    yield at_least("changes to a signed package that the offline check refused", 100 * refused / tried, 100, unit="%")
    yield at_least("refused for the right reason", 100 * rightly / tried, 100, unit="%")
    yield plain("changes tried", tried, unit="changes")
    yield plain("kinds of change", len(found), unit="kinds")
    yield plain("each, making the change included", 1000 * seconds / tried, unit="ms")


if __name__ == "__main__":
    sys.exit(main())
