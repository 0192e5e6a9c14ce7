"""The audit log: who did what, when, and how it ended, as keys. Its readers are technical administrators and auditors.

No title, no reference and no detail stands here, and nothing is found by them: a record is named by its key alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any, ClassVar
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.audit import events, words
from foundation.audit.models import Event
from foundation.audit.permissions import AuditPermission
from foundation.pages.exports import Column
from foundation.pages.lists import Exported, ListPage
from foundation.tenancy.models import Membership
from wbcj.console import finding
from wbcj.console.base import ConsolePage
from wbcj.console.log_forms import LogForm

_KEYS_IN_A_CELL = 200


@dataclass(frozen=True, kw_only=True)
class Line:
    """One event; ``member`` is who did it, as the directory names them."""

    event: Event
    member: Membership | None

    @property
    def sentence(self) -> str:
        """What the verb reads like, where an app says so."""
        said = words.sentence(self.event.verb)
        return "" if said == self.event.verb else said

    @property
    def instant(self) -> str:
        """To the microsecond, in UTC: in this order things happened."""
        return self.event.at.astimezone(UTC).isoformat()

    @property
    def others(self) -> str:
        """The keys of the records of a list, as many as a cell of a spreadsheet holds."""
        shown = " ".join(map(str, self.event.roots[:_KEYS_IN_A_CELL]))
        return f"{shown} …" if len(self.event.roots) > _KEYS_IN_A_CELL else shown


def _key(key: UUID | None) -> str:
    return "" if key is None else str(key)


COLUMNS: Sequence[Column[Line]] = (
    Column(gettext_lazy("When (UTC)"), lambda line: line.instant),
    Column(gettext_lazy("Act"), lambda line: line.event.verb),
    Column(gettext_lazy("Outcome"), lambda line: line.event.ended),
    Column(gettext_lazy("Person"), lambda line: line.member.account.full_name if line.member else ""),
    Column(gettext_lazy("Authority"), lambda line: line.member.authority.name if line.member else ""),
    Column(gettext_lazy("Partner"), lambda line: line.member.authority.partner.name if line.member else ""),
    Column(gettext_lazy("Membership"), lambda line: _key(line.event.membership)),
    Column(gettext_lazy("Record"), lambda line: _key(line.event.root)),
    Column(gettext_lazy("Records of a list"), lambda line: line.others),
    Column(gettext_lazy("Request"), lambda line: line.event.request_id),
    Column(gettext_lazy("Event"), lambda line: _key(line.event.pk)),
)


class Log(ConsolePage, ListPage):
    """The record, newest first, narrowed by keys, instants, verbs and people."""

    permission = AuditPermission.READ_EVENTS
    verb = "console.events.viewed"
    template_name = "console/events.html"
    form_class = LogForm
    export = "console_events_file"
    form: LogForm

    @cached_property
    def members(self) -> dict[UUID, Membership]:
        """Whoever has been named on this page already; a file meets the same few again and again."""
        return {}

    def form_arguments(self) -> dict[str, Any]:
        """What can be chosen; two statements."""
        return {"verbs": events.verbs(self.actor), "partners": finding.partners()}

    def read(self, *, after: access.Cursor | None, limit: int) -> access.Page[Line]:
        """One page of events with the names of who did them; two statements."""
        found = events.page(self.actor, self.form.narrowing(), after=after, limit=limit)
        unknown = {event.membership for event in found.rows if event.membership is not None} - self.members.keys()
        self.members |= Membership.objects.with_names().in_bulk(unknown) if unknown else {}
        return found.map(lambda event: Line(event=event, member=_of(event, self.members)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what can be typed for an act."""
        return super().get_context_data(suggestions=self.form.suggestions(), **kwargs)


def _of(event: Event, members: Mapping[UUID, Membership]) -> Membership | None:
    return None if event.membership is None else members.get(event.membership)


class LogFile(Exported, Log):
    """The log as a file, as it is narrowed; that somebody took it away is on record too."""

    verb = "console.events.exported"
    columns: ClassVar[Sequence[Column[Any]]] = COLUMNS
    heading = gettext_lazy("Audit log")
    named = "audit-log"
    back = "console_events"

    def load(self) -> None:
        """Who may come in, then the form alone."""
        self.admit()
        super().load()
