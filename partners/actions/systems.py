"""Systems of a partner: registered like a person is invited, and confirmed by a second person before they see or do anything."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Account, Membership
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal
from partners.actions import memberships, periods


class UnableToRegister(Refusal):
    """The partner has a system of that name; the message is fit for the user."""


@action
def register_system(
    *, by: Actor, at: datetime, authority_id: UUID, name: str, role: str, purpose: str = ""
) -> Membership:
    """Make an account for a system, which nobody can sign in with, and propose its membership of an authority.

    It is granted tokens (``foundation.systems``) once a second person has confirmed it. Who may: the partner's administrator. Raises
    Forbidden, UnableToRegister, UnableToInvite (a closed authority, a role that gives rights).
    """
    authority = memberships.open_authority(authority_id)
    periods.require_administrator(by, authority.partner_id)
    standing = Membership.objects.systems_of(authority.partner_id).overlapping(at, None)
    if standing.filter(account__full_name__iexact=name).exists():
        raise UnableToRegister(_("Your partner has a system of that name."))
    account = Account.objects.create_system(full_name=name, time_zone=authority.partner.time_zone)
    membership = memberships.propose(
        by=by, at=at, authority=authority, account=account, role=role, function=purpose, begins=(at, None)
    )
    record.happened("partners.system.registered", by=by, root=membership.pk)
    return membership
