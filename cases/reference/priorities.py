"""Priorities of the European Union against serious and organised crime (EMPACT), cycle by cycle, in our own short words.

Sources: Council conclusions of 26 May 2021 (2022-2025) and of 13 June 2025 (2026-2029).
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as _


@dataclass(frozen=True)
class Cycle:
    """One policy cycle of four years."""

    first_day: date
    last_day: date
    priorities: tuple[tuple[str, str], ...]


CYCLES = (
    Cycle(
        date(2022, 1, 1),
        date(2025, 12, 31),
        (
            ("2022_criminal_networks", _("High-risk criminal networks")),
            ("2022_cyber_attacks", _("Cyber-attacks")),
            ("2022_human_trafficking", _("Trafficking in human beings")),
            ("2022_child_abuse", _("Child sexual exploitation")),
            ("2022_migrant_smuggling", _("Migrant smuggling")),
            ("2022_drugs", _("Drug trafficking: cannabis, cocaine, heroin, synthetic drugs")),
            ("2022_fraud", _("Fraud, economic and financial crime")),
            ("2022_property_crime", _("Organised property crime")),
            ("2022_environmental_crime", _("Environmental crime")),
            ("2022_firearms", _("Firearms trafficking")),
        ),
    ),
    Cycle(
        date(2026, 1, 1),
        date(2029, 12, 31),
        (
            ("2026_criminal_networks", _("Most threatening criminal networks and individuals")),
            ("2026_online_crime", _("Online crime: cyber-attacks, child sexual exploitation, fraud schemes")),
            ("2026_drugs", _("Drug trafficking")),
            ("2026_people", _("Migrant smuggling and trafficking in human beings")),
            ("2026_firearms", _("Firearms and explosives")),
            ("2026_environmental_crime", _("Environmental crime")),
            ("2026_economic_crime", _("Economic and financial crime, intellectual property crime included")),
        ),
    ),
)
