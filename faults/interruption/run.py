"""Every use-case, cut off before every statement, before COMMIT and after it, in both ways; in several processes at once."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test.utils import override_settings, setup_test_environment

from bench.report import Claim, at_most, plain
from faults import CHECKOUT, STATE
from faults.interruption.trial import Fault, UseCase, trial
from faults.interruption.use_cases import ALL, APART
from faults.interruption.wire import COMMIT, COMMITTED, How
from foundation.workflow.actions import ACTIONS
from tests.architecture import sources

EACH = 8
"""Of so many points, one at which the repeat is committed, besides those around a COMMIT."""
Result = dict[str, Any]


def main(seed: int) -> list[Claim]:
    """Share the use-cases among processes, and say what they found; JOBS is how many, USE_CASES names some of them by comma."""
    jobs = int(os.environ.get("JOBS", os.cpu_count() or 1))
    children = [_child(number, jobs) for number in range(jobs)]
    try:
        codes = [child.wait() for child in children]
    finally:
        for child in children:
            if child.poll() is None:
                child.terminate()
                child.wait()
    if any(codes):
        raise SystemExit(f"A process of the interruptions ended with {codes}.")
    results = [result for number in range(jobs) for result in json.loads(_path(number).read_text())]
    return list(claims(results, seed))


def _child(number: int, jobs: int) -> subprocess.Popen[bytes]:
    _path(number).unlink(missing_ok=True)
    command = [sys.executable, "-m", "faults", "share", str(number), str(jobs)]
    return subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.DEVNULL)


def _path(number: int) -> Path:
    return STATE / f"share-{number}.json"


def share(number: int, jobs: int) -> None:
    """One process's use-cases: every so-manieth of them."""
    setup_test_environment()
    logging.disable(logging.CRITICAL)
    chosen = [name.strip() for name in os.environ.get("USE_CASES", "").split(",") if name.strip()]
    mine = [one for one in ALL if not chosen or one.name in chosen][number::jobs]
    shelf = STATE / "documents"
    documents = {
        "BACKEND": "foundation.documents.storage.DurableFiles",
        "OPTIONS": {"location": str(shelf / str(number))},
    }
    with override_settings(STORAGES={**settings.STORAGES, "documents": documents}):
        results = [cut_everywhere(one) for one in mine]
    shutil.rmtree(shelf / str(number), ignore_errors=True)
    _path(number).write_text(json.dumps(results), encoding="utf-8")


def cut_everywhere(use_case: UseCase) -> Result:
    """Every point of one use-case, in both ways."""
    began = time.monotonic()
    with trial(use_case) as one:
        for number, point in enumerate(one.wire.points, start=1):
            for how in How:
                one.cut(number, how, for_good=point in {COMMIT, COMMITTED} or number % EACH == 1)
    _say(
        f"{use_case.name:40} {one.points:4} points {one.cuts:4} cuts {time.monotonic() - began:6.1f} s  {len(one.findings)} findings"
    )
    for finding in one.findings[:5]:
        _say(f"    {str(finding)[:900]}")
    found = [{"fault": finding.fault, "what": str(finding)} for finding in one.findings]
    return {
        "use_case": use_case.name,
        "points": one.points,
        "cuts": one.cuts,
        "actions": sorted(one.wire.actions),
        "findings": found,
    }


def claims(results: Iterable[Result], seed: int) -> Iterator[Claim]:
    """What is claimed of all use-cases together."""
    results = list(results)
    yield plain("use-cases cut off at every statement", len(results), unit="")
    yield plain("cuts", sum(result["cuts"] for result in results), unit="")
    found = Counter(finding["fault"] for result in results for finding in result["findings"])
    first = {
        finding["fault"]: finding["what"] for result in reversed(results) for finding in reversed(result["findings"])
    }
    for fault in Fault:
        yield at_most(str(fault), found[fault], 0, unit="", worst=first.get(fault, "")[:300])
    reached = {name for result in results for name in result["actions"]}
    if len(results) == len(ALL):
        sources.import_all()
        missing = unreached(reached)
        yield at_most("actions that no use-case reaches", len(missing), 0, unit="", worst=", ".join(missing))


def unreached(reached: set[str]) -> list[str]:
    """The product's actions that are neither reached by a use-case nor listed with a reason."""
    return sorted(
        name for name in ACTIONS if name not in reached and name not in APART and not name.startswith("tests.")
    )


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
