"""More cases, told by their state alone: read from ``docket.toml``; what every case of a state shares is written here."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from wbcj.demo.plots import Invited, Pleading, Plot

_FILE = Path(__file__).with_name("docket.toml")
_STAGES = {"draft": "pre_investigation", "closed": "enforcement", "archived": "ended"}
_URGENCIES = ("normal", "high", "normal", "low", "critical")
_HANDLING = (("H0",), ("H1",), ("H2",), ("H1", "H2"))
_DECIDED = ("nominated", "selected", "coordinated")


@cache
def docket() -> dict[str, tuple[Plot, ...]]:
    """The cases by the state in which they are left."""
    found: dict[str, list[Plot]] = {}
    with _FILE.open("rb") as file:
        for number, row in enumerate(tomllib.load(file)["case"]):
            found.setdefault(row["fate"], []).append(_plot(row, number))
    return {fate: tuple(plots) for fate, plots in found.items()}


def _plot(row: dict[str, Any], number: int) -> Plot:
    fate, partners = row["fate"], tuple(row["partners"])
    return Plot(
        key=row["key"],
        by=row["by"],
        title=row["title"],
        summary=row["summary"],
        stage=_STAGES.get(fate, "investigation"),
        urgency=_URGENCIES[number % len(_URGENCIES)],
        handling=_HANDLING[number % len(_HANDLING)],
        crimes=tuple(row["crimes"]),
        priorities=("2026_criminal_networks",),
        partners=partners,
        dossier=_pleading(row["title"], partners[0]) if fate in _DECIDED else None,
    )


def _pleading(title: str, partner: str) -> Pleading:
    return Pleading(
        title=title,
        tool="parallel",
        why="One part of the acts lies with us, the other with the partner that we want to invite. Neither reaches all of it alone.",
        scores="22222222122",
        invite=(
            Invited(
                partner=partner,
                purpose="Parallel investigations",
                text="We hold proceedings on acts that reach your territory, and ask whether you hold or would open your own.",
            ),
        ),
    )
