"""Rotate the master key of the documents."""

from __future__ import annotations

from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError

from foundation.documents import rotation
from foundation.documents.refusals import Broken, Unreachable
from wbcj.settings import environment


class Command(BaseCommand):
    """``manage.py rotate_master_key``: with the owner's login, WBCJ_MASTER_KEY (the new key) and WBCJ_FORMER_MASTER_KEY."""

    help = "Wrap the keys of all roots with the new master key; can be interrupted and run again, and runs beside the product."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Rewrap, and say what is left."""
        with psycopg.connect(environment.owner_url(), autocommit=True) as connection:
            try:
                done = rotation.rewrap(connection)
            except (Broken, Unreachable) as error:
                raise CommandError(f"Stopped: {error}. {rotation.left(connection)} keys are left.") from error
            left = rotation.left(connection)
        self.stdout.write(f"{done} keys wrapped anew, {left} left.")
        if not left:
            self.stdout.write(
                "When every process has the new key, run it once more; then take WBCJ_FORMER_MASTER_KEY away."
            )
