"""Finished answers for the pages of meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from foundation.access import Cursor, Page, hits
from foundation.access.hits import Hits
from foundation.pages.exports import Column
from foundation.pages.filters import containing, page_of
from foundation.tenancy.actors import Actor
from meetings import outcomes, states
from meetings.models import AgendaItem, Decision, Meeting
from meetings.querysets import MeetingQuerySet

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


def meeting_page(
    *, actor: Actor, after: Cursor | None, wanted: Mapping[str, Any] | None = None, limit: int = 50
) -> Page[Meeting]:
    """The meetings that the actor sees, narrowed, by last activity; one statement, two where the page is not full."""
    wanted = wanted or {}
    found = _narrowed(wanted)
    return page_of(found, actor, wanted, after=after, limit=limit)


def meeting_hits(*, actor: Actor, wanted: Mapping[str, Any]) -> Hits:
    """How many meetings fit these filters. Two statements."""
    return hits.of_filters(_narrowed(wanted), actor)


def _narrowed(wanted: Mapping[str, Any]) -> MeetingQuerySet:
    found = Meeting.objects.all()
    if wanted.get("when") == "coming":
        found = found.filter(status__in=states.COMING)
    elif wanted.get("when") == "over":
        found = found.exclude(status__in=states.COMING)
    return found.filter(containing(wanted["text"])) if wanted.get("text") else found


@dataclass(frozen=True, kw_only=True)
class Coming:
    """Meetings to come by their date; ``more`` says that there are others after the last of them."""

    meetings: tuple[Meeting, ...]
    more: bool


def coming(actor: Actor) -> Coming:
    """The next COMING_SHOWN meetings; one statement."""
    found = list(Meeting.objects.visible_to(actor).coming().select_related("root")[: COMING_SHOWN + 1])
    return Coming(meetings=tuple(found[:COMING_SHOWN]), more=len(found) > COMING_SHOWN)


def over(page: Page[Meeting]) -> Page[Meeting]:
    """Of a page what is over: what is to come stands above it."""
    rows = tuple(meeting for meeting in page.rows if meeting.status not in states.COMING)
    return Page(rows, tuple(meeting.pk for meeting in rows), page.after)


COLUMNS: Final[tuple[Column[Meeting], ...]] = (
    Column(_("Reference"), lambda meeting: meeting.root.reference),
    Column(_("Title"), lambda meeting: meeting.root.title),
    Column(_("Starts"), lambda meeting: meeting.starts_at),
    Column(_("Ends"), lambda meeting: meeting.ends_at),
    Column(_("Mode"), lambda meeting: meeting.get_mode_display()),
    Column(_("Place"), lambda meeting: meeting.place),
    Column(_("Status"), lambda meeting: meeting.get_status_display()),
)


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
