"""The name of an authority, confirmed by its partner."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Authority
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal
from partners.actions import periods


class UnableToNameAuthority(Refusal):
    """Another authority has that name, or somebody was faster; the message is fit for the user."""


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
