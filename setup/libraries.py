"""The system's libraries that printing papers needs: looked for, installed where this user may, else one command is named."""

from __future__ import annotations

import ctypes
import sys

from setup import debian

# Library as the loader knows it -> the Debian package that brings it, by itself or with what it needs.
NEEDED = {
    "libgobject-2.0.so.0": "libpango-1.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libfontconfig.so.1": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz-subset0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
# Letters that our own typefaces lack, and all letters where those could not be fetched.
LETTERS = "fonts-dejavu-core"
ELSEWHERE = "Fedora: sudo dnf install pango dejavu-sans-fonts. macOS: brew install pango."


def main() -> None:
    """Install what is missing as root on Debian and its relatives; elsewhere stop and say what to run."""
    missing = [library for library in NEEDED if sys.platform == "linux" and not loads(library)]
    if not missing:
        return
    why = f"Cannot set up: printing papers needs {', '.join(missing)}."
    debian.install(packages(missing), why=why, elsewhere=ELSEWHERE)
    still = [library for library in missing if not loads(library)]
    if still:
        sys.exit(f"\nCannot set up: {', '.join(still)} could not be found after installing. {ELSEWHERE}")


def packages(missing: list[str]) -> list[str]:
    """What to install; each brings the smaller ones beneath it."""
    return [*dict.fromkeys(NEEDED[library] for library in missing), LETTERS]


def loads(library: str) -> bool:
    """Say whether the loader finds it."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
