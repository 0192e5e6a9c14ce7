"""The inbox: what happened that concerns the actor, read and unread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.audit import record
from foundation.notifications import inbox
from foundation.notifications.permissions import NotificationsPermission
from foundation.pages import submissions
from foundation.pages.forms import ActionPage

UNREAD = "unread"


class MarkForm(forms.Form):
    """One line, to be read or new again; without a line, all are read."""

    notice = forms.UUIDField(required=False)
    mark = forms.ChoiceField(choices=[("read", ""), ("new", "")], required=False)


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One of the two ways to look at the inbox."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line, with the key of its own little form."""

    line: inbox.Line
    key: str


class Inbox(ActionPage):
    """Newest first. Following a line marks it read (``/r/<key>/`` does); one button marks all, one each turns a line over."""

    permission = NotificationsPermission.READ
    verb = "notifications.inbox.viewed"
    template_name = "notifications/inbox.html"
    form_class = MarkForm
    submit_label = gettext_lazy("Mark all as read")

    def load(self) -> None:
        """Whether only what is new shall be shown, as the address says."""
        self.unread_only = self.request.GET.get("show") == UNREAD

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of lines."""
        try:
            after = access.Cursor.parse(self.request.GET.get("after", ""))
        except access.BadCursor as error:
            raise Http404 from error
        lines, older = inbox.page(self.actor, after=after, unread_only=self.unread_only)
        self.returned = tuple(line.root.pk for line in lines if line.root is not None)
        return super().get_context_data(
            rows=[Row(line=line, key=submissions.new_key()) for line in lines],
            older=older,
            narrowed=f"show={UNREAD}&" if self.unread_only else "",
            unread=any(line.notice.read_at is None for line in lines),
            unread_only=self.unread_only,
            first=after is None,
            tabs=self._tabs(),
            **kwargs,
        )

    def _tabs(self) -> list[Tab]:
        address = reverse("inbox")
        return [
            Tab(label=_("All"), url=address, current=not self.unread_only),
            Tab(label=_("New"), url=f"{address}?show={UNREAD}", current=self.unread_only),
        ]

    def act(self, form: forms.Form) -> str:
        """Turn one line over, or mark everything read; back to the same view of the inbox."""
        now, notice = timezone.now(), form.cleaned_data["notice"]
        if notice is None:
            inbox.mark_read(by=self.actor, at=now)
        else:
            inbox.mark(by=self.actor, at=now, notice_id=notice, read=form.cleaned_data["mark"] != "new")
        record.happened("notifications.inbox.read", by=self.actor)
        return reverse("inbox") + (f"?show={UNREAD}" if self.unread_only else "")
