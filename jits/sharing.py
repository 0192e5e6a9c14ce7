"""What a share of a team opens, in words; who may open it to whom by hand; what ends by the team's own acts alone."""

from django.utils.translation import gettext_lazy as _

from foundation.access import Reason
from foundation.sharing import rules, words
from jits.models import Jit, JitMember, JitPoint, JitTask

words.declare(
    Jit.ROOT_KIND,
    name=_("joint investigation team"),
    shown=(
        _("Reference, title and request"),
        _("Parties and participants, and which parties agreed in principle"),
        _("The agreement as it is drafted"),
    ),
    rows=(
        words.Rows(label=_("Points of the checklist"), model=JitPoint),
        words.Rows(label=_("Members in the annex"), model=JitMember),
        words.Rows(label=_("Tasks of the operational action plan"), model=JitTask),
        words.Rows(label=_("Tasks of the operational action plan"), model=JitTask),
    ),
    hidden=(
        _("Names of protected members of other partners"),
        _("What each party keeps for itself: notes and internal approvals"),
        _("The case behind it, unless the reader sees the case"),
    ),
)
rules.within_own_partner(
    Jit.ROOT_KIND,
    _("A party opens the team to its own people alone. Others take part when they are invited as participants."),
)
_STAYS = _("A party stays with the team to its end. Hand your part over to a colleague instead.")
rules.keep(Jit.ROOT_KIND, Reason.TEAM, _STAYS)
rules.keep(Jit.ROOT_KIND, Reason.INVITED, _("The parties end the part of a participant, on the page of the team."))
