"""The inbox: what happened that concerns the actor, read and unread."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.audit import record
from foundation.notifications import inbox
from foundation.notifications.permissions import NotificationsPermission
from foundation.pages.forms import ActionPage


class AllRead(forms.Form):
    """Nothing to fill in: one button."""


class Inbox(ActionPage):
    """Newest first. Following a line marks it read (``/r/<key>/`` does); one button marks all."""

    permission = NotificationsPermission.READ
    verb = "notifications.inbox.viewed"
    template_name = "notifications/inbox.html"
    form_class = AllRead
    submit_label = gettext_lazy("Mark all as read")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of lines."""
        try:
            after = access.Cursor.parse(self.request.GET.get("after", ""))
        except access.BadCursor as error:
            raise Http404 from error
        lines, older = inbox.page(self.actor, after=after)
        self.returned = tuple(line.root.pk for line in lines if line.root is not None)
        unread = any(line.notice.read_at is None for line in lines)
        return super().get_context_data(lines=lines, older=older, unread=unread, first=after is None, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Mark everything read."""
        inbox.mark_read(by=self.actor, at=timezone.now())
        record.happened("notifications.inbox.read", by=self.actor)
        return reverse("inbox")
