"""What a share of a meeting opens, in words."""

from django.utils.translation import gettext_lazy as _

from foundation.documents.models import Document
from foundation.sharing import words
from meetings.models import AgendaItem, Meeting

words.declare(
    Meeting.ROOT_KIND,
    name=_("meeting"),
    shown=(_("Title, time, place and mode"), _("The general items of the agenda and what was decided on them")),
    hidden=(_("Items about nominations, unless the reader sees the nomination"),),
    rows=(
        words.Rows(label=_("General items"), model=AgendaItem),
        words.Rows(label=_("Documents"), model=Document),
    ),
)
