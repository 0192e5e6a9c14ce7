"""Fetch the third-party front-end files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.components import assets


class Command(BaseCommand):
    """Brings the Europa design tokens once; without node or network the product goes on with its own values."""

    help = "Fetch the Europa design tokens by package name, version and committed checksum; quick when present."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """`--again` fetches even when the files are there."""
        parser.add_argument("--again", action="store_true", help="fetch even when the files are there")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Fetch, or say why not; only a wrong checksum is a failure."""
        folder = Path(settings.ASSETS_DIR) / "ecl"
        if assets.present(folder) and not options["again"]:
            self.stdout.write(f"{assets.ECL.spec} is here already.")
            return
        try:
            assets.fetch(folder)
        except assets.UnableToFetch as missing:
            self.stderr.write(f"Not fetched: {missing} The pages use the same colours from our own stylesheet.")
        except assets.WrongChecksum as wrong:
            raise CommandError(str(wrong)) from wrong
        else:
            self.stdout.write(f"Fetched {assets.ECL.spec}, checksum right.")
