"""The roots and who sees them, drawn from a seed: plain rows, nothing of the database."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bench.cast import Manager, Person, Sight
from foundation.access.levels import Level, Reason
from foundation.components.folding import fold

WORDS = (
    "trafficking", "laundering", "cross-border", "vehicles", "documents", "weapons", "coastal", "northern", "payments",
    "network", "migrants", "customs", "cigarettes", "cyber", "invoices", "transport", "accounts", "border", "ring",
)  # fmt: skip
DATED, EXPIRED, CONTRIBUTES = 0.04, 0.01, 0.3


@dataclass(frozen=True)
class Opened:
    """One root, with who opened it."""

    key: UUID
    reference: str
    title: str
    folded: str
    sort_at: datetime
    by: Manager


@dataclass(frozen=True)
class Given:
    """One share of the ledger."""

    key: UUID
    root: UUID
    principal: int
    level: Level
    reason: Reason
    by: UUID
    until: datetime | None = None


class World:
    """``size`` roots, oldest first, and the shares on them."""

    def __init__(self, *, size: int, seed: int, at: datetime, managers: list[Manager], people: list[Person]) -> None:
        self.size, self.at, self.people = size, at, people
        self.random = random.Random(seed)
        self.roots = [self._root(number, self.random.choice(managers)) for number in range(size)]
        self.partners = sorted({manager.partner for manager in managers})
        self.managers = managers

    def _key(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def _root(self, number: int, by: Manager) -> Opened:
        reference = f"BENCH-{number:08d}"
        title = " ".join(self.random.choices(WORDS, k=5))
        # Unevenly spaced, as activity is; the last root is the newest.
        sort_at = self.at - timedelta(minutes=10 * (self.size - number), seconds=self.random.randrange(600))
        return Opened(self._key(), reference, title, fold(f"{reference} {title}"), sort_at, by)

    def shares(self) -> Iterator[Given]:
        """The whole ledger: two managers for each root, some other readers, and the seven actors' own."""
        for root in self.roots:
            for group in (root.by.group, root.by.registry):
                yield self._given(root, group, Level.MANAGE, Reason.OPENED)
            for partner in self.random.sample(self.partners, self.random.randrange(4)):
                yield self._given(root, partner, self._level(), Reason.SHARE, self._until())
            if self.random.random() < 0.5:
                yield self._given(root, self.random.choice(self.managers).group, Level.CONTRIBUTE, Reason.TEAM)
        for person in self.people:
            for root in self._seen(person.sight):
                yield self._given(root, self.random.choice(person.through), self._level(), Reason.SHARE, self._until())

    def _seen(self, sight: Sight) -> list[Opened]:
        among = self.roots[: self.size // 10] if sight.oldest else self.roots
        wanted = min(sight.number, self.size // 3) or max(1, round(sight.part * self.size))
        return self.random.sample(among, wanted)

    def _level(self) -> Level:
        return Level.CONTRIBUTE if self.random.random() < CONTRIBUTES else Level.VIEW

    def _until(self) -> datetime | None:
        drawn = self.random.random()
        if drawn < EXPIRED:
            return self.at - timedelta(days=1)
        return self.at + timedelta(days=300) if drawn < EXPIRED + DATED else None

    def _given(
        self, root: Opened, principal: int, level: Level, reason: Reason, until: datetime | None = None
    ) -> Given:
        return Given(self._key(), root.key, principal, level, reason, root.by.membership_id, until)
