"""So many changes of all kinds, in a fixed order for a seed, each held against the reasons that it may be refused for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from tests.jits.package.tampering import evidence, inside, outside  # noqa: F401  # they put their kinds on the list
from tests.jits.package.tampering.ground import KINDS, Ground

SEED = 20261130


@dataclass
class Outcome:
    """What came of the changes of one kind."""

    tried: int = 0
    passed: int = 0
    otherwise: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)


def outcomes(ground: Ground, turns: Iterable[int], *, seed: int = SEED) -> dict[str, Outcome]:
    """The changes of these turns, by kind; the kinds take turns."""
    kinds = sorted(KINDS)
    found = {name: Outcome() for name in kinds}
    for turn in turns:
        name = kinds[turn % len(kinds)]
        change = KINDS[name](ground, Random(f"{seed}:{turn}"))
        findings = ground.stage.checked(change.package).findings
        outcome = found[name]
        outcome.tried += 1
        outcome.passed += not findings
        outcome.reasons[str(findings[0].reason) if findings else "not refused"] += 1
        if not findings or findings[0].reason not in change.reasons:
            outcome.otherwise.append(f"change {turn}: {findings[0].sentence if findings else 'not refused'}")
    return found


def together(parts: Iterable[dict[str, Outcome]]) -> dict[str, Outcome]:
    """What several found."""
    found = {name: Outcome() for name in sorted(KINDS)}
    for part in parts:
        for name, outcome in part.items():
            found[name].tried += outcome.tried
            found[name].passed += outcome.passed
            found[name].otherwise += outcome.otherwise
            found[name].reasons += outcome.reasons
    return found
