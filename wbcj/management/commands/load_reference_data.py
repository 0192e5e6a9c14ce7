"""Load the reference data of every app; idempotent, and never over what staff have changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand

import cases.reference
import contactgroup.reference
import foundation.notifications.reference
import foundation.reference.loading
import jits.reference
import partners.reference

LOADERS: tuple[tuple[str, Callable[[], int]], ...] = (
    ("partners", partners.reference.load),
    ("programme", foundation.reference.loading.load),
    ("notifications", foundation.notifications.reference.load),
    ("cases", cases.reference.load),
    ("contactgroup", contactgroup.reference.load),
    ("jits", jits.reference.load),
)
"""Name of the app -> its function, which makes what is missing and says how many rows that were; lower apps first."""


class Command(BaseCommand):
    """``manage.py load_reference_data``, run at each set-up and upgrade as the runtime role."""

    help = "Load the reference data that is missing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run every loader in order."""
        for name, load in LOADERS:
            self.stdout.write(f"{name}: {load()} rows made")
