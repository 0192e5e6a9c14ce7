"""One invitation with what its reader may know of it."""

from __future__ import annotations

from uuid import UUID

from cases.invitations.models import Invitation
from cases.models import Case
from foundation.access.models import Root
from foundation.tenancy.actors import Actor


def detail(actor: Actor, key: UUID) -> Invitation:
    """The invitation with its names, in one statement; raises DoesNotExist when it is not visible."""
    found = Invitation.objects.visible_to(actor).with_names()
    answered = ("prosecutor__account", "authority__partner", "sent_by__authority", "answered_by__account")
    return found.select_related(*answered).get(pk=key)


def case_root(actor: Actor, invitation: Invitation) -> Root | None:
    """The root of the case behind it, for those who see the case as well; one statement."""
    seen = Root.objects.visible_to(actor).filter(kind=Case.ROOT_KIND, reference=invitation.case_reference)
    return seen.first()
