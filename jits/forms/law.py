"""What is asked about a legal basis. Sent by its address, so that a question can be kept as a bookmark; nothing in it is protected."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.reference.kinds import DayField
from jits.queries import law
from jits.queries.law_lines import LegalBasis
from jits.solver.facts import TEAM

MOST: Final = 10
EARLIEST: Final = date(1990, 1, 1)
LATEST: Final = date(2099, 12, 31)


class LegalBasisForm(forms.Form):
    """Parties, forms of crime, and the day of the agreement."""

    use_required_attribute = False

    party = forms.MultipleChoiceField(
        label=gettext_lazy("Parties"),
        help_text=gettext_lazy("Two or more: whoever signs the agreement."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose two parties or more.")},
    )
    crime = forms.MultipleChoiceField(
        label=gettext_lazy("Forms of crime"),
        help_text=gettext_lazy("Everything that the team would investigate."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose a form of crime, or several.")},
    )
    on = DayField(
        label=gettext_lazy("Day"),
        help_text=gettext_lazy("On which the agreement would begin. Empty: today."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "party": [(one.code, _(one.name)) for one in law.partners()],
            "crime": list(law.crimes().items()),
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices
            # Django's sentence repeats the value, which may be long and is not the reader's.
            field.error_messages["invalid_choice"] = _("This is not offered. Choose again.")

    def clean_party(self) -> list[str]:
        """Two or more, and not so many that nobody could read the answer."""
        chosen = list(dict.fromkeys(self.cleaned_data["party"]))
        if len(chosen) < TEAM:
            raise ValidationError(_("Choose two parties or more."), code="too_few")
        if len(chosen) > MOST:
            raise ValidationError(_("Choose at most %(most)s parties.") % {"most": MOST}, code="too_many")
        return chosen

    def clean_on(self) -> date:
        """A day of which the matrix can say something."""
        day: date | None = self.cleaned_data["on"]
        if day is not None and not EARLIEST <= day <= LATEST:
            raise ValidationError(_("Choose a day between 1990 and 2099."), code="out_of_range")
        return day or timezone.now().astimezone(UTC).date()

    def answer(self) -> LegalBasis:
        """What the matrix says."""
        asked = self.cleaned_data
        return law.legal_basis(parties=asked["party"], crimes_chosen=asked["crime"], on=asked["on"])
