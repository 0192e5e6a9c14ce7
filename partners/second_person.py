"""The rule of the second person, asked of the database that keeps it (sql/confirmation.sql)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.utils.translation import gettext as _

from foundation import access
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership, OfficeHolder
from foundation.workflow.refusals import Refusal


class UnableToConfirm(Refusal):
    """The proposal was answered or withdrawn in the meantime, or lacks what it needs; the message is fit for the user."""


def may_found(
    *, by: Actor | None, subject: UUID, authority_id: UUID | None = None, office_id: UUID | None = None
) -> bool:
    """May this appointment stand without a second person: nobody could be one, and it brings sight of nothing?

    Asked for whoever acts; nobody acts only while a command sets the product up.
    """
    if by is not None:
        access.current(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT partners_may_found(%s, %s, %s)", [authority_id, office_id, subject])
        row = cursor.fetchone()
    return bool(row and row[0])


def _may_confirm(by: Actor, authority: str, partner: str, subject: str) -> Func:
    return Func(
        Value(by.membership_id),
        F(authority),
        F(partner),
        F(subject),
        F("proposed_by__account_id"),
        function="partners_may_confirm",
        output_field=BooleanField(),
    )


def memberships_to_confirm(by: Actor, at: datetime) -> QuerySet[Membership]:
    """Proposed memberships for which this actor may be the second person."""
    waiting = Membership.objects.waiting(at).filter(authority__partner_id=by.partner_id)
    return waiting.filter(_may_confirm(by, "authority_id", "authority__partner_id", "account_id"))


def holders_to_confirm(by: Actor, at: datetime) -> QuerySet[OfficeHolder]:
    """Proposed appointments to an office for which this actor may be the second person."""
    waiting = OfficeHolder.objects.waiting(at).filter(office__partner_id=by.partner_id)
    return waiting.filter(_may_confirm(by, "office__authority_id", "office__partner_id", "membership__account_id"))


@contextmanager
def in_our_words() -> Iterator[None]:
    """Turn what the triggers say into our refusals: between the check and the write, somebody may have been faster."""
    try:
        yield
    except DatabaseError as error:
        state = getattr(error.__cause__, "sqlstate", None)
        if state == "WB403":
            raise access.Forbidden(_("You may not do this here.")) from error
        if state == "WB409":
            raise UnableToConfirm(_("This was answered or ended in the meantime.")) from error
        raise
