"""Back the product up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from wbcj.backups import making
from wbcj.backups.refusals import UnableToBackUp
from wbcj.settings import environment


class Command(BaseCommand):
    """``manage.py backup FOLDER``: database and documents of one snapshot, while the product runs; needs the owner's login."""

    help = "Write a backup into a new folder and read it back."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("folder", type=Path, help="does not exist yet; its parent does")

    def handle(self, *_args: Any, folder: Path, **_options: Any) -> None:
        """Make the backup and say what it holds."""
        source = making.Source(
            owner_url=environment.owner_url(),
            owner=settings.WBCJ_OWNER_ROLE,
            runtime=settings.WBCJ_RUNTIME_ROLE,
            documents=None if environment.value("WBCJ_S3_BUCKET") else settings.WBCJ_DOCUMENTS,
        )
        try:
            made = making.back_up(source, folder.absolute(), at=timezone.now())
        except UnableToBackUp as error:
            raise CommandError(str(error)) from error
        for line in made.lines():
            self.stdout.write(line)
        self.stdout.write(f"Backup written and read back: {folder}.")
        self.stdout.write("Neither the signing key nor the master key of the documents is in it; keep both apart.")
