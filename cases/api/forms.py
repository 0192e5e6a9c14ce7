"""Forms of cases as partner systems fill them in: the same rules, with the words of the API."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from cases.forms.case import CaseForm, Chosen, Ticks
from foundation.pages.forms import VersionedForm
from foundation.tenancy.choices import PartnerKind
from foundation.tenancy.models import Partner

REACHED = (PartnerKind.WESTERN_BALKAN, PartnerKind.MEMBER_STATE)


class CaseBody(CaseForm):
    """The facts of a case. Partners of both kinds are said as they are read: in one list, ``concerned``."""

    partners = member_states = None  # type: ignore[assignment]  # this is how a form leaves a field of its parent out
    concerned = Ticks(
        label=gettext_lazy("Partners concerned"),
        queryset=Partner.objects.filter(kind__in=REACHED),
        required=False,
        help_text=gettext_lazy("Where the case reaches. Naming a partner shows it nothing."),
    )

    def reached(self) -> list[Partner]:
        """The partners that were named."""
        return list(self.cleaned_data["concerned"])


class CaseEditBody(CaseBody, VersionedForm):
    """The same over a case that stands."""


def values_as_said(values: dict[str, Any]) -> dict[str, Any]:
    """The values of a case under the names of the API."""
    apart = ("partners", "member_states")
    kept = {name: value for name, value in values.items() if name not in apart}
    return {**kept, "concerned": Chosen(row for name in apart for row in values[name])}
