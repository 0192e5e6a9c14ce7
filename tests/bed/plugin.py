"""Loaded before Django: starts the servers of the tests and tells the settings where they are."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from foundation.servers.embedded import Servers

CHECKOUT = Path(__file__).resolve().parents[2]
STATE = CHECKOUT / "var" / "test"
USERS = pytest.StashKey[IO[str]]()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start the servers, unless the environment names others; stay noted as their user until the end."""
    if os.environ.get("DATABASE_URL"):
        return
    servers = Servers.below(STATE, lasting=False)
    users = (servers.state.private("run") / "users.lock").open("w")
    with starting_or_stopping():
        fcntl.flock(users, fcntl.LOCK_SH)
        servers.start()
    early_config.stash[USERS] = users
    os.environ.update(servers.addresses().environment())


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers when no other test process uses them."""
    users = config.stash.get(USERS, None)
    if users is None:
        return
    with starting_or_stopping():
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        Servers.below(STATE, lasting=False).stop()


@contextmanager
def starting_or_stopping() -> Iterator[None]:
    """Let one process at a time decide whether the servers come or go."""
    with (STATE / "run" / "bed.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
