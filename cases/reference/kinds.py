"""The code lists of cases, as kinds of reference data that staff edit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.models.reference import CrimeType, Priority
from foundation.reference.kinds import CODE, ORDER, DatedKind, text, worded

_NAME = worded(
    text("name", _("Name"), most=200, hint=_("In English. Pages show the translation where there is one.")), most=200
)

CRIME_TYPES = DatedKind(
    name="crime-types",
    label=_("Forms of serious crime"),
    one=_("form of crime"),
    lead=_("What a case is about: the forms of serious crime of Annex I of Regulation (EU) 2018/1727."),
    model=CrimeType,
    key=("code",),
    own=(CODE, *_NAME, ORDER),
)
PRIORITIES = DatedKind(
    name="priorities",
    label=_("Priorities of the European Union (EMPACT)"),
    one=_("priority"),
    lead=_(
        "The priorities against serious and organised crime, cycle by cycle: those of a new cycle are rows with new codes."
    ),
    model=Priority,
    key=("code",),
    own=(CODE, *_NAME, ORDER),
)
