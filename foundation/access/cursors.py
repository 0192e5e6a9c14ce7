"""Pages of a list: fifty rows and the place where the next fifty begin."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, Generic, Self, TypeVar
from uuid import UUID

WALK: Final = 5000
"""So many of what the actor sees a narrowed list looks through before it asks to go on."""
Row = TypeVar("Row")
Other = TypeVar("Other")


class Order(StrEnum):
    """How roots are listed, newest first. Each order has an index that begins with the principal; there is no other."""

    ACTIVITY = "activity"
    OPENED = "opened"


class BadCursor(ValueError):
    """The text is not a cursor that we gave out, or not one of this list's order."""


@dataclass(frozen=True)
class Cursor:
    """The place after a row: the instant that the list is sorted by (UTC), its root's key, and the order it was given for."""

    sort_at: datetime
    root_id: UUID
    order: str = Order.ACTIVITY

    def __str__(self) -> str:
        text = f"{self.order}|{self.sort_at.isoformat()}|{self.root_id}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The cursor behind that text; none for an empty one; BadCursor for anything else."""
        if not text:
            return None
        try:
            order, instant, root_id = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split("|")
            sort_at = datetime.fromisoformat(instant)
            if sort_at.tzinfo is None:
                raise ValueError("an instant needs its zone")
            # In UTC, as we give them out: the database takes fewer zones than Python does.
            return cls(sort_at.astimezone(UTC), UUID(root_id), order)
        except (ValueError, OverflowError, binascii.Error, UnicodeDecodeError) as error:
            raise BadCursor(text) from error

    def for_order(self, order: str) -> Self:
        """This cursor, if it was given for that order; else BadCursor, since its place means nothing there."""
        if self.order != order:
            raise BadCursor(f"given for {self.order!r}, not for {str(order)!r}")
        return self


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows in order; ``after`` is where the next page begins, none when this is the last.

    ``cut`` says that the walk ended before the list did: the page is not full, and what is older than ``after`` was not looked at.
    """

    rows: tuple[Row, ...]
    roots: tuple[UUID, ...]
    after: Cursor | None
    cut: bool = False

    def map(self, change: Callable[[Row], Other]) -> Page[Other]:
        return Page(tuple(change(row) for row in self.rows), self.roots, self.after, self.cut)


@dataclass(frozen=True)
class Count:
    """How many there are; when ``capped``, there are more than ``number``."""

    number: int
    capped: bool
