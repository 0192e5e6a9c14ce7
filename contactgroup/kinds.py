"""The criteria of case selection, as a kind of reference data that staff edit."""

from __future__ import annotations

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from contactgroup.models import Criterion
from foundation.reference.kinds import CODE, ORDER, Column, Kind, text, worded

CRITERIA = Kind(
    name="criteria",
    label=_("Criteria of case selection"),
    one=_("criterion"),
    lead=_("What a nomination is scored by. A dossier asks the criteria that hold on the day on which it is written."),
    model=Criterion,
    key=("code",),
    own=(
        CODE,
        *worded(text("name", _("Name"), most=200), most=200),
        *worded(text("question", _("Question"), most=300, hint=_("What whoever nominates has to answer.")), most=300),
        Column(
            name="core",
            label=_("Must be scored"),
            make=partial(forms.BooleanField, required=False),
            help=_("No dossier is sent without an answer to it."),
            fixed=True,
        ),
        ORDER,
    ),
)
