"""The admin console: the record as opaque keys, and background work. No case content stands here.

Its pages are pages like all others, so both walls, the record and the sign-in hold without a second way in
(docs/adr/0010-console-pages-instead-of-the-admin.md).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.audit import events
from foundation.audit.permissions import AuditPermission
from foundation.documents import checking, scanner
from foundation.jobs import actions, queries
from foundation.jobs.models import Job
from foundation.jobs.permissions import JobsPermission
from foundation.notifications.delivery import queries as mails
from foundation.notifications.reminders import queries as reminder_queries
from foundation.pages.base import ActorPage
from foundation.pages.forms import ActionPage
from foundation.tenancy.choices import Role
from wbcj.console import gallery

EVENTS = 50


class ConsolePage(ActorPage):
    """For an account that may open the console, acting as technical administrator."""

    def load(self) -> None:
        """Two locks: the mark on the account, and the membership acted through."""
        if not self.request.user.is_staff or self.actor.role != Role.TECHNICAL_ADMINISTRATOR:
            raise access.Forbidden


class Console(ConsolePage):
    """The way in."""

    permission = AuditPermission.READ_EVENTS
    verb = "console.page.viewed"
    template_name = "console/console.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How background work stands."""
        now = timezone.now()
        return super().get_context_data(
            work=queries.standing(now),
            mails=mails.standing(now),
            reminders=reminder_queries.troubles(now),
            files=checking.standing(now),
            **kwargs,
        )


class Events(ConsolePage):
    """The record, newest first, as keys and instants."""

    permission = AuditPermission.READ_EVENTS
    verb = "console.events.viewed"
    template_name = "console/events.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of events and where the next begins."""
        found = events.newest(self.actor, before=_instant(self.request.GET.get("before", "")), limit=EVENTS)
        older = found[-1].at.isoformat() if len(found) == EVENTS else ""
        return super().get_context_data(events=found, older=older, **kwargs)


class Work(ConsolePage):
    """Background work: numbers, and what has failed."""

    permission = JobsPermission.VIEW
    verb = "console.work.viewed"
    template_name = "console/work.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Numbers and failures."""
        now = timezone.now()
        return super().get_context_data(now=now, work=queries.standing(now), **kwargs)


class Files(ConsolePage):
    """Stored files: how the nightly check ended, and which are damaged, by their locations."""

    permission = JobsPermission.VIEW
    verb = "console.files.viewed"
    template_name = "console/files.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Numbers and damaged files."""
        files = checking.standing(timezone.now())
        return super().get_context_data(files=files, scanner=scanner.standing().value, **kwargs)


class Gallery(ConsolePage):
    """Every component in every state; nothing of anybody's."""

    permission = AuditPermission.READ_EVENTS
    verb = "console.gallery.viewed"
    template_name = "console/gallery.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The components, rendered."""
        return super().get_context_data(rooms=list(gallery.rooms(self.request, now=timezone.now())), **kwargs)


class RunAgainForm(forms.Form):
    """Nothing to fill in."""


class RunAgain(ConsolePage, ActionPage):
    """Let one failed job run again."""

    permission = JobsPermission.RUN_AGAIN
    verb = "console.work.run_again_asked"
    template_name = "console/run_again.html"
    form_class = RunAgainForm
    submit_label = gettext_lazy("Run again")

    def load(self) -> None:
        """The job."""
        super().load()
        self.job = get_object_or_404(Job, pk=self.kwargs["job"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What it is."""
        kwargs.pop("job", None)
        return super().get_context_data(the_job=self.job, cancel_url=reverse("console_work"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Run again."""
        actions.run_again(job_id=self.job.pk, by=self.actor, at=timezone.now())
        messages.success(self.request, _("The work is in the queue again."))
        return reverse("console_work")


def _instant(text: str) -> datetime | None:
    """The instant of a link that we made; none for an empty one."""
    if not text:
        return None
    try:
        instant = parse_datetime(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise Http404
    return instant
