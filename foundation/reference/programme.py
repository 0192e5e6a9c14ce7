"""The dates and settings of the programme, as a kind of reference data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.reference.kinds import CODE, DatedKind, text, worded
from foundation.reference.models import ProgrammeDate

PROGRAMME = DatedKind(
    name="programme",
    label=_("Programme dates and settings"),
    one=_("date or setting"),
    lead=_(
        "Phases, extensions and amounts of the programme, each with the days for which it holds. An extension is a row that"
        " follows the first one, with the same code."
    ),
    model=ProgrammeDate,
    key=("code",),
    own=(
        CODE,
        *worded(text("name", _("Name"), most=200), most=200),
        text(
            "value", _("Value"), most=200, required=False, hint=_("An amount or a number, where the row is about one.")
        ),
        text(
            "source", _("Source"), most=200, required=False, hint=_("Where this was agreed: the document and its date.")
        ),
    ),
)
