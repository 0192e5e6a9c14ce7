"""PostgreSQL refuses to run as root: what stands before its programs so that root can start it all the same."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

NOBODY = 65534
UNSHARE = ("unshare", f"--map-user={NOBODY}", f"--map-group={NOBODY}")
SETPRIV = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")


class CannotDropRoot(Exception):
    """Neither way of starting PostgreSQL works for root here; the message says what to do."""


@cache
def prefix() -> tuple[str, ...]:
    """The command that runs a program as somebody else than root; empty for everybody else."""
    if os.geteuid() != 0:
        return ()
    # In a name space of its own root looks like nobody to PostgreSQL, yet every file stays root's:
    # no new system user, no change of owner or mode. Some containers refuse such name spaces.
    for command in (UNSHARE, SETPRIV):
        if shutil.which(command[0]) and _works(command):
            return command
    raise CannotDropRoot(
        "PostgreSQL cannot be started as root here. Run as an ordinary user, or set DATABASE_URL, "
        "DATABASE_OWNER_URL and REDIS_URL to servers of your own."
    )


def hand_over(path: Path) -> None:
    """Give a path to the user under which PostgreSQL will run, where that is really another one."""
    if prefix() == SETPRIV:
        os.chown(path, NOBODY, NOBODY)


def _works(command: tuple[str, ...]) -> bool:
    return subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
