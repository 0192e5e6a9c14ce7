"""What a confined process gives up before it reads its first foreign byte."""

from __future__ import annotations

import resource
import signal
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Final

MEMORY: Final = 2 << 30
"""Bytes of address space; a printed paper of hundreds of pages takes a quarter of it."""

LARGEST_FILE: Final = 64 << 20
"""Bytes; the largest that is ever written are typefaces on their way to the libraries that shape letters."""

LONGEST: Final = 120
"""Seconds for one paper, whatever the caller would wait: also where the caller was killed and nobody waits any more."""

_CODE: Final = (".py", ".pyc", ".so")
_CLOSED: Final = (
    "socket.connect", "socket.bind", "socket.send", "socket.getaddrinfo", "socket.gethost", "urllib.", "http.", "ftplib.", "smtplib.",
    "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "ctypes.", "webbrowser.",
)  # fmt: skip


def bound_memory() -> None:
    """Let the kernel end a paper that would take the machine's memory or disk."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, LARGEST_FILE), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))


def one_more() -> None:
    """Ask the kernel to end this process when the work that begins now takes too long."""
    signal.alarm(LONGEST)


def close_doors(scratch: Path) -> None:
    """From here on no connection, no program, and no file but Python's own code and data and the scratch folder."""
    sys.addaudithook(_doorkeeper(scratch))


def _doorkeeper(scratch: Path) -> Callable[[str, tuple[object, ...]], None]:
    """Python asks it before it does something; what it refuses is not done."""
    paths = sysconfig.get_paths()
    libraries = tuple(f"{Path(paths[name]).resolve()}/" for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    own = f"{scratch.resolve()}/"

    def ask(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(_CLOSED):
            raise PermissionError(event)
        if event == "open" and isinstance(arguments[0], (str, bytes, Path)):
            path = _path(arguments[0])
            if not path.startswith((own, *libraries)) and not path.endswith(_CODE):
                raise PermissionError(event)

    return ask


def _path(given: str | bytes | Path) -> str:
    text = given.decode(errors="replace") if isinstance(given, bytes) else str(given)
    return str(Path(text).resolve())
