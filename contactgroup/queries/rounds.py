"""Rounds of voting as their reader sees them: who has voted, and what was said where the seal is broken or the vote is one's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from contactgroup import counting
from contactgroup.choices import Status
from contactgroup.counting import Count
from contactgroup.models import Elector, Nomination, Turnout, Vote, VotingRound
from foundation.tenancy.actors import Actor


@dataclass(frozen=True, kw_only=True)
class VoiceLine:
    """One partner in one round. ``casts`` are the votes that the reader may read, the last of them counts."""

    elector: Elector
    has_voted: bool
    casts: tuple[Vote, ...]

    @property
    def last(self) -> Vote | None:
        """The vote that counts, when the reader may read it."""
        return self.casts[-1] if self.casts else None


@dataclass(frozen=True, kw_only=True)
class RoundView:
    """One round. ``count`` is none while it is open, and for a round that was broken off."""

    round: VotingRound
    lines: tuple[VoiceLine, ...]
    count: Count | None
    broken_off: bool

    @property
    def turnout(self) -> int:
        """How many partners have voted."""
        return sum(line.has_voted for line in self.lines)

    def ended(self, at: datetime) -> bool:
        """Closed, or past its end by the clock."""
        if self.round.closed_at is not None:
            return True
        return self.round.closes_at is not None and self.round.closes_at <= at


def rounds(nomination: Nomination, electors: list[Elector], *, actor: Actor) -> list[RoundView]:
    """The rounds of a nomination, the newest first, in three statements."""
    found = VotingRound.objects.visible_to(actor).of(nomination.pk).select_related("rule").order_by("-number")
    turnout = list(Turnout.objects.visible_to(actor).of(nomination.pk))
    votes = list(Vote.objects.visible_to(actor).of(nomination.pk).with_voter().order_by("sequence"))
    return [_view(one, nomination, electors, turnout, votes) for one in found]


def _view(
    one: VotingRound, nomination: Nomination, electors: list[Elector], turnout: Iterable[Turnout], votes: Iterable[Vote]
) -> RoundView:
    voted = {row.partner_id for row in turnout if row.round_id == one.pk and row.casts}
    casts = [vote for vote in votes if vote.round_id == one.pk]
    # A withdrawal ends nomination and round in one instant; such votes stay sealed and are not counted.
    broken_off = nomination.status == Status.WITHDRAWN and one.closed_at == nomination.ended_at
    partners = [elector.partner_id for elector in electors]
    counted = one.closed_at is not None and not broken_off
    return RoundView(
        round=one,
        lines=tuple(
            VoiceLine(
                elector=elector,
                has_voted=elector.partner_id in voted,
                casts=tuple(vote for vote in casts if vote.partner_id == elector.partner_id),
            )
            for elector in electors
        ),
        count=counting.count(casts, electorate=partners, rule=one.rule.as_rule()) if counted else None,
        broken_off=broken_off,
    )
