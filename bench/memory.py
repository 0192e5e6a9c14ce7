"""How much memory some processes have in use, as the kernel counts it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.02


def resident(pid: int) -> float:
    """Memory of one process that is not swapped out, in MiB; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)


def family(pid: int) -> list[int]:
    """A process and all below it."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def opened(pid: int) -> set[Path]:
    """The files that a process holds open."""
    found = set()
    for link in Path(f"/proc/{pid}/fd").glob("*"):
        try:
            found.add(link.readlink())
        except OSError:
            continue
    return found


@dataclass
class Growth:
    """The most that the processes had together, above what they had at the beginning, in MiB."""

    mebibytes: float = 0.0


@contextmanager
def watched(pids: Iterable[int]) -> Iterator[Growth]:
    """Look every twentieth of a second while the block runs."""
    watching, growth, ended = list(pids), Growth(), threading.Event()
    before = sum(map(resident, watching))

    def look() -> None:
        while not ended.wait(PAUSE):
            growth.mebibytes = max(growth.mebibytes, sum(map(resident, watching)) - before)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield growth
    finally:
        ended.set()
        thread.join()
