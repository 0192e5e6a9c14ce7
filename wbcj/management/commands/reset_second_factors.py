"""Take all second factors from somebody who lost them, by two people together."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from foundation import access
from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import Role
from foundation.tenancy.models import Account, Membership
from foundation.workflow.refusals import Refusal
from wbcj.sign_in import actions


class Command(BaseCommand):
    """Run at the machine, once both are sure who asks: the record names both, the person gets a mail."""

    help = "Take all second factors from EMAIL; a technical administrator and a partner administrator do it together."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, and by whom."""
        parser.add_argument("email")
        parser.add_argument("--by", required=True, help="address of the technical administrator")
        parser.add_argument("--with", required=True, dest="second", help="address of the partner administrator")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Reset, or say why not."""
        account = Account.objects.filter(email__iexact=options["email"]).first()
        if account is None:
            raise CommandError("There is no such account.")
        by = _actor(options["by"], Role.TECHNICAL_ADMINISTRATOR)
        second = _actor(options["second"], Role.PARTNER_ADMINISTRATOR)
        try:
            taken = actions.reset_factors(by=by, second=second, at=timezone.now(), account=account)
        except Refusal as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{taken} factors and recovery codes taken; all sessions ended; a mail is on its way.")


def _actor(email: str, role: str) -> Actor:
    live = Membership.objects.live(timezone.now()).filter(account__email__iexact=email, role=role).first()
    if live is None:
        raise CommandError(f"{email} has no live membership as {role}.")
    with access.acting_as(live.account_id, live.pk) as actor:
        return actor
