"""Kinds of reference data whose rows have acts and rules of their own. As a file they come out and in as all others do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.reference import rules
from foundation.reference.kinds import Kind, Values
from foundation.reference.models import Act
from foundation.reference.rules import Judge
from foundation.tenancy.actors import Actor
from foundation.workflow.refusals import Complaint

Asks = Callable[[Act, Any, Values], Iterator[Complaint]]
"""What the rules of a kind say to an act upon a row (none: a new one) that leaves it with these values."""


@dataclass(frozen=True, kw_only=True)
class ActKind(Kind):
    """Rows that other pages set, each by an act of its own.

    ``read`` gives the rows. ``moves`` are the columns that an act changes in a row that stands: all others stay as they are.
    ``asking`` reads once, for a day, what the rules go by; they are those that the acts themselves ask. ``write`` calls the act.
    """

    read: Callable[[], Sequence[Any]]
    moves: frozenset[str]
    asking: Callable[[date], Asks]
    write: Callable[[Act, Any, Values, Actor, datetime], None]
    taken_back: Act = Act.WITHDRAWN

    def rows(self) -> Sequence[Any]:
        """As they are read; of rows that were taken back, those in whose place no other stands."""
        found: dict[tuple[object, ...], Any] = {}
        for row in self.read():
            values = self.values(row)
            key = (*self.about(values), values[self.begins.name])
            if key not in found or self.is_gone(found[key]):
                found[key] = row
        return list(found.values())

    def after(self, row: Any, values: Mapping[str, Any]) -> Values:
        """All values of the row as it would be; what is not said stays."""
        return {**({} if row is None else self.values(row)), **values}

    def judge(self, on: date) -> Judge:
        """What is wrong with a row of a file on that day."""
        asks = self.asking(on)

        def judged(row: Any, values: Mapping[str, Any]) -> Iterator[Complaint]:
            columns = [] if row is None else rules.changed_columns(self, row, values)
            if row is not None and not columns:
                return
            act = act_of(self, row, {column.name for column in columns}, values)
            if act == Act.ADDED and values.get(self.gone):
                yield self.gone, _("No such row stands here, so there is nothing to take back.")
                return
            free = {self.gone} if act == self.taken_back else self.moves
            stays = [column.name for column in columns if act != Act.ADDED and column.name not in free]
            for name in stays:
                yield (
                    name,
                    _("Such rows are never changed. Take this one back or end it where that can be, and add another."),
                )
            if not stays:
                yield from asks(act, row, self.after(row, values))

        return judged


def act_of(kind: Kind, row: Any, changed: set[str], values: Mapping[str, Any]) -> Act:
    """What is done with a row in which these columns are other ones."""
    if row is None or (kind.is_gone(row) and kind.gone in changed):
        return Act.ADDED
    if isinstance(kind, ActKind) and kind.gone in changed:
        return kind.taken_back
    return Act.ENDED if changed == {"valid_until"} and values["valid_until"] is not None else Act.CHANGED
