"""The states of a team as a table, and whose turn an act is; pages, actions and tests derive from it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.workflow.states import Transition
from jits.checklist import Part
from jits.choices import OVER, Status
from jits.models import Jit, JitParty
from jits.permissions import JitPermission
from jits.refusals import UnableToDecide

RUNNING: Final = frozenset(Status) - OVER
"""The states of a team that is not over."""
AMONG_PARTIES: Final = RUNNING - {Status.IDEA}
"""The states in which the parties know of it."""
BEFORE_DRAFTING: Final = frozenset({Status.IDEA, Status.PROPOSED, Status.ASSESSMENT, Status.AGREED}) | OVER
"""The states in which nothing of the agreement is shown on the page of the team."""

REVISE = Transition(
    name="revise",
    label=gettext_lazy("Revise the request"),
    sources=frozenset({Status.IDEA, Status.PROPOSED, Status.ASSESSMENT}),
    permission=JitPermission.REQUEST,
    url="jit_revise",
)
PROPOSE = Transition(
    name="propose",
    label=gettext_lazy("Propose it to the parties"),
    sources=frozenset({Status.IDEA}),
    target=Status.PROPOSED,
    permission=JitPermission.REQUEST,
    url="jit_propose",
)
ASSESS = Transition(
    name="assess",
    label=gettext_lazy("Begin the assessment"),
    sources=frozenset({Status.PROPOSED}),
    target=Status.ASSESSMENT,
    permission=JitPermission.DECIDE,
    url="jit_assess",
)
AGREE = Transition(
    name="agree",
    label=gettext_lazy("Agree in principle"),
    sources=frozenset({Status.ASSESSMENT}),
    target=Status.AGREED,
    permission=JitPermission.DECIDE,
    url="jit_agree",
)
DRAFT = Transition(
    name="draft",
    label=gettext_lazy("Begin the drafting"),
    sources=frozenset({Status.AGREED}),
    target=Status.DRAFTING,
    permission=JitPermission.DECIDE,
    url="jit_draft",
)
REFUSE = Transition(
    name="refuse",
    label=gettext_lazy("Refuse"),
    sources=frozenset({Status.PROPOSED, Status.ASSESSMENT}),
    target=Status.REFUSED,
    permission=JitPermission.DECIDE,
    url="jit_refuse",
    needs_reason=True,
)
SUSPEND = Transition(
    name="suspend",
    label=gettext_lazy("Suspend"),
    sources=AMONG_PARTIES - {Status.SUSPENDED},
    target=Status.SUSPENDED,
    permission=JitPermission.DECIDE,
    url="jit_suspend",
    needs_reason=True,
)
RESUME = Transition(
    name="resume",
    label=gettext_lazy("Resume"),
    sources=frozenset({Status.SUSPENDED}),
    permission=JitPermission.DECIDE,
    url="jit_resume",
)
NOT_SET_UP = Transition(
    name="not_set_up",
    label=gettext_lazy("Do not set it up"),
    sources=RUNNING,
    target=Status.NOT_SET_UP,
    permission=JitPermission.DECIDE,
    url="jit_not_set_up",
    needs_reason=True,
)
INVITE = Transition(
    name="invite",
    label=gettext_lazy("Invite a participant"),
    sources=AMONG_PARTIES,
    permission=JitPermission.INVITE,
    url="jit_invite",
)
END_PART = Transition(
    name="end_part",
    label=gettext_lazy("End this participation"),
    sources=RUNNING,
    permission=JitPermission.INVITE,
    url="jit_end_part",
)
CHECK = Transition(
    name="check",
    label=gettext_lazy("Answer a point"),
    sources=RUNNING,
    permission=JitPermission.WORK,
    url="jit_check",
)
TAKE = Transition(
    name="take",
    label=gettext_lazy("Take a version of the model"),
    sources=frozenset({Status.DRAFTING}),
    permission=JitPermission.DECIDE,
    url="jit_take",
)
TERMS = Transition(
    name="terms",
    label=gettext_lazy("Languages, legal bases and options"),
    sources=frozenset({Status.DRAFTING}),
    permission=JitPermission.DECIDE,
    url="jit_terms",
)
FILL = Transition(
    name="fill",
    label=gettext_lazy("Fill in"),
    sources=frozenset({Status.DRAFTING}),
    permission=JitPermission.WORK,
    url="jit_fill",
)
WITH_ANNEX: Final = frozenset({Status.DRAFTING})
"""The states in which there is an annex of members: with the draft of the agreement, and as long as the agreement is in force."""
ENTER = Transition(
    name="enter",
    label=gettext_lazy("Enter a member"),
    sources=WITH_ANNEX,
    permission=JitPermission.DECIDE,
    url="jit_enter",
)
END_MEMBER = Transition(
    name="end_member",
    label=gettext_lazy("End this membership"),
    sources=WITH_ANNEX,
    permission=JitPermission.DECIDE,
    url="jit_end_member",
)
KEEP_OWN = Transition(
    name="keep_own",
    label=gettext_lazy("Keep notes and approvals of the own party"),
    sources=RUNNING,
    permission=JitPermission.WORK,
    url="jit_own",
)
PLANNED: Final = AMONG_PARTIES - {Status.PROPOSED, Status.ASSESSMENT, Status.AGREED, Status.SUSPENDED}
"""The states in which the plan is written and worked off: with the draft of the agreement, and from then on."""
PLAN = Transition(
    name="plan",
    label=gettext_lazy("Change the plan"),
    sources=PLANNED,
    permission=JitPermission.WORK,
    url="jit_plan",
)
NEGOTIATE = Transition(
    name="negotiate",
    label=gettext_lazy("Propose a text"),
    sources=frozenset({Status.DRAFTING}),
    permission=JitPermission.WORK,
    url="jit_text",
)
ACCEPT = Transition(
    name="accept",
    label=gettext_lazy("Accept this text"),
    sources=frozenset({Status.DRAFTING}),
    permission=JitPermission.DECIDE,
    url="jit_text_accept",
)
GATES: Final = {DRAFT.name: Part.BEFORE}
"""What leads on through a part of the checklist. The other parts belong to acts that come after the drafting."""
TRANSITIONS = (PROPOSE, ASSESS, AGREE, DRAFT, RESUME, REVISE, REFUSE, SUSPEND, NOT_SET_UP)
"""What moves a team, or changes the request, in the order of its buttons. RESUME leads back to where it was suspended."""

_BY_WHO_PROPOSED: Final = frozenset({REVISE.name, PROPOSE.name})
_BY_THE_OTHERS: Final = frozenset({ASSESS.name, REFUSE.name})


def not_your_turn(transition: Transition[JitPermission], jit: Jit, party: JitParty | None) -> str:
    """Why this act is not this party's, for the user; empty when it is. ``party`` is the actor's own."""
    if party is None:
        return _("Only the parties decide on the team.")
    proposed = party.authority_id == jit.proposing_authority_id
    if transition.name in _BY_WHO_PROPOSED and not proposed:
        return _("Only the party that proposed the team can do this.")
    if transition.name in _BY_THE_OTHERS and proposed:
        return _("The parties that were asked do this, not the one that proposed the team.")
    if transition.name in {AGREE.name, REFUSE.name} and party.agreed_at is not None:
        return _("Your party has agreed in principle already.")
    return ""


def demand_turn(transition: Transition[JitPermission], jit: Jit, party: JitParty | None) -> None:
    """Raise UnableToDecide unless the act is this party's to do now."""
    said = not_your_turn(transition, jit, party)
    if said:
        raise UnableToDecide(said)
