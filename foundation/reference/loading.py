"""The dates of the programme as they were agreed, loaded once and edited by staff afterwards.

Source: what Eurojust has published of the project Western Balkans Criminal Justice: begun on 14 September 2022 for 48 months, with a
possible extension; contribution of EUR 6 000 000 (IPA III); inception until the launching conference of 15 May 2023.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_noop as _

from foundation.reference.models import ProgrammeDate
from foundation.workflow.actions import action

BEGAN, ENDS = date(2022, 9, 14), date(2026, 9, 13)
PUBLISHED = _("Published description of the project")

# code, name, value, first day, last day
DATES = (
    ("implementation", _("Implementation of the programme"), _("48 months"), BEGAN, ENDS),
    ("inception", _("Inception phase"), "", BEGAN, date(2023, 5, 15)),
    ("contribution", _("Contribution of the European Union"), "EUR 6 000 000", BEGAN, ENDS),
)


@action
def load() -> int:
    """Add what is missing and say how many rows that were; rows that stand are left as staff edited them."""
    made = 0
    for code, name, value, first, last in DATES:
        facts = {"name": name, "value": value, "source": PUBLISHED, "valid_until": last}
        made += not ProgrammeDate.objects.filter(code=code).exists() and bool(
            ProgrammeDate.objects.create(code=code, valid_from=first, **facts)
        )
    return made
