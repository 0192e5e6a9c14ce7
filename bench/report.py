"""What is claimed, and whether it holds: a table for the reader, a file for whoever compares."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A figure beside its goal. Without a figure nothing was measured, and nothing holds; without a goal nothing is claimed."""

    name: str
    figure: float | None
    unit: str
    goal: float | None
    holds: bool | None
    worst: str = ""


def at_most(name: str, figure: float | None, goal: float, *, unit: str = "x", worst: str = "") -> Claim:
    """The figure may not pass the goal."""
    return Claim(
        name=name, figure=figure, unit=unit, goal=goal, holds=figure is not None and figure <= goal, worst=worst
    )


def at_least(name: str, figure: float | None, goal: float, *, unit: str = "x", worst: str = "") -> Claim:
    """The figure must reach the goal."""
    return Claim(
        name=name, figure=figure, unit=unit, goal=goal, holds=figure is not None and figure >= goal, worst=worst
    )


def plain(name: str, figure: float | None, *, unit: str = "x") -> Claim:
    """A figure that is told and claims nothing."""
    return Claim(name=name, figure=figure, unit=unit, goal=None, holds=None)


WORDS = {True: "holds", False: "MISSES", None: "told"}


def say(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def show(claims: Iterable[Claim], say: Callable[[str], object]) -> None:
    """Print the claims as a table."""
    for claim in claims:
        figure = "not measured" if claim.figure is None else f"{claim.figure:.2f} {claim.unit}"
        goal = "" if claim.goal is None else f"goal {claim.goal:g}"
        say(f"{WORDS[claim.holds]:6} {claim.name:66} {figure:>16}  {goal:9}  {claim.worst}")


def write(
    path: Path,
    claims: Iterable[Claim],
    *,
    seed: int,
    at: datetime,
    times: list[dict[str, object]],
    machine: dict[str, object] | None = None,
) -> None:
    """Write the report with every time behind it."""
    rows = [{**asdict(claim), "seed": seed, "date": at.isoformat()} for claim in claims]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps({"machine": machine or {}, "claims": rows, "milliseconds": times}, indent=1) + "\n", encoding="utf-8"
    )
