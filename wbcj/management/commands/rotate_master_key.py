"""Rotate the master key of the documents and of the secrets of webhooks."""

from __future__ import annotations

from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError

from foundation.documents import rotation
from foundation.documents.refusals import Broken, Unreachable
from foundation.webhooks import rotation as webhooks
from wbcj.settings import environment


def _left(connection: psycopg.Connection[Any]) -> int:
    return rotation.left(connection) + webhooks.left(connection)


class Command(BaseCommand):
    """``manage.py rotate_master_key``: with the owner's login, WBCJ_MASTER_KEY (the new key) and WBCJ_FORMER_MASTER_KEY."""

    help = "Wrap keys of roots and secrets of webhooks with the new master key; can be interrupted and run again, beside the product."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Rewrap, and say what is left."""
        with psycopg.connect(environment.owner_url(), autocommit=True) as connection:
            try:
                done = rotation.rewrap(connection) + webhooks.rewrap(connection)
            except (Broken, Unreachable) as error:
                raise CommandError(f"Stopped: {error}. {_left(connection)} keys are left.") from error
            left = _left(connection)
        self.stdout.write(f"{done} keys wrapped anew, {left} left.")
        if not left:
            self.stdout.write(
                "When every process has the new key, run it once more; then take WBCJ_FORMER_MASTER_KEY away."
            )
