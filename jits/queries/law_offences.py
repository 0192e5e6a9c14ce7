"""Into which group of offences a form of crime falls, as far as instruments tell them apart; what is not named is another offence.

Source: United Nations Convention against Transnational Organized Crime, Articles 5 and 6, and its three protocols.
"""

from __future__ import annotations

from collections.abc import Iterable

from jits.solver import Offence

GROUPS = {
    "corruption": Offence.CORRUPTION,
    "drug_trafficking": Offence.DRUGS,
    "organised_crime": Offence.ORGANISED,
    "money_laundering": Offence.ORGANISED,
    "human_trafficking": Offence.ORGANISED,
    "migrant_smuggling": Offence.ORGANISED,
    "arms_trafficking": Offence.ORGANISED,
}


def group_of(crime: str) -> Offence:
    """The group of a form of crime, by its code."""
    return GROUPS.get(crime, Offence.OTHER)


def groups(crimes: Iterable[str]) -> dict[Offence, tuple[str, ...]]:
    """Each group that is asked about, with the forms of crime in it."""
    found: dict[Offence, tuple[str, ...]] = {}
    for crime in crimes:
        group = group_of(crime)
        found[group] = (*found.get(group, ()), crime)
    return found
