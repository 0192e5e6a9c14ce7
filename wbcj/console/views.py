"""The admin console: the record as opaque keys, and background work. No case content stands here.

Its pages are pages like all others, so both walls, the record and the sign-in hold without a second way in
(docs/adr/0010-console-pages-instead-of-the-admin.md).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.documents import checking, scanner
from foundation.jobs import actions, queries
from foundation.jobs.models import Job
from foundation.jobs.permissions import JobsPermission
from foundation.pages.forms import ActionPage
from wbcj.console import gallery, waiting
from wbcj.console.base import ConsolePage
from wbcj.console.permissions import ConsolePermission


class Console(ConsolePage):
    """The way in."""

    permission = ConsolePermission.VIEW
    verb = "console.page.viewed"
    template_name = "console/console.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What waits for this reader, and whether any queue stands still."""
        now = timezone.now()
        machine = access.role_allows(self.actor, JobsPermission.VIEW)
        return super().get_context_data(
            waiting=list(waiting.lines(self.actor, now)),
            waits_for_anybody=access.role_allows(self.actor, ConsolePermission.PEOPLE) or machine,
            forsaken=machine and queries.standing(now, limit=1).forsaken,
            **kwargs,
        )


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

    permission = ConsolePermission.GALLERY
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
