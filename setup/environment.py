"""Make the Python environment below var/ from the hash-pinned locks. Needs the standard library alone.

Run by whatever `python3` a machine has, so its first task is to find one that is new enough and really runs.
"""

from __future__ import annotations

import errno
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
# What the environment, the servers and the demo world take, with some room; the tests' environment is larger.
MEGABYTES = {"runtime": 450, "dev": 1100}
NOT_OURS = (
    '{path} cannot be written by this user. Make this checkout yours (sudo chown -R "$USER" .) or copy it elsewhere.'
)
SAID = {
    errno.EACCES: NOT_OURS,
    errno.EPERM: NOT_OURS,
    errno.EROFS: "{path} lies on a disk that cannot be written. Copy this checkout elsewhere.",
    errno.ENOSPC: "the disk of {path} is full.",
    errno.EDQUOT: "the quota of this user for {path} is used up.",
}
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
    try:
        os.makedirs(STATE, exist_ok=True)
        with open(os.path.join(STATE, "environment.lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            ensure(wanted)
    except CannotSetUp as error:
        sys.exit(f"\nCannot set up: {error}")
    except OSError as error:
        if error.errno not in SAID:
            raise
        sys.exit(f"\nCannot set up: {SAID[error.errno].format(path=error.filename or STATE)}")


def ensure(wanted: str) -> None:
    """Install what the lock names, unless that is already there; the tests' environment serves the demo too."""
    stamp = os.path.join(VENV, "lock.sha256")
    installed = read(stamp)
    if installed in {fingerprint(kind) for kind in {wanted, "dev"}}:
        return
    kind = "dev" if installed.startswith("dev") else wanted
    require_room(kind)
    python = find_python()
    say(f"Python environment from {python} (first run: half a minute)")
    uv = find_uv(python)
    if not os.path.exists(os.path.join(VENV, "bin", "python")):
        run(uv, "venv", "--quiet", "--no-project", "--allow-existing", "--python", python, VENV)
    lock = os.path.join(CHECKOUT, "requirements", f"{kind}.txt")
    # Compiled at once: the first page and every command would otherwise pay for it.
    target = ("--python", os.path.join(VENV, "bin", "python"))
    install(uv, "pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode", *target, lock)
    with open(stamp, "w") as file:
        file.write(fingerprint(kind))
    say("Python packages installed")


def require_room(kind: str) -> None:
    """Refuse before anything is fetched where the first run cannot fit."""
    free = shutil.disk_usage(STATE).free >> 20
    if not os.path.exists(VENV) and free < MEGABYTES[kind]:
        raise CannotSetUp(
            f"{free} MB are free below {STATE}, and the first run needs about {MEGABYTES[kind]}. "
            "Make room, or copy this checkout to a larger disk."
        )


def install(*command: str) -> None:
    """Install; where a network puts its own certificates before the world's, trust those that this machine trusts."""
    try:
        run(*command)
    except CannotSetUp as error:
        if "certificate" not in str(error):
            raise
        run(*command, UV_SYSTEM_CERTS="true")


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
    if not succeeds(python, "-c", "import ensurepip, venv; ensurepip.version()"):
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            raise CannotSetUp(
                f"{python} has neither pip nor what makes an environment (ensurepip, venv). Debian, Ubuntu: "
                "sudo apt-get install python3-venv. Or name another one: make demo WBCJ_PYTHON=path/to/python3."
            )
        say("installing python3-venv")
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "python3-venv")
    run(python, "-m", "venv", folder)


def may_cache() -> bool:
    """Say whether uv can keep what it fetched; a user without a home, or with one that is closed, goes without."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    folder = os.environ.get("UV_CACHE_DIR") or os.path.join(home, "uv")
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


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


def run(*command: str, **more: str) -> None:
    """Run a command; when it fails, show what it said."""
    # Without this uv would look for an interpreter to fetch when it does not like the one it was given.
    surroundings = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", **more}
    if not may_cache():
        surroundings["UV_NO_CACHE"] = "1"
    result = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=surroundings, check=False
    )
    if result.returncode:
        said = (result.stderr or result.stdout).strip()[-3000:]
        raise CannotSetUp(f"this command failed:\n  {' '.join(command)}\n{said}")


if __name__ == "__main__":
    main()
