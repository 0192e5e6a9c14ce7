"""One question for each kind of container, asked from inside it: `python -m wbcj.probe web`; ends with 0 or 1.

Says which part is away and nothing of its address or password. The worker is asked over Redis, by its own name; the clock has
no door to knock at, so it is known by its schedule file, which it writes at each tick that is due.
"""

from __future__ import annotations

import http.client
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from wbcj.celery import app

PORT = 8000
# The sweep is due every five seconds, and the clock writes its file at least every three minutes.
SILENT = 240.0


def web() -> str:
    """Ask the web process whether it can work; its own answer names what is away."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=4)
    try:
        connection.request("GET", "/health/ready/", headers={"Host": settings.ALLOWED_HOSTS[0]})
        answer = connection.getresponse()
        return "" if answer.status == http.HTTPStatus.OK else answer.read(200).decode("ascii", "replace")
    except OSError as error:
        return f"no answer ({type(error).__name__})"
    finally:
        connection.close()


def worker() -> str:
    """Ask this container's own worker, and no other, for a sign of life."""
    name = f"worker@{socket.gethostname()}"
    try:
        return "" if app.control.ping(destination=[name], timeout=5.0) else "the worker does not answer"
    except Exception as error:  # whatever the broker's driver raises, its text may hold an address
        return f"the broker does not answer ({type(error).__name__})"


def beat() -> str:
    """Look whether the clock wrote its schedule of late."""
    written = [path.stat().st_mtime for path in files_of(Path(settings.CELERY_BEAT_SCHEDULE_FILENAME))]
    if not written:
        return "the clock has written no schedule yet"
    age = time.time() - max(written)
    return "" if age < SILENT else f"the clock has been silent for {age:.0f} s"


def files_of(schedule: Path) -> list[Path]:
    """The schedule, under the endings that the databases of Python's shelf give it."""
    return sorted(schedule.parent.glob(f"{schedule.name}*")) if schedule.parent.is_dir() else []


PROBES: dict[str, Callable[[], str]] = {"web": web, "worker": worker, "beat": beat}


def main(name: str) -> int:
    """Ask one question; say what is wrong."""
    wrong = PROBES[name]()
    if wrong:
        sys.stderr.write(f"{name}: {wrong}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
