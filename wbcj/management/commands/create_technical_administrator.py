"""Make the first person of the product."""

from __future__ import annotations

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from foundation.tenancy.models import Account
from partners import actions


class Command(BaseCommand):
    """``manage.py create_technical_administrator EMAIL "FULL NAME"``, run once, as the runtime role, after the reference data.

    Asks for the password; with ``--send-link`` the person chooses it through a link sent by mail. Refuses once the programme team has
    people: then they invite one another.
    """

    help = "Make the first technical administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who it is."""
        parser.add_argument("email")
        parser.add_argument("full_name")
        parser.add_argument("--send-link", action="store_true", help="send a link to choose the password by mail")

    def handle(self, *_args: Any, email: str, full_name: str, send_link: bool, **_options: Any) -> None:
        """Found the membership and say what comes next."""
        try:
            validate_email(email)
            password = None if send_link else _asked(Account(email=email, full_name=full_name))
            actions.found_technical_administrator(
                at=timezone.now(), email=email, full_name=full_name, password=password
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except (actions.UnableToFound, actions.UnableToInvite) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{full_name} is technical administrator. Next: sign in and name each partner's administrator."
        )


def _asked(account: Account) -> str:
    """A password, typed twice; by the same rules as on the pages."""
    try:
        password, again = getpass("Password: "), getpass("The same again: ")
    except EOFError:
        raise CommandError("Nobody is there to type a password. Use a terminal, or --send-link.") from None
    if password != again:
        raise CommandError("The two passwords differ.")
    validate_password(password, account)
    return password
