"""Packages of the system: installed where this user may, as root on Debian and its relatives; elsewhere one command is named."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from setup.progress import say


def install(packages: Sequence[str], *, why: str, elsewhere: str = "") -> None:
    """Install them, or end with what to run instead. ``why`` is the sentence before that, ``elsewhere`` the one after it."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"\n{why} Run this once, then the same command again:\n  sudo {' '.join(command)}\n{elsewhere}")
    say(f"installing {', '.join(packages)}")
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], command):
        result = subprocess.run(
            step, env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if result.returncode:
            sys.exit(f"\n`{' '.join(step)}` failed:\n{(result.stderr or result.stdout).strip()[-2000:]}")
