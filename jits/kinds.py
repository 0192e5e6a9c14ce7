"""The treaty matrix, as two kinds of reference data that staff edit. Its rows are facts, which are corrected."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from foundation.reference.kinds import CODE, ORDER, Column, DatedKind, text, worded
from foundation.tenancy.choices import PartnerKind
from foundation.tenancy.models import Partner
from jits.models import InstrumentParty, LegalInstrument
from jits.models.law import Between, InstrumentKind, OffenceScope
from jits.reference.law import OUTSIDE

SOURCE = text(
    "source", gettext_lazy("Source"), most=200, required=False, hint=gettext_lazy("Where one can look it up.")
)
CONFIRM = Column(
    name="to_be_confirmed",
    label=gettext_lazy("To be confirmed"),
    make=partial(forms.BooleanField, required=False),
    help=gettext_lazy("Nobody has held this row against the depositary's list yet. Answers say so."),
)


def _choice(name: str, label: Any, choices: Any, *, required: bool = True, hint: Any = "") -> Column:
    return Column(
        name=name, label=label, make=partial(forms.ChoiceField, choices=choices, required=required), help=hint
    )


class _Known(forms.CharField):
    """A code that has to stand somewhere."""

    unknown = gettext_lazy("This code is not known.")

    def known(self, code: str) -> bool:
        """Does it stand there?"""
        raise TypeError(f"{type(self).__name__} has no known()")

    def clean(self, value: Any) -> str:
        """The code."""
        code: str = super().clean(value)
        if code and not self.known(code):
            raise ValidationError(str(self.unknown))
        return code


class InstrumentField(_Known):
    """The code of an instrument of the matrix."""

    unknown = gettext_lazy("There is no instrument with this code. Add the instrument first.")

    def known(self, code: str) -> bool:
        """Does it stand in the matrix?"""
        return LegalInstrument.objects.filter(code=code).exists()


class PartyField(_Known):
    """The code of a partner who can sign, or of one that the matrix knows from outside the directory."""

    unknown = gettext_lazy("There is no partner with this code who could sign. Look it up in the directory.")
    sign = (PartnerKind.WESTERN_BALKAN, PartnerKind.MEMBER_STATE, PartnerKind.THIRD_STATE)

    def known(self, code: str) -> bool:
        """Could it sign?"""
        return code in OUTSIDE or Partner.objects.filter(code=code, kind__in=self.sign).exists()


INSTRUMENTS = DatedKind(
    name="legal-instruments",
    label=gettext_lazy("Legal instruments"),
    one=gettext_lazy("instrument"),
    lead=gettext_lazy(
        "What a joint investigation team can rest on. The days are those on which the instrument is in force. The rows are facts:"
        " a wrong day is corrected here, and the history keeps what stood before."
    ),
    model=LegalInstrument,
    key=("code",),
    own=(
        CODE,
        *worded(text("name", gettext_lazy("Name"), most=200), most=200),
        _choice("kind", gettext_lazy("Kind"), InstrumentKind.choices),
        *worded(
            text("provision", gettext_lazy("Provision"), most=80, hint=gettext_lazy("For example: Article 20.")),
            most=80,
        ),
        _choice("scope", gettext_lazy("Offences"), OffenceScope.choices),
        _choice("between", gettext_lazy("Works between"), Between.choices, required=False),
        *worded(text("note", gettext_lazy("Condition"), most=300, required=False), most=300),
        Column(
            name="union_basis",
            label=gettext_lazy("Union legal basis"),
            make=partial(forms.BooleanField, required=False),
            help=gettext_lazy("A team that rests on it may use the platform of the European Union."),
        ),
        SOURCE,
        CONFIRM,
        ORDER,
    ),
    facts=True,
)

PARTIES = DatedKind(
    name="legal-parties",
    label=gettext_lazy("Parties to legal instruments"),
    one=gettext_lazy("party"),
    lead=gettext_lazy(
        "Who is bound by which instrument, from the day of its entry into force for that party. The rows are facts: a wrong day is"
        " corrected here, and the history keeps what stood before."
    ),
    model=InstrumentParty,
    key=("instrument", "party"),
    own=(
        Column(
            name="instrument",
            label=gettext_lazy("Instrument"),
            make=partial(InstrumentField, max_length=40),
            help=gettext_lazy("Its code, from the legal instruments."),
            fixed=True,
        ),
        Column(
            name="party",
            label=gettext_lazy("Party"),
            make=partial(PartyField, max_length=12),
            help=gettext_lazy("The code of the partner, for example AL."),
            fixed=True,
        ),
        Column(
            name="reserved",
            label=gettext_lazy("Joint teams are excluded"),
            make=partial(forms.BooleanField, required=False),
            help=gettext_lazy(
                "A reservation excludes the provision on joint teams: the instrument falls away for this party."
            ),
        ),
        text(
            "reservation",
            gettext_lazy("Reservation or declaration"),
            most=300,
            required=False,
            hint=gettext_lazy("What it says, in English. Answers show it."),
        ),
        SOURCE,
        CONFIRM,
    ),
    facts=True,
)
