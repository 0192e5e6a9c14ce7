"""The browser of the journeys: found, or installed where we may, else the tests do not begin."""

import os
import shutil

from setup import debian

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find() -> str | None:
    """The path of a Chromium; WBCJ_CHROMIUM names one."""
    chosen = os.environ.get("WBCJ_CHROMIUM")
    return chosen or next(filter(None, map(shutil.which, NAMES)), None)


def main() -> None:
    """Make sure that there is one."""
    if not find():
        why = "The journeys need Chromium and none was found."
        debian.install(["chromium"], why=why, elsewhere="Or name one: make test WBCJ_CHROMIUM=path/to/chromium")


if __name__ == "__main__":
    main()
