"""The first people: of the product, and of each partner."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from foundation import access
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import AuthorityKind, PartnerKind, Role
from foundation.tenancy.models import Account, Authority, Membership
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal
from partners import second_person
from partners.actions import accounts, memberships
from partners.permissions import PartnerPermission


class UnableToFound(Refusal):
    """There is somebody already who can do it; the message is fit for the user."""


@action
def found_administrator(
    *, by: Actor, at: datetime, authority_id: UUID, email: str, full_name: str, function: str = "", language: str = "en"
) -> Membership:
    """Name the first administrator of a partner that has no people and sees nothing yet.

    Who may: the programme team. Raises Forbidden, UnableToFound (the partner has people of its own, or something to see).
    """
    access.require(by, PartnerPermission.FOUND)
    authority = Authority.objects.select_related("partner").select_for_update(of=("self",)).get(pk=authority_id)
    account = accounts.account_for(email=email, full_name=full_name, language=language, authority=authority)
    if not second_person.may_found(by=by, subject=account.pk, authority_id=authority.pk):
        raise UnableToFound(
            _("This partner has people of its own already, or something was shared with it. It appoints its own.")
        )
    return memberships.propose(
        by=by,
        at=at,
        authority=authority,
        account=account,
        role=Role.PARTNER_ADMINISTRATOR,
        function=function,
        begins=(at, None),
    )


@action
def found_technical_administrator(*, at: datetime, email: str, full_name: str, password: str | None) -> Membership:
    """The very first person, before anybody can act: called by the command of that name, at the machine itself.

    ``at`` is a moment before the transaction began, for the person acts in it at once, to put the founding on record.
    Raises UnableToFound once the programme team has people: then they invite one another.
    """
    team = Authority.objects.select_related("partner").get(
        partner__kind=PartnerKind.EUROJUST, kind=AuthorityKind.PROGRAMME
    )
    account = accounts.account_for(email=email, full_name=full_name, language="en", authority=team)
    if not second_person.may_found(by=None, subject=account.pk, authority_id=team.pk):
        raise UnableToFound(_("There are people already. The partner administrator of Eurojust invites others."))
    if password is not None:
        _set_password(account, password)
    membership = memberships.propose(
        by=None,
        at=at,
        authority=team,
        account=account,
        role=Role.TECHNICAL_ADMINISTRATOR,
        function="",
        begins=(at, None),
    )
    with access.acting_as(account.pk, membership.pk) as founder:
        record.happened("partners.technical_administrator.founded", by=founder, root=membership.pk)
    return membership


def _set_password(account: Account, password: str) -> None:
    account.set_password(password)
    account.save(update_fields=["password"])
