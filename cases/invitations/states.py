"""The states of an invitation as a table."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.choices import InvitationStatus
from cases.permissions import InvitationPermission
from foundation.workflow.states import Transition

_WAITING = frozenset({InvitationStatus.SENT})

ACCEPT = Transition(
    name="accept",
    label=_("Accept"),
    sources=_WAITING,
    target=InvitationStatus.ACCEPTED,
    permission=InvitationPermission.ANSWER,
    url="invitation_accept",
)
DECLINE = Transition(
    name="decline",
    label=_("Decline"),
    sources=_WAITING,
    target=InvitationStatus.DECLINED,
    permission=InvitationPermission.ANSWER,
    url="invitation_decline",
    needs_reason=True,
)
WITHDRAW = Transition(
    name="withdraw",
    label=_("Withdraw invitation"),
    sources=frozenset({InvitationStatus.SENT, InvitationStatus.LAPSED}),
    target=InvitationStatus.WITHDRAWN,
    permission=InvitationPermission.WITHDRAW,
    url="invitation_withdraw",
)

TRANSITIONS = (ACCEPT, DECLINE, WITHDRAW)
