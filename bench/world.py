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
# Words that are searched for, and marks that are filtered by, with the part of all cases that has them.
COMMON, RARE = "smuggling", "counterfeit"
COMMON_PART, RARE_PART, PRESSING_PART, ODD_PART, TASK_PART = 0.10, 0.001, 0.01, 0.0001, 0.1


@dataclass(frozen=True, slots=True)
class Opened:
    """One root, with who opened it; by its marks it is found by a filter for one case in a hundred, or in ten thousand."""

    key: UUID
    number: int
    title: str
    sort_at: datetime
    by: Manager
    pressing: bool
    odd: bool

    @property
    def reference(self) -> str:
        return f"BENCH-{self.number:08d}"

    @property
    def folded(self) -> str:
        return fold(f"{self.reference} {self.title}")


@dataclass(frozen=True, slots=True)
class Due:
    """A task on a case."""

    key: UUID
    root: UUID
    assignee: int
    by: UUID
    due_at: datetime


@dataclass(frozen=True, slots=True)
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
        self.seen = {person.sight.name: self._seen(person.sight) for person in people}

    def _key(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def _root(self, number: int, by: Manager) -> Opened:
        words = self.random.choices(WORDS, k=4)
        for word, part in ((COMMON, COMMON_PART), (RARE, RARE_PART)):
            if self.random.random() < part:
                words.append(word)
        # Unevenly spaced, as activity is; the last root is the newest.
        sort_at = self.at - timedelta(minutes=10 * (self.size - number), seconds=self.random.randrange(600))
        pressing, odd = self.random.random() < PRESSING_PART, self.random.random() < ODD_PART
        return Opened(self._key(), number, " ".join(words), sort_at, by, pressing, odd)

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
            for root in self.seen[person.sight.name]:
                yield self._given(root, self.random.choice(person.through), self._level(), Reason.SHARE, self._until())

    def tasks(self) -> Iterator[Due]:
        """For each of the seven, a task on every tenth case that it sees; due within a year, and each as likely."""
        for person in self.people:
            for root in self.seen[person.sight.name]:
                if self.random.random() < TASK_PART:
                    due_at = self.at + timedelta(minutes=self.random.randrange(525_600))
                    yield Due(self._key(), root.key, self.random.choice(person.through), root.by.membership_id, due_at)

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
