"""Finished answers for the pages of meetings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from foundation.access import Cursor, Page
from foundation.tenancy.actors import Actor
from meetings import outcomes, states
from meetings.models import AgendaItem, Decision, Meeting

COMING_SHOWN: Final = 100


@dataclass(frozen=True, kw_only=True)
class AgendaLine:
    """One item as this reader sees it: ``number`` counts the items that they see."""

    number: int
    item: AgendaItem
    decision: Decision | None
    first: bool
    last: bool

    @property
    def general(self) -> bool:
        """Is it an item of the meeting's own?"""
        return bool(self.item.root_id == self.item.meeting_id)

    @property
    def title(self) -> str:
        """The item's own title, or that of what it is about."""
        return self.item.title or self.item.root.title

    @property
    def reference(self) -> str:
        """The reference of what it is about; none for an item of the meeting's own."""
        return "" if self.general else self.item.root.reference

    @property
    def outcome(self) -> str:
        """The decision in words; empty while there is none."""
        return "" if self.decision is None else outcomes.label(self.decision.outcome)


@dataclass(frozen=True, kw_only=True)
class MeetingList:
    """Meetings to come by their date, and a page of those that are over by last activity; each stands once."""

    coming: list[Meeting]
    page: Page[Meeting]

    @property
    def roots(self) -> tuple[UUID, ...]:
        """The keys of all meetings that are shown, each once."""
        return tuple(dict.fromkeys([*(meeting.pk for meeting in self.coming), *self.page.roots]))


def meetings(*, actor: Actor, after: Cursor | None) -> MeetingList:
    """Two statements. The meetings to come stand on the first page alone, at most COMING_SHOWN of them, and on no other."""
    coming = [] if after else list(Meeting.objects.visible_to(actor).coming().select_related("root")[:COMING_SHOWN])
    page = Meeting.objects.newest_page(actor, after=after)
    over = tuple(meeting for meeting in page.rows if meeting.status not in states.COMING)
    return MeetingList(coming=coming, page=Page(over, tuple(meeting.pk for meeting in over), page.after))


def agenda(meeting: Meeting, *, actor: Actor) -> list[AgendaLine]:
    """The agenda composed for this reader, in two statements: items of roots that they see, counted from one without gaps."""
    items = list(AgendaItem.objects.visible_to(actor).on(meeting.pk).select_related("root"))
    found = Decision.objects.visible_to(actor).with_names().filter(item__in=items)
    decisions = {decision.item_id: decision for decision in found}
    last = len(items)
    return [
        AgendaLine(number=number, item=item, decision=decisions.get(item.pk), first=number == 1, last=number == last)
        for number, item in enumerate(items, start=1)
    ]
