"""Pages of a list: fifty rows and the place where the next fifty begin."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Self, TypeVar
from uuid import UUID

Row = TypeVar("Row")
Other = TypeVar("Other")


class BadCursor(ValueError):
    """The text is not a cursor that we gave out."""


@dataclass(frozen=True)
class Cursor:
    """The place after a row: its sort time (UTC) and its root's key."""

    sort_at: datetime
    root_id: UUID

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(f"{self.sort_at.isoformat()}|{self.root_id}".encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The cursor behind that text; none for an empty one; BadCursor for anything else."""
        if not text:
            return None
        try:
            instant, root_id = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split("|")
            sort_at = datetime.fromisoformat(instant)
            if sort_at.tzinfo is None:
                raise ValueError("an instant needs its zone")
            return cls(sort_at, UUID(root_id))
        except (ValueError, binascii.Error, UnicodeDecodeError) as error:
            raise BadCursor(text) from error


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows in order; ``after`` is where the next page begins, none when this is the last."""

    rows: tuple[Row, ...]
    roots: tuple[UUID, ...]
    after: Cursor | None

    def map(self, change: Callable[[Row], Other]) -> Page[Other]:
        return Page(tuple(change(row) for row in self.rows), self.roots, self.after)
