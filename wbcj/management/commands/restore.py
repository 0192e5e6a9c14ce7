"""Restore a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.migrations.loader import MigrationLoader

from foundation.documents import keys
from wbcj.backups import manifest, restoring
from wbcj.backups.manifest import Manifest
from wbcj.backups.refusals import Differs, UnableToRestore
from wbcj.settings import environment


class Command(BaseCommand):
    """``manage.py restore FOLDER`` into the empty database of DATABASE_OWNER_URL; ``--check-only`` just reads the backup."""

    help = "Restore a backup into an empty database and compare the two."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Where from."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--check-only", action="store_true", help="verify the backup and restore nothing")

    def handle(self, *_args: Any, folder: Path, check_only: bool, **_options: Any) -> None:
        """Restore, compare, and say what was found equal."""
        try:
            backup = manifest.read(folder) if check_only else restoring.restore(folder, _target())
        except (UnableToRestore, manifest.NotABackup) as error:
            raise CommandError(str(error)) from error
        except Differs as error:
            raise CommandError(
                f"Restored, but NOT equal to the backup; do not use this database, drop it.\n{error}"
            ) from error
        for line in backup.lines():
            self.stdout.write(line)
        self._conclude(backup, check_only=check_only)

    def _conclude(self, backup: Manifest, *, check_only: bool) -> None:
        if check_only:
            self.stdout.write("Every part is as it was made. Nothing was restored.")
            return
        self.stdout.write(
            "Restored and compared: rows and content of each table, record, documents, policies, grants, functions: equal."
        )
        if backup.key != manifest.key_mark():
            self.stdout.write("The signing key is not the one of the backup: people sign in anew, links in mails end.")
        unopened = set(backup.masters) - {master.name for master in keys.masters()}
        if unopened:
            self.stdout.write(
                "The master key of the backup is not given here: until it is, NO stored file can be read."
            )
        pending = _known() - set(backup.facts.migrations)
        if pending:
            self.stdout.write(f"Next: migrate, for the backup is older by {len(pending)} migrations.")


def _known() -> frozenset[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(f"{app}.{name}" for app, name in loader.disk_migrations or ())


def _target() -> restoring.Target:
    return restoring.Target(
        owner_url=environment.owner_url(),
        owner=settings.WBCJ_OWNER_ROLE,
        runtime=settings.WBCJ_RUNTIME_ROLE,
        documents=settings.WBCJ_DOCUMENTS,
        known_migrations=_known(),
    )
