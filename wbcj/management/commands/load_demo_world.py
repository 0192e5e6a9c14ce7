"""Make the demo world."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from wbcj.demo import world


class Command(BaseCommand):
    """``manage.py load_demo_world``, after the reference data, as the runtime role; makes what is missing."""

    help = "Make the invented people and cases of the demo."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make the world, in the demo alone."""
        if not settings.WBCJ_DEMO:
            raise CommandError("The demo world is for the demo only: set WBCJ_DEMO=1 on a machine of your own.")
        made = world.make(now=timezone.now())
        self.stdout.write(f"{made.people} people and {made.stories} stories made")
