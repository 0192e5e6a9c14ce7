"""Authorities: founded and closed by project staff, named by their partner."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import access
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import OfficeKind
from foundation.tenancy.models import Authority, Membership, Office, Partner
from foundation.workflow import actions as workflow
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal
from partners import rules, second_person
from partners.actions import periods
from partners.permissions import PartnerPermission

CLOSE = "partners.close_authority"
workflow.declare(CLOSE)

_NAMED = 3
"""So many of those who hold an authority open are named."""


class UnableToNameAuthority(Refusal):
    """Another authority has that name, or somebody was faster; the message is fit for the user."""


class UnableToFoundAuthority(Refusal):
    """The partner has an authority of that name, or none of that kind; the message is fit for the user."""


class UnableToCloseAuthority(Refusal):
    """Somebody works there, something is open, or it is closed already; the message is fit for the user."""


@action
def found_authority(
    *,
    by: Actor,
    at: datetime,
    partner_id: UUID,
    name: str,
    kind: str,
    local_name: str = "",
    opens_at: datetime | None = None,
) -> Authority:
    """Add an authority to a partner, with its case registry, from now or from a later moment. Its partner confirms the name.

    Who may: project staff. Raises Forbidden, Partner.DoesNotExist, UnableToFoundAuthority.
    """
    access.require(by, PartnerPermission.AUTHORITIES)
    # One after the other, so that of two of the same name the second one reads why not.
    partner = Partner.objects.select_for_update().get(pk=partner_id)
    if kind not in rules.authority_kinds_of(partner.kind):
        raise UnableToFoundAuthority(_("A partner of this kind has no such authority."))
    if Authority.objects.filter(partner=partner, name=name).exists():
        raise UnableToFoundAuthority(
            _("This partner has, or had, an authority of that name. Choose one that tells them apart.")
        )
    begins = opens_at or at
    if begins < at:
        raise UnableToFoundAuthority(_("An authority cannot begin in the past."))
    authority = Authority.objects.create(partner=partner, kind=kind, name=name, local_name=local_name, opens_at=begins)
    Office.objects.create(partner=partner, authority=authority, kind=OfficeKind.CASE_REGISTRY)
    record.happened("partners.authority.founded", by=by, root=authority.pk)
    return authority


@action
def close_authority(*, by: Actor, at: datetime, authority_id: UUID, closes_at: datetime | None = None) -> Authority:
    """Close an authority, now or at a later moment; it takes nobody and nothing new from now on. An end ahead may be set anew.

    Nobody may be appointed there beyond that moment, and what upper apps keep open objects (``composition.FOLLOWS``). Who may: project
    staff. Raises Forbidden, Authority.DoesNotExist, UnableToCloseAuthority.
    """
    access.require(by, PartnerPermission.AUTHORITIES)
    # Whoever appoints somebody waits for the same row (``memberships.open_authority``).
    authority = Authority.objects.select_for_update().get(pk=authority_id)
    against = closed_already(authority, at)
    if against:
        raise UnableToCloseAuthority(against)
    closes = max(closes_at or at, authority.opens_at or at)
    if closes < at:
        raise UnableToCloseAuthority(_("An end cannot lie in the past."))
    _demand_nobody_beyond(authority, closes)
    workflow.follow(CLOSE, authority=authority, by=by, at=at)
    authority.closed_at = closes
    with second_person.in_our_words():
        authority.save(update_fields=["closed_at"])
    record.happened("partners.authority.closed", by=by, root=authority.pk)
    return authority


def closed_already(authority: Authority, at: datetime) -> str:
    """A sentence for the user where it is; else empty."""
    if authority.closed_at is None or authority.closed_at > at:
        return ""
    return _("This authority is closed already.")


def _demand_nobody_beyond(authority: Authority, closes: datetime) -> None:
    beyond = Membership.objects.overlapping(closes, None).filter(authority=authority)
    names = list(beyond.order_by("account__full_name").values_list("account__full_name", flat=True))
    if not names:
        return
    number = len(names)
    said = ngettext(
        "%(number)d appointment reaches beyond that moment: %(names)s. The partner’s administrator ends it first.",
        "%(number)d appointments reach beyond that moment, among them %(names)s. The partner’s administrator ends them first.",
        number,
    )
    raise UnableToCloseAuthority(said % {"number": number, "names": ", ".join(names[:_NAMED])})


@action
def name_authority(
    *, by: Actor, at: datetime, authority_id: UUID, name: str, local_name: str, kind: str, name_read: str
) -> Authority:
    """Set name and kind of an authority and take away "to be confirmed by the partner".

    ``name_read`` is the name that stood in the form: an authority has no version. Who may: the partner's administrator. Raises
    Forbidden, UnableToNameAuthority.
    """
    found = Authority.objects.get(pk=authority_id)
    periods.require_administrator(by, found.partner_id)
    authority = Authority.objects.select_for_update(of=("self",)).get(pk=authority_id)
    if authority.name != name_read:
        raise UnableToNameAuthority(
            _("Somebody changed the name to “%(name)s” in the meantime. Open the form anew.") % {"name": authority.name}
        )
    if Authority.objects.filter(partner_id=authority.partner_id, name=name).exclude(pk=authority.pk).exists():
        raise UnableToNameAuthority(_("Your partner has another authority of that name."))
    authority.name, authority.local_name, authority.kind, authority.to_be_confirmed = name, local_name, kind, False
    authority.save(update_fields=["name", "local_name", "kind", "to_be_confirmed"])
    record.happened("partners.authority.named", by=by, root=authority.pk)
    return authority
