"""The states of a nomination."""

from django.utils.translation import gettext_lazy as _

from contactgroup.choices import Status
from contactgroup.permissions import NominationPermission
from foundation.workflow.states import Transition

REVISE = Transition(
    name="revise",
    label=_("Revise the dossier"),
    sources=frozenset({Status.SUBMITTED, Status.RETURNED}),
    target=Status.SUBMITTED,
    permission=NominationPermission.REVISE,
    url="nomination_revise",
)
WITHDRAW = Transition(
    name="withdraw",
    label=_("Withdraw the nomination"),
    sources=frozenset(Status) - {Status.DECIDED, Status.WITHDRAWN},
    target=Status.WITHDRAWN,
    permission=NominationPermission.WITHDRAW,
    url="nomination_withdraw",
    needs_reason=True,
)
PUT_ON_AGENDA = Transition(
    name="put_on_agenda",
    label=_("Put on an agenda"),
    sources=frozenset({Status.SUBMITTED}),
    target=Status.ON_AGENDA,
    permission=NominationPermission.PUT_ON_AGENDA,
    url="nomination_agenda",
)
TRANSFER = Transition(
    name="transfer",
    label=_("Move to another meeting"),
    sources=frozenset({Status.ON_AGENDA}),
    target=Status.ON_AGENDA,
    permission=NominationPermission.PUT_ON_AGENDA,
    url="nomination_agenda",
)
OPEN_VOTING = Transition(
    name="open_voting",
    label=_("Open the vote"),
    sources=frozenset({Status.ON_AGENDA}),
    target=Status.VOTING,
    permission=NominationPermission.RUN_VOTING,
    url="nomination_open_voting",
)
VOTE = Transition(
    name="vote",
    label=_("Vote"),
    sources=frozenset({Status.VOTING}),
    target=Status.VOTING,
    permission=NominationPermission.VOTE,
    url="nomination_vote",
)
_BEFORE_THE_COUNT = frozenset({Status.SUBMITTED, Status.ON_AGENDA, Status.VOTING, Status.RETURNED})
RECUSE = Transition(
    name="recuse",
    label=_("Recuse"),
    sources=_BEFORE_THE_COUNT,
    permission=NominationPermission.RECUSE,
    url="nomination_recuse",
)
TAKE_BACK = Transition(
    name="take_back",
    label=_("Take the recusal back"),
    sources=_BEFORE_THE_COUNT,
    permission=NominationPermission.RECUSE,
)
CLOSE_VOTING = Transition(
    name="close_voting",
    label=_("Close the vote and count"),
    sources=frozenset({Status.VOTING}),
    target=Status.COUNTED,
    permission=NominationPermission.RUN_VOTING,
    url="nomination_close_voting",
)
DECIDE = Transition(
    name="decide",
    label=_("Record the decision"),
    sources=frozenset({Status.COUNTED}),
    target=Status.DECIDED,
    permission=NominationPermission.DECIDE,
    url="nomination_decide",
)
RETURN = Transition(
    name="return",
    label=_("Ask for more information"),
    sources=frozenset({Status.ON_AGENDA, Status.COUNTED}),
    target=Status.RETURNED,
    permission=NominationPermission.DECIDE,
    url="nomination_return",
    needs_reason=True,
)
TRANSITIONS = (REVISE, PUT_ON_AGENDA, TRANSFER, OPEN_VOTING, VOTE, CLOSE_VOTING, RECUSE, DECIDE, RETURN, WITHDRAW)
