"""Who is told what about a team. A sentence names no case, no party and no title."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from foundation.access import Reason
from foundation.access.models import Share
from foundation.notifications import inbox, kinds
from foundation.notifications.kinds import WITHOUT_OFF, Kind, Way
from foundation.tenancy.actors import Actor
from jits.models import Jit

kinds.area("jits", _("Joint investigation teams"))
PROPOSED = kinds.declare(
    "jits.jit.proposed", _("A joint investigation team is proposed to your authority."), ways=WITHOUT_OFF
)
REVISED = kinds.declare(
    "jits.request.revised",
    _("The request for a joint investigation team was revised. Agreements to the earlier words are void."),
)
ASSESSED = kinds.declare(
    "jits.assessment.begun", _("The suitability of a joint investigation team is being assessed."), ways=WITHOUT_OFF
)
AGREED = kinds.declare(
    "jits.party.agreed", _("A party agreed in principle to a joint investigation team."), first=Way.DIGEST
)
ALL_AGREED = kinds.declare(
    "jits.jit.agreed", _("All parties agreed in principle to a joint investigation team."), ways=WITHOUT_OFF
)
DRAFTING = kinds.declare("jits.drafting.begun", _("The agreement of a joint investigation team is being drafted."))
MEMBER_ENTERED = kinds.declare("jits.member.entered", _("A party entered a member of a joint investigation team."))
MEMBER_ENDED = kinds.declare(
    "jits.member.ended", _("A party ended the membership of a member of a joint investigation team.")
)
TASK_GIVEN = kinds.declare(
    "jits.task.given", _("You are named to see to a task in the plan of a joint investigation team."), ways=WITHOUT_OFF
)
TASK_CHANGED = kinds.declare(
    "jits.task.changed", _("A task that you see to in the plan of a joint investigation team was changed.")
)
TASK_DONE = kinds.declare(
    "jits.task.done", _("A task that you wrote in the plan of a joint investigation team is done."), first=Way.DIGEST
)
REFUSED = kinds.declare("jits.jit.refused", _("A party refused a joint investigation team."))
NOT_SET_UP = kinds.declare("jits.jit.not_set_up", _("A joint investigation team is not set up."))
SUSPENDED = kinds.declare("jits.jit.suspended", _("A joint investigation team was suspended."))
RESUMED = kinds.declare("jits.jit.resumed", _("A joint investigation team goes on."))
INVITED = kinds.declare(
    "jits.participant.invited", _("Your office is invited to take part in a joint investigation team.")
)

RESPONSIBLE = kinds.declare(
    "jits.point.given",
    _("You are named to see to a point of the checklist of a joint investigation team."),
    ways=WITHOUT_OFF,
)
TAKEN = kinds.declare(
    "jits.agreement.taken", _("A version of the model agreement was taken for a joint investigation team.")
)
TEXT_CHANGED = kinds.declare(
    "jits.agreement.changed", _("The draft agreement of a joint investigation team was changed."), first=Way.DIGEST
)
TEXT_PROPOSED = kinds.declare(
    "jits.text.proposed", _("A text is proposed for a clause of a joint investigation team's agreement.")
)
TEXT_ACCEPTED = kinds.declare(
    "jits.text.accepted",
    _("A party accepted a text for a clause of a joint investigation team's agreement."),
    first=Way.DIGEST,
)
TEXT_WITHDRAWN = kinds.declare(
    "jits.text.withdrawn",
    _("A party took back a text for a clause of a joint investigation team's agreement."),
    first=Way.DIGEST,
)

APPROVAL = kinds.declare(
    "jits.approval.asked",
    _("You are asked for an approval of your own side for a joint investigation team."),
    ways=WITHOUT_OFF,
)


def tell_parties(kind: Kind, *, jit: Jit, by: Actor, at: datetime) -> None:
    """Tell everybody who has a share of their own as a party; whoever thought it up, too."""
    live = Share.objects.visible_to(by).live().filter(root_id=jit.pk)
    reasons = [Reason.TEAM, Reason.OPENED, Reason.SHARE, Reason.HAND_OVER]
    tell(kind, set(live.filter(reason__in=reasons).values_list("principal_id", flat=True)), jit=jit, by=by, at=at)


def tell(kind: Kind, principals: Iterable[int], *, jit: Jit, by: Actor, at: datetime) -> None:
    """Tell these principals."""
    inbox.tell(kind=kind, root_id=jit.pk, principals=principals, by=by, at=at)
