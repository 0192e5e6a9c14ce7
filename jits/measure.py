"""What a task of the operational action plan says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Measure:
    """The keys of its phase, its party and whoever is responsible, the measure, and its deadline (UTC)."""

    phase: UUID
    party: UUID
    title: str
    text: str
    responsible: UUID | None
    due_at: datetime
