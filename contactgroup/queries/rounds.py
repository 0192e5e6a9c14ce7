"""Rounds of voting as their reader sees them: who has voted, and what was said where the seal is broken or the vote is one's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from contactgroup import counting
from contactgroup.choices import Status
from contactgroup.counting import Count, Electorate, Rule
from contactgroup.models import Elector, Nomination, Recusal, Turnout, Vote, VotingRound
from contactgroup.queries.recusals import electorate
from foundation.tenancy.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """One vote that the reader may read. Neither ``counts`` nor ``may_count``: whoever cast it, or the partner, is recused."""

    vote: Vote
    may_count: bool
    counts: bool


@dataclass(frozen=True, kw_only=True)
class VoiceLine:
    """One partner in one round. ``has_voice`` is false for the nominating partner where the rule gives it none."""

    elector: Elector
    has_voice: bool
    recused: bool
    has_voted: bool
    casts: tuple[Spoken, ...]

    @property
    def last(self) -> Vote | None:
        """The vote that counts, when the reader may read it."""
        return next((spoken.vote for spoken in self.casts if spoken.counts), None)

    @property
    def asked(self) -> bool:
        """Has it a voice that it may use?"""
        return self.has_voice and not self.recused


@dataclass(frozen=True, kw_only=True)
class RoundView:
    """One round. ``count`` is none while it is open, and for a round that was broken off."""

    round: VotingRound
    rule: Rule
    lines: tuple[VoiceLine, ...]
    count: Count | None
    broken_off: bool

    @property
    def turnout(self) -> int:
        """How many of the partners that are asked have voted."""
        return sum(line.asked and line.has_voted for line in self.lines)

    @property
    def asked(self) -> int:
        """How many partners have a voice that they may use."""
        return sum(line.asked for line in self.lines)

    @property
    def recused(self) -> int:
        """How many partners with a voice are recused."""
        return sum(line.has_voice and line.recused for line in self.lines)

    def ended(self, at: datetime) -> bool:
        """Closed, or past its end by the clock."""
        return self.round.ended(at)


def rounds(
    nomination: Nomination, electors: Sequence[Elector], recused: Sequence[Recusal], *, actor: Actor
) -> list[RoundView]:
    """The rounds of a nomination, the newest first, in two statements."""
    stands = Turnout.objects.visible_to(actor).filter(round=OuterRef("pk"), stands=True).values("partner_id")
    seen = VotingRound.objects.visible_to(actor).of(nomination.pk).select_related("rule").order_by("-number")
    found = seen.annotate(voted=ArraySubquery(stands))
    votes = list(Vote.objects.visible_to(actor).of(nomination.pk).with_voter().order_by("sequence"))
    return [
        _view(
            one,
            electors,
            asked=electorate(nomination, electors, recused, number=one.number),
            stands=one.voted,
            casts=[vote for vote in votes if vote.round_id == one.pk],
            # A withdrawal ends nomination and round in one instant; such votes stay sealed and are not counted.
            broken_off=nomination.status == Status.WITHDRAWN and one.closed_at == nomination.ended_at,
        )
        for one in found
    ]


def _view(
    one: VotingRound,
    electors: Sequence[Elector],
    *,
    asked: Electorate,
    stands: Collection[UUID],
    casts: Sequence[Vote],
    broken_off: bool,
) -> RoundView:
    rule = one.rule.as_rule()
    last = counting.last_voices(casts, electorate=asked, rule=rule)
    return RoundView(
        round=one,
        rule=rule,
        lines=tuple(
            VoiceLine(
                elector=elector,
                has_voice=elector.partner_id in asked.with_a_voice(rule),
                recused=elector.partner_id in asked.recused,
                has_voted=elector.partner_id in stands,
                casts=tuple(
                    Spoken(vote=vote, may_count=asked.counts(vote, rule), counts=vote is last.get(vote.partner_id))
                    for vote in casts
                    if vote.partner_id == elector.partner_id
                ),
            )
            for elector in electors
        ),
        count=counting.count(casts, electorate=asked, rule=rule) if one.closed_at and not broken_off else None,
        broken_off=broken_off,
    )
