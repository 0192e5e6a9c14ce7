"""`make check`: everything that can be said about the code without running it. Changes nothing."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from setup.progress import write
from setup.sources import CHECKOUT

# As on a public host, which is where the deploy check has something to say.
PUBLIC = {
    "DJANGO_SETTINGS_MODULE": "wbcj.settings.production",
    "WBCJ_HOSTS": "coordination.example.org",
    "WBCJ_DEMO": "0",
    "WBCJ_TEST_SEALS": "1",
    "WBCJ_MASTER_KEY": "not a secret: only so that the deploy check finds one",
}


@dataclass(frozen=True)
class Check:
    """One tool and what it looks at."""

    name: str
    command: tuple[str, ...]


CHECKS = (
    Check("types", ("-m", "mypy", ".")),
    Check("format", ("-m", "ruff", "format", "--check", "--no-cache", ".")),
    Check("lint", ("-m", "ruff", "check", "--no-cache", ".")),
    Check("imports point down", ("-c", "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])")),
    Check("migrations", ("manage.py", "makemigrations", "--check", "--dry-run")),
    Check("document of the API", ("manage.py", "openapi", "--check")),
    Check("deploy", ("manage.py", "check", "--deploy", "--fail-level", "WARNING")),
)


def main() -> None:
    """Run every check, print how each ended, and fail if one did."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        fine = list(pool.map(_run, CHECKS))
    failed = len(fine) - sum(fine)
    write(f"{sum(fine)} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def _run(check: Check) -> bool:
    began = time.monotonic()
    result = subprocess.run(
        [sys.executable, *check.command],
        cwd=CHECKOUT,
        env={**os.environ, **PUBLIC},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    fine = result.returncode == 0
    write(f"{'ok    ' if fine else 'FAILED'} {check.name} ({time.monotonic() - began:.1f} s)")
    if not fine:
        write(result.stdout.rstrip())
    return fine


if __name__ == "__main__":
    main()
