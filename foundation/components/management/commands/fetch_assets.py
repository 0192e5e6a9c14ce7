"""Fetch the third-party front-end files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.components import assets, fonts

OWN_COLOURS = "The pages use the same colours from our own stylesheet."
OTHER_LETTERS = "Papers are printed in DejaVu where the machine has it."


class Command(BaseCommand):
    """Brings the Europa design tokens and the typefaces of papers once; without node or network the product goes on without."""

    help = (
        "Fetch the Europa design tokens and the typefaces of papers by package name, version and committed checksum; "
        "quick when present."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """`--again` fetches even when the files are there."""
        parser.add_argument("--again", action="store_true", help="fetch even when the files are there")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Fetch, or say why not; only a wrong checksum is a failure."""
        self._bring(assets.ECL, Path(settings.ASSETS_DIR) / "ecl", otherwise=OWN_COLOURS, again=options["again"])
        for name, package in fonts.PACKAGES.items():
            self._bring(package, Path(settings.FONTS_DIR) / name, otherwise=OTHER_LETTERS, again=options["again"])

    def _bring(self, package: assets.Package, folder: Path, *, otherwise: str, again: bool) -> None:
        if assets.present(folder, package) and not again:
            self.stdout.write(f"{package.spec} is here already.")
            return
        try:
            assets.fetch(folder, package)
        except assets.UnableToFetch as missing:
            self.stderr.write(f"Not fetched: {missing} {otherwise}")
        except assets.WrongChecksum as wrong:
            raise CommandError(str(wrong)) from wrong
        else:
            self.stdout.write(f"Fetched {package.spec}, checksum right.")
