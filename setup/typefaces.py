"""The typefaces of papers for whoever does not run the demo: fetched once, and done without where they cannot be."""

from pathlib import Path

from foundation.components import assets, fonts
from setup.progress import say
from setup.sources import STATE


def main() -> None:
    """Fetch what is not there; a paper is printed in DejaVu otherwise."""
    for name, package in fonts.PACKAGES.items():
        _fetch(STATE / "fonts" / name, package)


def _fetch(folder: Path, package: assets.Package) -> None:
    if assets.present(folder, package):
        return
    try:
        assets.fetch(folder, package)
    except (assets.UnableToFetch, assets.WrongChecksum) as error:
        say(f"typefaces could not be fetched; papers are printed in DejaVu ({error})")
    else:
        say(f"fetched {package.spec}")


if __name__ == "__main__":
    main()
