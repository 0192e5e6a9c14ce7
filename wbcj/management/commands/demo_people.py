"""Say who is in the demo and what to try as whom."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.tenancy.models import Partner
from wbcj.demo import table


class Command(BaseCommand):
    """``manage.py demo_people``: sign-in addresses, roles, partners and the one password, in the demo alone."""

    help = "Print the people of the demo."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print the table."""
        if not settings.WBCJ_DEMO:
            raise CommandError("There are demo people in the demo only: set WBCJ_DEMO=1.")
        names = dict(Partner.objects.values_list("code", "name"))
        for line in table.lines(names):
            self.stdout.write(line)
