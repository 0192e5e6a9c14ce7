"""What a share of a case or invitation opens, in words; and what is shared by its own acts alone."""

from django.utils.translation import gettext_lazy as _

from cases.models import Case, FileNumber, Invitation, Note, Proceeding, Task
from foundation.access import Reason
from foundation.documents.models import Document
from foundation.sharing import rules, words

words.declare(
    Case.ROOT_KIND,
    name=_("case"),
    shown=(
        _("Reference, title and summary"),
        _("Crime types, stage, urgency, handling code, partners concerned"),
        _("Who takes part, and the timeline"),
    ),
    hidden=(
        _("Notes and documents for one person, authority or partner, unless the reader belongs to it"),
        _("File numbers of other partners"),
        _("Nominations and invitations, unless the reader sees them by themselves"),
    ),
    rows=(
        words.Rows(label=_("Proceedings"), model=Proceeding),
        words.Rows(label=_("Notes"), model=Note),
        words.Rows(label=_("Tasks"), model=Task),
        words.Rows(label=_("File numbers"), model=FileNumber),
        words.Rows(label=_("Documents"), model=Document),
    ),
)
words.declare(
    Invitation.ROOT_KIND,
    name=_("invitation"),
    shown=(_("Case reference, inviting authority, purpose, handling code and the approved text"), _("The answer")),
    hidden=(_("Everything else of the case"),),
)
rules.only_through_own_acts(
    Invitation.ROOT_KIND, _("An invitation is passed on by accepting it: the prosecutor whom you name sees it.")
)
rules.keep(
    Case.ROOT_KIND,
    Reason.NOMINATION,
    _("The case desk stays, unless the nomination is withdrawn or the Contact Group decides not to take the case up."),
)
