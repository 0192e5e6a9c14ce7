"""The second validator of signed PDF files, pdfsig of poppler: found, or installed where we may, else the tests do not begin."""

import shutil

from setup import debian

PROGRAM = "pdfsig"


def main() -> None:
    """Make sure that it is there."""
    if not shutil.which(PROGRAM):
        why = f"The tests of signed packages need {PROGRAM} and it was not found."
        elsewhere = "Fedora: sudo dnf install poppler-utils. macOS: brew install poppler."
        debian.install(["poppler-utils"], why=why, elsewhere=elsewhere)


if __name__ == "__main__":
    main()
