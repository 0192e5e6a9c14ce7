"""How teams and their rows are asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Case, IntegerField, Q, When

from foundation.access.querysets import RootQuerySet, SharedQuerySet

if TYPE_CHECKING:
    from jits.models import (  # noqa: F401
        Jit,
        JitApproval,
        JitClauseText,
        JitDraft,
        JitMember,
        JitMemberIdentity,
        JitMemberNotice,
        JitOwnNote,
        JitParticipant,
        JitParty,
        JitPhase,
        JitPoint,
        JitTask,
    )


class JitQuerySet(RootQuerySet["Jit"]):
    """For teams."""

    def with_names(self) -> Self:
        """With the names that every list and page of teams shows."""
        return self.select_related("root", "proposing_authority__partner", "opened_by__account")


class JitPartyQuerySet(SharedQuerySet["JitParty"]):
    """For the parties of a team."""

    def with_names(self) -> Self:
        """With partner, authority and who agreed, in the partners' order."""
        named = self.select_related("partner", "authority__partner", "agreed_by__account", "agreed_by__authority")
        return named.order_by("partner__position", "partner__name")


class JitPointQuerySet(SharedQuerySet["JitPoint"]):
    """For points of the checklist."""

    def with_names(self) -> Self:
        """With who sees to it, and who answered last."""
        return self.select_related(
            "responsible__account", "responsible__authority", "answered_by__account", "answered_by__authority"
        )


class JitMemberQuerySet(SharedQuerySet["JitMember"]):
    """For members."""

    def on(self, day: date) -> Self:
        """Who is a member on that day."""
        return self.filter(Q(until_date__isnull=True) | Q(until_date__gte=day), from_date__lte=day)

    def with_names(self) -> Self:
        """With party and place, leaders first, then by number, in the partners' order."""
        named = self.select_related("party__partner", "party__authority", "seconded_to")
        leads = Case(When(role="leader", then=0), default=1, output_field=IntegerField())
        return named.order_by("party__partner__position", "party__partner__name", leads, "number")


class JitMemberIdentityQuerySet(SharedQuerySet["JitMemberIdentity"]):
    """For who protected members are."""


class JitMemberNoticeQuerySet(SharedQuerySet["JitMemberNotice"]):
    """For notices of the annex."""

    def with_names(self) -> Self:
        """With the member, its party and who gave the notice, the newest first."""
        named = self.select_related("member__party__partner", "given_by__account", "given_by__authority")
        return named.order_by("-given_at", "-id")


class JitPhaseQuerySet(SharedQuerySet["JitPhase"]):
    """For phases of the plan."""

    def in_order(self) -> Self:
        """As they follow one another, with who wrote them."""
        return self.select_related("changed_by__account", "changed_by__authority").order_by("position", "id")


class JitTaskQuerySet(SharedQuerySet["JitTask"]):
    """For tasks of the plan."""

    def open(self) -> Self:
        """Neither done nor dropped."""
        return self.filter(state="open")

    def with_names(self) -> Self:
        """With phase, party, who is responsible and who changed it last, the nearest first."""
        named = self.select_related(
            "phase",
            "party__partner",
            "responsible__account",
            "responsible__authority",
            "changed_by__account",
            "changed_by__authority",
        )
        return named.order_by("due_at", "id")


class JitParticipantQuerySet(SharedQuerySet["JitParticipant"]):
    """For who takes part without being a party."""

    def present(self) -> Self:
        """Whose part has not ended."""
        return self.filter(ended_at__isnull=True)

    def with_names(self) -> Self:
        """With the office and its partner, in the order of the invitations."""
        return self.select_related("office__partner", "invited_by__account").order_by("invited_at", "id")


class JitDraftQuerySet(SharedQuerySet["JitDraft"]):
    """For documents that are drafted."""

    def of_kind(self, document: str) -> Self:
        """The agreement, an extension or an amendment."""
        return self.filter(document=document)


class JitOwnNoteQuerySet(SharedQuerySet["JitOwnNote"]):
    """For the notes that a party keeps for itself."""

    def with_names(self) -> Self:
        """With their writers, the newest first."""
        return self.select_related("written_by__account", "written_by__authority").order_by("-written_at", "-id")


class JitApprovalQuerySet(SharedQuerySet["JitApproval"]):
    """For what a party asks of its own side."""

    def open(self) -> Self:
        """Not answered yet."""
        return self.filter(status="asked")

    def with_names(self) -> Self:
        """With the people, in the order in which they were asked."""
        named = self.select_related("person__account", "person__authority", "kept_by__account", "kept_by__authority")
        return named.order_by("asked_date", "kept_at", "id")


class JitClauseTextQuerySet(SharedQuerySet["JitClauseText"]):
    """For proposed texts of clauses."""

    def of_draft(self, draft: JitDraft) -> Self:
        """All of one document."""
        return self.of(draft.root_id).filter(draft=draft)

    def with_names(self) -> Self:
        """With who proposed it, for which party."""
        return self.select_related("party__partner", "proposed_by__account")
