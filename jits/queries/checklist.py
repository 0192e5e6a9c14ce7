"""The checklist of a team as its reader sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from foundation import access
from foundation.tenancy.actors import Actor
from jits import states
from jits.checklist import POINTS, SETTLED, Answer, Part, codes_of
from jits.models import Jit, JitGate, JitPoint
from jits.queries.parties import own_party

TONES: Final = {
    Answer.OPEN: "waiting",
    Answer.YES: "good",
    Answer.NO: "bad",
    Answer.NOT_APPLICABLE: "closed",
}
_ORDER: Final = {point.code: place for place, point in enumerate(POINTS)}


@dataclass(frozen=True, kw_only=True)
class PointLine:
    """A point with its answer."""

    row: JitPoint

    @property
    def tone(self) -> str:
        """The tone of its answer."""
        return TONES[Answer(self.row.answer)]


@dataclass(frozen=True, kw_only=True)
class PartView:
    """A part of the list, with how many of its points are settled."""

    part: Part
    lines: Sequence[PointLine]
    gates: Sequence[JitGate]

    @property
    def settled(self) -> int:
        """How many points are settled."""
        return sum(1 for line in self.lines if line.row.answer in SETTLED)

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.lines)


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """All parts, and whether the reader may answer."""

    parts: Sequence[PartView]
    may_answer: bool


def checklist(jit: Jit, *, actor: Actor) -> Checklist:
    """Four statements, whatever was answered."""
    rows = JitPoint.objects.visible_to(actor).of(jit.pk).with_names()
    gates = list(
        JitGate.objects.visible_to(actor).of(jit.pk).select_related("passed_by__account").order_by("passed_at")
    )
    allowed = access.allowed(actor, states.CHECK.permission, jit) and jit.status in states.CHECK.sources
    return Checklist(parts=parts_of(rows, gates), may_answer=allowed and own_party(jit, by=actor) is not None)


def parts_of(rows: Iterable[JitPoint], gates: Sequence[JitGate] = ()) -> tuple[PartView, ...]:
    """The four parts with their points in the order of the list."""
    lines = sorted((PointLine(row=row) for row in rows), key=lambda line: _ORDER[line.row.code])
    return tuple(
        PartView(
            part=part,
            lines=[line for line in lines if line.row.code in codes_of(part)],
            gates=[gate for gate in gates if gate.part == part],
        )
        for part in Part
    )


def progress(jit: Jit, *, actor: Actor) -> tuple[PartView, ...]:
    """The parts as the page of the team counts them; one statement."""
    return parts_of(JitPoint.objects.visible_to(actor).of(jit.pk))
