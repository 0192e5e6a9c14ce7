"""Finished answers for the pages of meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from foundation.access import Cursor, Page
from foundation.pages.exports import Column
from foundation.pages.filters import containing, narrows
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


def meeting_page(
    *, actor: Actor, after: Cursor | None, wanted: Mapping[str, Any] | None = None, limit: int = 50
) -> Page[Meeting]:
    """The meetings that the actor sees, narrowed, by last activity; one statement, two where the page is not full."""
    wanted = wanted or {}
    found = Meeting.objects.all()
    if wanted.get("when") == "coming":
        found = found.filter(status__in=states.COMING)
    elif wanted.get("when") == "over":
        found = found.exclude(status__in=states.COMING)
    if wanted.get("text"):
        found = found.filter(containing(wanted["text"]))
    page = found.bounded_page if narrows(wanted) else found.newest_page
    return page(actor, after=after, limit=limit)


def apart(page: Page[Meeting], *, actor: Actor, after: Cursor | None) -> tuple[list[Meeting], Page[Meeting]]:
    """Meetings to come by their date, on the first page alone and at most COMING_SHOWN, and of a page what is over: each once."""
    coming = [] if after else list(Meeting.objects.visible_to(actor).coming().select_related("root")[:COMING_SHOWN])
    over = tuple(meeting for meeting in page.rows if meeting.status not in states.COMING)
    return coming, Page(over, tuple(meeting.pk for meeting in over), page.after)


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
