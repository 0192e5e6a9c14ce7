"""Sessions that begin without the sign-in page."""

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from foundation.pages import assurance
from foundation.tenancy.models import Account

by_account_alone = Client.force_login


def signed_in_fully(client: Client, user: Account, backend: str | None = None) -> None:
    """What the sign-in page leaves behind when password and second factor were right."""
    by_account_alone(client, user, backend)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session[assurance.FACTOR] = str(user.pk)
    session.save()
