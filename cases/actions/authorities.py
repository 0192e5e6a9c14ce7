"""What cases say to an authority that is closed, and what its end says to new cases."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from foundation import access
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Authority
from foundation.workflow.refusals import Refusal
from partners.actions import UnableToCloseAuthority


class UnableToOpen(Refusal):
    """The authority takes no new case; the message is fit for the user."""


def object_while_at_work(*, authority: Authority, by: Actor, at: datetime) -> None:
    """An authority is not closed while a case of its own is at work. Raises UnableToCloseAuthority."""
    access.current(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_held_by(%s)", [authority.pk])
        row = cursor.fetchone()
    if row and row[0]:
        raise UnableToCloseAuthority(
            _(
                "This authority has cases that are not closed. Its people close them before they leave; where nobody is left, ask"
                " whoever else manages the cases to close them."
            )
        )


def demand_open(authority_id: UUID) -> None:
    """Raise UnableToOpen where the end of the authority is set: no case would outlive it.

    Locked until the end of the transaction, as whoever closes it locks it: else each would miss what the other is about to write.
    """
    found = Authority.objects.taking().filter(pk=authority_id).order_by().values_list("pk")
    if not found.select_for_update(no_key=True).first():
        raise UnableToOpen(_("The end of your authority is set: it opens no new cases."))
