"""What the cases of the demo are about: read from ``cases.toml``, which holds nothing but invented text."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("cases.toml")


@dataclass(frozen=True, kw_only=True)
class Invited:
    """A partner that the nominator wants to invite, and what it may be told."""

    partner: str
    purpose: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Pleading:
    """What the Contact Group reads of a case. One figure of ``scores`` for each criterion."""

    title: str
    tool: str
    why: str
    scores: str
    support: str = ""
    invite: tuple[Invited, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Plot:
    """One case. Codes are those of the reference data, ``by`` is the name of the person who opens it."""

    key: str
    by: str
    title: str
    summary: str
    stage: str
    urgency: str
    handling: tuple[str, ...]
    crimes: tuple[str, ...]
    priorities: tuple[str, ...]
    partners: tuple[str, ...]
    dossier: Pleading | None = None


@cache
def plots() -> dict[str, Plot]:
    """Every case by its key."""
    with _FILE.open("rb") as file:
        read = [_plot(row) for row in tomllib.load(file)["case"]]
    return {plot.key: plot for plot in read}


def _plot(row: dict[str, Any]) -> Plot:
    pleading = row.pop("dossier", None)
    lists: dict[str, Any] = {name: tuple(row.pop(name)) for name in ("handling", "crimes", "priorities", "partners")}
    return Plot(**row, **lists, dossier=None if pleading is None else _pleading(pleading))


def _pleading(row: dict[str, Any]) -> Pleading:
    invited = tuple(Invited(**partner) for partner in row.pop("invite", ()))
    return Pleading(**row, invite=invited)
