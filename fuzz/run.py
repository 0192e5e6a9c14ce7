"""The run: a database for each process, six systems that ask in it, and what is claimed of all their answers."""

from __future__ import annotations

import json
import logging
import os
import platform
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connections
from django.test.utils import override_settings

from bench.report import Claim, at_least, at_most, plain, say, show
from foundation.pages.api import description
from fuzz import CHECKOUT, STATE
from fuzz.asking import Asked, ask
from fuzz.known import Known
from fuzz.systems import operations, six
from tests.api.cast import ApiWorld
from tests.api.stage import everything
from tests.bed import databases as bed

FULL, ASKERS, PROCESSES = 100_000, 6, 2
REPORT = STATE / "report.json"
UNLIMITED = 10**9


class AskingFailed(Exception):
    """A process that asks ended in an error; the message is the end of what it said."""


def whole(*, seed: int, requests: int) -> None:
    """Ask, print what is claimed, and write it beside every failure with the request that shows it."""
    asked, seconds = asked_by_all(seed=seed, requests=requests, processes=PROCESSES, state=STATE)
    at = datetime.now(UTC)
    claims = claims_of(asked, requests=requests, seconds=seconds)
    say(f"\nfuzz: seed {seed}, {at:%Y-%m-%d %H:%M} UTC, load {os.getloadavg()[0]:.1f}")
    show(claims, say)
    written = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "load": round(os.getloadavg()[0], 1)},
        "claims": [{**asdict(claim), "seed": seed, "date": at.isoformat()} for claim in claims],
        "systems": [one.plain() for one in asked],
    }
    REPORT.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def asked_by_all(*, seed: int, requests: int, processes: int, state: Path) -> tuple[list[Asked], float]:
    """Ask in so many processes, each with its share of the systems; what they found, and in how many seconds."""
    with bed.maintenance() as connection:
        bed.ensure(connection, bed.schema_template())
    began = time.monotonic()
    files = [state / f"share{number}.json" for number in range(processes)]
    running = [_started(file, number, processes, requests, seed) for number, file in enumerate(files)]
    codes = [process.wait() for process in running]
    if any(codes):
        raise AskingFailed("\n".join(path.with_suffix(".log").read_text()[-2000:] for path in files))
    asked = [Asked(**_counted(said)) for path in files for said in json.loads(path.read_text(encoding="utf-8"))]
    return asked, time.monotonic() - began


def share(path: Path, number: int, processes: int, requests: int, seed: int) -> None:
    """One process: every so-manieth of the six systems, each with its part of the requests."""
    document = description.document()
    with _world():
        world = ApiWorld()
        known = Known(document, everything(world))
        askers = six(document, world)
        known.explore(askers[:3])
        found = [
            ask(asker, document, known, requests=-(-requests // ASKERS), seed=seed, turn=turn)
            for turn, asker in list(enumerate(askers))[number::processes]
        ]
    path.write_text(json.dumps([asked.plain() for asked in found], indent=1) + "\n", encoding="utf-8")


def claims_of(asked: Sequence[Asked], *, requests: int, seconds: float) -> list[Claim]:
    """What holds of all answers together."""
    labels = operations(description.document())
    answers: Counter[str] = sum((one.answers for one in asked), Counter())
    checked: Counter[str] = sum((one.checked for one in asked), Counter())
    by_status = Counter[str]()
    for key, number in answers.items():
        by_status[key.rpartition(" ")[2]] += number
    failures = sorted({sort for one in asked for sort in one.failures})
    unasked = sorted(f"{one.asker}: {label}" for one in asked for label in labels if not _statuses(one.answers, label))
    silent = sorted(label for label in labels if not any(status < 400 for status in _statuses(answers, label)))
    return [
        at_least("requests, checked against the document", answers.total(), requests, unit=""),
        at_least("systems that asked", len(asked), ASKERS, unit=""),
        at_most("operations that nobody asked", sum(not _statuses(answers, label) for label in labels), 0, unit=""),
        *_reach(unasked, silent, whole=requests >= FULL),
        at_most("answers of the class 5xx", sum(by_status[s] for s in by_status if s[0] in "05"), 0, unit=""),
        at_most("answers that a limit of rates cut short", by_status["429"], 0, unit=""),
        at_most("sorts of answers that do not hold", len(failures), 0, unit="", worst="; ".join(failures)[:600]),
        plain("verdicts of the checks", checked.total(), unit=""),
        *(plain(f"answers {status}", by_status[status], unit="") for status in sorted(by_status)),
        plain("requests in a second", answers.total() / seconds, unit=""),
    ]


def _reach(unasked: Sequence[str], silent: Sequence[str], *, whole: bool) -> Iterator[Claim]:
    """How far the requests reached: claimed of a whole run, and told of a short one, which has a few requests for each operation."""
    for name, found in (
        ("operations that a system has not asked", unasked),
        ("operations that answered nobody", silent),
    ):
        worst = "; ".join(found)[:300]
        yield at_most(name, len(found), 0, unit="", worst=worst) if whole else plain(name, len(found), unit="")


def _statuses(answers: Counter[str], label: str) -> list[int]:
    return [int(key.rpartition(" ")[2]) for key in answers if key.rpartition(" ")[0] == label]


def _counted(said: dict[str, Any]) -> dict[str, Any]:
    return said | {name: Counter(said[name]) for name in ("answers", "checked")}


def _started(path: Path, *numbers: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "fuzz", "share", str(path), *map(str, numbers)]
    with path.with_suffix(".log").open("wb") as log:
        return subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


@contextmanager
def _world() -> Iterator[None]:
    """A database of its own. Sessions stay between requests, and nobody is told to wait: limits have tests of their own."""
    free = {"WBCJ_API_REQUESTS_PER_MINUTE": UNLIMITED, "WBCJ_API_WRONG_TOKENS": UNLIMITED}
    with bed.clone(bed.schema_template()) as name, override_settings(**free):
        # Each refusal would be a line of the log.
        logging.getLogger("django.request").setLevel(logging.CRITICAL)
        connections.databases["default"]["CONN_MAX_AGE"] = None
        bed.point_to(name)
        try:
            yield
        finally:
            connections.close_all()
