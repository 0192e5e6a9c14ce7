"""The browser of the journeys: found, or installed where we may, else the tests do not begin."""

import os
import shutil
import subprocess
import sys

from setup.progress import say

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
INSTALL = "apt-get install -y --no-install-recommends chromium"


def find() -> str | None:
    """The path of a Chromium; WBCJ_CHROMIUM names one."""
    chosen = os.environ.get("WBCJ_CHROMIUM")
    return chosen or next(filter(None, map(shutil.which, NAMES)), None)


def main() -> None:
    """Make sure that there is one."""
    if find():
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(
            "The journeys need Chromium and none was found. Install it and run `make test` again:\n"
            f"  sudo {INSTALL}\nor name one: make test WBCJ_CHROMIUM=path/to/chromium"
        )
    say("installing Chromium for the journeys")
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get update", INSTALL):
        result = subprocess.run(
            command.split(), env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if result.returncode:
            sys.exit(f"`{command}` failed:\n{result.stderr.strip()}")
    say("Chromium installed")


if __name__ == "__main__":
    main()
