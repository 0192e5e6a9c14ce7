"""How many people may hold an office at once, as a kind of reference data that staff edit."""

from __future__ import annotations

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.reference.kinds import Column, DatedKind
from foundation.tenancy.choices import Capacity, OfficeKind
from partners.models import SeatRule

SEATS = DatedKind(
    name="seats",
    label=_("Seats of offices"),
    one=_("rule of seats"),
    lead=_(
        "How many people of a partner may hold an office at once. Appointments that stand are not touched; an office without a"
        " rule has no limit."
    ),
    model=SeatRule,
    key=("office_kind", "capacity"),
    own=(
        Column(
            name="office_kind",
            label=_("Office"),
            make=partial(forms.ChoiceField, choices=OfficeKind.choices),
            fixed=True,
        ),
        Column(
            name="capacity", label=_("Capacity"), make=partial(forms.ChoiceField, choices=Capacity.choices), fixed=True
        ),
        Column(
            name="at_most",
            label=_("At most"),
            make=partial(forms.IntegerField, min_value=1, max_value=1000),
            help=_("People of one partner at once."),
            fixed=True,
        ),
    ),
)
