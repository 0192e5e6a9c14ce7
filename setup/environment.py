"""Make the Python environment below var/ from the hash-pinned locks. Needs the standard library alone.

Run by whatever `python3` a machine has, so its first task is to find one that is new enough and really runs.
"""

from __future__ import annotations

import fcntl
import glob
import hashlib
import os
import shutil
import subprocess
import sys
import time

CHECKOUT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
STATE = os.path.join(CHECKOUT, "var")
VENV = os.path.join(STATE, "venv")
OLDEST, NEWEST = (3, 11), (3, 13)
BEGAN = float(os.environ.get("WBCJ_BEGAN") or time.time())


class CannotSetUp(Exception):
    """Something is missing; the message says what to do."""


def say(text: str) -> None:
    """Print one line of progress with the seconds since `make` began."""
    sys.stdout.write(f"[{time.time() - BEGAN:6.1f} s] {text}\n")
    sys.stdout.flush()


def main() -> None:
    """Bring the environment up to its lock: `environment.py runtime` or `environment.py dev`."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else "dev"
    os.makedirs(STATE, exist_ok=True)
    with open(os.path.join(STATE, "environment.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            ensure(wanted)
        except CannotSetUp as error:
            sys.exit(f"\nCannot set up: {error}")


def ensure(wanted: str) -> None:
    """Install what the lock names, unless that is already there; the tests' environment serves the demo too."""
    stamp = os.path.join(VENV, "lock.sha256")
    installed = read(stamp)
    if installed in {fingerprint(kind) for kind in {wanted, "dev"}}:
        return
    kind = "dev" if installed.startswith("dev") else wanted
    python = find_python()
    say(f"Python environment from {python} (first run: half a minute)")
    uv = find_uv(python)
    if not os.path.exists(os.path.join(VENV, "bin", "python")):
        run(uv, "venv", "--quiet", "--no-project", "--allow-existing", "--python", python, VENV)
    lock = os.path.join(CHECKOUT, "requirements", f"{kind}.txt")
    # Compiled at once: the first page and every command would otherwise pay for it.
    target = ("--python", os.path.join(VENV, "bin", "python"))
    run(uv, "pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode", *target, lock)
    with open(stamp, "w") as file:
        file.write(fingerprint(kind))
    say("Python packages installed")


def find_python() -> str:
    """Find an interpreter that is new enough; one that only pretends to exist (a shim) does not count."""
    names = [f"python{major}.{minor}" for major, minor in ((3, 13), (3, 12), (3, 11))]
    pyenv = os.path.join(os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv"), "versions")
    candidates = [os.environ.get("WBCJ_PYTHON"), sys.executable, *map(shutil.which, names)]
    candidates += sorted(glob.glob(os.path.join(pyenv, "3.1[123].*", "bin", "python")), reverse=True)
    for candidate in filter(None, candidates):
        if OLDEST <= version_of(candidate) <= NEWEST:
            return candidate
    raise CannotSetUp(
        "Python 3.11, 3.12 or 3.13 is needed and none was found. Install one (Debian, Ubuntu: "
        "apt-get install python3 python3-venv) or name one: make demo WBCJ_PYTHON=path/to/python3."
    )


def version_of(python: str) -> tuple[int, ...]:
    """Ask an interpreter for its version; (0,) when it does not run."""
    command = [python, "-c", "import sys; print(*sys.version_info[:2])"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return (0,)
    return tuple(int(part) for part in answer.stdout.split())


def find_uv(python: str) -> str:
    """The pinned installer, in a folder of its own: it removes from the environment whatever the lock does not name."""
    folder = os.path.join(STATE, "uv")
    program = os.path.join(folder, "bin", "uv")
    stamp = os.path.join(folder, "lock.sha256")
    if read(stamp) == fingerprint("bootstrap"):
        return program
    shutil.rmtree(folder, ignore_errors=True)
    lock = os.path.join(CHECKOUT, "requirements", "bootstrap.txt")
    install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", lock)
    if succeeds(python, "-m", "pip", "--version"):
        run(python, *install, "--target", folder)
    else:
        make_venv(python, folder)
        run(os.path.join(folder, "bin", "python"), *install)
    with open(stamp, "w") as file:
        file.write(fingerprint("bootstrap"))
    return program


def make_venv(python: str, folder: str) -> None:
    """Make an environment with pip; on Debian its parts may be missing, and root may install them."""
    if not succeeds(python, "-c", "import ensurepip, venv"):
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            raise CannotSetUp("Python's venv module is missing. Debian, Ubuntu: sudo apt-get install python3-venv")
        say("installing python3-venv")
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "python3-venv")
    run(python, "-m", "venv", folder)


def fingerprint(kind: str) -> str:
    """Name one lock file's content."""
    with open(os.path.join(CHECKOUT, "requirements", f"{kind}.txt"), "rb") as file:
        return f"{kind} {hashlib.sha256(file.read()).hexdigest()}"


def read(path: str) -> str:
    """Read a small file; empty when there is none."""
    try:
        with open(path) as file:
            return file.read()
    except FileNotFoundError:
        return ""


def succeeds(*command: str) -> bool:
    """Run a command quietly and say whether it ended well."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def run(*command: str) -> None:
    """Run a command; when it fails, show what it said."""
    # Without this uv would look for an interpreter to fetch when it does not like the one it was given.
    surroundings = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    result = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=surroundings, check=False
    )
    if result.returncode:
        said = (result.stderr or result.stdout).strip()[-3000:]
        raise CannotSetUp(f"this command failed:\n  {' '.join(command)}\n{said}")


if __name__ == "__main__":
    main()
