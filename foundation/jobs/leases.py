"""A lease that is renewed while the work goes on: short enough that a killed worker's rows come back within a minute."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, InterfaceError, connections

LEASE = timedelta(seconds=30)
RENEWED_EVERY = 10.0
"""Seconds. Two renewals may fail before the lease is lost."""
log = logging.getLogger("wbcj.jobs")


@contextmanager
def kept(renew: Callable[[], object]) -> Iterator[None]:
    """Call ``renew`` on a connection of its own until the block ends. Work that is over sooner costs a thread and no statement."""
    over = threading.Event()
    keeper = threading.Thread(target=_keep, args=(renew, over, RENEWED_EVERY), name="lease", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _keep(renew: Callable[[], object], over: threading.Event, every: float) -> None:
    try:
        while not over.wait(every):
            try:
                renew()
            except (DatabaseError, InterfaceError):
                log.warning("a lease was not renewed")
                connections.close_all()
    finally:
        connections.close_all()
