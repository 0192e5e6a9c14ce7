"""The run: a database for each process, six systems that ask in it, and what is claimed of all their answers."""

from __future__ import annotations

import json
import logging
import math
import os
import platform
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connections
from django.test.utils import override_settings

from bench.report import Claim, at_least, at_most, plain, say, show
from foundation.pages.api import description
from fuzz import CHECKOUT, STATE
from fuzz.asking import Asked, ask
from fuzz.ending import Ending
from fuzz.known import Known
from fuzz.ready import Ready
from fuzz.real import Real
from fuzz.references import References
from fuzz.systems import Asker, Cast, operations, six
from tests.api.cast import ApiWorld, Caller
from tests.api.stage import everything
from tests.bed import databases as bed

FULL, ASKERS, MINUTE = 100_000, 6, 60
REPORT = STATE / "report.json"
UNLIMITED = 10**9
READERS = 2
"""The last of the systems, in their order, that reads the directory."""


class AskingFailed(Exception):
    """A process that asks ended in an error; the message is the end of what it said."""


def whole(*, seed: int, requests: int, ending: Ending) -> None:
    """Ask, print what is claimed, and write it beside every failure with the request that shows it; also when ended early."""
    say(f"fuzz: {requests} requests; what each system has asked so far stands in {STATE}/share*.log")
    asked, seconds = asked_by_all(seed=seed, requests=requests, processes=ASKERS, state=STATE, ending=ending)
    at = datetime.now(UTC)
    claims = claims_of(asked, requests=requests, seconds=seconds)
    early = ", ended early" if ending.asked else ""
    say(f"\nfuzz: seed {seed}, {at:%Y-%m-%d %H:%M} UTC, load {os.getloadavg()[0]:.1f}{early}")
    show(claims, say)
    written = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "load": round(os.getloadavg()[0], 1)},
        "seconds": round(seconds),
        "ended_early": ending.asked,
        "claims": [{**asdict(claim), "seed": seed, "date": at.isoformat()} for claim in claims],
        "systems": [one.plain() for one in asked],
    }
    REPORT.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    say(f"The report stands in {REPORT}.")


def asked_by_all(
    *, seed: int, requests: int, processes: int, state: Path, ending: Ending | None = None
) -> tuple[list[Asked], float]:
    """Ask in so many processes, each with its share of the systems; what they found, and in how many seconds."""
    ending = ending or Ending()
    with bed.maintenance() as connection:
        bed.ensure(connection, bed.schema_template())
    began = time.monotonic()
    files = [state / f"share{number}.json" for number in range(processes)]
    running = [ending.started(_started(file, number, processes, requests, seed)) for number, file in enumerate(files)]
    # Who was ended before it could listen has nothing to say.
    well = {0, -signal.SIGTERM} if ending.asked else {0}
    if {process.wait() for process in running} - well:
        raise AskingFailed("\n".join(path.with_suffix(".log").read_text()[-2000:] for path in files))
    written = [json.loads(path.read_text(encoding="utf-8")) for path in files if path.exists()]
    asked = [Asked(**_counted(said)) for share in written for said in share]
    return asked, time.monotonic() - began


def share(path: Path, number: int, processes: int, requests: int, seed: int, *, ending: Ending) -> None:
    """One process: every so-manieth of the six systems, each with its part of the requests."""
    document = description.document()
    with _world():
        world = Cast()
        known = Known(document, everything(world))
        askers = six(document, world)
        known.explore(askers[:3])
        reals = list(realities(document, world, askers, requests=requests, seed=seed))
        onward = Onward(ending)
        found = [
            ask(
                asker,
                document,
                known,
                requests=-(-requests // ASKERS),
                seed=seed,
                turn=turn,
                real=reals[turn],
                onward=onward,
            )
            for turn, asker in list(enumerate(askers))[number::processes]
        ]
    path.write_text(json.dumps([asked.plain() for asked in found], indent=1) + "\n", encoding="utf-8")


def realities(
    document: dict[str, Any], world: ApiWorld, askers: Sequence[Asker], *, requests: int, seed: int
) -> Iterator[Real]:
    """What is real for each system: the same places, and what the directory tells it; who reads none knows what AL does."""
    first = References(document, Caller(askers[0].secret))
    places = Ready(Caller(askers[0].secret), first).fill(world, Caller(askers[2].secret), requests=requests).places
    readings = frozenset(path for path, item in document["paths"].items() if "get" in item and path.endswith("}"))
    for turn, asker in enumerate(askers):
        knows = first if turn == 0 or turn > READERS else References(document, Caller(asker.secret))
        yield Real(asker, readings, places, knows, random.Random(seed + turn))  # noqa: S311  # seeded chance


@dataclass
class Onward:
    """Whether to go on; tells of each failure when it is found, and in every minute how far a system has come."""

    ending: Ending
    told: float = -math.inf
    failures: set[tuple[str, str]] = field(default_factory=set)

    def __call__(self, asked: Asked) -> bool:
        """After each step of a system."""
        for sort, how in asked.failures.items():
            if (asked.asker, sort) not in self.failures:
                self.failures.add((asked.asker, sort))
                say(f"{asked.asker} found: {sort}\n{how}")
        if asked.requests and time.monotonic() - self.told > MINUTE:
            self.told = time.monotonic()
            say(f"{datetime.now(UTC):%H:%M} {asked.asker}: {asked.requests} requests")
        return not self.ending.asked


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
        *_reach(unasked, silent, whole=answers.total() >= FULL),
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
    path.unlink(missing_ok=True)
    with path.with_suffix(".log").open("wb") as log:
        # In a session of its own, for Ctrl-C is told to all that hang at the keyboard, and we pass it on.
        return subprocess.Popen(
            command, cwd=CHECKOUT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )


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
