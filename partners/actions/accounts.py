"""Accounts: found or made by an invitation, welcomed by mail, with preferences of their own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation import access
from foundation.audit import record
from foundation.components import formats
from foundation.notifications.delivery import letters, rows
from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import AccountKind
from foundation.tenancy.models import Account, Authority, Membership
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal
from partners.permissions import PartnerPermission

WELCOME = "welcome"


class UnableToInvite(Refusal):
    """This person cannot be proposed here; the message is fit for the user."""


def account_for(*, email: str, full_name: str, language: str, authority: Authority) -> Account:
    """The account of that address, or a new one without a password; the name of an account that exists stays."""
    found = Account.objects.filter(email__iexact=email.strip()).first()
    if found is None:
        zone = authority.partner.time_zone
        return Account.objects.create_account(
            email=email.strip(), full_name=full_name, language=language, time_zone=zone
        )
    if not found.is_active or found.kind != AccountKind.PERSON:
        raise UnableToInvite(_("This address belongs to an account that cannot be given a membership."))
    return found


def welcome(membership: Membership, at: datetime) -> None:
    """Put the welcome mail into the queue, for when the membership begins; only to a person who never had a password."""
    if membership.account.has_usable_password() or membership.account.kind != AccountKind.PERSON:
        return
    wanted = rows.Wanted(
        key=f"welcome:{membership.pk}",
        letter=WELCOME,
        subject=membership.pk,
        account_id=membership.account_id,
        membership_id=membership.pk,
        due_at=max(at, membership.starts_at),
    )
    rows.enqueue([wanted], at=at)


def welcome_letter(actor: Actor, order: letters.Order) -> letters.Composed:
    """A link to choose a password, for the invited person, who acts. Nothing when there is one already. No case content."""
    account = Account.objects.get(pk=actor.account_id)
    if account.has_usable_password():
        return letters.Unneeded(reason="has a password")
    key = {"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)}
    with override(account.language):
        body = _(
            "You were appointed at %(authority)s (%(partner)s) from %(date)s.\n\nChoose a password here: %(link)s\n\nThe link is valid"
            " for a short time and for one use. After that, ask for a new one on the sign-in page (“Forgot your password?”)."
        ) % {
            "authority": actor.authority_name,
            "partner": actor.partner_name,
            "date": formats.day(order.at.date()),
            "link": letters.address(reverse("account_reset_password_from_key", kwargs=key)),
        }
        subject = _("WBCJ Coordination: choose your password")
        return letters.to(account, subject=subject, body=body)


def welcomed(actor: Actor) -> None:
    """The welcome has gone: put it on record."""
    record.happened("partners.account.welcomed", by=actor, root=actor.membership_id)


@action
def change_preferences(*, by: Actor, language: str, time_zone: str) -> Account:
    """Set language and time zone of the actor's own account. Who may: everyone, for themselves."""
    access.require(by, PartnerPermission.PROFILE)
    account = Account.objects.select_for_update().get(pk=by.account_id)
    account.language, account.time_zone = language, time_zone
    account.save(update_fields=["language", "time_zone"])
    record.happened("partners.account.preferences_changed", by=by, root=by.membership_id)
    return account


def locked_account(key: UUID) -> Account:
    """The account, locked until the end of the transaction."""
    return Account.objects.select_for_update().get(pk=key)
